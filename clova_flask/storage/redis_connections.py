"""Connections to Redis that end in time: redis-py bounds each read, and neither a name nor a whole answer."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.connection import Connection, parse_url
from redis.retry import Retry

_ENDS: ContextVar[float | None] = ContextVar("clova_redis_ends", default=None)
"""When what is under way must be over, by ``time.monotonic``: redis-py has no way to pass it on."""

_MAX_CONNECTIONS = 2**31
"""As many as there are threads or greenlets; with redis-py's hundred, the next one would find Redis away."""


@contextlib.contextmanager
def ends_within(seconds: float) -> Iterator[None]:
    """End whatever the block does on a connection within so many seconds, all of it together."""
    token = _ENDS.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ENDS.reset(token)


def make_client(url: str, seconds: float) -> Redis:
    """Make a client of its own pool; it connects when it is first used, and tries nothing twice.

    :param url: as redis-py takes it.
    :param seconds: what one step may take; what the URL says of it does not count.
    :raises Exception: the URL is not valid; the text may hold its password.
    """
    parse: Any = parse_url  # which has no types
    from_url = parse(url)
    options = {
        **from_url,
        "connection_class": _timed(from_url.get("connection_class", Connection)),
        "max_connections": _MAX_CONNECTIONS,
        "socket_connect_timeout": seconds,
        "socket_timeout": seconds,
        "retry": Retry(NoBackoff(), 0),
        "retry_on_timeout": False,
        "retry_on_error": [],
        "health_check_interval": 0,  # a PING before a command doubles its time
        "decode_responses": True,
        "protocol": 2,  # the same answers from every version of Redis and redis-py
    }
    pool = ConnectionPool(**options)
    pool.connection_class(**pool.connection_kwargs)  # not connected yet: finds options that are not valid
    return Redis(connection_pool=pool)


def _timed(connection: Any) -> Any:
    """Derive a class of connections from one of redis-py's: by TCP, TLS or a Unix socket."""

    class Timed(connection):  # type: ignore[misc]
        def _connect(self) -> _TimedSocket:
            return _TimedSocket(_opened(super()._connect))

    return Timed


class _TimedSocket:
    """A socket whose reads and writes all end by the time of :func:`ends_within`."""

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._waits = True

    def settimeout(self, seconds: float | None) -> None:
        self._waits = seconds != 0
        self._inner.settimeout(seconds)

    def sendall(self, data: bytes) -> None:
        self._shorten()
        self._inner.sendall(data)

    def recv(self, *arguments: int) -> bytes:
        self._shorten()
        return self._inner.recv(*arguments)

    def recv_into(self, buffer: Any) -> int:
        """Read as hiredis does, where that is installed."""
        self._shorten()
        return self._inner.recv_into(buffer)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def _shorten(self) -> None:
        left = _left()
        if left is not None and self._waits:
            self._inner.settimeout(left)


def _left() -> float | None:
    """Return how many seconds are left; None where nothing is bounded.

    :raises TimeoutError: none are.
    """
    ends = _ENDS.get()
    if ends is None:
        return None
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _opened(connect: Callable[[], socket.socket]) -> socket.socket:
    """Open a socket in a thread, since resolving a name, and a handshake, may take any time.

    :raises OSError: it cannot be opened, or not in time.
    """
    opening = _Opening(connect)
    thread = threading.Thread(target=opening.run, daemon=True)
    try:
        thread.start()
        thread.join(_left())
    except RuntimeError as error:  # too many threads, or the interpreter is about to end
        raise OSError(str(error)) from error
    return opening.result()


class _Opening:
    """A socket that a thread opens; one that comes too late is closed."""

    def __init__(self, connect: Callable[[], socket.socket]) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._is_late = False
        self._socket: socket.socket | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            opened = self._connect()
        except Exception as error:  # noqa: BLE001 - it is raised where the socket was asked for
            self._error = error
            return
        with self._lock:
            self._socket = opened
            if self._is_late:
                opened.close()

    def result(self) -> socket.socket:
        with self._lock:
            self._is_late = True
            if self._socket is not None:
                return self._socket
        raise self._error or TimeoutError
