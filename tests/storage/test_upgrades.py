"""Revisions of a schema: made, upgraded, taken over from before, by several at once, refused."""

import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

for package in ("alembic", "authlib", "sqlalchemy"):
    pytest.importorskip(package)

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

import clova_flask
from clova_flask import ConfigurationError
from clova_flask.linking.digests import digest
from clova_flask.storage.tables import metadata
from clova_flask.storage.upgrades import MIGRATIONS, Migrations, current, pending, upgrade
from tests.storage import before_revisions

NEWEST = "0003"
TABLES = {"clova_alembic_version", "clova_clients", "clova_links", "clova_tokens", "clova_user_data"}


@pytest.fixture
def engine(database_url):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def tables(engine):
    return set(inspect(engine).get_table_names())


def difference(engine):
    """List what Alembic would write as the next revision."""
    with engine.connect() as connection:
        options = {"version_table": MIGRATIONS.version_table, "compare_type": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def test_from_nothing_to_the_newest(engine):
    assert current(engine) is None
    titles = [(revision.id, revision.title) for revision in pending(engine)]
    assert titles[0] == ("0001", "Account linking")
    assert [revision.id for revision in upgrade(engine)] == ["0001", "0002", NEWEST]
    assert (current(engine), pending(engine), upgrade(engine)) == (NEWEST, [], [])
    assert tables(engine) == TABLES
    assert difference(engine) == []


def test_every_table_is_in_one_schema_and_named_for_the_package():
    assert {*metadata.tables, MIGRATIONS.version_table} == TABLES
    assert all(name.startswith("clova_") for name in TABLES)


def test_a_database_from_before_there_were_revisions(engine):
    before_revisions.make(engine, digest)
    assert [revision.id for revision in pending(engine)] == ["0001", "0002", NEWEST]
    upgrade(engine)
    assert (current(engine), difference(engine)) == (NEWEST, [])
    with engine.connect() as connection:
        kept = [
            connection.execute(text(f"SELECT count(*) FROM {name}")).scalar()
            for name in ("clova_clients", "clova_links", "clova_tokens")
        ]
    assert kept == [1, 1, 2]


def test_half_of_the_tables(engine):
    with engine.begin() as connection:
        metadata.tables["clova_clients"].create(connection)
        connection.execute(text("ALTER TABLE clova_clients DROP COLUMN former_secret_hash"))
    upgrade(engine)
    assert difference(engine) == []


def test_several_threads_at_once(engine):
    barrier = threading.Barrier(4)

    def once(_number):
        barrier.wait()
        return upgrade(engine)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(once, range(4)))
    assert (current(engine), tables(engine)) == (NEWEST, TABLES)


UPGRADING = """
import sys
from sqlalchemy import create_engine
from clova_flask.storage import upgrades
import alembic.command
engine = create_engine(sys.argv[1])
upgrades.pending(engine)
print("ready", flush=True)
sys.stdin.readline()
upgrades.upgrade(engine)
"""


def test_several_processes_at_once(engine, database_url):
    command = [sys.executable, "-c", UPGRADING, database_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(command, **pipes) for _ in range(3)]
    for process in started:
        assert process.stdout.readline() == "ready\n", process.communicate()
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 3
    assert (current(engine), tables(engine)) == (NEWEST, TABLES)


def test_a_database_of_a_newer_version(engine):
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE clova_alembic_version SET version_num = '9999'"))
    for function in (pending, upgrade):
        with pytest.raises(ConfigurationError, match=r"'9999' .*is known here is 0003\. A newer version"):
            function(engine)
    assert current(engine) == "9999"


FIRST = '''"""A shelf."""
import sqlalchemy as sa
from alembic import op

revision = "one"
down_revision = None


def upgrade():
    op.create_table("shelf", sa.Column("id", sa.Integer, primary_key=True))
'''
SECOND = '''"""A board."""
import sqlalchemy as sa
from alembic import op

revision = "two"
down_revision = "one"


def upgrade():
    op.create_table("board", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO board VALUES (1)")
    {then}
'''


@pytest.fixture
def shelves(tmp_path, monkeypatch):
    """Make migrations of another database, in a folder with whatever a path may have."""
    package = tmp_path / "콘솔 100% 완료, 둘" / "shelves_of_console"
    package.mkdir(parents=True)
    package.joinpath("__init__.py").write_text("")
    package.joinpath("a1.py").write_text(FIRST)
    monkeypatch.syspath_prepend(package.parent)
    yield package
    sys.modules.pop("shelves_of_console", None)


SHELVES = Migrations(package="shelves_of_console", version_table="shelves_version")


def test_another_database_has_migrations_of_its_own(engine, shelves):
    upgrade(engine)
    assert [revision.title for revision in upgrade(engine, SHELVES)] == ["A shelf"]
    shelves.joinpath("a2.py").write_text(SECOND.format(then=""))
    assert [revision.id for revision in pending(engine, SHELVES)] == ["two"]
    upgrade(engine, SHELVES)
    assert (current(engine, SHELVES), current(engine)) == ("two", NEWEST)
    assert tables(engine) == {*TABLES, "shelves_version", "shelf", "board"}


def test_a_revision_that_fails_leaves_nothing(engine, shelves):
    upgrade(engine, SHELVES)
    shelves.joinpath("a2.py").write_text(SECOND.format(then="raise RuntimeError('널빤지')"))
    with pytest.raises(RuntimeError, match="널빤지"):
        upgrade(engine, SHELVES)
    assert (current(engine, SHELVES), tables(engine)) == ("one", {"shelves_version", "shelf"})
    shelves.joinpath("a2.py").write_text(SECOND.format(then=""))
    upgrade(engine, SHELVES)
    assert current(engine, SHELVES) == "two"


def test_an_engine_that_begins_transactions_itself(tmp_path):
    from sqlalchemy import event

    engine = create_engine(f"sqlite:///{tmp_path}/own.db")
    event.listen(engine, "connect", lambda driver, _record: setattr(driver, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    upgrade(engine)
    assert (current(engine), tables(engine)) == (NEWEST, TABLES)
    engine.dispose()


IN_A_ZIP = """
import sys
from sqlalchemy import create_engine, inspect
import clova_flask
from clova_flask.storage.upgrades import upgrade
assert clova_flask.__file__.startswith(sys.argv[1]), clova_flask.__file__
engine = create_engine("sqlite://")
print([revision.id for revision in upgrade(engine)], len(inspect(engine).get_table_names()))
"""


def test_the_package_in_a_zip(tmp_path):
    root, path = Path(clova_flask.__file__).parent, tmp_path / "묶음.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(root.rglob("*.py")):
            archive.write(file, Path("clova_flask") / file.relative_to(root))
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, sys.argv[1]){IN_A_ZIP}", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "['0001', '0002', '0003'] 5\n", done.stderr


SERVED = """
import sys
from tests.linking.shop import Shop
shop = Shop(sys.argv[1], client=False).declare()
shop.app.testing = False
print(shop.is_valid("unknown"), shop.redeem("code", auth=("clova-of-pizza", "비밀")).status_code)
print("alembic" in sys.modules)
"""


def test_a_served_request_does_not_wait_for_alembic(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/clova_linking.db")
    upgrade(engine)
    engine.dispose()
    command = [sys.executable, "-X", "utf8", "-c", SERVED, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "False 401\nFalse\n", done.stderr
