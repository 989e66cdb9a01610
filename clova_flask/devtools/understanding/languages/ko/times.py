"""How Korean speaks of dates and times.

From the guides' ``CLOVA.DATETIME``. The guides fix the hours of the parts of the day for Japanese only; here
the Korean ones are as they are commonly understood.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ..time_readers import (
    DIGITAL_CLOCK,
    DIGITAL_DAYS,
    Halves,
    TimeWords,
    any_of,
    duration_group,
    later,
    right_now,
    whole_weekend,
)
from ..times import Phrases, Point, add_months, rule
from .durations import DAYS, DURATION, DURATIONS
from .numbers import SHORT, read_ko

DAY_WORDS: dict[str, int] = {
    "그끄저께": -3, "그저께": -2, "그제": -2, "엊그제": -2, "어제": -1, "어저께": -1, "오늘": 0, "금일": 0,
    "내일": 1, "낼": 1, "명일": 1, "모레": 2, "내일모레": 2, "낼모레": 2, "글피": 3, "그글피": 4,
}  # fmt: skip

WEEKS: dict[str, int] = {
    "지지난주": -2, "저저번주": -2, "지난주": -1, "저번주": -1, "전주": -1, "이번주": 0, "금주": 0,
    "요번주": 0, "다음주": 1, "담주": 1, "차주": 1, "내주": 1, "다다음주": 2,
}  # fmt: skip

MONTHS: dict[str, int] = {
    "지난달": -1, "저번달": -1, "이번달": 0, "이달": 0, "다음달": 1, "담달": 1, "다다음달": 2,
}  # fmt: skip
YEARS: dict[str, int] = {
    "재작년": -2, "작년": -1, "지난해": -1, "올해": 0, "금년": 0, "내년": 1, "다음해": 1, "내후년": 2,
}  # fmt: skip

PARTS: dict[str, tuple[int, int]] = {
    "새벽": (0, 6), "아침": (6, 9), "오전": (0, 12), "점심": (12, 14), "낮": (12, 18), "대낮": (12, 15),
    "오후": (12, 24), "저녁": (18, 21), "밤": (21, 24), "한밤": (0, 3), "한밤중": (0, 3),
}  # fmt: skip
"""Hours of the parts of the day."""

_WEEKDAYS = "월화수목금토일"
_LATER = r"(?P<way>뒤|후|있다가|이따가|이후|전)"

_HALVES = Halves(
    midday=frozenset({"점심", "낮", "대낮"}),  # 낮 열한 시 is before noon
    afternoon=frozenset({"오후", "저녁"}),
    night=frozenset({"밤", "한밤", "한밤중"}),
    morning=frozenset({"오전", "새벽", "아침"}),
)

_WORDS = TimeWords(
    read=read_ko,
    day_words=DAY_WORDS,
    weekdays=_WEEKDAYS,
    weeks=WEEKS,
    months=MONTHS,
    years=YEARS,
    year_mark="년",
    month_names={"유": 6, "시": 10},  # 유월 and 시월 have lost their final letter
    parts=PARTS,
    halves=_HALVES,
    noons=frozenset({"정오", "한낮"}),
)


def _this_weekend(match: re.Match[str], now: datetime) -> Point:
    return whole_weekend(now, WEEKS[match["which"] + "주"])


def _days_later(match: re.Match[str], now: datetime) -> Point:
    ahead = -1 if match["way"] == "전" else 1
    if match["days"]:
        return Point(day=now.date() + ahead * timedelta(days=DAYS[match["days"]]))
    number = 1 if match["one"] else _WORDS.number(match["number"])
    if match["unit"] in ("달", "개월"):
        return Point(day=add_months(now.date(), ahead * number))
    if match["unit"] == "년":
        return Point(day=add_months(now.date(), ahead * number * 12))
    return Point(day=now.date() + ahead * timedelta(days=number * (1 if match["unit"] == "일" else 7)))


_DURATION = duration_group(DURATION)
_WEEK = rf"(?P<week>{any_of(WEEKS)})"
_PART = rf"(?:(?P<part>{any_of(PARTS)})에?)?"

PHRASES = Phrases(
    days=(
        rule(rf"(?P<word>{any_of(DAY_WORDS)})", _WORDS.day_word),
        rule(rf"(?:{_WEEK}의?)?(?P<day>[{_WEEKDAYS}])요일", _WORDS.weekday),
        rule(rf"(?:{_WEEK}의?)?주말", _WORDS.weekend),
        rule("(?P<which>이번|다음|지난|저번|다다음|담)주말", _this_weekend),
        rule(_WEEK, _WORDS.week),
        rule(rf"(?P<month>{any_of(MONTHS)})", _WORDS.month),
        rule(rf"(?P<year>{any_of(YEARS)})", _WORDS.year),
        rule(rf"(?P<month>{SHORT}|유|시)월달?", _WORDS.named_month),
        rule(rf"(?P<year>{any_of(YEARS)}|(?:\d{{4}}|[일이삼사오육칠팔구십천백]+)년)?(?P<month>{SHORT}|유|시)월"
              rf"(?P<day>{SHORT})일", _WORDS.day_of_year),
        *DIGITAL_DAYS,
        rule(rf"(?P<months>{any_of(MONTHS)})?(?P<day>{SHORT})일(?!동안|간|뒤|후|전|이)", _WORDS.day_of_month),
        rule(rf"(?:(?P<days>{any_of(DAYS)})|(?P<one>일)주일|(?P<number>{SHORT})(?P<unit>일|주일|주|달|개월|년)){_LATER}",
              _days_later),
    ),
    clocks=(
        rule(rf"{_PART}(?P<hour>{SHORT})시(?!간)(?:(?P<half>반)(?!드|응)|(?P<minute>{SHORT})분(?:(?P<second>{SHORT})초)?)?"
              r"(?:정각)?", _WORDS.clock),
        rule(rf"{_PART}{DIGITAL_CLOCK}", _WORDS.clock),
        rule(r"(?:낮|밤)?(?P<word>정오|자정|한낮)", _WORDS.noon),
        rule(rf"(?P<part>{any_of(PARTS)})(?:때|시간)?", _WORDS.part),
    ),
    moments=(
        rule(rf"{_DURATION}{_LATER}", later(DURATIONS.read, ago="전")),
        rule(r"지금(?:당장|바로)?|현재|방금", right_now),
    ),
    joint=re.compile("에는?|의|날|,"),
    opening=re.compile("(?!)"),
    between=re.compile("부터|에서|~|-"),
    closing=re.compile("까지|사이"),
)  # fmt: skip
