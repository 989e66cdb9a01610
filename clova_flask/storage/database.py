"""A database of the package: its engine, made when it is first used, in the process that uses it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from ..errors import ConfigurationError, StorageUnavailable, line_in_log, type_name
from ..wire.processes import ProcessLock
from . import upgrades
from .engines import is_file, make_engine, resolved
from .upgrades import MIGRATIONS, Migrations, Revision


class Database:
    """A database for one use, with an engine a process.

    :param use: what it is for, as errors and commands call it: ``account linking``.
    :param setting: the setting that has its URL, ``CLOVA_LINKING_DATABASE_URL``.
    :param url: the URL.
    :param folder: from which a relative SQLite path counts: the app's instance folder.
    :param given: the app's own engine, or what returns it; then the URL does not count.
    :param may_upgrade: whether the tables may be made, and upgraded, when the engine is first used.
    :param migrations: the revisions of its tables.
    :raises ConfigurationError: the URL is not valid, or its driver is not installed.
    """

    def __init__(
        self,
        use: str,
        setting: str,
        url: str,
        *,
        folder: Path,
        given: Engine | Callable[[], Engine] | None = None,
        may_upgrade: Callable[[], bool] = lambda: False,
        migrations: Migrations = MIGRATIONS,
    ) -> None:
        self.use = use
        self.migrations = migrations
        self._setting = setting
        self._url = None if given is not None else resolved(setting, url, folder)
        self._given = given
        self._may_upgrade = may_upgrade
        self._lock = ProcessLock()
        self._engine: Engine | None = None
        self._process = 0
        self._older: list[str] | None = None

    def __str__(self) -> str:
        url = self.engine.url
        if url.get_backend_name() == "sqlite":
            return f"sqlite:///{url.database}"  # the path as it is: a URL would have escapes for 연결.db
        return url.render_as_string(hide_password=True)

    @property
    def engine(self) -> Engine:
        """Return the engine of this process; no connection may be shared with what it was forked from.

        :raises StorageUnavailable: the tables were to be made, and the database is away, or refuses.
        """
        if self._engine is None or self._process != os.getpid():
            with self._lock:
                if self._engine is None or self._process != os.getpid():
                    with self._told():
                        self._engine, self._process = self._make(), os.getpid()
        return self._engine

    @property
    def may_exist(self) -> bool:
        """Whether there may be a database: SQLite makes a file when it first reads one that is not there."""
        return self._url is None or not is_file(self._url) or Path(str(self._url.database)).exists()

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Make no tables within the block, also where they are made at first use; for tools that look."""
        if self._engine is not None:
            yield
            return
        usual, self._may_upgrade = self._may_upgrade, lambda: False
        try:
            yield
        finally:
            if self._engine is not None and self._url is not None:
                self._engine.dispose()
            self._engine, self._may_upgrade = None, usual

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open a connection.

        :raises StorageUnavailable: the database is away, or lacks tables.
        """
        engine = self.engine
        with self._told(engine), engine.connect() as connection:
            yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a connection in a transaction, which ends with the block.

        :raises StorageUnavailable: the database is away, or lacks tables.
        """
        engine = self.engine
        with self._told(engine), engine.begin() as connection:
            yield connection

    def upgrade(self) -> list[Revision]:
        """Make the tables, or bring them to the newest revision.

        :return: the revisions that were missing.
        :raises ConfigurationError: a newer version of the package has upgraded the database.
        :raises StorageUnavailable: the database is away, or refuses.
        """
        engine = self.engine
        with self._told():
            return self._upgrade(engine)

    def current(self) -> str | None:
        """Return the revision that the database has; None when it has none.

        :raises StorageUnavailable: the database is away.
        """
        with self._told():
            return upgrades.current(self.engine, self.migrations)

    def pending(self) -> list[Revision]:
        """List the revisions that the database lacks, the oldest first.

        :raises ConfigurationError: a newer version of the package has upgraded the database.
        :raises StorageUnavailable: the database is away.
        """
        with self._told():
            return upgrades.pending(self.engine, self.migrations)

    def require_newest(self) -> None:
        """Require that the database is up, and at the newest revision or beyond; it costs one query.

        One that a newer version of the package has upgraded can be used, while that version is rolled out.

        :raises StorageUnavailable: it is away, or lacks a revision.
        """
        url = self._url
        if url is not None and not (self.may_exist or self._may_upgrade()):
            raise StorageUnavailable(
                f"There is no database for {self.use} yet: {url.database} is missing. Make it: "
                "flask clova db upgrade. Or, where there was one, mount the disk that it is on."
            )
        if self._older is None:
            self._older = [one.id for one in upgrades.revisions(self.migrations)][:-1]
        query = text(f"SELECT version_num FROM {self.migrations.version_table}")  # noqa: S608 - a constant
        with self.connect() as connection:
            reached = connection.scalar(query)
        if reached is None or reached in self._older:
            raise StorageUnavailable(
                f"The tables for {self.use} are those of an older version. Upgrade them: flask clova db "
                "upgrade"
            )

    def _make(self) -> Engine:
        engine = self._leave_parents(self._the_apps()) if self._url is None else self._connected(self._url)
        if self._may_upgrade():
            self._upgrade(engine)
        return engine

    def _connected(self, url: URL) -> Engine:
        return make_engine(url)

    def _upgrade(self, engine: Engine) -> list[Revision]:
        return upgrades.upgrade(engine, self.migrations)

    def _the_apps(self) -> Engine:
        if isinstance(self._given, Engine):
            return self._given
        engine = self._given() if self._given is not None else None
        if not isinstance(engine, Engine):
            raise ConfigurationError(
                f"The function that returns the engine for {self.use} must return an SQLAlchemy Engine, not "
                f"{type_name(engine)}."
            )
        return engine

    def _leave_parents(self, engine: Engine) -> Engine:
        """Give the app's own engine new connections in a process that was forked after they were used."""
        is_forked = self._process not in (0, os.getpid())
        if is_forked and not isinstance(engine.pool, StaticPool):
            engine.dispose(close=False)
        return engine

    @contextmanager
    def _told(self, engine: Engine | None = None) -> Iterator[None]:
        """Tell what to do where the database is away.

        :param engine: whose tables may be missing; None where they are what is made or asked for.
        """
        try:
            yield
        except (IntegrityError, DataError):
            raise  # it is about what was written
        except (DBAPIError, PoolTimeoutError, OSError) as error:
            raise StorageUnavailable(self._explain(error, engine)) from error

    def _explain(self, error: Exception, engine: Engine | None) -> str:
        # Where a statement was sent the database is there, and may lack what the statement is about.
        is_answer = isinstance(error, DBAPIError) and error.statement is not None
        is_there = is_answer and not getattr(error, "connection_invalidated", False)
        if engine is not None and is_there and self._lacks_revisions(engine):
            return (
                f"The tables for {self.use} are missing in the database, or are those of an older version. "
                "Make them, or upgrade them: flask clova db upgrade"
            )
        cause = getattr(error, "orig", None) or error
        reason = line_in_log(f"{type(cause).__name__}: {cause}".partition("\n")[0])
        return (
            f"The database for {self.use} cannot be used ({reason}). Check that it is up, and that this "
            f"process may use it: {self._setting}."
        )

    def _lacks_revisions(self, engine: Any) -> bool:
        try:
            return bool(upgrades.pending(engine, self.migrations))
        except (SQLAlchemyError, ConfigurationError):
            return False
