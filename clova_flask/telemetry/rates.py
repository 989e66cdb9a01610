"""Lines of a log that anybody on the network can cause: a few of each kind, then how many were left out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

BURST = 10
"""Lines of one kind that are written before any is left out."""
WINDOW = 60.0
"""Seconds after which there may be as many again."""


class LineLimit:
    """Bounds how often lines of each kind are written.

    :param clock: a monotonic clock, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kinds: dict[str, _Kind] = {}

    def take(self, kind: str) -> int | None:
        """Ask for a line.

        :param kind: one of a few; each has a limit of its own.
        :return: how many lines were left out since the last one; None where this one is to be left out.
        """
        now = self._clock()
        with self._lock:
            known = self._kinds.setdefault(kind, _Kind(now))
            if now - known.began >= WINDOW:
                known.began, known.written = now, 0
            if known.written >= BURST:
                known.left_out += 1
                return None
            known.written += 1
            left_out, known.left_out = known.left_out, 0
            return left_out


class _Kind:
    """Lines of one kind since the window began."""

    __slots__ = ("began", "left_out", "written")

    def __init__(self, began: float) -> None:
        self.began = began
        self.written = 0
        self.left_out = 0
