"""How long an answer of a database is waited for, where its driver has no limit of its own."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from ..wire.processes import ProcessLock

_LOOK_INTERVAL = 0.25
_IDLE_LOOKS = 240
"""Looks at nothing, a minute of them, after which the thread ends: to start one takes 0.1 ms."""


@dataclass(slots=True, eq=False)
class _Wait:
    """One block that waits for a server."""

    connection: Any
    deadline: float
    is_over: bool = False


class Patience:
    """Cuts a connection to a server that does not answer in time.

    psycopg2 and psycopg wait for ever for a server that holds the connection and says nothing: one that is
    stopped, or whose disk hangs. One thread a process looks at what waits; a block costs 2 µs (2026-11-26).

    :param seconds: for the whole of a block.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = ProcessLock()
        self._waits: set[_Wait] = set()
        self._process = 0

    @contextmanager
    def bound(self, connection: Any) -> Iterator[None]:
        """Bound the time of a block.

        :param connection: the driver's; one without ``fileno``, as SQLite's, is not bounded.
        :raises TimeoutError: the server did not answer in time.
        """
        if not hasattr(connection, "fileno"):
            yield
            return
        wait = _Wait(connection, time.monotonic() + self.seconds)
        self._begin(wait)
        try:
            yield
        except Exception as error:
            if wait.is_over:
                raise TimeoutError(f"no answer within {self.seconds:g} s") from error
            raise
        finally:
            # The thread holds the lock while it cuts: never a connection that another block has by now.
            with self._lock:
                self._waits.discard(wait)

    def _begin(self, wait: _Wait) -> None:
        with self._lock:
            if self._process != os.getpid():
                # What the parent of a fork waits for is its own, and its thread is not here.
                self._waits, self._process = set(), os.getpid()
                threading.Thread(target=self._look, daemon=True, name="clova-patience").start()
            self._waits.add(wait)

    def _look(self) -> None:
        """Cut what waits too long, until there has been nothing for long."""
        idle = 0
        while True:
            time.sleep(_LOOK_INTERVAL)
            with self._lock:
                for wait in self._waits:
                    if not wait.is_over and wait.deadline < time.monotonic():
                        wait.is_over = True
                        _cut(wait.connection)
                idle = 0 if self._waits else idle + 1
                if idle >= _IDLE_LOOKS:
                    self._process = 0
                    return


def _cut(connection: Any) -> None:
    """Shut a socket down: whoever waits for it reads its end. The driver closes it."""
    # It may have been closed since, for which each driver has an error of its own.
    with suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as ours:
        ours.shutdown(socket.SHUT_RDWR)
