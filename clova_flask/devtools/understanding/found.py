"""A stretch of an utterance that can be the value of a slot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from .text import Text


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found in an utterance.

    :ivar start: where it begins, in the characters that are compared.
    :ivar end: where it ends.
    :ivar value: its value, as the protocol writes it.
    :ivar value_type: ``DATE``, ``TIME.INTERVAL``… for dates and times.
    :ivar unit: unit of a number, a quantity or money.
    :ivar sure: 0 to 1, how sure it is that this was meant.
    :ivar head: where its number ends and its unit begins; 0 when it has none.
    :ivar is_part: whether it is a part of something longer, the day or the time of both.
    """

    start: int
    end: int
    value: str
    value_type: str | None = None
    unit: str | None = None
    sure: float = 1.0
    head: int = 0
    is_part: bool = False

    @property
    def kind(self) -> str | None:
        """What kind of date or time it is, point or interval: ``DATE``, ``TIME``, ``DATETIME``."""
        return self.value_type.partition(".")[0] if self.value_type else None


Finder = Callable[[Text, datetime], Iterable[Found]]
"""Finds the values of a slot type in an utterance, from the time at which it was said."""
