"""The time of a turn, and which function takes it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from .parameters import Function

EnsureSync = Callable[[Function], Function]
"""Makes an ``async def`` function callable, and leaves any other as it is: ``app.ensure_sync``."""


class Clock:
    """The time of one turn.

    :param tell: tells of it, if it took too long, with what the platform does when it has waited in vain.
    :ivar began: when it began.
    :ivar is_cut: whether a function of it was cancelled since the time was up.
    """

    __slots__ = ("_marks", "_tell", "began", "is_cut")

    def __init__(self, tell: Callable[[Clock, str], None]) -> None:
        self._tell = tell
        self.began = monotonic()
        self.is_cut = False
        self._marks: list[tuple[float, Function | None]] = []

    def mark(self, function: Function | None) -> None:
        """Note which function runs from now on."""
        self._marks.append((monotonic(), function))

    def end(self, what_follows: str) -> None:
        """Tell of the turn, if it took too long.

        :param what_follows: what the platform does when it has waited in vain.
        """
        self._tell(self, what_follows)

    @property
    def running(self) -> Function | None:
        """The function that was noted last."""
        return self._marks[-1][1] if self._marks else None

    def slowest(self, end: float) -> Function | None:
        """Return the function that took longest; None when none was called."""
        ends = [start for start, _ in self._marks[1:]] + [end]
        took = [(stop - start, function) for (start, function), stop in zip(self._marks, ends, strict=True)]
        return max(took, key=lambda pair: pair[0])[1] if took else None
