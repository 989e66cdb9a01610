"""What the clients were told, and what happened to the server meanwhile."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

AFTER = 1.0
"""Seconds after a worker was killed in which what it had accepted may still fail."""


class Failure(NamedTuple):
    """A message without an answer that counts.

    :ivar start: when it was sent, on the monotonic clock; ``end`` when it failed.
    :ivar was_answered: whether there was an answer, though not the one that it should be.
    """

    start: float
    end: float
    what: str
    was_answered: bool


class Ledger:
    """Counts of many threads.

    :ivar counts: how often what happened, by what.
    :ivar confirmed: how many changes were confirmed, by user, kind and counter.
    :ivar uncertain: how many may have been made, though nobody was told.
    :ivar failures: valid messages that were not answered.
    :ivar wrong: what must never happen.
    :ivar kills: when workers were killed.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.confirmed: Counter[tuple[str, str, str]] = Counter()
        self.uncertain: Counter[tuple[str, str, str]] = Counter()
        self.failures: list[Failure] = []
        self.wrong: list[str] = []
        self.kills: list[float] = []
        self.outages: list[tuple[float, float]] = []
        self._lock = threading.Lock()

    def add(self, change: Callable[[Ledger], object]) -> None:
        """Change something, one thread at a time."""
        with self._lock:
            change(self)

    def count(self, what: str) -> None:
        """Count that something happened."""
        with self._lock:
            self.counts[what] += 1

    def accuse(self, what: str) -> None:
        """Note what must never happen; the first of each kind are kept."""
        with self._lock:
            self.counts["wrong"] += 1
            if len(self.wrong) < 20:
                self.wrong.append(what[:500])

    def fail(self, start: float, what: str, *, was_answered: bool) -> None:
        """Note that a valid message was not answered."""
        with self._lock:
            self.failures.append(Failure(start, time.monotonic(), what, was_answered))

    def unexplained(self) -> list[Failure]:
        """List the failures during which no worker was killed."""
        return [one for one in self.failures if not self._was_in_flight(one)]

    def _was_in_flight(self, failure: Failure) -> bool:
        if failure.was_answered:
            return False
        return any(failure.start - AFTER <= kill <= failure.end for kill in self.kills)
