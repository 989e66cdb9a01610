"""How English speaks of dates and times: the simple phrases.

From the guides' ``CLOVA.DATETIME``.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from .durations import Duration, times
from .numbers_en import SHORT, read_en
from .times import HALF_DAY, Phrases, Point, coming, rule, weekday, whole_month, whole_week

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_DAY_WORDS = {"thedayaftertomorrow": 2, "dayaftertomorrow": 2, "tomorrow": 1, "today": 0, "yesterday": -1}
_WEEKS = {"last": -1, "this": 0, "next": 1}
_PARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 21), "night": (21, 24)}
_UNITS = {
    "year": Duration(months=12), "month": Duration(months=1), "week": Duration(days=7),
    "day": Duration(days=1),
    "hour": Duration(seconds=3600), "minute": Duration(seconds=60), "second": Duration(seconds=1),
}  # fmt: skip
_PIECE = rf"(?:{SHORT}|an?)(?:{'|'.join(_UNITS)})s?"

DURATION = re.compile(rf"{_PIECE}(?:and)?(?:{_PIECE})*")
_PIECES = re.compile(rf"(?P<number>{SHORT}|an?)(?P<unit>{'|'.join(_UNITS)})s?")


def read_duration(text: str) -> Duration | None:
    """Read an English length of time; None when it is none."""
    months = days = seconds = 0
    for match in _PIECES.finditer(text):
        number = 1 if match["number"] in ("a", "an") else _number(match["number"])
        piece = times(_UNITS[match["unit"]], Decimal(number))
        months, days, seconds = months + piece.months, days + piece.days, seconds + piece.seconds
    return Duration(months, days, seconds)


def _number(text: str) -> int:
    number = read_en(text)
    if number is None or number != int(number):
        raise ValueError("no whole number")
    return int(number)


def _day_word(match: re.Match[str], now: datetime) -> Point:
    return Point(day=now.date() + timedelta(days=_DAY_WORDS[match["word"]]))


def _tonight(match: re.Match[str], now: datetime) -> Point:
    return Point(now.date(), clock=timedelta(hours=18), clock_end=timedelta(hours=24), half=True)


def _weekday(match: re.Match[str], now: datetime) -> Point:
    weeks = _WEEKS[match["week"]] if match["week"] else None
    return Point(day=weekday(now, _WEEKDAYS.index(match["day"]), weeks))


def _week(match: re.Match[str], now: datetime) -> Point:
    return whole_week(now, _WEEKS[match["week"]])


def _month(match: re.Match[str], now: datetime) -> Point:
    return whole_month(now, _WEEKS[match["week"]])


def _weekend(match: re.Match[str], now: datetime) -> Point:
    saturday = weekday(now, 5, _WEEKS[match["week"]] if match["week"] else 0)
    return Point(day=saturday, last_day=saturday + timedelta(days=1))


def _date(match: re.Match[str], now: datetime) -> Point | None:
    month, day = _MONTHS.index(match["month"]) + 1, int(match["day"])
    found = date(int(match["year"]), month, day) if match["year"] else coming(now, month, day)
    return Point(day=found) if found else None


def _iso(match: re.Match[str], now: datetime) -> Point:
    return Point(day=date(int(match["year"]), int(match["month"]), int(match["day"])))


def _later(match: re.Match[str], now: datetime) -> Point | None:
    duration = read_duration(match["duration"])
    if duration is None or duration.months:
        return None
    passed = timedelta(days=duration.days, seconds=duration.seconds)
    return Point(moment=now + passed) if duration.seconds else Point(day=(now + passed).date())


def _clock(match: re.Match[str], now: datetime) -> Point | None:
    hour, minute, half = _number(match["hour"]), int(match["minute"] or 0), match["half"]
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    clock = timedelta(hours=hour % 12 if half else hour, minutes=minute)
    return Point(clock=clock + (HALF_DAY if half == "p" else timedelta()), half=bool(half) or hour > 12)


def _half_past(match: re.Match[str], now: datetime) -> Point | None:
    return Point(clock=timedelta(hours=_number(match["hour"]) % 24, minutes=30))


def _noon(match: re.Match[str], now: datetime) -> Point:
    return Point(clock=HALF_DAY if match["word"] == "noon" else 2 * HALF_DAY, half=True)


def _part(match: re.Match[str], now: datetime) -> Point:
    start, end = _PARTS[match["part"]]
    return Point(clock=timedelta(hours=start), clock_end=timedelta(hours=end), half=True)


_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"

ENGLISH = Phrases(
    days=(
        rule(rf"(?P<word>{'|'.join(_DAY_WORDS)})", _day_word),
        rule("tonight", _tonight),
        rule(rf"(?P<week>last|this|next)?(?P<day>{'|'.join(_WEEKDAYS)})", _weekday),
        rule("(?P<week>last|this|next)week", _week),
        rule("(?P<week>last|this|next)month", _month),
        rule("(?:(?P<week>last|this|next)|the)weekend", _weekend),
        rule(rf"{_MONTH}(?:the)?{_DAY}(?: ?(?P<year>\d{{4}}))?", _date),
        rule(rf"(?:the)?{_DAY}(?:of)?{_MONTH}(?P<year>\d{{4}})?", _date),
        rule(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", _iso),
    ),
    clocks=(
        rule(rf"(?P<hour>{SHORT})(?::(?P<minute>\d\d))?(?P<half>[ap])m", _clock),
        rule(rf"(?P<hour>{SHORT})(?P<minute>)o'?clock(?:(?P<half>[ap])m)?", _clock),
        rule(r"(?P<hour>\d\d?):(?P<minute>\d\d)(?P<half>(?!))?", _clock),
        rule(rf"halfpast(?P<hour>{SHORT})", _half_past),
        rule("(?P<word>noon|midnight)", _noon),
        rule(rf"(?:inthe)?(?P<part>{'|'.join(_PARTS)})", _part),
    ),
    moments=(rule(rf"in(?P<duration>{DURATION.pattern})", _later),),
    joint=re.compile("at|on|in|by"),
    opening=re.compile("from|between"),
    between=re.compile("to|until|till|and|-|~"),
    closing=re.compile("(?!)"),
)  # fmt: skip
"""The English phrases of dates and times."""
