"""A store of user data that is away, hangs, goes away in the middle and comes back, or lacks its table."""

import contextlib
import sqlite3
import threading
import time
import traceback
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")

from clova_flask.errors import StorageUnavailable
from tests.storage import before_revisions, proxy
from tests.storage.counting import close_store, count, impatient, open_store

AWAY = r"^The (database|Redis) for user data cannot be used \(.*\)\. Check .*: CLOVA_USER_DATA_URL\.$"
PATIENCE = 0.5
"""Seconds that a store waits for one that hangs; what must succeed on a busy machine has its own patience."""
CONNECTING = 2
"""Seconds for a connection to PostgreSQL: fewer are two to its library."""


@pytest.fixture
def key(make_digest):
    return make_digest()


@pytest.fixture(params=["postgresql", "psycopg", "redis"])
def between(request, url_of):
    """Return a store with a proxy before its server."""
    url = url_of(request.param)
    store = open_store(url, may_upgrade=True)
    store.check()
    close_store(store)
    server, to_it = proxy.before(url)
    store = open_store(to_it)
    store.proxy = server
    yield store
    close_store(store)
    server.close()


def functions(store, key):
    """List what asks a store."""
    return {
        "read": lambda: store.read(key),
        "insert": lambda: store.write(key, "{}", replacing=None),
        "replace": lambda: store.write(key, "{}", replacing="0123456789abcdef"),
        "delete": lambda: store.delete(key),
        "delete_owned": lambda: store.delete_owned(key),
        "check": store.check,
    }


def assert_all_fail(store, key, within, names=None):
    for name, function in functions(store, key).items():
        if names is not None and name not in names:
            continue
        began = time.monotonic()
        with pytest.raises(StorageUnavailable, match=AWAY):
            function()
        assert time.monotonic() - began < within, name


def test_it_is_away(between, key):
    between.proxy.close()
    assert_all_fail(between, key, within=1)
    between.proxy.come_back()
    assert between.read(key) is None


def test_it_goes_away_and_comes_back(between, key):
    count(between, key, 3)
    between.proxy.close()
    assert_all_fail(between, key, within=1)
    between.proxy.come_back()
    count(between, key, 1)
    assert between.read(key).text == '{"\\uc148": 4}'


def test_it_is_restarted_while_nobody_asks(between, key):
    """No turn fails for a connection that has ended since the one before."""
    count(between, key, 1)
    for _ in range(3):
        between.proxy.cut()
        time.sleep(0.05)
        count(between, key, 1)
    assert between.read(key).text == '{"\\uc148": 4}'


def test_it_hangs(between, key):
    count(between, key, 1)
    between.proxy.is_silent = True
    with impatient(between, PATIENCE):
        assert_all_fail(between, key, within=CONNECTING + 1, names=["read", "replace", "check"])
    between.proxy.is_silent = False
    between.proxy.cut()
    count(between, key, 1)
    assert between.read(key).text == '{"\\uc148": 2}'


def test_it_hangs_when_it_is_asked_for_its_revision(between, key):
    """As readiness asks."""
    if not hasattr(between, "database"):
        return
    count(between, key, 1)
    between.proxy.answers_left = 1  # that it is alive
    began = time.monotonic()
    with impatient(between, PATIENCE), pytest.raises(StorageUnavailable, match="no answer within"):
        between.database.require_newest()
    assert time.monotonic() - began < PATIENCE + 1
    between.proxy.answers_left = None
    between.proxy.cut()
    between.database.require_newest()


def test_it_hangs_when_it_is_connected_to(between, key):
    between.proxy.is_silent = True
    with impatient(between, PATIENCE):
        assert_all_fail(between, key, within=CONNECTING + 1, names=["read"])


@pytest.mark.parametrize("answers", range(1, 6))
def test_it_falls_silent_while_it_is_connected_to(between, key, answers):
    """In the login, or in the first questions of SQLAlchemy, and of redis-py."""
    between.proxy.answers_left = answers
    began = time.monotonic()
    with impatient(between, PATIENCE), contextlib.suppress(StorageUnavailable):
        between.read(key)
    assert time.monotonic() - began < CONNECTING + PATIENCE + 1
    between.proxy.answers_left = None
    between.proxy.cut()
    count(between, key, 1)


def test_many_threads_wait_no_longer_than_one(between, key):
    count(between, key, 1)
    between.proxy.is_silent = True
    took = []

    def read():
        began = time.monotonic()
        with contextlib.suppress(StorageUnavailable):
            between.read(key)
        took.append(time.monotonic() - began)

    threads = [threading.Thread(target=read) for _ in range(4)]
    with impatient(between, PATIENCE):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(took) == 4
    assert max(took) < CONNECTING + 1  # one had the connection; the others connect anew


@pytest.mark.parametrize("ends", ["silent", "cut"])
def test_an_answer_that_is_lost_is_no_second_write(between, key, ends):
    """It was written, of which nobody could be told; whoever reads it finds that."""
    count(between, key, 1)
    before = between.read(key)
    timer = threading.Timer(PATIENCE / 2, between.proxy.cut)
    if ends == "cut":
        timer.start()
    between.proxy.answers_left = 1 if hasattr(between, "database") else 0  # that it is alive
    with impatient(between, PATIENCE), pytest.raises(StorageUnavailable, match=AWAY):
        between.write(key, '{"셈": 2}', replacing=before.version)
    if ends == "cut":
        timer.join()
    between.proxy.answers_left = None
    between.proxy.cut()
    assert between.read(key).text == '{"셈": 2}'
    assert between.write(key, '{"셈": 3}', replacing=before.version) is False


def test_the_thread_that_watches_ends_when_nothing_is_asked(between, key, monkeypatch):
    monkeypatch.setattr("clova_flask.storage.patience._LOOK_INTERVAL", 0.01)
    monkeypatch.setattr("clova_flask.storage.patience._IDLE_LOOKS", 3)
    count(between, key, 1)

    def watching():
        return [thread for thread in threading.enumerate() if thread.name == "clova-patience"]

    ends = time.monotonic() + 5
    while watching() and time.monotonic() < ends:
        time.sleep(0.02)
    assert watching() == []
    count(between, key, 1)  # and begins again
    between.proxy.is_silent = True
    with impatient(between, PATIENCE), pytest.raises(StorageUnavailable, match=AWAY):
        between.read(key)


@pytest.fixture
def in_sqlite(url_of, monkeypatch):
    monkeypatch.setattr("clova_flask.storage.user_data.PATIENCE", PATIENCE)
    store = open_store(url_of("sqlite"), may_upgrade=True)
    store.check()
    yield store
    close_store(store)


def path_of(store):
    return Path(store.database.engine.url.database)


def test_a_file_that_another_process_writes_to(in_sqlite, key):
    """Reading goes on, writing waits, and ends in time."""
    count(in_sqlite, key, 1)
    other = sqlite3.connect(path_of(in_sqlite), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(StorageUnavailable, match="database is locked"):
        in_sqlite.write(key, "{}", replacing=in_sqlite.read(key).version)
    assert PATIENCE - 0.1 < time.monotonic() - began < PATIENCE + 1
    other.execute("COMMIT")
    other.close()
    count(in_sqlite, key, 1)
    assert in_sqlite.read(key).text == '{"\\uc148": 2}'


def test_a_file_that_another_process_has_alone(in_sqlite, key, url_of):
    in_sqlite.database.engine.dispose()
    other = sqlite3.connect(path_of(in_sqlite), isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    assert_all_fail(in_sqlite, key, within=PATIENCE + 1)
    other.execute("COMMIT")
    other.close()
    count(in_sqlite, key, 1)


def test_a_file_that_is_no_database(url_of, key):
    url = url_of("sqlite")
    Path(url.removeprefix("sqlite:///")).write_bytes("연결".encode() * 1000)
    store = open_store(url)
    with pytest.raises(StorageUnavailable, match="file is not a database"):
        store.read(key)
    close_store(store)


def test_a_folder_that_cannot_be_made(key):
    pytest.importorskip("alembic")
    pytest.importorskip("sqlalchemy")
    assert_all_fail(open_store("sqlite:////dev/null/clova.db"), key, within=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_store(request, url_of):
    store = open_store(url_of(request.param))
    yield store
    close_store(store)


TABLES = r"^The tables for user data are missing .* older version\. .* flask clova db upgrade$"


def assert_tables_are_asked_for(store, key):
    for function in functions(store, key).values():
        with pytest.raises(StorageUnavailable, match=TABLES):
            function()


def test_no_tables(database_store, key):
    assert_tables_are_asked_for(database_store, key)
    assert [revision.id for revision in database_store.database.upgrade()] == ["0001", "0002", "0003"]
    count(database_store, key, 1)
    assert database_store.database.upgrade() == []


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_an_upgrade_from_each_earlier_schema(database_store, key, revision):
    database = database_store.database
    database.upgrade()
    with database.begin() as connection:
        before_revisions.go_back(connection, revision)
    assert_tables_are_asked_for(database_store, key)
    assert [done.id for done in database.upgrade()] == [
        later for later in sorted(before_revisions.SINCE) if later > revision
    ]
    count(database_store, key, 1)
    assert (database.current(), database.pending()) == ("0003", [])


def test_tables_from_before_there_were_revisions(database_store, key):
    pytest.importorskip("authlib")
    from clova_flask.linking.digests import digest

    before_revisions.make(database_store.database.engine, digest)
    assert_tables_are_asked_for(database_store, key)
    database_store.database.upgrade()
    count(database_store, key, 1)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_engine_that_isolates_strictly(url_of, make_digest, level):
    """There PostgreSQL refuses the slower of two transactions, which is no outage."""
    import sqlalchemy

    url = url_of("postgresql")
    engine = sqlalchemy.create_engine(url, isolation_level=level)
    store, key, owner = open_store("", engine=engine, may_upgrade=True), make_digest(), make_digest()
    threads = [threading.Thread(target=count, args=(store, key, 25)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read(key).text == '{"\\uc148": 150}'
    keys = [make_digest() for _ in range(30)]
    for one in keys:
        store.write(one, "{}", replacing=None, owner=owner)
    deleted = []
    threads = [threading.Thread(target=lambda: deleted.append(store.delete_owned(owner))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(deleted) == 30
    engine.dispose()


@pytest.mark.parametrize("kind", ["postgresql", "psycopg"])
def test_a_database_that_cannot_keep_every_text(url_of, key, kind):
    """An older one, in Korea or Japan."""
    import sqlalchemy

    url, name = url_of(kind), f"clova_{key[:16]}"
    server = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        options = "ENCODING 'EUC_KR' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name} {options}"))
    there = sqlalchemy.make_url(url).set(database=name).difference_update_query(["options"])
    store = open_store(there.render_as_string(hide_password=False), may_upgrade=True)
    assert store.write(key, '{"이름": "보라"}', replacing=None)
    record = store.read(key)
    assert record.text == '{"이름": "보라"}'
    with pytest.raises(StorageUnavailable, match=r"Its encoding must be UTF8, .*: CLOVA_USER_DATA_URL\.$"):
        store.write(key, '{"이름": "😀"}', replacing=record.version)
    assert store.read(key) == record
    close_store(store)
    with server.connect() as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE {name}"))
    server.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "psycopg"])
def test_an_error_shows_no_data(url_of, key, kind):
    """The app's own engine shows what it was given, and a log has the whole traceback."""
    import sqlalchemy

    engine, text = sqlalchemy.create_engine(url_of(kind)), '{"주문": "떡볶이"}'
    store = open_store("", engine=engine)
    with pytest.raises(StorageUnavailable) as raised:
        store.write(key, text, replacing=None)
    shown = "".join(traceback.format_exception(raised.value))
    assert "INSERT INTO" in shown
    assert "떡볶이" not in shown
    engine.dispose()
