"""A plain write of each kind of store, by its driver alone: what an update is compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Write = Callable[[str, str], object]


def plain_writes(url: str) -> Write:
    """Return what writes a text by its key."""
    kind = url.partition(":")[0].partition("+")[0]
    if kind == "sqlite":
        return _sqlite(url.removeprefix("sqlite:///"))
    return _postgresql(url) if kind == "postgresql" else _redis(url)


def _sqlite(path: str) -> Write:
    import sqlite3

    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS plain (key TEXT PRIMARY KEY, text TEXT)")
    return lambda key, text: connection.execute("INSERT OR REPLACE INTO plain VALUES (?, ?)", (key, text))


def _postgresql(url: str) -> Write:
    from sqlalchemy import create_engine

    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    driver: Any = engine.connect().connection.driver_connection
    cursor = driver.cursor()
    cursor.execute("SELECT pg_advisory_lock(20261126)")
    cursor.execute("CREATE TABLE IF NOT EXISTS plain (key VARCHAR(64) PRIMARY KEY, text TEXT)")
    cursor.execute("SELECT pg_advisory_unlock(20261126)")
    statement = "INSERT INTO plain VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET text = EXCLUDED.text"
    return lambda key, text: cursor.execute(statement, (key, text))


def _redis(url: str) -> Write:
    from redis import Redis

    client = Redis.from_url(url)
    return lambda key, text: client.set(f"plain:{key}", text, ex=600)
