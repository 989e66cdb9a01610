"""A database: its URL, its engine, and what is told when it cannot be used."""

import threading
import time
from pathlib import Path

import pytest

for package in ("alembic", "sqlalchemy"):
    pytest.importorskip(package)

from sqlalchemy import create_engine, select, text

from clova_flask import ConfigurationError
from clova_flask.storage import StorageUnavailable
from clova_flask.storage.database import Database
from clova_flask.storage.tables import clients
from tests.storage import before_revisions

TABLES = r"^The tables for 연결 are missing .* older version\. .* flask clova db upgrade$"
AWAY = r"^The database for 연결 cannot be used \(.*\)\. Check that it is up, .*: CLOVA_TEST_URL\.$"


@pytest.fixture
def make(tmp_path):
    made = []

    def make(url=None, **options):
        database = Database("연결", "CLOVA_TEST_URL", url or "sqlite:///연결.db", folder=tmp_path, **options)
        made.append(database)
        return database

    yield make
    for database in made:
        if database._engine is not None:
            database._engine.dispose()


def read(database):
    with database.connect() as connection:
        return connection.execute(select(clients)).all()


def test_tables_are_missing_until_they_are_made(make, database_url):
    database = make(database_url)
    with pytest.raises(StorageUnavailable, match=TABLES) as raised:
        read(database)
    assert raised.value.__cause__ is not None
    assert [revision.id for revision in database.upgrade()] == ["0001", "0002", "0003"]
    assert read(database) == []
    assert database.pending() == []


def test_tables_of_an_older_version(make, database_url):
    database = make(database_url)
    database.upgrade()
    with database.begin() as connection:
        before_revisions.go_back(connection)
    with pytest.raises(StorageUnavailable, match=TABLES):
        read(database)
    database.upgrade()
    assert read(database) == []


def test_tables_are_made_at_first_use_where_they_may_be(make):
    allowed = [False]
    database = make(may_upgrade=lambda: allowed[0])
    with pytest.raises(StorageUnavailable, match=TABLES):
        read(database)
    allowed[0] = True
    assert read(make(may_upgrade=lambda: allowed[0])) == []


def test_what_is_wrong_with_a_statement_is_no_outage(make):
    from sqlalchemy.exc import IntegrityError, OperationalError

    database = make()
    database.upgrade()
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(text("INSERT INTO clova_tokens (hash) VALUES ('a')"))
    with pytest.raises(StorageUnavailable, match=AWAY) as raised, database.connect() as connection:
        connection.execute(text("SELECT 연결"))
    assert isinstance(raised.value.__cause__, OperationalError)
    with pytest.raises(ZeroDivisionError), database.begin():
        raise ZeroDivisionError


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg2://clova:비밀번호@127.0.0.1:9/shop",
        "postgresql+psycopg2://clova:비밀번호@/shop?host=/nowhere",
        "sqlite:////dev/null/연결.db",
    ],
    ids=["port", "socket", "folder"],
)
def test_a_database_that_is_away(make, url):
    if url.startswith("postgresql"):
        pytest.importorskip("psycopg2")
    database, began = make(url), time.monotonic()
    for function in (lambda: read(database), database.upgrade, database.current, database.pending):
        with pytest.raises(StorageUnavailable, match=AWAY) as raised:
            function()
        assert "비밀번호" not in str(raised.value)
    assert time.monotonic() - began < 5


def test_a_server_that_never_answers(make, monkeypatch):
    """It accepts the connection, as a firewall or a stopped process does, and says nothing."""
    import socket

    pytest.importorskip("psycopg2")
    monkeypatch.setattr("clova_flask.storage.engines.CONNECT_TIMEOUT", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = make(f"postgresql+psycopg2://clova@127.0.0.1:{silent.getsockname()[1]}/shop")
        began = time.monotonic()
        with pytest.raises(StorageUnavailable, match=AWAY):
            read(database)
        assert time.monotonic() - began < 6


def test_a_database_that_refuses_tables(make, tmp_path):
    create_engine(f"sqlite:///{tmp_path}/연결.db").connect().close()
    database = make(f"sqlite:///file:{tmp_path}/연결.db?mode=ro&uri=true")
    with pytest.raises(StorageUnavailable, match="readonly database"):
        database.upgrade()


@pytest.mark.parametrize(
    "url", ["postgresql", "nothing://a", "mysql+nothing://root:비밀번호@host/db", "sqlite:/x"]
)
def test_a_url_that_cannot_be(make, url):
    with pytest.raises(ConfigurationError, match="CLOVA_TEST_URL must be a URL of a database") as raised:
        make(url)
    assert "비밀번호" not in str(raised.value)


def test_a_driver_that_is_missing_is_told_at_start(make):
    with pytest.raises(
        ConfigurationError, match=r"is for mysql\+asyncmy, whose driver is not installed: .*asyncmy"
    ):
        make("mysql+asyncmy://root:비밀번호@host/db")


def test_a_database_in_memory_is_one_for_all_threads(make):
    database, counted = make("sqlite://", may_upgrade=lambda: True), []
    read(database)
    thread = threading.Thread(target=lambda: counted.append(len(read(database))))
    thread.start()
    thread.join()
    assert counted == [0]


def test_its_name_shows_no_password(make, tmp_path):
    pytest.importorskip("psycopg2")
    url = "postgresql+psycopg2://clova:secret@host/shop"
    assert str(make(url)) == "postgresql+psycopg2://clova:***@host/shop"
    assert str(make()) == f"sqlite:///{Path(tmp_path, '연결.db')}"


def test_the_apps_own_engine_is_the_engine(make):
    engine = create_engine("sqlite://")
    assert make(given=engine).engine is engine
    assert make(given=lambda: engine).engine is engine
    engine.dispose()
