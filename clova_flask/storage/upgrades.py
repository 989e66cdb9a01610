"""Schemas and their revisions, by Alembic, for any database with migrations of its own.

Nothing here is called while an app in production answers: a command upgrades, ``flask clova db upgrade``.
Alembic is imported where it is used, since that takes as long as SQLAlchemy does (2026-11-26).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, text

from ..errors import ConfigurationError

_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps what it works on in globals of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrations:
    """The revisions of a set of tables.

    :ivar package: the package that has them, a module each, in the form that Alembic reads.
    :ivar version_table: the table in which a database notes its revision.
    """

    package: str
    version_table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One step of a schema.

    :ivar id: as the version table has it.
    :ivar title: what it is for.
    """

    id: str
    title: str


MIGRATIONS = Migrations(package="clova_flask.storage.migrations", version_table="clova_alembic_version")
"""Those of the package's own tables."""


def upgrade(engine: Engine, migrations: Migrations = MIGRATIONS) -> list[Revision]:
    """Bring a database to the newest revision, in one transaction, while no other process does.

    :return: what was missing; nothing when it was up to date.
    :raises ConfigurationError: a newer version of the package has upgraded it.
    """
    missing = pending(engine, migrations)
    if not missing:
        return []
    from alembic import command

    with _ONE_AT_A_TIME, _configured(migrations) as config, _locked(engine, migrations) as connection:
        config.attributes.update(connection=connection, version_table=migrations.version_table)
        command.upgrade(config, "head")
    return missing


def current(engine: Engine, migrations: Migrations = MIGRATIONS) -> str | None:
    """Return the revision of a database; None when it has none."""
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": migrations.version_table})
        return context.get_current_revision()


def pending(engine: Engine, migrations: Migrations = MIGRATIONS) -> list[Revision]:
    """List the revisions that a database lacks, the oldest first.

    :raises ConfigurationError: it has a revision that is not known.
    """
    reached, known = current(engine, migrations), revisions(migrations)
    ids = [revision.id for revision in known]
    if reached is None:
        return known
    if reached not in ids:
        raise ConfigurationError(
            f"The database has the revision {reached!r} ({migrations.version_table}), and the newest that is "
            f"known here is {ids[-1]}. A newer version has upgraded the database; install that one."
        )
    return known[ids.index(reached) + 1 :]


def revisions(migrations: Migrations = MIGRATIONS) -> list[Revision]:
    """List all revisions, the oldest first."""
    from alembic.script import ScriptDirectory

    with _configured(migrations) as config:
        newest_first = list(ScriptDirectory.from_config(config).walk_revisions())
    return [Revision(id=one.revision, title=one.doc.rstrip(".")) for one in reversed(newest_first)]


@contextmanager
def _configured(migrations: Migrations) -> Iterator[Any]:
    """Configure Alembic, which reads files."""
    from alembic.config import Config

    with _folder(files(__package__) / "alembic_env") as env, _folder(files(migrations.package)) as versions:
        config = Config()
        # The same option, before and since Alembic 1.16; without it a space would end a path.
        options = {
            "version_path_separator": "os",
            "path_separator": "os",
            "script_location": str(env),
            "version_locations": str(versions),
        }
        for name, value in options.items():
            config.set_main_option(name, value.replace("%", "%%"))
        yield config


@contextmanager
def _folder(resources: Traversable) -> Iterator[Path]:
    """Return a folder with resources of the package, which may be in a zip."""
    if isinstance(resources, Path):
        yield resources
        return
    with TemporaryDirectory() as copied:
        for resource in resources.iterdir():
            if resource.name.endswith(".py"):
                Path(copied, resource.name).write_bytes(resource.read_bytes())
        yield Path(copied)


@contextmanager
def _locked(engine: Engine, migrations: Migrations) -> Iterator[Connection]:
    """Begin a transaction that no other upgrade of these migrations runs beside."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            digest = hashlib.sha256(migrations.version_table.encode()).digest()
            key = int.from_bytes(digest[:8], "big", signed=True)
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
        elif connection.dialect.name == "sqlite" and not _has_begun(connection):
            # The driver begins no transaction for CREATE TABLE.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def _has_begun(connection: Connection) -> bool:
    driver: Any = connection.connection.driver_connection
    return bool(driver.in_transaction)
