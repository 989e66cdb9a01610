"""Lengths of time, in whatever language, and how the protocol writes them.

From the guides' ``CLOVA.DURATION``: ISO 8601.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..found import Found
from ..text import Text


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: months, days and seconds, which cannot be converted into each other."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    @property
    def iso(self) -> str:
        """Write it in ISO 8601: ``P5D``, ``P2W``, ``PT2H5M25S``."""
        if self.days and self.days % 7 == 0 and not (self.months or self.seconds):
            return f"P{self.days // 7}W"
        years, months = divmod(self.months, 12)
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        date = _joined((years, "Y"), (months, "M"), (self.days, "D"))
        time = _joined((hours, "H"), (minutes, "M"), (seconds, "S"))
        return f"P{date}T{time}" if time else f"P{date or '0D'}"


def _joined(*parts: tuple[int, str]) -> str:
    return "".join(f"{number}{letter}" for number, letter in parts if number)


@dataclass(frozen=True, slots=True)
class Durations:
    """How a language says lengths of time.

    :ivar pattern: what may be one.
    :ivar pieces: a number with its unit, and whatever else one is made of.
    :ivar read_piece: reads a piece; None when it is none.
    """

    pattern: re.Pattern[str]
    pieces: re.Pattern[str]
    read_piece: Callable[[re.Match[str]], Duration | None]

    def read(self, text: str) -> Duration | None:
        """Read a length of time; None when it is none."""
        months = days = seconds = 0
        for match in self.pieces.finditer(text):
            piece = self.read_piece(match)
            if piece is None:
                return None
            months, days, seconds = months + piece.months, days + piece.days, seconds + piece.seconds
        return Duration(months, days, seconds)


def find_durations(text: Text, durations: Durations) -> Iterator[Found]:
    """Find every length of time in an utterance."""
    for match in durations.pattern.finditer(text.chars):
        duration = durations.read(match[0]) if text.whole(*match.span()) else None
        if duration and duration != Duration():
            yield Found(match.start(), match.end(), duration.iso)


def times(unit: Duration, number: Decimal) -> Duration:
    """Multiply a unit; a part of one is carried over into the smaller ones, a month being 30 days."""
    months, rest = divmod(unit.months * number, 1)
    days, part = divmod(unit.days * number + 30 * rest, 1)
    return Duration(int(months), int(days), int(unit.seconds * number + 86400 * part))
