"""How English speaks of lengths of time: two hours, 5 minutes and 20 seconds."""

from __future__ import annotations

import re
from decimal import Decimal

from ..durations import Duration, Durations, times
from ..numbers import whole
from .numbers import SHORT, read_en

_UNITS = {
    "year": Duration(months=12), "month": Duration(months=1), "week": Duration(days=7),
    "day": Duration(days=1),
    "hour": Duration(seconds=3600), "minute": Duration(seconds=60), "second": Duration(seconds=1),
}  # fmt: skip
_PIECE = rf"(?:{SHORT}|an?)(?:{'|'.join(_UNITS)})s?"

DURATION = rf"{_PIECE}(?:and)?(?:{_PIECE})*"
"""A pattern of what may be a length of time."""

_PIECES = re.compile(rf"(?P<number>{SHORT}|an?)(?P<unit>{'|'.join(_UNITS)})s?")


def _piece(match: re.Match[str]) -> Duration:
    number = 1 if match["number"] in ("a", "an") else whole(read_en(match["number"]))
    return times(_UNITS[match["unit"]], Decimal(number))


DURATIONS = Durations(re.compile(DURATION), _PIECES, _piece)
