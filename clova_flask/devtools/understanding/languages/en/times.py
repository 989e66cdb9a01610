"""How English speaks of dates and times: the simple phrases.

From the guides' ``CLOVA.DATETIME``.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from .. import holidays
from ..periods import Parts
from ..point import Point
from ..time_readers import TimeWords, any_of, duration_group, end_of_month, iso_day, lasting
from ..times import HALF_DAY, Phrases, rule
from .durations import DURATION, DURATIONS
from .numbers import SHORT, read_en

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_DAY_WORDS = {"thedayaftertomorrow": 2, "dayaftertomorrow": 2, "tomorrow": 1, "today": 0, "yesterday": -1}
_WEEKS = {"last": -1, "this": 0, "next": 1}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_UNITS = {"day": "day", "weekend": "weekend", "week": "week", "month": "month"}
_SHARES = {"endof": "last day", "daybefore": "eve", "dayafter": "morrow"}
_HOLIDAYS = holidays.with_words(
    ("newyearsday newyear'sday newyears", holidays.fixed(1, 1)),
    ("valentinesday valentine'sday", holidays.fixed(2, 14)),
    ("halloween", holidays.fixed(10, 31)),
    ("christmaseve", holidays.fixed(12, 24)),
    ("christmasday christmas", holidays.fixed(12, 25)),
    ("newyearseve newyear'seve", holidays.fixed(12, 31)),
)
_PARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 21), "night": (21, 24)}
_WORDS = TimeWords(
    read=read_en,
    day_words=_DAY_WORDS,
    weekdays=_WEEKDAYS,
    weeks=_WEEKS,
    months=_WEEKS,
    years=_WEEKS,
    month_names={name: number for number, name in enumerate(_MONTHS, 1)},
    parts=_PARTS,
    noons=frozenset({"noon"}),
)


def _tonight(match: re.Match[str], now: datetime) -> Point:
    return Point(now.date(), clock=timedelta(hours=18), clock_end=timedelta(hours=24), half=True)


def _later(match: re.Match[str], now: datetime) -> Point | None:
    duration = DURATIONS.read(match["duration"])
    if duration is None or duration.months:
        return None
    passed = timedelta(days=duration.days, seconds=duration.seconds)
    return Point(moment=now + passed) if duration.seconds else Point(day=(now + passed).date())


def _clock(match: re.Match[str], now: datetime) -> Point | None:
    hour, minute, half = _WORDS.number(match["hour"]), int(match["minute"] or 0), match["half"]
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    clock = timedelta(hours=hour % 12 if half else hour, minutes=minute)
    return Point(clock=clock + (HALF_DAY if half == "p" else timedelta()), half=bool(half) or hour > 12)


def _half_past(match: re.Match[str], now: datetime) -> Point | None:
    return Point(clock=timedelta(hours=_WORDS.number(match["hour"]) % 24, minutes=30))


_ONLY_MONTHS = [name for name in _MONTHS if name not in ("may", "march")]
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"

_PARTS_OF_PERIODS = Parts(
    behind=re.compile("(?!)(?P<share>)"),
    ahead=re.compile(
        rf"(?:the)?(?:(?P<nth>{any_of(_NTH)})(?:(?P<weekday>{any_of(_WEEKDAYS)})|(?P<unit>{any_of(_UNITS)}))of"
        rf"|(?P<share>endof|beginningof|middleof|daybefore|dayafter))"
    ),
    places=_NTH,
    units=_UNITS,
    weekdays=_WEEKDAYS,
    shares=_SHARES,
)
_IRREGULAR = (
    "did|was|were|went|had|ate|drank|ran|swam|slept|took|made|met|saw|got|came|bought|spent|wrote|sent"
)
_ARRANGED = "need|feed|speed|book|reserv|schedul|plann|call|nam|want|us|lik|arrang"
_PAST = re.compile(rf"(?i)\b(?:{_IRREGULAR}|(?!(?:{_ARRANGED})ed)[a-z]{{2,}}(?<!e)ed)\b")

PHRASES = Phrases(
    days=(
        rule(rf"(?P<word>{'|'.join(_DAY_WORDS)})", _WORDS.day_word),
        rule("tonight", _tonight),
        rule(rf"(?P<week>last|this|next)?(?P<day>{'|'.join(_WEEKDAYS)})", _WORDS.weekday),
        rule("(?P<week>last|this|next)week", _WORDS.week),
        rule("(?P<month>last|this|next)month", _WORDS.month),
        rule("(?P<year>last|this|next)year", _WORDS.year),
        rule("(?:the)?endofthemonth", end_of_month),
        rule(rf"(?P<month>{'|'.join(_ONLY_MONTHS)})(?P<year>\d{{4}})?", _WORDS.named_month),
        rule(rf"(?P<holiday>{any_of(_HOLIDAYS)})(?P<year>\d{{4}})?",
              holidays.reader(_HOLIDAYS, _WORDS.year_number)),
        rule(rf"(?:the)?(?P<way>last|past|next|coming){duration_group(DURATION)}",
              lasting(DURATIONS.read, back=("last", "past"))),
        rule("(?:(?P<week>last|this|next)|the)weekend", _WORDS.weekend),
        rule(rf"{_MONTH}(?:the)?{_DAY}(?: ?(?P<year>\d{{4}}))?", _WORDS.day_of_year),
        rule(rf"(?:the)?{_DAY}(?:of)?{_MONTH}(?P<year>\d{{4}})?", _WORDS.day_of_year),
        rule(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", iso_day),
    ),
    clocks=(
        rule(rf"(?P<hour>{SHORT})(?::(?P<minute>\d\d))?(?P<half>[ap])m", _clock),
        rule(rf"(?P<hour>{SHORT})(?P<minute>)o'?clock(?:(?P<half>[ap])m)?", _clock),
        rule(r"(?P<hour>\d\d?):(?P<minute>\d\d)(?P<half>(?!))?", _clock),
        rule(rf"halfpast(?P<hour>{SHORT})", _half_past),
        rule("(?P<word>noon|midnight)", _WORDS.noon),
        rule(rf"(?:inthe)?(?P<part>{'|'.join(_PARTS)})", _WORDS.part),
    ),
    moments=(rule(rf"in(?P<duration>{DURATION})", _later),),
    joint=re.compile("at|on|in|by"),
    opening=re.compile("from|between"),
    between=re.compile("to|until|till|and|-|~"),
    parts=_PARTS_OF_PERIODS,
    past=_PAST,
    which=re.compile("(?P<last>last(?!(?:mon|tues|wednes|thurs|fri|satur|sun)day))|(?:up)?coming"),
    next_day=re.compile("(?:on)?the(?:next|following)(?:day|(?=morning))"),
    other_calendar=re.compile("lunar"),
    half_read=re.compile("(?:every|each|first|second|end|last)$"),
)  # fmt: skip
