"""How Korean speaks of dates and times.

From the guides' ``CLOVA.DATETIME``. The guides fix the hours of the parts of the day for Japanese only; here
the Korean ones are as they are commonly understood.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from .durations_ko import DAYS, DURATION, read_duration
from .numbers_ko import SHORT, read_ko
from .times import (
    HALF_DAY,
    Phrases,
    Point,
    add_months,
    coming,
    coming_day,
    rule,
    weekday,
    whole_month,
    whole_week,
)

DAY_WORDS: dict[str, int] = {
    "그끄저께": -3, "그저께": -2, "그제": -2, "엊그제": -2, "어제": -1, "어저께": -1, "오늘": 0, "금일": 0,
    "내일": 1, "낼": 1,
    "명일": 1, "모레": 2, "내일모레": 2, "낼모레": 2, "글피": 3, "그글피": 4,
}  # fmt: skip

WEEKS: dict[str, int] = {
    "지지난주": -2, "저저번주": -2, "지난주": -1, "저번주": -1, "전주": -1, "이번주": 0, "금주": 0,
    "요번주": 0, "다음주": 1,
    "담주": 1, "차주": 1, "내주": 1, "다다음주": 2,
}  # fmt: skip

MONTHS: dict[str, int] = {
    "지난달": -1,
    "저번달": -1,
    "이번달": 0,
    "이달": 0,
    "다음달": 1,
    "담달": 1,
    "다다음달": 2,
}
YEARS: dict[str, int] = {
    "재작년": -2,
    "작년": -1,
    "지난해": -1,
    "올해": 0,
    "금년": 0,
    "내년": 1,
    "다음해": 1,
    "내후년": 2,
}

PARTS: dict[str, tuple[int, int]] = {
    "새벽": (0, 6), "아침": (6, 9), "오전": (0, 12), "점심": (12, 14), "낮": (12, 18), "대낮": (12, 15),
    "오후": (12, 24),
    "저녁": (18, 21), "밤": (21, 24), "한밤": (0, 3), "한밤중": (0, 3),
}  # fmt: skip
"""Hours of the parts of the day."""

_AFTERNOON = {"점심", "낮", "대낮", "오후", "저녁"}
_NIGHT = {"밤", "한밤", "한밤중"}
_WEEKDAYS = "월화수목금토일"
_LATER = r"(?P<way>뒤|후|있다가|이따가|이후|전)"


def _words(*tables: dict[str, int] | dict[str, tuple[int, int]]) -> str:
    return "|".join(sorted((word for table in tables for word in table), key=len, reverse=True))


def _month_number(text: str) -> int:
    """Read the number of a month; 유월 and 시월 have lost their final letter."""
    return {"유": 6, "시": 10}.get(text) or _number(text)


def _number(text: str) -> int:
    number = read_ko(text)
    if number is None or number != int(number):
        raise ValueError("no whole number")
    return int(number)


def _day_word(match: re.Match[str], now: datetime) -> Point:
    return Point(day=now.date() + timedelta(days=DAY_WORDS[match["word"]]))


def _weekday(match: re.Match[str], now: datetime) -> Point:
    weeks = WEEKS[match["week"]] if match["week"] else None
    return Point(day=weekday(now, _WEEKDAYS.index(match["day"]), weeks))


def _weekend(match: re.Match[str], now: datetime) -> Point:
    saturday = weekday(now, 5, WEEKS[match["week"]] if match["week"] else 0)
    return Point(day=saturday, last_day=saturday + timedelta(days=1))


def _this_weekend(match: re.Match[str], now: datetime) -> Point:
    saturday = weekday(now, 5, WEEKS[match["which"] + "주"])
    return Point(day=saturday, last_day=saturday + timedelta(days=1))


def _week(match: re.Match[str], now: datetime) -> Point:
    return whole_week(now, WEEKS[match["week"]])


def _month(match: re.Match[str], now: datetime) -> Point:
    return whole_month(now, MONTHS[match["month"]])


def _year(match: re.Match[str], now: datetime) -> Point:
    year = now.year + YEARS[match["year"]]
    return Point(day=date(year, 1, 1), last_day=date(year, 12, 31))


def _named_month(match: re.Match[str], now: datetime) -> Point | None:
    first = coming(now.replace(day=1), _month_number(match["month"]), 1)
    return Point(day=first, last_day=add_months(first, 1) - timedelta(days=1)) if first else None


def _date(match: re.Match[str], now: datetime) -> Point | None:
    month, day = _month_number(match["month"]), _number(match["day"])
    year = _year_of(match["year"], now)
    day_found = date(year, month, day) if year else coming(now, month, day)
    return Point(day=day_found) if day_found else None


def _year_of(said: str | None, now: datetime) -> int | None:
    if not said:
        return None
    return now.year + YEARS[said] if said in YEARS else _number(said.removesuffix("년"))


def _iso(match: re.Match[str], now: datetime) -> Point:
    return Point(day=date(int(match["year"]), int(match["month"]), int(match["day"])))


def _slashed(match: re.Match[str], now: datetime) -> Point | None:
    day = coming(now, int(match["month"]), int(match["day"]))
    return Point(day=day) if day else None


def _day_of_month(match: re.Match[str], now: datetime) -> Point | None:
    day = _number(match["day"])
    if match["months"]:
        return Point(day=add_months(now.date().replace(day=1), MONTHS[match["months"]]).replace(day=day))
    found = coming_day(now, day)
    return Point(day=found) if found else None


def _days_later(match: re.Match[str], now: datetime) -> Point:
    ahead = -1 if match["way"] == "전" else 1
    if match["days"]:
        return Point(day=now.date() + ahead * timedelta(days=DAYS[match["days"]]))
    number = 1 if match["one"] else _number(match["number"])
    if match["unit"] in ("달", "개월"):
        return Point(day=add_months(now.date(), ahead * number))
    if match["unit"] == "년":
        return Point(day=add_months(now.date(), ahead * number * 12))
    return Point(day=now.date() + ahead * timedelta(days=number * (1 if match["unit"] == "일" else 7)))


def _later(match: re.Match[str], now: datetime) -> Point | None:
    duration = read_duration(match["duration"])
    if duration is None or duration.months or not duration.seconds:
        return None
    passed = timedelta(days=duration.days, seconds=duration.seconds)
    return Point(moment=now - passed if match["way"] == "전" else now + passed)


def _now(match: re.Match[str], now: datetime) -> Point:
    return Point(moment=now)


def _clock(match: re.Match[str], now: datetime) -> Point | None:
    hour, minute = _number(match["hour"]), 30 if match["half"] else _number(match["minute"] or "0")
    second = _number(match["second"] or "0")
    if hour > 24 or minute > 59 or second > 59:
        return None
    clock = timedelta(hours=hour, minutes=minute, seconds=second)
    return _in_part(match["part"], clock)


def _in_part(part: str | None, clock: timedelta) -> Point:
    """Put a time of twelve hours into the half of the day, or the night, that was said."""
    hour = clock // timedelta(hours=1)
    if part in _AFTERNOON and hour < 12:
        # 낮 열한 시 is before noon, 저녁 한 시 is nothing anybody says.
        clock += timedelta() if part in ("낮", "점심", "대낮") and hour >= 10 else HALF_DAY
    elif part in _NIGHT and hour < 13:
        clock += HALF_DAY if hour >= 5 else 2 * HALF_DAY
    elif part in ("오전", "새벽", "아침") and hour == 12:
        clock -= HALF_DAY
    return Point(clock=clock, half=bool(part) or hour > 12)


def _digital(match: re.Match[str], now: datetime) -> Point | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 24 or minute > 59 or second > 59:
        return None
    return _in_part(match["part"], timedelta(hours=hour, minutes=minute, seconds=second))


def _noon(match: re.Match[str], now: datetime) -> Point:
    return Point(clock=HALF_DAY if match["word"] in ("정오", "한낮") else 2 * HALF_DAY, half=True)


def _part(match: re.Match[str], now: datetime) -> Point:
    start, end = PARTS[match["part"]]
    return Point(clock=timedelta(hours=start), clock_end=timedelta(hours=end), half=True)


# Matched as far as it goes and never shorter: a row of ambiguous numerals can be divided in too many ways.
_DURATION = rf"(?=(?P<duration>{DURATION}))(?P=duration)"
_WEEK = rf"(?P<week>{_words(WEEKS)})"
_PART = rf"(?:(?P<part>{_words(PARTS)})에?)?"

KOREAN = Phrases(
    days=(
        rule(rf"(?P<word>{_words(DAY_WORDS)})", _day_word),
        rule(rf"(?:{_WEEK}의?)?(?P<day>[{_WEEKDAYS}])요일", _weekday),
        rule(rf"(?:{_WEEK}의?)?주말", _weekend),
        rule("(?P<which>이번|다음|지난|저번|다다음|담)주말", _this_weekend),
        rule(_WEEK, _week),
        rule(rf"(?P<month>{_words(MONTHS)})", _month),
        rule(rf"(?P<year>{_words(YEARS)})", _year),
        rule(rf"(?P<month>{SHORT}|유|시)월달?", _named_month),
        rule(rf"(?P<year>{_words(YEARS)}|(?:\d{{4}}|[일이삼사오육칠팔구십천백]+)년)?(?P<month>{SHORT}|유|시)월"
              rf"(?P<day>{SHORT})일", _date),
        rule(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)", _iso),
        rule(r"(?P<month>\d\d?)/(?P<day>\d\d?)(?!\d)", _slashed),
        rule(rf"(?P<months>{_words(MONTHS)})?(?P<day>{SHORT})일(?!동안|간|뒤|후|전|이)", _day_of_month),
        rule(rf"(?:(?P<days>{_words(DAYS)})|(?P<one>일)주일|(?P<number>{SHORT})(?P<unit>일|주일|주|달|개월|년)){_LATER}",
              _days_later),
    ),
    clocks=(
        rule(rf"{_PART}(?P<hour>{SHORT})시(?!간)(?:(?P<half>반)(?!드|응)|(?P<minute>{SHORT})분(?:(?P<second>{SHORT})초)?)?"
              r"(?:정각)?", _clock),
        rule(rf"{_PART}(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?", _digital),
        rule(r"(?:낮|밤)?(?P<word>정오|자정|한낮)", _noon),
        rule(rf"(?P<part>{_words(PARTS)})(?:때|시간)?", _part),
    ),
    moments=(
        rule(rf"{_DURATION}{_LATER}", _later),
        rule(r"지금(?:당장|바로)?|현재|방금", _now),
    ),
    joint=re.compile("에는?|의|날|,"),
    opening=re.compile("(?!)"),
    between=re.compile("부터|에서|~|-"),
    closing=re.compile("까지|사이"),
)  # fmt: skip
"""The Korean phrases of dates and times."""
