"""The database: SQLite in the instance folder, or what ``SAMPLE_DATABASE_URL`` names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from flask import current_app
from sqlalchemy import Connection, Engine, create_engine, event, inspect, update
from sqlalchemy.orm import Session, sessionmaker

from .tables import Base, UserRow

EXTENSION = "sample_home"

# While one process makes the tables, the others wait; creating them is part of the transaction.
_LOCKS = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(7051)"}


class Database:
    """The tables and their sessions; it connects when it is first used, so forks are safe.

    :param url: a SQLAlchemy URL.
    :param seed: makes the first rows.
    """

    def __init__(self, url: str, seed: Callable[[], Sequence[Base]]) -> None:
        self.engine = create_engine(url, pool_pre_ping=True)
        if self._is_sqlite:
            event.listen(self.engine, "connect", _check_foreign_keys)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._seed = seed
        self._lock = Lock()
        self._is_ready = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that changes nothing."""
        self.ready()
        with self._sessions() as session:
            yield session

    @contextmanager
    def changing(self, user_id: str) -> Iterator[Session]:
        """Open a transaction that changes a user's home; others wait until it is over."""
        self.ready()
        with self._sessions.begin() as session:
            # Writing the row locks it, on SQLite too: what is read after this cannot be outdated.
            count = update(UserRow).where(UserRow.id == user_id).values(changes=UserRow.changes + 1)
            session.execute(count)
            yield session

    def fill(self, *, only_new: bool = False) -> int:
        """Make the tables, and add the rows of the seed that are missing.

        :param only_new: do nothing when the tables exist.
        :return: how many rows were added.
        """
        path = self.engine.url.database
        if self._is_sqlite and path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        with self.engine.begin() as connection:
            lock = _LOCKS.get(self.engine.dialect.name)
            if lock:
                connection.exec_driver_sql(lock)
            if only_new and inspect(connection).has_table(UserRow.__tablename__):
                return 0
            Base.metadata.create_all(connection)
            return self._add_missing(connection)

    def ready(self) -> Engine:
        """Return the engine, after the tables were made."""
        if self._is_ready:
            return self.engine
        with self._lock:
            if not self._is_ready:
                self.fill(only_new=True)
                self._is_ready = True
        return self.engine

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    @property
    def _is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def _add_missing(self, connection: Connection) -> int:
        with Session(connection) as session:
            missing = [row for row in self._seed() if session.get(type(row), row.id) is None]
            session.add_all(missing)
            session.flush()
        return len(missing)


def _check_foreign_keys(connection: Any, _record: object) -> None:
    """Switch on the checks of foreign keys, which SQLite leaves off by default."""
    connection.execute("PRAGMA foreign_keys = ON").close()


def database() -> Database:
    """Return the database of the app."""
    found: Database = current_app.extensions[EXTENSION]
    return found
