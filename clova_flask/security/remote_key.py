"""A platform's public key by URL: cached, renewed, and fetched again when the platform rotates it."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable

from ..errors import KeySourceError
from .signature import Keys, parse_public_key

logger = logging.getLogger("clova_flask")

RETRY_INTERVAL = 60.0
"""Seconds between two fetches at least, whoever asks: a forged signature must not make us fetch at will."""
PATIENCE = 3.0
"""Seconds that a message which fits no known key waits for another thread's fetch."""


class RemoteKey:
    """Keys fetched from a URL, thread-safe and safe to fork.

    The last good keys stay until others are fetched, whatever happens to the URL. One thread fetches while
    the others go on; only those whose message fits no known key wait for it.

    :param url: an ``https`` URL that answers with a PEM.
    :param initial: keys to start with; with none the first request fetches.
    :param ttl: seconds after which the keys are fetched again.
    :param clock: a monotonic clock, in seconds.
    """

    def __init__(
        self, url: str, initial: Keys, *, ttl: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.url = url
        self._keys = initial
        self._ttl = ttl
        self._clock = clock
        self._expires = clock() + ttl if initial else clock()
        self._next_fetch = clock()
        self._locks: dict[int, threading.Lock] = {}

    def _own_lock(self) -> threading.Lock:
        """Return this process's lock, made when it is first used.

        In a process that was forked, a thread that is not there any more may hold an older one, in a fetch of
        which this process hears nothing. And a lock that is older than gevent's patches stops all greenlets.
        """
        pid = os.getpid()
        lock = self._locks.get(pid)
        if lock is None:
            self._next_fetch = self._clock()
            lock = self._locks.setdefault(pid, threading.Lock())  # one for all threads
        return lock

    def keys(self) -> Keys:
        """Return the keys, fetched again first when they are older than the TTL."""
        if self._clock() >= self._expires:
            lock = self._own_lock()
            # With a key in hand nobody needs to wait for the thread that fetches.
            if lock.acquire(blocking=not self._keys):
                try:
                    self._fetch_if_due()
                finally:
                    lock.release()
        return self._keys

    def refresh(self, tried: Keys) -> Keys:
        """Return keys that are newer than ``tried``, fetching at most once in :data:`RETRY_INTERVAL`."""
        lock = self._own_lock()
        if not lock.acquire(timeout=PATIENCE):
            return ()
        try:
            if self._keys is tried:
                self._fetch_if_due()
            return self._keys if self._keys is not tried else ()
        finally:
            lock.release()

    def _fetch_if_due(self) -> None:
        now = self._clock()
        if now < self._next_fetch:
            return
        self._next_fetch = now + RETRY_INTERVAL
        # Here, since an app that verifies with keys it has fetches none.
        from .key_fetch import fetch

        try:
            keys = (parse_public_key(fetch(self.url)),)
        except KeySourceError as error:
            logger.error("The public key at %s could not be renewed: %s", self.url, error)
            return
        self._expires = self._clock() + self._ttl
        if [key.public_numbers() for key in keys] != [key.public_numbers() for key in self._keys]:
            self._keys = keys
