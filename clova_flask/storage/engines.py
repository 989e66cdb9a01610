"""Engines from URLs: what each kind of database is connected with, and what is wrong with a URL."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, StaticPool, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from ..errors import ConfigurationError

SQLITE_TIMEOUT = 30
"""Seconds that SQLite waits for another writer; its own default of 5 s is short for a slow disk."""
CONNECT_TIMEOUT = 5
"""Seconds for a connection to PostgreSQL, and for one of the pool: CEK waits no longer than 8."""

_POSTGRES_DRIVERS = {"psycopg": "psycopg[binary]", "psycopg2": "psycopg2-binary"}
"""What is installed for each, by its module."""


def make_engine(url: URL, *, timeout: float = SQLITE_TIMEOUT, **options: Any) -> Engine:
    """Make an engine, which connects when it is first used.

    :param timeout: seconds that SQLite waits for another writer.
    :param options: further ones of :func:`~sqlalchemy.create_engine`.
    """
    if is_file(url):
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        options["connect_args"] = {"timeout": timeout}
    elif is_in_memory(url):
        # One connection for all threads: each would have a database of its own.
        options |= {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    else:
        options |= {"pool_pre_ping": True, "pool_timeout": CONNECT_TIMEOUT}
        if url.get_driver_name() in _POSTGRES_DRIVERS and "connect_timeout" not in url.query:
            options["connect_args"] = {"connect_timeout": CONNECT_TIMEOUT}
    # Parameters are digests, and ids of users, who need not stand in a log.
    return create_engine(url, hide_parameters=True, **options)


def is_in_memory(url: URL) -> bool:
    """Tell whether a URL is one of SQLite without a file, or with options of its own for one."""
    return url.get_backend_name() == "sqlite" and not is_file(url)


def is_file(url: URL) -> bool:
    """Tell whether a URL is one of SQLite in a file."""
    path = url.database
    return (
        url.get_backend_name() == "sqlite"
        and bool(path)
        and path != ":memory:"
        and not str(path).startswith("file:")
    )


def resolved(setting: str, text: str, folder: Path) -> URL:
    """Parse a URL, with a relative SQLite path from the folder.

    :raises ConfigurationError: it is not valid, or its driver is not installed.
    """
    try:
        url = _with_driver(make_url(text))
        dialect: Any = url.get_dialect()
    except (ArgumentError, ImportError, ValueError) as error:
        reason = type(error).__name__  # its text may hold the password
        raise ConfigurationError(
            f"{setting} must be a URL of a database, as sqlite:///clova.db or "
            f"postgresql+psycopg2://user:password@host/name ({reason})."
        ) from None
    if url.get_backend_name() == "sqlite":
        return url.set(database=str(folder / str(url.database))) if is_file(url) else url
    try:
        dialect.import_dbapi()
    except ImportError as error:
        package = _POSTGRES_DRIVERS.get(url.get_driver_name())
        install = f" Install it: pip install '{package}'" if package else ""
        raise ConfigurationError(
            f"{setting} is for {url.drivername}, whose driver is not installed: {error}.{install}"
        ) from None
    return url


def _with_driver(url: URL) -> URL:
    """Choose the driver that is installed where a URL names none: SQLAlchemy's default changed in 2.1."""
    if url.drivername != "postgresql" or find_spec(url.get_driver_name()) is not None:
        return url
    found = next((name for name in _POSTGRES_DRIVERS if find_spec(name) is not None), None)
    return url if found is None else url.set(drivername=f"postgresql+{found}")
