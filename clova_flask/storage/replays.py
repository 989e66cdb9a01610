"""What the replay guard remembers: in Redis for all processes, or in the memory of one."""

from __future__ import annotations

import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from ..errors import ConfigurationError
from ..settings.replay_risks import MEMORY_URL
from ..wire.processes import ProcessLock
from .redis_server import SCHEMES, RedisServer

logger = logging.getLogger("clova_flask")

SETTING = "CLOVA_REPLAY_GUARD_URL"
SECONDS = 0.15
"""What asking Redis may take. A message waits 0.2 s at most, and the rest is for a busy machine."""
PREFIX = "clova:replay:"
MAX_REMEMBERED = 100_000
"""Digests in the memory of one process: 23 MB, and 27 messages a second for an hour (2026-11-26)."""
WARNING_INTERVAL = 60.0


def open_replays(url: str, ttl: float) -> MemoryReplays | RedisReplays:
    """Open the memory that a URL names; nothing is connected yet.

    :param ttl: seconds that a digest is remembered.
    :raises ConfigurationError: it names none, or redis is not installed.
    """
    if url == MEMORY_URL:
        return MemoryReplays(ttl)
    scheme, separator, _ = url.partition("://")
    if separator and scheme in SCHEMES:
        return RedisReplays(RedisServer("the replay guard", SETTING, url, seconds=SECONDS), ttl)
    raise ConfigurationError(
        f"{SETTING} must be {MEMORY_URL}, or the URL of a Redis, as redis://:password@host:6379/0."
    )


class RedisReplays:
    """Digests in Redis, each a key that expires."""

    def __init__(self, server: RedisServer, ttl: float) -> None:
        self._server = server
        self._milliseconds = int(ttl * 1000)

    def remember(self, digest: str) -> bool:
        """Remember a digest, and return whether it is new."""
        with self._server.use() as client:
            answer = client.set(PREFIX + digest, "1", nx=True, px=self._milliseconds)
            if answer is True or answer is None:
                return answer is True
            raise ValueError  # neither OK nor nothing: it is no Redis

    def check(self) -> None:
        """Check that Redis can be used."""
        self._server.check()


class MemoryReplays:
    """Digests in the memory of this process, bounded in number: what is oldest is forgotten.

    :param limit: how many there may be.
    :param clock: a monotonic clock, in seconds.
    """

    def __init__(
        self, ttl: float, *, limit: int = MAX_REMEMBERED, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ttl = ttl
        self._limit = limit
        self._clock = clock
        self._lock = ProcessLock()
        self._ends: OrderedDict[str, float] = (
            OrderedDict()
        )  # what ends first comes first, as all have one TTL
        self._next_warning = -math.inf

    def remember(self, digest: str) -> bool:
        """Remember a digest, and return whether it is new."""
        with self._lock:
            now = self._clock()
            while self._ends and next(iter(self._ends.values())) <= now:
                self._ends.popitem(last=False)
            if digest in self._ends:
                return False
            self._ends[digest] = now + self._ttl
            if len(self._ends) > self._limit:
                self._forget(now)
            return True

    def check(self) -> None:
        """Do nothing: it is there."""

    def _forget(self, now: float) -> None:
        _, end = self._ends.popitem(last=False)
        if now < self._next_warning:
            return
        self._next_warning = now + WARNING_INTERVAL
        logger.warning(
            "The replay guard has forgotten a message after %.0f s, and not after %g: more than %d came. Set "
            "%s to a Redis.",
            self._ttl - (end - now),
            self._ttl,
            self._limit,
            SETTING,
        )
