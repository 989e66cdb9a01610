"""How far it is to make an Understander ready, for those who show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

Tell = Callable[[float], None]
"""Is told how far it is, 0 to 1, again and again."""


class Progress:
    """Tells how far it is.

    :param tell: is told; None where nobody wants to know.
    """

    def __init__(self, tell: Tell | None = None) -> None:
        self._tell = tell
        self._done = 0.0

    def over(self, items: Sequence[T], share: float) -> Iterator[T]:
        """Go through some items.

        :param share: what they are of the whole, 0 to 1.
        """
        for item in items:
            yield item
            self._done += share / len(items)
            if self._tell is not None:
                self._tell(min(1.0, self._done))
