"""The store of user data that a URL names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import ConfigurationError, nearest, type_name
from ..user_data.stores import UserDataStore
from .extras import SQL, missing

SETTING = "CLOVA_USER_DATA_URL"
USE = "user data"
PATIENCE = 5
"""Seconds for an answer of a database: CEK waits no longer than 8."""

_REDIS = ("redis", "rediss", "unix")
_SQL = ("sqlite", "postgresql")
_EXAMPLES = (
    "It must be the URL of a database or of Redis, as sqlite:///clova.db, "
    "postgresql://user:password@host/name or redis://:password@host:6379/0."
)


def open_user_data_store(
    url: str | None, *, engine: Any = None, folder: Path, may_upgrade: Callable[[], bool]
) -> UserDataStore:
    """Open the store that a URL names; nothing is connected before it is used.

    :param url: of a database, ``sqlite:///…`` or ``postgresql://…``, or of Redis: ``redis://…``,
        ``rediss://…``, ``unix://…``.
    :param engine: the app's own SQLAlchemy engine, or what returns it; then the URL does not count.
    :param folder: from which a relative SQLite path counts: the app's instance folder.
    :param may_upgrade: whether the table may be made, and upgraded, when the database is first used.
    :return: one in a database has the attribute ``database``.
    :raises ConfigurationError: the URL or the engine is not valid, or what it needs is not installed.
    """
    what = "an engine" if engine is not None else _scheme(url or "")
    if what in _REDIS:
        return _in_redis(str(url))
    _require(what, "sqlalchemy", SQL)
    from .sql_user_data import SQLUserData
    from .statements import Statements

    _require_engine(engine)
    database = Statements(
        USE, SETTING, str(url), folder=folder, given=engine, may_upgrade=may_upgrade, seconds=PATIENCE
    )
    return SQLUserData(database)


def _scheme(url: str) -> str:
    """Return what a URL begins with, without its driver."""
    match = re.match(r"(\w+)(\+\w+)?://", url)
    if match is None:
        raise ConfigurationError(f"{SETTING} is not a URL. {_EXAMPLES}")  # all of it may be a password
    scheme = match[1]
    if scheme not in (*_SQL, *_REDIS):
        hint = nearest(scheme, (*_SQL, *_REDIS))
        raise ConfigurationError(f"{SETTING} begins with {scheme}://, which is not known.{hint} {_EXAMPLES}")
    return scheme


def _require_engine(engine: Any) -> None:
    from sqlalchemy import Engine

    if engine is not None and not isinstance(engine, Engine) and not callable(engine):
        raise ConfigurationError(
            f"engine must be an SQLAlchemy Engine, or a function that returns one, not {type_name(engine)}."
        )


def _in_redis(url: str) -> UserDataStore:
    _require("Redis", "redis", ("redis",))
    from .redis_server import RedisServer
    from .redis_user_data import RedisUserData

    return RedisUserData(RedisServer(USE, SETTING, url, seconds=PATIENCE))


def _require(what: str, extra: str, packages: tuple[str, ...]) -> None:
    name = missing(packages)
    if name is not None:
        raise ConfigurationError(
            f"{SETTING} is for {what}, which needs {name}. The extra {extra} brings it: "
            f"pip install 'clova-flask[{extra}]'"
        )
