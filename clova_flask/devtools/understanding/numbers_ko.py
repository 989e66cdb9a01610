"""Korean numbers: digits, Sino-Korean, native Korean, and mixtures of them."""

from __future__ import annotations

import re
from decimal import Decimal

from .numbers import DIGITS, MOST_PARTS, Places, read_digits, read_places

SINO = Places(
    digits={**{char: n for n, char in enumerate("영일이삼사오육칠팔구")}, "공": 0, "륙": 6, "령": 0},
    small={"십": 10, "백": 100, "천": 1000},
    big={"만": 10**4, "억": 10**8, "조": 10**12},
    point="점",
)

ONES: dict[str, int] = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip

TENS: dict[str, int] = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80,
    "아흔": 90,
}  # fmt: skip

_TENS, _ONES = "|".join(TENS), "|".join(ONES)
NATIVE = rf"(?:(?:{_TENS})(?:{_ONES})?|(?:{_ONES}))"
_SINO = rf"(?:(?:{DIGITS}|[{SINO.letters}]){{1,{MOST_PARTS}}}(?:점[{''.join(SINO.digits)}]{{1,9}})?)"

NUMBER = rf"(?:[백천만]?{NATIVE}|{_SINO})"
"""A pattern of what may be a Korean number; :func:`read_ko` decides whether it is."""

SHORT = rf"(?:\d{{1,4}}|[{SINO.letters}]{{1,6}}|{NATIVE})"
"""A pattern of the small numbers that stand in dates and times."""

_NATIVE = re.compile(rf"(?P<sino>.*?)(?P<tens>{_TENS})?(?P<ones>{_ONES})?")


def read_ko(text: str) -> Decimal | None:
    """Read a Korean number: ``235``, ``이백삼십오``, ``3만5천``, ``스물다섯``; None when it is none."""
    digits = read_digits(text)
    if digits is not None:
        return digits
    sino = read_places(text, SINO)
    return sino if sino is not None else _read_native(text)


def _read_native(text: str) -> Decimal | None:
    match = _NATIVE.fullmatch(text)
    if not match or not (match["tens"] or match["ones"]):
        return None
    hundreds = read_places(match["sino"], SINO) if match["sino"] else Decimal(0)
    if hundreds is None or hundreds % 100:
        return None
    return hundreds + TENS.get(match["tens"], 0) + ONES.get(match["ones"], 0)
