"""What each process has for itself: workers are forked from a process that may have threads."""

from __future__ import annotations

import os
import threading
from types import TracebackType


class ProcessLock:
    """A lock of the process that takes it, for ``with``.

    A process that was forked has copies of its parent's locks, and what a thread held that is not there stays
    held. It is made when it is first taken: one that is older than gevent's patches stops all greenlets.
    """

    def __init__(self) -> None:
        self._locks: dict[int, threading.Lock] = {}

    def __enter__(self) -> None:
        self._own().acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._own().release()

    def _own(self) -> threading.Lock:
        pid = os.getpid()
        lock = self._locks.get(pid)
        # setdefault, which makes it one for all threads
        return lock if lock is not None else self._locks.setdefault(pid, threading.Lock())
