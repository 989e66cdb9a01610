"""How Japanese speaks of dates and times.

From the guides' ``CLOVA.DATETIME`` and their table of the parts of the day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from .durations_ja import DURATION, read_duration
from .numbers_ja import SHORT, read_ja
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
    "一昨日": -2, "おととい": -2, "昨日": -1, "きのう": -1, "本日": 0, "今日": 0, "きょう": 0, "明日": 1,
    "あした": 1, "あす": 1,
    "明後日": 2, "あさって": 2, "明々後日": 3, "明明後日": 3, "しあさって": 3,
}  # fmt: skip

EVENINGS: dict[str, tuple[int, str]] = {
    "今朝": (0, "朝"), "けさ": (0, "朝"), "今晩": (0, "夜"), "今夜": (0, "夜"), "昨夜": (-1, "夜"),
    "昨晩": (-1, "夜"),
    "ゆうべ": (-1, "夜"), "明朝": (1, "朝"), "明晩": (1, "夜"),
}  # fmt: skip

WEEKS: dict[str, int] = {"先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2}
MONTHS: dict[str, int] = {"先々月": -2, "先月": -1, "今月": 0, "来月": 1, "再来月": 2}
YEARS: dict[str, int] = {
    "一昨年": -2,
    "おととし": -2,
    "去年": -1,
    "昨年": -1,
    "今年": 0,
    "来年": 1,
    "再来年": 2,
}

PARTS: dict[str, tuple[int, int]] = {
    "未明": (0, 3), "明け方": (3, 6), "朝": (6, 9), "昼前": (9, 12), "昼": (11, 13), "昼過ぎ": (12, 15),
    "夕方": (15, 18), "午前": (0, 12), "午後": (12, 24), "日中": (9, 18), "夜": (18, 24),
}  # fmt: skip
"""Hours of the parts of the day, as the guides list them."""

_ALIKE = {
    "お昼": "昼", "お昼過ぎ": "昼過ぎ", "昼すぎ": "昼過ぎ", "晩": "夜", "午前中": "午前", "深夜": "未明",
    "早朝": "明け方", "夕": "夕方", "朝方": "朝", "夜中": "未明", "真夜中": "未明",
}  # fmt: skip
_AFTERNOON = {"昼", "昼過ぎ", "夕方", "午後"}
_WEEKDAYS = "月火水木金土日"


def _words(
    *tables: dict[str, int] | dict[str, tuple[int, int]] | dict[str, str] | dict[str, tuple[int, str]],
) -> str:
    return "|".join(sorted((word for table in tables for word in table), key=len, reverse=True))


def _number(text: str) -> int:
    number = read_ja(text)
    if number is None or number != int(number):
        raise ValueError("no whole number")
    return int(number)


def _day_word(match: re.Match[str], now: datetime) -> Point:
    return Point(day=now.date() + timedelta(days=DAY_WORDS[match["word"]]))


def _evening(match: re.Match[str], now: datetime) -> Point | None:
    days, part = EVENINGS[match["word"]]
    day = now.date() + timedelta(days=days)
    if match["hour"]:
        clock = timedelta(
            hours=_number(match["hour"]), minutes=30 if match["half"] else _number(match["minute"] or "0")
        )
        return (
            Point(day=day, clock=_in_part(part, clock).clock, half=True) if clock < 2.5 * HALF_DAY else None
        )
    start, end = PARTS[part]
    return Point(day=day, clock=timedelta(hours=start), clock_end=timedelta(hours=end), half=True)


def _weekday(match: re.Match[str], now: datetime) -> Point:
    weeks = WEEKS[match["week"]] if match["week"] else None
    return Point(day=weekday(now, _WEEKDAYS.index(match["day"]), weeks))


def _weekend(match: re.Match[str], now: datetime) -> Point:
    saturday = weekday(now, 5, WEEKS[match["week"]] if match["week"] else 0)
    return Point(day=saturday, last_day=saturday + timedelta(days=1))


def _week(match: re.Match[str], now: datetime) -> Point:
    return whole_week(now, WEEKS[match["week"]])


def _month(match: re.Match[str], now: datetime) -> Point:
    return whole_month(now, MONTHS[match["month"]])


def _year(match: re.Match[str], now: datetime) -> Point:
    year = now.year + YEARS[match["year"]]
    return Point(day=date(year, 1, 1), last_day=date(year, 12, 31))


def _named_month(match: re.Match[str], now: datetime) -> Point | None:
    first = coming(now.replace(day=1), _number(match["month"]), 1)
    return Point(day=first, last_day=add_months(first, 1) - timedelta(days=1)) if first else None


def _date(match: re.Match[str], now: datetime) -> Point | None:
    month, day, said = _number(match["month"]), _number(match["day"]), match["year"]
    if said:
        year = now.year + YEARS[said] if said in YEARS else _number(said.removesuffix("年"))
        return Point(day=date(year, month, day))
    found = coming(now, month, day)
    return Point(day=found) if found else None


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


def _days_later(match: re.Match[str], now: datetime) -> Point | None:
    duration = read_duration(match["duration"])
    if duration is None or duration.seconds:
        return None
    ahead = -1 if match["way"] == "前" else 1
    return Point(day=add_months(now.date(), ahead * duration.months) + ahead * timedelta(days=duration.days))


def _later(match: re.Match[str], now: datetime) -> Point | None:
    duration = read_duration(match["duration"])
    if duration is None or duration.months or not duration.seconds:
        return None
    passed = timedelta(days=duration.days, seconds=duration.seconds)
    return Point(moment=now - passed if match["way"] == "前" else now + passed)


def _now(match: re.Match[str], now: datetime) -> Point:
    return Point(moment=now)


def _clock(match: re.Match[str], now: datetime) -> Point | None:
    hour, minute = _number(match["hour"]), 30 if match["half"] else _number(match["minute"] or "0")
    second = _number(match["second"] or "0")
    if hour > 29 or minute > 59 or second > 59:  # 25時 is one o'clock of the next day
        return None
    clock = timedelta(hours=hour, minutes=minute, seconds=second)
    if match["before"]:
        clock -= 2 * timedelta(minutes=minute) if minute else timedelta(0)
    return _in_part(match["part"], clock)


def _in_part(part: str | None, clock: timedelta) -> Point:
    """Put a time of twelve hours into the part of the day that was said."""
    named = _ALIKE.get(part or "", part)
    hour = clock // timedelta(hours=1)
    if named in _AFTERNOON and hour < 12:
        clock += timedelta() if named == "昼" and hour >= 10 else HALF_DAY
    elif named == "夜" and hour < 13:
        clock += HALF_DAY if hour >= 5 else 2 * HALF_DAY
    elif named == "未明" and 9 <= hour < 12:  # 深夜11時
        clock += HALF_DAY
    elif named in ("午前", "未明", "明け方", "朝") and hour == 12:
        clock -= HALF_DAY
    return Point(clock=clock, half=bool(part) or hour > 12)


def _digital(match: re.Match[str], now: datetime) -> Point | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 24 or minute > 59 or second > 59:
        return None
    return _in_part(match["part"], timedelta(hours=hour, minutes=minute, seconds=second))


def _noon(match: re.Match[str], now: datetime) -> Point:
    return Point(clock=HALF_DAY if match["word"] == "正午" else 2 * HALF_DAY, half=True)


def _part(match: re.Match[str], now: datetime) -> Point:
    start, end = PARTS[_ALIKE.get(match["part"], match["part"])]
    return Point(clock=timedelta(hours=start), clock_end=timedelta(hours=end), half=True)


# Matched as far as it goes and never shorter: a row of ambiguous numerals can be divided in too many ways.
_DURATION = rf"(?=(?P<duration>{DURATION}))(?P=duration)"
_WEEK = rf"(?P<week>{_words(WEEKS)})"
_PART = rf"(?:(?P<part>{_words(PARTS, _ALIKE)})の?)?"
_LATER = r"(?P<way>後|あと|のち|前)"
_MINUTES = rf"(?:(?P<half>半)|(?P<minute>{SHORT})分(?P<before>前(?!に))?(?:(?P<second>{SHORT})秒)?)?"

JAPANESE = Phrases(
    days=(
        rule(rf"(?P<word>{_words(DAY_WORDS)})", _day_word),
        rule(rf"(?P<word>{_words(EVENINGS)})(?:の?(?P<hour>{SHORT})時(?!間)(?:(?P<half>半)|(?P<minute>{SHORT})分)?)?",
              _evening),
        rule(rf"(?:{_WEEK}の?)?(?P<day>[{_WEEKDAYS}])曜日?", _weekday),
        rule(rf"(?:{_WEEK}の?)?(?:週末|土日)", _weekend),
        rule(_WEEK, _week),
        rule(rf"(?P<month>{_words(MONTHS)})", _month),
        rule(rf"(?P<year>{_words(YEARS)})", _year),
        rule(rf"(?P<month>{SHORT})月", _named_month),
        rule(rf"(?:(?P<year>{_words(YEARS)}|(?:\d{{4}}|[{'〇一二三四五六七八九十百千'}]+)年)の?)?"
              rf"(?P<month>{SHORT})月の?(?P<day>{SHORT})日(?!間)", _date),
        rule(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)", _iso),
        rule(r"(?P<month>\d\d?)/(?P<day>\d\d?)(?!\d)", _slashed),
        rule(rf"(?:(?P<months>{_words(MONTHS)})の?)?(?P<day>{SHORT})日(?!間|後|前)", _day_of_month),
        rule(rf"{_DURATION}{_LATER}", _days_later),
    ),
    clocks=(
        rule(rf"{_PART}(?P<hour>{SHORT})時(?!間){_MINUTES}(?:ちょうど|丁度)?", _clock),
        rule(rf"{_PART}(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?", _digital),
        rule(r"(?P<word>正午|零時)", _noon),
        rule(rf"(?P<part>{_words(PARTS, _ALIKE)})", _part),
    ),
    moments=(
        rule(rf"{_DURATION}{_LATER}", _later),
        rule("今すぐ|現在|いますぐ|ただ今|ただいま", _now),
    ),
    joint=re.compile("の|に|、"),
    opening=re.compile("(?!)"),
    between=re.compile("から|~|-"),
    closing=re.compile("まで|の間"),
)  # fmt: skip
"""The Japanese phrases of dates and times."""
