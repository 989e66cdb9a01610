"""A Redis of the package: its client, made when it is first used, in the process that uses it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from ..errors import ConfigurationError, StorageUnavailable
from ..wire.processes import ProcessLock

if TYPE_CHECKING:
    from redis import Redis

SCHEMES = ("redis", "rediss", "unix")
"""The URLs that are of a Redis: by TCP, by TLS, by a Unix socket."""

_NO_REDIS = "it does not answer as Redis does"
_REASONS = {
    "AuthenticationError": "it refuses the user or the password",
    "AuthenticationWrongNumberOfArgsError": "it refuses the user or the password",
    "BusyLoadingError": "it is still loading its data",
    "ConnectionError": "the connection broke off",
    "InvalidResponse": _NO_REDIS,
    "MOVED": "it is a node of a cluster",
    "MovedError": "it is a node of a cluster",
    "NoPermissionError": "its ACL does not permit the command",
    "OutOfMemoryError": "its memory is full",
    "ReadOnlyError": "it is a replica, which cannot be written to",
    "TimeoutError": "it did not answer in time",
}
"""Errors by name, or by the code that Redis answers: their own texts may hold a command, with its key or
password, or whatever was answered."""


class RedisServer:
    """A Redis for one use, with a client a process.

    :param use: what it is for, as errors call it: ``the replay guard``.
    :param setting: the setting that has its URL, ``CLOVA_REPLAY_GUARD_URL``.
    :param url: ``redis://``, ``rediss://`` or ``unix://``, as redis-py takes it.
    :param seconds: what one :meth:`use` may take in all: to resolve its name, connect, log in, and answer.
    :raises ConfigurationError: the URL is not valid, or the package redis is not installed.
    """

    def __init__(self, use: str, setting: str, url: str, *, seconds: float) -> None:
        self._use = use
        self._setting = setting
        self._url = url
        self._seconds = seconds
        self._lock = ProcessLock()
        self._client: Redis | None = None
        self._process = 0
        if find_spec("redis") is None:
            raise ConfigurationError(
                f"{setting} is for Redis, whose package is not installed: pip install 'clova-flask[redis]'"
            )
        # Loaded here, and not by the first message.
        self._connections: Any = import_module(".redis_connections", __package__)
        self._check_url()

    def __str__(self) -> str:
        parts = urlsplit(self._url)
        where = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{where}{parts.path}"

    @contextmanager
    def use(self) -> Iterator[Redis]:
        """Lend the client of this process; its answers are of str.

        The block is for commands and for what their answers must be: a ValueError in it counts as an answer
        that is not one of Redis.

        :raises StorageUnavailable: Redis is away, refuses, does not answer in time, or not as Redis does.
        """
        client = self._own()
        try:
            with self._connections.ends_within(self._seconds):
                yield client
        except Exception as error:
            if not (isinstance(error, (OSError, ValueError)) or _is_raised_in_redis_py(error)):
                raise
            # Not its cause, which a traceback would show: it may hold a key.
            raise StorageUnavailable(self._explain(error)) from None

    def check(self) -> None:
        """Check that Redis can be used.

        :raises StorageUnavailable: it cannot.
        """
        with self.use() as client:
            client.ping()

    def _own(self) -> Redis:
        """Return the client of this process; no connection may be shared with what it was forked from."""
        if self._client is None or self._process != os.getpid():
            with self._lock:
                if self._client is None or self._process != os.getpid():
                    self._client, self._process = self._make(), os.getpid()
        return self._client

    def _make(self) -> Redis:
        client: Redis = self._connections.make_client(self._url, self._seconds)
        return client

    def _check_url(self) -> None:
        try:
            remark = _remark(urlsplit(self._url))
            if not remark:
                self._make()
                return
        except Exception as error:  # noqa: BLE001 - each option of a URL has errors of its own
            remark = (
                f"redis-py does not accept it ({type(error).__name__})."  # whose text may hold the password
            )
        raise ConfigurationError(
            f"{self._setting} must be a URL of Redis, as redis://:password@host:6379/0, rediss:// for TLS, "
            f"or unix:///run/redis.sock?db=0. {remark}"
        ) from None

    def _explain(self, error: BaseException) -> str:
        reason = _system_reason(error) or _reason(error)
        return (
            f"The Redis for {self._use} cannot be used ({reason}). Check that it is up, and that this "
            f"process may use it: {self._setting}."
        )


def _remark(url: SplitResult) -> str:
    """Tell what redis-py would read in another way than it was meant; empty when there is nothing."""
    if url.scheme not in SCHEMES:
        return "It begins with none of them."
    if url.fragment:
        return "Write %23 for # in a password."
    if url.scheme != "unix" and not re.fullmatch(r"/?\d*", url.path):
        return "Its path must be the number of a database. Write %2F for / in a password."
    return "" if url.scheme != "unix" or url.path else "It names no socket."


def _is_raised_in_redis_py(error: Exception) -> bool:
    """Whether an exception went through redis-py, which raises whatever an odd answer leads to.

    To random answers that was TypeError, OverflowError and RecursionError, too (2026-11-26).
    """
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").startswith("redis."):
            return True
        trace = trace.tb_next
    return False


def _system_reason(error: BaseException) -> str:
    """Return the operating system's words for why there is no connection; empty where it has none."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return ""


def _reason(error: BaseException) -> str:
    for kind in type(error).__mro__:
        if kind.__name__ in _REASONS:
            return _REASONS[kind.__name__]
    if type(error).__module__ == "builtins":
        return _NO_REDIS
    code = re.match(r"[A-Z]{3,20}\b", str(error))
    if code is None:
        return type(error).__name__
    return _REASONS.get(code.group(), f"{type(error).__name__} {code.group()}")
