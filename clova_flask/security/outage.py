"""While something that each message needs is away: who tries it again, and what the log tells."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable

from ..errors import StorageUnavailable
from ..wire.processes import ProcessLock

logger = logging.getLogger("clova_flask")

RETRY_INTERVAL = 1.0
"""Seconds between two tries: each may take as long as the one that failed, and one message pays for it."""
WARNING_INTERVAL = 60.0
"""Seconds between two warnings of one outage, or of many short ones."""


class Outage:
    """An outage of the replay guard's memory, as one process knows it; there may be none.

    :param done: what is done to messages meanwhile, ``answered unchecked``.
    :param clock: a monotonic clock, in seconds.
    """

    def __init__(self, done: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._done = done
        self._clock = clock
        self._lock = ProcessLock()
        self._is_on = False
        self._is_told = False
        self._next_try = -math.inf
        self._next_warning = -math.inf
        self._count = 0

    def may_try(self) -> bool:
        """Return whether it may be tried now; in an outage one message a second may."""
        if not self._is_on:
            return True
        with self._lock:
            now = self._clock()
            if now < self._next_try:
                return False
            self._next_try = now + RETRY_INTERVAL
            return True

    def note(self, error: StorageUnavailable) -> None:
        """Note that a try has failed."""
        with self._lock:
            now = self._clock()
            self._is_on = True
            self._next_try = now + RETRY_INTERVAL
            if now < self._next_warning:
                return
            self._next_warning = now + WARNING_INTERVAL
            self._is_told = True
        logger.warning(
            "%s Messages are %s meanwhile (CLOVA_REPLAY_GUARD_FAIL); it is tried again each second.",
            error,
            self._done,
        )

    def count(self) -> None:
        """Count a message of which nobody knows whether it has come before."""
        with self._lock:
            self._count += 1

    def end(self) -> None:
        """Note that a try has succeeded."""
        if not self._is_on:
            return
        with self._lock:
            self._is_on = False
            if not self._is_told:
                return  # of an outage that nobody has heard of, or another thread was faster
            self._is_told = False
            count, self._count = self._count, 0
        logger.warning("The replay guard works again. %d messages were %s meanwhile.", count, self._done)
