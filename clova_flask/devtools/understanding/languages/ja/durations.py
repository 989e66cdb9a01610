"""How Japanese speaks of lengths of time: 五日間, 2時間5分, 三週間, 半年."""

from __future__ import annotations

import re
from decimal import Decimal

from ...text import fold
from ..durations import Duration, Durations, times
from .numbers import SHORT, read_ja

_UNITS: dict[str, Duration] = {
    "年間": Duration(months=12), "年": Duration(months=12), "ヶ月": Duration(months=1),
    "か月": Duration(months=1), "ヵ月": Duration(months=1), "カ月": Duration(months=1),
    "ケ月": Duration(months=1), "箇月": Duration(months=1), "週間": Duration(days=7),
    "日間": Duration(days=1), "日": Duration(days=1), "時間": Duration(seconds=3600),
    "分間": Duration(seconds=60), "分": Duration(seconds=60), "秒間": Duration(seconds=1),
    "秒": Duration(seconds=1),
}  # fmt: skip
_FOLDED = {fold(word): unit for word, unit in _UNITS.items()}
_HALVES = {
    "半年": Duration(months=6), "半月": Duration(days=15), "半日": Duration(seconds=43200),
    "半時間": Duration(seconds=1800),
}  # fmt: skip

_UNIT = "|".join(sorted(_FOLDED, key=len, reverse=True))
_HALVED = "|".join(_HALVES)
_NUMBER = rf"(?:\d{{1,4}}\.\d{{1,3}}|{SHORT})"
_PIECE = rf"(?:{_HALVED}|{_NUMBER}(?:{_UNIT})半?)"
DURATION = rf"{_PIECE}(?:と?{_PIECE})*"
"""A pattern of what may be a length of time."""

_PIECES = re.compile(rf"(?P<halved>{_HALVED})|(?P<number>{_NUMBER})(?P<unit>{_UNIT})(?P<half>半)?")


def _piece(match: re.Match[str]) -> Duration | None:
    if match["halved"]:
        return _HALVES[match["halved"]]
    number = read_ja(match["number"])
    half = Decimal("0.5") if match["half"] else Decimal(0)
    return times(_FOLDED[match["unit"]], number + half) if number else None


DURATIONS = Durations(re.compile(rf"{DURATION}(?:間)?"), _PIECES, _piece)
