"""Which store a URL, or an engine, opens, and what is told where none can be."""

import subprocess
import sys
import threading
import traceback

import pytest

from clova_flask import ConfigurationError
from clova_flask.storage.user_data import open_user_data_store
from tests.storage.counting import count

SECRET = "비밀s3cret"


@pytest.fixture
def open_store(tmp_path):
    def open_store(url, **options):
        given = {"folder": tmp_path, "may_upgrade": lambda: True, **options}
        return open_user_data_store(url, **given)

    return open_store


def refused(open_store, url, **options):
    with pytest.raises(ConfigurationError) as raised:
        open_store(url, **options)
    shown = "".join(traceback.format_exception(raised.value))
    assert SECRET not in shown
    return str(raised.value)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (None, "is not a URL"),
        ("", "is not a URL"),
        (SECRET, "is not a URL"),
        (f"{SECRET}@host/name", "is not a URL"),
        (f"clova:{SECRET}@host/name", "is not a URL"),
        ("clova.db", "is not a URL"),
        ("sqlite:/clova.db", "is not a URL"),
        (
            f"postgres://clova:{SECRET}@host/name",
            "postgres://, which is not known. Did you mean 'postgresql'?",
        ),
        (f"http://{SECRET}@host", "http://, which is not known."),
        (f"reddis://:{SECRET}@host", "reddis://, which is not known. Did you mean 'redis'"),
        (f"SQLITE:///{SECRET}.db", "SQLITE://, which is not known. Did you mean 'sqlite'?"),
        (f"mysql://clova:{SECRET}@host/name", "mysql://, which is not known."),
        (f"memory://{SECRET}", "memory://, which is not known."),
    ],
    ids=lambda text: (text or "nothing").replace(SECRET, "…"),
)
def test_what_is_no_url_of_a_store(open_store, url, told):
    message = refused(open_store, url)
    assert message.startswith("CLOVA_USER_DATA_URL ")
    assert told in message
    assert "sqlite:///clova.db" in message


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://clova:{SECRET}@host:포트/name",
        f"postgresql+nothing://clova:{SECRET}@host/name",
        f"sqlite+nothing:///{SECRET}",
    ],
    ids=lambda text: text.replace(SECRET, "…"),
)
def test_a_url_that_sqlalchemy_refuses(open_store, url):
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("alembic")
    assert refused(open_store, url).startswith("CLOVA_USER_DATA_URL must be a URL of a database, as ")


@pytest.mark.parametrize("url", [f"redis://:{SECRET}@host/prod", f"redis://:{SECRET}@host/0?a=b", "unix://"])
def test_a_url_that_redis_refuses(open_store, url):
    pytest.importorskip("redis")
    assert refused(open_store, url).startswith("CLOVA_USER_DATA_URL must be a URL of Redis, as ")


@pytest.mark.parametrize(
    ("url", "package", "extra"),
    [
        (f"sqlite:///{SECRET}.db", "sqlalchemy", "sqlalchemy"),
        (f"sqlite:///{SECRET}.db", "alembic", "sqlalchemy"),
        (f"postgresql://clova:{SECRET}@host/name", "sqlalchemy", "sqlalchemy"),
        (f"redis://:{SECRET}@host", "redis", "redis"),
        (f"unix:///{SECRET}.sock", "redis", "redis"),
    ],
    ids=["sqlite", "migrations", "postgresql", "redis", "unix"],
)
def test_an_extra_that_is_not_installed(open_store, monkeypatch, url, package, extra):
    monkeypatch.setattr(
        "clova_flask.storage.extras.find_spec", lambda name: None if name == package else object()
    )
    told = refused(open_store, url)
    assert told.startswith("CLOVA_USER_DATA_URL is for ")
    assert f"which needs {package}." in told
    assert told.endswith(f"pip install 'clova-flask[{extra}]'")


def test_a_driver_that_is_not_installed(open_store, monkeypatch):
    pytest.importorskip("alembic")
    pytest.importorskip("sqlalchemy")
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    told = refused(open_store, f"postgresql+psycopg2://clova:{SECRET}@host/name")
    assert told.startswith("CLOVA_USER_DATA_URL is for postgresql+psycopg2, whose driver is not installed")
    assert told.endswith("pip install 'psycopg2-binary'")


@pytest.mark.parametrize("name", ["psycopg", "psycopg2"])
def test_postgresql_means_the_driver_that_is_installed(open_store, monkeypatch, name):
    pytest.importorskip("alembic")
    pytest.importorskip(name)
    other = {"psycopg": "psycopg2", "psycopg2": "psycopg"}[name]
    monkeypatch.setitem(sys.modules, other, None)
    store = open_store(f"postgresql://clova:{SECRET}@host/name", may_upgrade=lambda: False)
    assert store.database.engine.dialect.driver == name
    assert str(store.database).endswith("://clova:***@host/name")


def test_a_relative_path_counts_from_the_folder(open_store, tmp_path):
    pytest.importorskip("alembic")
    pytest.importorskip("sqlalchemy")
    store = open_store("sqlite:///자료/사용자.db")
    assert store.write("a" * 64, "{}", replacing=None)
    assert (tmp_path / "자료/사용자.db").exists()
    assert str(store.database) == f"sqlite:///{tmp_path}/자료/사용자.db"
    assert store.database.use == "user data"
    store.database.engine.dispose()


def test_nothing_is_connected_or_made_before_it_is_used(open_store, tmp_path):
    pytest.importorskip("alembic")
    pytest.importorskip("psycopg2")
    pytest.importorskip("redis")
    open_store("sqlite:///clova.db")
    open_store("postgresql+psycopg2://clova@127.0.0.1:9/name")
    open_store("redis://127.0.0.1:9/0")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "give", [lambda engine: engine, lambda engine: lambda: engine], ids=["it", "function"]
)
def test_the_apps_own_engine(open_store, tmp_path, give):
    pytest.importorskip("alembic")
    sqlalchemy = pytest.importorskip("sqlalchemy")
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path}/own.db")
    store = open_store("redis://nowhere", engine=give(engine))
    assert store.database.engine is engine
    assert store.write("a" * 64, "{}", replacing=None)
    assert store.write("a" * 64, "{}", replacing=None) is False
    assert store.read("a" * 64).text == "{}"
    # Its connections are as they were: in transactions.
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("DELETE FROM clova_user_data"))
    assert store.read("a" * 64) is not None
    engine.dispose()


def test_an_engine_whose_insert_knows_no_conflict(open_store, tmp_path, monkeypatch):
    pytest.importorskip("alembic")
    sqlalchemy = pytest.importorskip("sqlalchemy")
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path}/own.db")
    store = open_store(None, engine=engine)
    store.check()
    monkeypatch.setattr(engine.dialect, "name", "another")
    assert store.write("a" * 64, '{"a": 1}', replacing=None) is True
    assert store.write("a" * 64, '{"a": 2}', replacing=None) is False
    assert store.read("a" * 64).text == '{"a": 1}'
    engine.dispose()


def test_a_database_in_memory_is_one_for_all_threads(open_store):
    pytest.importorskip("alembic")
    pytest.importorskip("sqlalchemy")
    store = open_store("sqlite://")
    threads = [threading.Thread(target=count, args=(store, "a" * 64, 25)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read("a" * 64).text == '{"\\uc148": 200}'
    store.database.engine.dispose()


@pytest.mark.parametrize("engine", ["sqlite:///clova.db", 7, object()], ids=["text", "number", "object"])
def test_what_is_no_engine(open_store, engine):
    pytest.importorskip("alembic")
    pytest.importorskip("sqlalchemy")
    assert "engine must be an SQLAlchemy Engine, or a function" in refused(open_store, None, engine=engine)


def test_a_function_that_returns_no_engine(open_store):
    pytest.importorskip("alembic")
    pytest.importorskip("sqlalchemy")
    store = open_store(None, engine=lambda: None)
    with pytest.raises(
        ConfigurationError, match=r"for user data must return an SQLAlchemy Engine, not None\.$"
    ):
        store.read("a" * 64)


IMPORTS = """
import sys
from pathlib import Path
from clova_flask.storage.user_data import open_user_data_store

try:
    open_user_data_store(sys.argv[1], folder=Path(), may_upgrade=lambda: False)
except Exception as error:
    print(error)
print(sorted({"alembic", "flask", "redis", "sqlalchemy"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("url", "loaded"),
    [("nothing", "[]"), ("sqlite:///a.db", "['sqlalchemy']"), ("redis://host", "['redis']")],
)
def test_nothing_is_loaded_that_the_url_does_not_need(url, loaded):
    pytest.importorskip("alembic")
    pytest.importorskip("redis")
    pytest.importorskip("sqlalchemy")
    done = subprocess.run([sys.executable, "-c", IMPORTS, url], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == loaded
