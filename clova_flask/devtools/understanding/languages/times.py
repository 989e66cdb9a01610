"""Dates and times, in whatever language: points, spans, and how the protocol writes them.

From the guides' ``CLOVA.DATETIME``: ``value`` ISO 8601 with ``valueType``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from ..found import Found
from ..text import Text
from .days import DAY
from .periods import Parts
from .point import Point

HALF_DAY = timedelta(hours=12)
_NOTHING = re.compile("(?!)")
_HASTE = 0.4  # how sure 지금 is, which is often no more than a word of haste
_HALF_READ = 0.6  # the same for a phrase with a word beside it that belongs to it and is not read

Maker = Callable[["re.Match[str]", datetime], Point | None]
Rule = tuple[re.Pattern[str], Maker]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """How a language speaks of when.

    :ivar days: rules for dates.
    :ivar clocks: rules for times of day and parts of the day.
    :ivar moments: rules for moments reckoned from now.
    :ivar joint: what may stand between a date and a time.
    :ivar opening: what may stand before the first half of a span.
    :ivar between: what stands between the halves of a span.
    :ivar closing: what may stand behind its second half.
    :ivar parts: how the parts of periods are named.
    :ivar past: what tells, in what was said, that it speaks of the past.
    :ivar which: before what comes again and again: ``last`` is the group of those that say the last one.
    :ivar next_day: says in the second half of a span that it is on the next day.
    :ivar other_calendar: says that the date behind it is of another calendar.
    :ivar half_read: what belongs to the phrase behind it, and no reader knows.
    :ivar half_read_behind: the same for the phrase before it.
    :ivar unbroken: words that no space divides: 내 일 are two.
    """

    days: tuple[Rule, ...]
    clocks: tuple[Rule, ...]
    moments: tuple[Rule, ...]
    joint: re.Pattern[str]
    opening: re.Pattern[str] = _NOTHING
    between: re.Pattern[str]
    closing: re.Pattern[str] = _NOTHING
    parts: Parts
    past: re.Pattern[str]
    which: re.Pattern[str]
    next_day: re.Pattern[str]
    other_calendar: re.Pattern[str] = _NOTHING
    half_read: re.Pattern[str] = _NOTHING
    half_read_behind: re.Pattern[str] = _NOTHING
    unbroken: frozenset[str] = frozenset()


def rule(pattern: str, make: Maker) -> Rule:
    """Return what a phrase means.

    :param pattern: the phrase, folded.
    :param make: makes its meaning; None, or a ValueError, when it has none after all.
    """
    return re.compile(pattern), make


Stretch = tuple[int, Point | None]
"""Where a phrase ends, and what it means; None when it is a time, and not a definite one."""


def find_times(text: Text, now: datetime, phrases: Phrases) -> list[Found]:
    """Find every date, time and span in an utterance, the longest first where several begin at one place."""
    found: list[Found] = []
    is_past = phrases.past.search(text.said) is not None
    place = 0
    while place < len(text.chars):
        result = _at(text, place, now, phrases, is_past)
        if result is None or not _is_whole(text, place, result[0], phrases):
            place += 1
            continue
        place, item = result
        found += [item] if item else []
    return found


def _is_whole(text: Text, start: int, end: int, phrases: Phrases) -> bool:
    is_broken = text.chars[start:end] in phrases.unbroken and start + 1 in text.gaps
    return text.whole(start, end) and not is_broken


def _at(
    text: Text, place: int, now: datetime, phrases: Phrases, is_past: bool
) -> tuple[int, Found | None] | None:
    """Read what begins at a place: where it ends, and its value, None when it has none."""
    chars = text.chars
    other = phrases.other_calendar.match(chars, place)
    opening = phrases.opening.match(chars, place)
    start = other or opening
    begin = start.end() if start else place
    first = point_at(chars, begin, now, phrases)
    if first is None:
        return None
    end, point = first
    if other or point is None:
        return end, None
    if point.past and is_past and not phrases.closing.match(chars, end):  # 수요일까지 is a day to come
        point = point.past
    second = _second(chars, end, point, now, phrases)
    if second is None:
        value_type, value = render(point, now)
        sure = _HASTE if point.moment == now else 1.0
        if phrases.half_read.search(chars[:begin]) or phrases.half_read_behind.match(chars, end):
            sure *= _HALF_READ
        return end, Found(begin, end, value, value_type, sure=sure)
    if second[1] is None:
        return second[0], None
    value_type, value = render_span(point, second[1], now)
    closing = phrases.closing.match(chars, second[0])
    last = closing.end() if closing else second[0]
    return last, Found(place, last, value, value_type)


def _second(chars: str, end: int, first: Point, now: datetime, phrases: Phrases) -> Stretch | None:
    """Read the second half of a span; None when there is none."""
    between = phrases.between.match(chars, end)
    if between is None:
        return None
    next_day = phrases.next_day.match(chars, between.end())
    found = point_at(chars, next_day.end() if next_day else between.end(), now, phrases)
    if found is None or found[1] is None:
        return found
    last, point = found[0], found[1]
    if first.moment and point.moment is None:
        return None
    if point.past and first.day:  # 3일 in 12월 1일부터 3일까지 is the one that comes behind the first half
        again = point_at(chars, between.end(), datetime.combine(first.day, time(), now.tzinfo), phrases)
        point = again[1] if again and again[1] else point
    next_day = next_day or phrases.next_day.match(chars, last)
    if next_day is None or point.clock is None or point.day:
        return last, point
    last = max(last, next_day.end())
    if first.day:
        return last, replace(point, day=first.day + DAY)
    return last, replace(point, clock=point.clock % DAY + DAY, half=True)


def point_at(chars: str, place: int, now: datetime, phrases: Phrases) -> Stretch | None:
    """Read the date, the time, or both in either order, that begin at a place."""
    moment = _first(chars, place, now, phrases.moments)
    if moment:
        return moment
    first = _day_at(chars, place, now, phrases)
    is_day = first is not None
    first = first or _first(chars, place, now, phrases.clocks)
    if first is None or first[1] is None or first[1].last_day or (is_day and first[1].clock is not None):
        return first
    joint = phrases.joint.match(chars, first[0])
    behind = joint.end() if joint else first[0]
    second = _first(chars, behind, now, phrases.clocks) if is_day else _day_at(chars, behind, now, phrases)
    if second is None or second[1] is None or second[1].last_day or (not is_day and second[1].clock):
        return first
    day, clock = (first[1], second[1]) if is_day else (second[1], first[1])
    past = replace(clock, day=day.past.day) if day.past else None
    return second[0], replace(clock, day=day.day, past=past)


def _day_at(chars: str, place: int, now: datetime, phrases: Phrases) -> Stretch | None:
    """Read the day or days that begin at a place, and the part of them that is named."""
    ahead = phrases.parts.ahead.match(chars, place)
    found = _whole_day_at(chars, ahead.end() if ahead else place, now, phrases)
    if ahead and found is None:
        return _whole_day_at(chars, place, now, phrases)
    if found is None or found[1] is None or found[1].clock is not None:
        return None if ahead else found
    end, whole = found[0], found[1]
    match = ahead or phrases.parts.behind.match(chars, end)
    if match is None or not phrases.parts.applies(match, whole):
        return None if ahead else found
    try:
        return max(end, match.end()), phrases.parts.read(match, whole)
    except ValueError:
        return max(end, match.end()), None  # no such day: a fifth Monday


def _whole_day_at(chars: str, place: int, now: datetime, phrases: Phrases) -> Stretch | None:
    found = _first(chars, place, now, phrases.days)
    which = phrases.which.match(chars, place)
    again = _first(chars, which.end(), now, phrases.days) if which else None
    if which is None or again is None or again[1] is None or again[1].past is None:
        return found
    if found and found[0] > again[0]:
        return found
    return again[0], again[1].past if which["last"] else again[1]


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
    kind, start = _half(replace(first, clock_end=None, last_day=None), now)
    return f"{kind}.INTERVAL", f"{start}/{_half(end, now)[1]}"


def _afterwards(start: timedelta, end: Point) -> timedelta:
    """Move an end said without its half of the day behind the beginning: 오후 3시부터 5시까지."""
    clock = end.clock or timedelta()
    if clock <= start and not end.half and clock + HALF_DAY > start and clock < HALF_DAY:
        return clock + HALF_DAY
    return clock + DAY if clock <= start and end.day else clock


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
