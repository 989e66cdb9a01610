"""Dates and times, in whatever language: points, spans, and how the protocol writes them.

From the guides' ``CLOVA.DATETIME``: ``value`` ISO 8601 with ``valueType``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ..found import Found
from ..text import Text

DAY = timedelta(days=1)
HALF_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Point:
    """What a phrase means as a time: a day or days, a time of day or a part of it, or a moment.

    :ivar day: the day, or the first of several.
    :ivar last_day: the last of several days.
    :ivar clock: time since midnight, possibly past 24 hours.
    :ivar clock_end: end of a part of the day.
    :ivar half: whether it was said which half of the day is meant.
    :ivar moment: a moment reckoned from now.
    """

    day: date | None = None
    last_day: date | None = None
    clock: timedelta | None = None
    clock_end: timedelta | None = None
    half: bool = False
    moment: datetime | None = None


Maker = Callable[["re.Match[str]", datetime], Point | None]
Rule = tuple[re.Pattern[str], Maker]


@dataclass(frozen=True, slots=True)
class Phrases:
    """How a language speaks of when.

    :ivar days: rules for dates.
    :ivar clocks: rules for times of day and parts of the day.
    :ivar moments: rules for moments reckoned from now.
    :ivar joint: what may stand between a date and a time.
    :ivar opening: what may stand before the first half of a span.
    :ivar between: what stands between the halves of a span.
    :ivar closing: what may stand behind its second half.
    """

    days: tuple[Rule, ...]
    clocks: tuple[Rule, ...]
    moments: tuple[Rule, ...]
    joint: re.Pattern[str]
    opening: re.Pattern[str]
    between: re.Pattern[str]
    closing: re.Pattern[str]


def rule(pattern: str, make: Maker) -> Rule:
    """Return what a phrase means.

    :param pattern: the phrase, folded.
    :param make: makes its meaning; None, or a ValueError, when it has none after all.
    """
    return re.compile(pattern), make


Stretch = tuple[int, Point]
"""Where a phrase ends, and what it means."""


def find_times(text: Text, now: datetime, phrases: Phrases) -> list[Found]:
    """Find every date, time and span in an utterance, the longest first where several begin at one place."""
    found: list[Found] = []
    place = 0
    while place < len(text.chars):
        result = _at(text, place, now, phrases)
        if result and text.whole(place, result.end):
            found.append(result)
            place = result.end
        else:
            place += 1
    return found


def _at(text: Text, place: int, now: datetime, phrases: Phrases) -> Found | None:
    opening = phrases.opening.match(text.chars, place)
    begin = opening.end() if opening else place
    first = point_at(text.chars, begin, now, phrases)
    if first is None:
        return None
    end, point = first
    between = phrases.between.match(text.chars, end)
    second = point_at(text.chars, between.end(), now, phrases) if between else None
    if second is not None and not (point.moment and second[1].moment is None):
        last, value_type, value = second[0], *render_span(point, second[1], now)
        closing = phrases.closing.match(text.chars, last)
        return Found(place, closing.end() if closing else last, value, value_type)
    value_type, value = render(point, now)
    # 지금 is often no more than a word of haste.
    return Found(begin, end, value, value_type, sure=0.4 if point.moment == now else 1.0)


def point_at(chars: str, place: int, now: datetime, phrases: Phrases) -> Stretch | None:
    """Read the date, the time, or both in either order, that begin at a place."""
    moment = _first(chars, place, now, phrases.moments)
    if moment:
        return moment
    first = _first(chars, place, now, phrases.days)
    rest = phrases.clocks if first else phrases.days
    first = first or _first(chars, place, now, phrases.clocks)
    if first is None:
        return None
    joint = phrases.joint.match(chars, first[0])
    second = _first(chars, joint.end() if joint else first[0], now, rest)
    if second is None or (first[1].last_day or second[1].last_day):
        return first
    days, clocks = (first[1], second[1]) if rest is phrases.clocks else (second[1], first[1])
    return second[0], replace(clocks, day=days.day)


def _first(chars: str, place: int, now: datetime, rules: tuple[Rule, ...]) -> Stretch | None:
    best: Stretch | None = None
    for pattern, make in rules:
        match = pattern.match(chars, place)
        if match and match.end() > (best[0] if best else place):
            point = _made(make, match, now)
            best = (match.end(), point) if point else best
    return best


def _made(make: Maker, match: re.Match[str], now: datetime) -> Point | None:
    try:
        return make(match, now)
    except (ValueError, OverflowError):
        return None  # no such day: 2월 30일, 9999년 뒤


def render(point: Point, now: datetime) -> tuple[str, str]:
    """Write a point or a span of its own, 朝 or 이번 주, as type and value."""
    if point.last_day and point.day:
        return "DATE.INTERVAL", f"{point.day.isoformat()}/{point.last_day.isoformat()}"
    kind, start = _half(point, now)
    if point.clock_end is None:
        return kind, start
    return f"{kind}.INTERVAL", f"{start}/{_half(replace(point, clock=point.clock_end), now)[1]}"


def render_span(first: Point, second: Point, now: datetime) -> tuple[str, str]:
    """Write two points as a span; the second takes from the first what it lacks."""
    end = replace(second, clock=second.clock_end or second.clock, day=second.last_day or second.day)
    if end.clock is not None and end.day is None and first.clock is not None:
        end = replace(end, day=first.day, clock=_afterwards(first.clock, end))
    if end.day and not first.day and first.clock is not None and end.clock is not None:
        first = replace(first, day=now.date())
    if end.day and first.day and end.day < first.day and not end.clock:
        end = replace(end, day=_next_month_or_year(end.day, first.day))
    kind, start = _half(replace(first, clock_end=None, last_day=None), now)
    return f"{kind}.INTERVAL", f"{start}/{_half(end, now)[1]}"


def _afterwards(start: timedelta, end: Point) -> timedelta:
    """Move an end said without its half of the day behind the beginning: 오후 3시부터 5시까지."""
    clock = end.clock or timedelta()
    if clock <= start and not end.half and clock + HALF_DAY > start and clock < HALF_DAY:
        return clock + HALF_DAY
    return clock + DAY if clock <= start and end.day else clock


def _next_month_or_year(day: date, after: date) -> date:
    if (after - day).days < 31:
        return add_months(day, 1)
    return add_months(day, 12)


def _half(point: Point, now: datetime) -> tuple[str, str]:
    if point.moment is not None:
        return "DATETIME", point.moment.replace(microsecond=0).isoformat()
    if point.clock is None:
        return "DATE", point.day.isoformat() if point.day else ""
    if point.day is None:
        return "TIME", _clock(point.clock)
    midnight = datetime(point.day.year, point.day.month, point.day.day, tzinfo=now.tzinfo)
    return "DATETIME", (midnight + point.clock).isoformat()


def _clock(clock: timedelta) -> str:
    """Write a time of day; the end of the day is 00:00:00, the only way the ISO types of Python read it."""
    seconds = int(clock.total_seconds()) % 86400
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of that month when it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError("not a month of the calendar")


def coming(now: datetime, month: int, day: int) -> date | None:
    """Return the next such day of the year, today included; None when no year has it."""
    for year in range(now.year, now.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= now.date():
            return found
    return None


def coming_day(now: datetime, day: int) -> date | None:
    """Return the next such day of a month, today included; None when no month has it."""
    for months in range(3):
        found = add_months(now.date().replace(day=1), months)
        try:
            found = found.replace(day=day)
        except ValueError:
            continue
        if found >= now.date():
            return found
    return None


def weekday(now: datetime, weekday_: int, weeks: int | None) -> date:
    """Return a day of this week (0), the next (1)…, weeks beginning on Monday; the coming one for None."""
    today = now.date()
    if weeks is None:
        return today + timedelta(days=(weekday_ - today.weekday()) % 7)
    return today + timedelta(days=weekday_ - today.weekday() + 7 * weeks)


def whole_week(now: datetime, weeks: int) -> Point:
    """Return all days of a week, Monday to Sunday."""
    return Point(day=weekday(now, 0, weeks), last_day=weekday(now, 6, weeks))


def whole_month(now: datetime, months: int) -> Point:
    """Return all days of a month."""
    first = add_months(now.date().replace(day=1), months)
    return Point(day=first, last_day=add_months(first, 1) - DAY)
