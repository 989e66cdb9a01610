"""How Korean speaks of lengths of time: 닷새, 두 시간 반, 일주일, 3년 2개월."""

from __future__ import annotations

import re
from decimal import Decimal

from ..durations import Duration, Durations, times
from .numbers import SHORT, read_ko

DAYS: dict[str, int] = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9,
    "열흘": 10, "보름": 15, "일주일": 7, "한주": 7,
}  # fmt: skip
"""Words that count days."""

_UNITS: dict[str, Duration] = {
    "년": Duration(months=12), "개월": Duration(months=1), "달": Duration(months=1), "주일": Duration(days=7),
    "주": Duration(days=7), "일": Duration(days=1), "시간": Duration(seconds=3600),
    "분": Duration(seconds=60), "초": Duration(seconds=1),
}  # fmt: skip

_NUMBER = rf"(?:\d{{1,4}}\.\d{{1,3}}|{SHORT})"
_HALF = "반(?![드응찬복죽품지대영])"  # 반 is also the beginning of 반찬, 반복
_PIECE = (
    rf"(?:(?:{'|'.join(DAYS)})(?:{_HALF})?|반(?:년|달|시간|나절)|{_NUMBER}(?:{'|'.join(_UNITS)})(?:{_HALF})?)"
)
DURATION = rf"{_PIECE}(?:(?:하고)?{_PIECE})*"
"""A pattern of what may be a length of time."""

_PIECES = re.compile(
    rf"(?P<days>{'|'.join(DAYS)})(?P<more>{_HALF})?|(?P<part>반)(?P<whole>년|달|시간|나절)"
    rf"|(?P<number>{_NUMBER})(?P<unit>{'|'.join(_UNITS)})(?P<half>{_HALF})?|동안|간|하고"
)
_HALVES = {
    "년": Duration(months=6), "달": Duration(days=15), "시간": Duration(seconds=1800),
    "나절": Duration(seconds=21600),
}  # fmt: skip
_HALF_OF = Decimal("0.5")
_WEEKS = frozenset({"일주일", "한주"})


def _piece(match: re.Match[str]) -> Duration | None:
    if match["days"]:
        whole = Duration(days=7 if match["days"] in _WEEKS else 1)
        more = times(whole, _HALF_OF if match["more"] else Decimal(0))
        return Duration(days=DAYS[match["days"]] + more.days, seconds=more.seconds)
    if match["whole"]:
        return _HALVES[match["whole"]]
    if not match["unit"]:
        return Duration()
    number = read_ko(match["number"])
    if not number:
        return None
    return times(_UNITS[match["unit"]], number + (_HALF_OF if match["half"] else 0))


DURATIONS = Durations(re.compile(rf"{DURATION}(?:동안|간)?"), _PIECES, _piece)
