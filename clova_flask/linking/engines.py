"""The engine of a store: made when it is first used, in the process that uses it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from ..errors import ConfigurationError
from .tables import metadata

DEFAULT_URL = "sqlite:///clova_linking.db"
SQLITE_TIMEOUT = 30
"""Seconds that SQLite waits for another writer; its own default of 5 s is short for a slow disk."""


class Engines:
    """One engine a process.

    :param url: URL of the database.
    :param instance: the app's instance folder, from which relative paths count.
    :param given: the app's own engine, or what returns it; then there is no URL.
    :param may_create: whether tables may be made when the engine is first used.
    """

    def __init__(
        self,
        url: str | None,
        instance: Path,
        given: Engine | Callable[[], Engine] | None,
        may_create: Callable[[], bool],
    ) -> None:
        self._url = None if given is not None else _resolved(url or DEFAULT_URL, instance)
        self._given = given
        self._may_create = may_create
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._process = 0

    @property
    def engine(self) -> Engine:
        """Return the engine of this process; no connection may be shared with what it was forked from."""
        if self._engine is None or self._process != os.getpid():
            with self._lock:
                if self._engine is None or self._process != os.getpid():
                    self._engine, self._process = self._make(), os.getpid()
        return self._engine

    def create_tables(self) -> None:
        """Make the tables that are missing."""
        metadata.create_all(self.engine)

    def has_tables(self) -> bool:
        """Tell whether all tables are there."""
        return set(metadata.tables) <= set(inspect(self.engine).get_table_names())

    def _make(self) -> Engine:
        engine = self._the_apps() if self._url is None else _connected(self._url)
        if self._may_create():
            metadata.create_all(engine)
        return engine

    def _the_apps(self) -> Engine:
        return self._given if isinstance(self._given, Engine) else self._given()  # type: ignore[misc]


def _connected(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(url, connect_args={"timeout": SQLITE_TIMEOUT})


def _resolved(text: str, instance: Path) -> URL:
    """Parse a URL, with a relative SQLite path from the instance folder."""
    try:
        url = make_url(text)
        url.get_dialect()
    except (ArgumentError, ImportError) as error:
        reason = type(error).__name__  # its text may hold the password
        raise ConfigurationError(
            f"CLOVA_LINKING_DATABASE_URL must be a URL of a database, as sqlite:///linking.db or "
            f"postgresql+psycopg2://user:password@host/name ({reason})."
        ) from None
    path = url.database
    if url.get_backend_name() != "sqlite" or not path or path == ":memory:" or path.startswith("file:"):
        return url
    return url.set(database=str(instance / path))
