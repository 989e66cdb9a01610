"""Korean numbers: digits, Sino-Korean, native Korean, and mixtures of them."""

from __future__ import annotations

import re
from decimal import Decimal

from ...text import Text
from ..base import folded
from ..numbers import DIGITS, MOST_PARTS, Numbers, Places, Said, read_digits, read_places

SINO = Places(
    digits={**{char: n for n, char in enumerate("영일이삼사오육칠팔구")}, "공": 0, "륙": 6, "령": 0},
    small={"십": 10, "백": 100, "천": 1000},
    big={"만": 10**4, "억": 10**8, "조": 10**12},
    point="점",
)

ONES: dict[str, int] = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
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

_FIRST = "첫(?=번째|째)"
_BEHIND_UNITS = frozenset("을를이가은는로으만도에의와과씩째요랑짜쯤정까부예입인하보")
"""How what stands behind a counter begins: a counter that another letter follows is the head of a word."""
_NATIVE_UNITS = folded(
    "개 판 사람 살 잔 병 마리 권 대 장 곡 송이 그릇 켤레 군데 가지 줄 조각 박스 봉지 봉 편 채 벌 자루 통 "
    "캔 컵 접시 모 알 건 팀 테이블 자리 시간 시 칸 묶음 스푼 숟갈 곳 매 바퀴 명 상자 팩 문제 동 문 정 부 발 "
    "손 코스 정거장"
)
"""Counters that the native numbers stand before; 이 before them is this."""

_JOSA = "을를이가은는로만도에의와과"
_PARTICLES = {"", "로", "으로", "을", "를", "만", "까지", "요", "이요"}
_PRONOUNS = {"이", "네", "한", "세", "석", "조"}  # also: this, yes, about

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


def _sure(text: Text, said: Said, unit: str) -> float:
    """Judge whether a number was meant: 이, 세 and 한 are also parts of other words."""
    begins, ends = said.start in text.gaps, said.end in text.gaps
    if unit and ends and _is_in_a_word(text, said.end + len(unit)):
        return 0.0
    if unit in _NATIVE_UNITS and said.words == "이":
        return 0.0
    if unit:
        # In a word of its own, or run together with the name before it: 고구마피자두판.
        if len(said.words) == 1 and not ends and not begins:
            return 0.55
        return 0.95 if begins else 0.8
    rest = next((gap for gap in sorted(text.gaps) if gap >= said.end), said.end)
    ends = ends or (rest - said.end <= 2 and text.chars[said.end] in _JOSA and len(said.words) > 1)
    single = text.chars[said.end : rest] in _PARTICLES and said.words not in _PRONOUNS
    if begins and ends and len(said.words) > 1:
        return 0.75
    return 0.5 if begins and single else 0.0


def _is_in_a_word(text: Text, end: int) -> bool:
    """Whether a counter behind a space is the head of another word: 네 장바구니."""
    return end not in text.gaps and text.chars[end] not in _BEHIND_UNITS


def _read(text: str) -> Decimal | None:
    return Decimal(1) if text == "첫" else read_ko(text)


NUMBERS = Numbers(
    re.compile(f"{_FIRST}|{NUMBER}"),
    _read,
    _sure,
    seldom_meant=frozenset({"이번", "한번", "사이"}),
    of_calendar=frozenset("년월일시"),
)
