"""What watches how long the turns of an extension take.

Only an extension whose platform tells how long it waits, or with a timeout, imports this.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from ..platforms import Platform
from .clock import Clock, EnsureSync
from .current import current_turn
from .handler import Handler
from .users import LoadUser


class Watch:
    """Watches how long the turns of an extension take.

    :param platform: whose users wait; None when it is not known.
    :param timeout: seconds after which async functions are cancelled; None for never.
    """

    def __init__(self, platform: Platform | None, timeout: float | None) -> None:
        self._platform = platform
        self._patience = platform.answer_seconds if platform else None
        self._timeout = timeout

    def start(self) -> Clock:
        """Begin a turn."""
        return Clock(self.tell)

    def tell(self, clock: Clock, what_follows: str) -> None:
        """Log that a turn took too long, if it did."""
        now = monotonic()
        took = now - clock.began
        if self._platform and self._patience is not None and took > self._patience:
            from .lateness import warn_of_lateness

            warn_of_lateness(self._platform, took, clock.slowest(now), what_follows)
        elif self._timeout is not None and took > self._timeout and not clock.is_cut:
            from .lateness import warn_of_blocking

            warn_of_blocking(self._timeout, took, clock.slowest(now))


def watched(
    loader: Handler | None, ensure_sync: EnsureSync, platform: Platform | None, timeout: float | None
) -> dict[str, Any]:
    """Make what services need in the place of the usual, so that their turns are watched.

    :param ensure_sync: ``app.ensure_sync``.
    :param timeout: seconds after which async functions are cancelled; None for never.
    """
    if timeout is not None:
        from .timeouts import bounded  # it imports asyncio

        ensure_sync = bounded(ensure_sync, timeout)
    return {
        "load_user": loader and _make_loader(loader, ensure_sync),
        "ensure_sync": ensure_sync,
        "watch": Watch(platform, timeout),
    }


def _make_loader(loader: Handler, ensure_sync: EnsureSync) -> LoadUser:
    """Make what loads users, which has a time of its own."""

    def load(access_token: str) -> Any:
        clock: Clock | None = current_turn.get().clock
        function = ensure_sync(loader.called) if loader.is_async else loader.called
        if clock is None:
            return function(access_token)
        before = clock.running
        clock.mark(loader.function)
        try:
            return function(access_token)
        finally:
            clock.mark(before)

    return load
