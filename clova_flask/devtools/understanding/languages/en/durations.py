"""How English speaks of lengths of time: two hours, 5 minutes and 20 seconds."""

from __future__ import annotations

import re
from decimal import Decimal

from ..durations import Duration, Durations, times
from .numbers import SHORT, read_en

_UNITS = {
    "year": Duration(months=12), "month": Duration(months=1), "week": Duration(days=7),
    "day": Duration(days=1),
    "hour": Duration(seconds=3600), "minute": Duration(seconds=60), "second": Duration(seconds=1),
}  # fmt: skip
_NAMES = "|".join(_UNITS)
_NUMBER = rf"(?:\d{{1,4}}\.\d{{1,3}}|{SHORT}|an?)"
_MORE = "andahalf"
_PIECE = rf"(?:half(?:an?)?(?:{_NAMES})s?|{_NUMBER}(?:{_MORE})?(?:{_NAMES})s?(?:{_MORE})?)"

DURATION = rf"{_PIECE}(?:(?:and)?{_PIECE})*"
"""A pattern of what may be a length of time."""

_PIECES = re.compile(
    rf"half(?:an?)?(?P<halved>{_NAMES})s?"
    rf"|(?P<number>{_NUMBER})(?P<half>{_MORE})?(?P<unit>{_NAMES})s?(?P<more>{_MORE})?"
)
_HALF = Decimal("0.5")


def _piece(match: re.Match[str]) -> Duration | None:
    if match["halved"]:
        return times(_UNITS[match["halved"]], _HALF)
    number = Decimal(1) if match["number"] in ("a", "an") else read_en(match["number"])
    if number is None:
        return None
    return times(_UNITS[match["unit"]], number + (_HALF if match["half"] or match["more"] else 0))


DURATIONS = Durations(re.compile(DURATION), _PIECES, _piece)
