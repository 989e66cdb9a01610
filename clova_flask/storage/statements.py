"""A database that is asked one statement at a time, within a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Executable, StaticPool, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from . import upgrades
from .database import Database
from .engines import is_in_memory, make_engine
from .patience import Patience
from .upgrades import Revision

_SQLITE_ATTEMPT = 0.02
"""Seconds that SQLite waits for another writer before it is asked again.

SQLite looks less and less often, down to ten times a second, and whoever comes later is faster. With one wait
of 5 s, and eight processes that write all the time, one write in 4,500 found the file locked to the end; with
many short ones none of 100,000 did, and the longest took 1 s (2026-11-26).
"""
_SQLITE_BUSY = (5, 6)
"""Codes of SQLite: another connection writes, in another process or in this one."""


class Statements(Database):
    """A :class:`~.database.Database` where each statement is a transaction of its own.

    PostgreSQL has two round trips for it then, where a transaction has four.

    :param seconds: for how long an answer is waited for.
    """

    def __init__(
        self,
        use: str,
        setting: str,
        url: str,
        *,
        folder: Path,
        seconds: float,
        given: Engine | Callable[[], Engine] | None = None,
        may_upgrade: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(use, setting, url, folder=folder, given=given, may_upgrade=may_upgrade)
        self._patience = Patience(seconds)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open a connection, for no longer than an answer is waited for.

        :raises StorageUnavailable: the database is away, does not answer in time, or lacks tables.
        """
        with super().connect() as connection, self._patience.bound(_driver_of(connection)):
            yield connection

    def run(self, statement: Executable, parameters: dict[str, Any]) -> tuple[Sequence[Any], int]:
        """Run a statement.

        :return: its rows, and how many it changed.
        :raises StorageUnavailable: the database is away, does not answer in time, or lacks tables.
        """
        engine = self.engine
        ends = time.monotonic() + self._patience.seconds
        with self._told(engine):
            while True:
                try:
                    return self._run(engine, ends, statement, parameters)
                except DBAPIError as error:
                    error.hide_parameters = True  # the app's own engine may show them: the user's data
                    if not _is_busy(error) or time.monotonic() >= ends:
                        raise

    def _run(
        self, engine: Engine, ends: float, statement: Executable, parameters: dict[str, Any]
    ) -> tuple[Sequence[Any], int]:
        # Threads that share a connection would end each other's transactions.
        alone = self._lock if isinstance(engine.pool, StaticPool) else nullcontext()
        with (
            alone,
            engine.connect() as connection,
            self._patience.bound(_driver_of(connection), ends),
            connection.begin(),
        ):
            result = connection.execute(statement, parameters)
            return result.all() if result.returns_rows else (), result.rowcount

    def _connected(self, url: URL) -> Engine:
        if is_in_memory(url):
            return make_engine(url)
        engine = make_engine(url, timeout=_SQLITE_ATTEMPT, isolation_level="AUTOCOMMIT")
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _write_ahead)
        else:
            self._bound_pool(engine)
        return engine

    def _bound_pool(self, engine: Engine) -> None:
        """Bound what is asked before anyone else holds a connection: which server it is, if it is alive."""
        patience, ping = self._patience, engine.dialect.do_ping

        def bounded_ping(connection: Any) -> bool:
            with patience.bound(connection):
                return bool(ping(connection))

        def connect(dialect: Any, record: Any, arguments: Any, options: Any) -> Any:
            connection = dialect.connect(*arguments, **options)
            record.info["clova_wait"] = patience.begin(connection)
            return connection

        def connected(_connection: Any, record: Any) -> None:
            patience.end(record.info.pop("clova_wait"))

        engine.dialect.do_ping = bounded_ping  # type: ignore[assignment]
        event.listen(engine, "do_connect", connect)
        event.listen(engine, "connect", connected)  # after SQLAlchemy's own, with their questions

    def _upgrade(self, engine: Engine) -> list[Revision]:
        """Upgrade in a transaction, which the engine of a URL has not."""
        if self._url is None or is_in_memory(self._url):
            return super()._upgrade(engine)
        in_transactions = make_engine(self._url)
        try:
            return upgrades.upgrade(in_transactions, self.migrations)
        finally:
            in_transactions.dispose()


def _driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _write_ahead(connection: Any, _record: Any) -> None:
    """Let SQLite append to a log: a commit is one write to the disk, and readers do not wait for it.

    Eight processes wrote 380 times a second so, and 120 with its journal (2026-11-26).
    """
    from sqlite3 import OperationalError as CannotNow  # Python may be built without it

    # Where another process has the file, or it may not be written, it goes on as it was.
    with suppress(CannotNow):
        connection.execute("PRAGMA journal_mode = WAL")
        # What was confirmed is on the disk, also when the machine goes down in the next moment.
        connection.execute("PRAGMA synchronous = FULL")


def _is_busy(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF in _SQLITE_BUSY
