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
class Wait:
    """One block that waits for a server."""

    connection: Any
    deadline: float
    is_over: bool = False


class Patience:
    """Cuts a connection to a server that does not answer in time.

    psycopg2 and psycopg wait for ever for a server that holds the connection and says nothing: one that is
    stopped, or whose disk hangs. One thread a process looks at what waits; a block costs 2 µs (2026-11-26).

    :param seconds: for the whole of a block, unless it is told when it ends.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = ProcessLock()
        self._waits: set[Wait] = set()
        self._process = 0

    @contextmanager
    def bound(self, connection: Any, ends: float | None = None) -> Iterator[None]:
        """Bound the time of a block.

        :param connection: the driver's; one without ``fileno``, as SQLite's, is not bounded.
        :param ends: when it must be over, by ``time.monotonic``.
        :raises TimeoutError: the server did not answer in time.
        """
        if not hasattr(connection, "fileno"):
            yield
            return
        wait = self.begin(connection, ends)
        try:
            yield
        except Exception as error:
            if wait.is_over:
                raise TimeoutError(f"no answer within {self.seconds:g} s") from error
            raise
        finally:
            self.end(wait)

    def begin(self, connection: Any, ends: float | None = None) -> Wait:
        """Begin to wait; :meth:`end` must follow, or the connection is cut."""
        wait = Wait(connection, time.monotonic() + self.seconds if ends is None else ends)
        with self._lock:
            if self._process != os.getpid():
                # What the parent of a fork waits for is its own, and its thread is not here.
                self._waits, self._process = set(), os.getpid()
                threading.Thread(target=self._look, daemon=True, name="clova-patience").start()
            self._waits.add(wait)
        return wait

    def end(self, wait: Wait) -> None:
        """End a wait; the connection is another's from now on, and the thread cuts under the same lock."""
        with self._lock:
            self._waits.discard(wait)

    def _look(self) -> None:
        """Cut what waits too long, until there has been nothing for long."""
        idle = 0
        while True:
            time.sleep(_LOOK_INTERVAL)
            with self._lock:
                for wait in [one for one in self._waits if one.deadline < time.monotonic()]:
                    wait.is_over = True
                    _cut(wait.connection)
                    self._waits.discard(wait)
                idle = 0 if self._waits else idle + 1
                if idle >= _IDLE_LOOKS:
                    self._process = 0
                    return


def _cut(connection: Any) -> None:
    """Shut a socket down: whoever waits for it reads its end. The driver closes it."""
    # It may have been closed since, for which each driver has an error of its own.
    with suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as ours:
        ours.shutdown(socket.SHUT_RDWR)
