"""A platform's public keys by URL: kept, renewed, and fetched again when the platform rotates them.

No request fetches. A background thread does, one a process at a time, while messages are verified with the
last good keys. What fits none of them waits for a fetch that has just begun, and is refused at once while
there is none: after a rotation all messages fit none, and each of them is a user's.
"""

from __future__ import annotations

import logging
import math
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import rsa

from ..errors import KeySourceError
from .signature import Keys, parse_public_keys

logger = logging.getLogger("clova_flask")

RETRY_INTERVAL = 60.0
"""Seconds between two fetches at least, whoever asks: a forged signature must not make us fetch at will."""
PATIENCE = 0.5
"""Seconds after a fetch began until which messages wait for it that fit no key."""
FIRST_PATIENCE = 2.0
"""Seconds that each message waits for the first key."""
FORMER = 3600.0
"""Seconds that a key counts still after the URL has others: messages under way, servers that rotate later."""


class RemoteKey:
    """Keys fetched from a URL, thread-safe and safe to fork.

    The last good keys stay until others are fetched, whatever happens to the URL.

    :param url: an ``https`` URL that answers with one or more PEMs.
    :param initial: keys to start with; with none the first ones are waited for.
    :param ttl: seconds after which the keys are fetched again.
    :param clock: a monotonic clock, in seconds.
    """

    def __init__(
        self, url: str, initial: Keys, *, ttl: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.url = url
        self._ttl = ttl
        self._clock = clock
        self._current = initial
        self._former: tuple[_Former, ...] = ()
        self._trusted = initial
        self._expires = clock() + ttl if initial else clock()
        self._former_end = math.inf
        self._fetched: float | None = None
        self._fetches: dict[int, _Fetches] = {}

    @property
    def age(self) -> float | None:
        """The seconds since the keys were fetched; None where none were, and the built-in one serves."""
        return None if self._fetched is None else self._clock() - self._fetched

    def start(self) -> None:
        """Have the first keys fetched, if there are none: before the first message needs them.

        A process that only loads an app for gevent's workers leaves it to them.
        """
        if not self._trusted and not _gevent_has_yet_to_patch():
            _import_what_a_fetch_needs()
            self._start_if_due()

    def has_keys(self) -> bool:
        """Return whether there are keys, without waiting for them; where there are none, a fetch starts."""
        if not self._trusted:
            # Not by start(): who asks serves already, and where gevent has not patched by now it is not to.
            self._start_if_due()
        return bool(self._trusted)

    def keys(self) -> Keys:
        """Return the keys; those that are older than the TTL are being fetched again from now on."""
        now = self._clock()
        if now >= self._expires:
            self._start_if_due()
            if not self._trusted:
                self._own_fetches().wait(FIRST_PATIENCE)
        if now >= self._former_end:
            self._forget_former(now)
        return self._trusted

    def refresh(self, tried: Keys) -> Keys:
        """Return keys that were not tried, for which a fetch starts once in :data:`RETRY_INTERVAL`.

        A host that hangs so costs messages that fit no key the first half second of a minute, whoever sends
        them.
        """
        self._start_if_due()
        fetches = self._own_fetches()
        fetches.wait(fetches.began + PATIENCE - self._clock())
        return tuple(key for key in self._trusted if key not in tried)

    def _own_fetches(self) -> _Fetches:
        """Return this process's fetches, begun when they are first asked for.

        A process that was forked hears nothing of its parent's, and may have a copy of a lock that is held by
        a thread which is not there. And a lock that is older than gevent's patches stops all greenlets.
        """
        pid = os.getpid()
        fetches = self._fetches.get(pid)
        if fetches is None:
            fetches = self._fetches.setdefault(pid, _Fetches(self._clock()))  # one for all threads
        return fetches

    def _start_if_due(self) -> bool:
        fetches = self._own_fetches()
        if not fetches.begin(self._clock()):
            return False
        try:
            threading.Thread(target=self._fetch, args=(fetches,), name="clova-key", daemon=True).start()
        except RuntimeError as error:  # too many threads, or the interpreter is about to end
            self._log(error)
            fetches.done.set()
        return True

    def _fetch(self, fetches: _Fetches) -> None:
        """Do what the thread is for; it raises nothing."""
        try:
            # Here, since an app that verifies with keys it has fetches none.
            from .key_fetch import fetch

            self._take(parse_public_keys(fetch(self.url)), fetches)
        except Exception as error:  # noqa: BLE001 - what a fetch can raise is a line of the log, never an answer
            self._log(error)
        finally:
            fetches.done.set()

    def _take(self, keys: Keys, fetches: _Fetches) -> None:
        now = self._clock()
        with fetches.lock:
            gone = [_Former(key, now + FORMER) for key in self._current if key not in keys]
            self._hold(keys, [*gone, *(one for one in self._former if one.key not in keys)], now)
            self._expires, self._fetched = now + self._ttl, now

    def _forget_former(self, now: float) -> None:
        with self._own_fetches().lock:
            self._hold(self._current, self._former, now)

    def _hold(self, current: Keys, former: Iterable[_Former], now: float) -> None:
        self._current = current
        self._former = tuple(one for one in former if now < one.end)
        self._trusted = (*current, *(one.key for one in self._former))
        self._former_end = min((one.end for one in self._former), default=math.inf)

    def _log(self, error: Exception) -> None:
        reason = str(error) if isinstance(error, KeySourceError) else f"{type(error).__name__}: {error}"
        logger.error("The public key at %s could not be renewed: %s", self.url, reason)


class _Former(NamedTuple):
    """A key that the URL does not have any more.

    :ivar end: until when it counts, on the clock.
    """

    key: rsa.RSAPublicKey
    end: float


class _Fetches:
    """The fetches of one process.

    :param now: when it begins; the first may start at once.
    :ivar began: when the last one did, on the clock.
    :ivar done: set when the last one is over, and before the first.
    :ivar lock: for a change of what threads share; nobody waits for anything while holding it.
    """

    def __init__(self, now: float) -> None:
        self.began = -math.inf
        self.done = threading.Event()
        self.done.set()
        self._next = now
        self.lock = threading.Lock()

    def begin(self, now: float) -> bool:
        """Say whether one may start now, for one thread alone."""
        with self.lock:
            if now < self._next:
                return False
            self._next = now + RETRY_INTERVAL
            self.began = now
            self.done.clear()
            return True

    def wait(self, seconds: float) -> None:
        """Wait until the one under way is over, or the seconds are."""
        self.done.wait(seconds)


def _import_what_a_fetch_needs() -> None:
    """Import in the thread that starts an app what the fetch would import in its own.

    A process that is forked meanwhile, as gunicorn's workers are with ``preload_app``, has a copy of the lock
    of the module that was being imported, held by a thread which is not there: it would wait for ever.
    """
    import netrc  # noqa: F401 - requests imports it with the first request

    from ..wire import connections, failures  # noqa: F401
    from . import key_fetch  # noqa: F401

    "localhost".encode("idna")  # so does the lookup of a name


def _gevent_has_yet_to_patch() -> bool:
    """Whether gevent is there and has not patched, as in gunicorn before it makes gevent's workers.

    What a fetch needs, ssl above all, must not be imported before.
    """
    if "gevent" not in sys.modules:
        return False
    return not import_module("gevent.monkey").is_module_patched("socket")
