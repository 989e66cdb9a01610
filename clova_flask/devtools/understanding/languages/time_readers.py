"""Readers of dates and times that languages share; each is made with the words of a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from .days import DAY, add_months, monthly, weekday, yearly
from .durations import Duration
from .numbers import whole
from .point import Point, in_turn
from .times import HALF_DAY, Maker, rule


@dataclass(frozen=True, slots=True)
class Halves:
    """Which half of the day the parts of the day put a time of twelve hours into.

    :ivar midday: parts around noon, which keep ten and eleven o'clock before it.
    :ivar afternoon: parts behind noon.
    :ivar night: parts that begin in the evening and may go past midnight.
    :ivar small_hours: parts behind midnight, also used for the hours before it.
    :ivar morning: the other parts before noon.
    """

    midday: frozenset[str] = frozenset()
    afternoon: frozenset[str] = frozenset()
    night: frozenset[str] = frozenset()
    small_hours: frozenset[str] = frozenset()
    morning: frozenset[str] = frozenset()

    def moved(self, part: str | None, clock: timedelta) -> timedelta:
        """Put a time of twelve hours into a part of the day."""
        hour = clock // timedelta(hours=1)
        if (part in self.afternoon and hour < 12) or (part in self.midday and hour < 10):
            return clock + HALF_DAY
        if part in self.night and hour < 13:
            return clock + (HALF_DAY if hour >= 5 else DAY)
        if part in self.small_hours and 9 <= hour < 12:
            return clock + HALF_DAY
        if part in self.morning | self.small_hours and hour == 12:
            return clock - HALF_DAY
        return clock


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words a language has for when, and the readers of phrases made of them.

    :ivar read: reads a number.
    :ivar day_words: days from today.
    :ivar weekdays: the days of the week, from Monday.
    :ivar weeks: weeks from this one.
    :ivar months: months from this one.
    :ivar years: years from this one.
    :ivar year_mark: what stands behind the number of a year.
    :ivar month_names: numbers of the months that have words of their own.
    :ivar parts: first and last hour of the parts of the day.
    :ivar alike: other words for parts of the day.
    :ivar halves: which half of the day the parts mean.
    :ivar noons: words for noon; the others of their rule mean midnight.
    """

    read: Callable[[str], Decimal | None]
    day_words: Mapping[str, int]
    weekdays: Sequence[str]
    weeks: Mapping[str, int]
    months: Mapping[str, int]
    parts: Mapping[str, tuple[int, int]]
    noons: frozenset[str]
    years: Mapping[str, int] = field(default_factory=dict)
    year_mark: str = ""
    month_names: Mapping[str, int] = field(default_factory=dict)
    alike: Mapping[str, str] = field(default_factory=dict)
    halves: Halves = Halves()

    def number(self, text: str) -> int:
        """Read a whole number.

        :raises ValueError: it is none.
        """
        return whole(self.read(text))

    def day_word(self, match: re.Match[str], now: datetime) -> Point:
        """Read a word for a day: 내일, 明日."""
        return Point(day=now.date() + timedelta(days=self.day_words[match["word"]]))

    def weekday(self, match: re.Match[str], now: datetime) -> Point:
        """Read a day of the week, of the week that is named or the coming one."""
        number = self.weekdays.index(match["day"])
        if match["week"]:
            return Point(day=weekday(now, number, self.weeks[match["week"]]))
        coming = weekday(now, number, None)
        return Point(day=coming, past=Point(day=coming - 7 * DAY))

    def weekend(self, match: re.Match[str], now: datetime) -> Point:
        """Read the weekend of the week that is named, or of this one."""
        if match["week"]:
            return whole_weekend(now, self.weeks[match["week"]])
        return replace(whole_weekend(now, 0), past=whole_weekend(now, -1))

    def week(self, match: re.Match[str], now: datetime) -> Point:
        """Read a week: 이번 주, 来週."""
        weeks = self.weeks[match["week"]]
        return Point(day=weekday(now, 0, weeks), last_day=weekday(now, 6, weeks))

    def month(self, match: re.Match[str], now: datetime) -> Point:
        """Read a month reckoned from this one: 다음 달, 来月."""
        return _whole_month(add_months(now.date().replace(day=1), self.months[match["month"]]))

    def year(self, match: re.Match[str], now: datetime) -> Point:
        """Read a year reckoned from this one: 내년, 来年."""
        year = now.year + self.years[match["year"]]
        return Point(day=date(year, 1, 1), last_day=date(year, 12, 31))

    def named_month(self, match: re.Match[str], now: datetime) -> Point | None:
        """Read a month of the year, the coming one: 3월, 三月."""
        month = self._month_number(match["month"])
        year = self.year_number(match["year"], now)
        if year is not None:
            return _whole_month(date(year, month, 1))
        coming, last = yearly(now.replace(day=1), lambda year: date(year, month, 1))
        return in_turn(_whole_month(coming) if coming else None, _whole_month(last) if last else None)

    def day_of_year(self, match: re.Match[str], now: datetime) -> Point | None:
        """Read a day of a month, of the year that is named or the coming one."""
        month, day = self._month_number(match["month"]), self.number(match["day"])
        year = self.year_number(match["year"], now)
        if year is not None:
            return Point(day=date(year, month, day))
        return _in_turn(*yearly(now, lambda year: date(year, month, day)))

    def day_of_month(self, match: re.Match[str], now: datetime) -> Point | None:
        """Read a day of a month reckoned from this one, or the coming one: 다음 달 3일, 三日."""
        day = self.number(match["day"])
        if match["months"]:
            first = add_months(now.date().replace(day=1), self.months[match["months"]])
            return Point(day=first.replace(day=day))
        return _in_turn(*monthly(now, day))

    def clock(self, match: re.Match[str], now: datetime) -> Point | None:
        """Read a time of day, in the part of the day that is named."""
        clock = self.clock_time(match)
        return None if clock is None else self.in_part(match["part"], clock)

    def clock_time(self, match: re.Match[str], last_hour: int = 24) -> timedelta | None:
        """Read hour, minute and second as they are said; None when there is no such time."""
        said = match.groupdict()
        hour, minute = self.number(said["hour"]), self.number(said["minute"] or "0")
        minute = 30 if said.get("half") else minute
        second = self.number(said["second"] or "0")
        if hour > last_hour or minute > 59 or second > 59:
            return None
        return timedelta(hours=hour, minutes=minute, seconds=second)

    def in_part(self, part: str | None, clock: timedelta) -> Point:
        """Move a time of twelve hours into the part of the day that was named."""
        named = self.alike.get(part or "", part)
        said = bool(part) or clock // timedelta(hours=1) > 12
        return Point(clock=self.halves.moved(named, clock), half=said)

    def noon(self, match: re.Match[str], now: datetime) -> Point:
        """Read a word for noon or midnight."""
        return Point(clock=HALF_DAY if match["word"] in self.noons else DAY, half=True)

    def part(self, match: re.Match[str], now: datetime) -> Point:
        """Read a part of the day: 아침, 夕方."""
        return self.whole_part(match["part"])

    def whole_part(self, part: str, day: date | None = None) -> Point:
        """Return all hours of a part of the day."""
        start, end = self.parts[self.alike.get(part, part)]
        return Point(day=day, clock=timedelta(hours=start), clock_end=timedelta(hours=end), half=True)

    def _month_number(self, text: str) -> int:
        return self.month_names.get(text) or self.number(text)

    def year_number(self, text: str | None, now: datetime) -> int | None:
        """Read a year, its number or a word for it; None when none is said."""
        if not text:
            return None
        if text in self.years:
            return now.year + self.years[text]
        return self.number(text.removesuffix(self.year_mark))


def _in_turn(coming: date | None, last: date | None) -> Point | None:
    return in_turn(Point(day=coming) if coming else None, Point(day=last) if last else None)


def _whole_month(first: date) -> Point:
    return Point(day=first, last_day=add_months(first, 1) - DAY)


def any_of(*tables: Iterable[str]) -> str:
    """Make a pattern of words, the longest first."""
    return "|".join(sorted((word for table in tables for word in table), key=len, reverse=True))


def duration_group(pattern: str) -> str:
    """Make the group ``duration`` of a pattern.

    Matched as far as it goes and never shorter: a row of ambiguous numerals can be divided in too many ways.
    """
    return rf"(?=(?P<duration>{pattern}))(?P=duration)"


def whole_weekend(now: datetime, weeks: int) -> Point:
    """Return both days of a weekend."""
    return Point(day=weekday(now, 5, weeks), last_day=weekday(now, 6, weeks))


def end_of_month(match: re.Match[str], now: datetime) -> Point:
    """Read a word for the last day of this month."""
    return Point(day=_whole_month(now.date().replace(day=1)).last_day)


def later(read_duration: Callable[[str], Duration | None], ago: str) -> Maker:
    """Make the reader of moments some hours or minutes from now.

    :param read_duration: reads the length of time.
    :param ago: the word of the group ``way`` that counts back.
    """

    def make(match: re.Match[str], now: datetime) -> Point | None:
        duration = read_duration(match["duration"])
        if duration is None or duration.months or not duration.seconds:
            return None
        passed = timedelta(days=duration.days, seconds=duration.seconds)
        return Point(moment=now - passed if match["way"] == ago else now + passed)

    return make


def lasting(read_duration: Callable[[str], Duration | None], back: Iterable[str]) -> Maker:
    """Make the reader of the time around now of a length: 앞으로 3일간, 最近1週間; today is one of its days.

    :param read_duration: reads the length of time.
    :param back: the words of the group ``way`` that count back.
    """
    words = frozenset(back)

    def make(match: re.Match[str], now: datetime) -> Point | None:
        duration = read_duration(match["duration"])
        if not duration or duration == Duration() or (duration.months and duration.seconds):
            return None
        way = -1 if match["way"] in words else 1
        if duration.seconds:
            clock = timedelta(hours=now.hour, minutes=now.minute, seconds=now.second)
            other = clock + way * timedelta(days=duration.days, seconds=duration.seconds)
            return Point(now.date(), clock=min(clock, other), clock_end=max(clock, other))
        today = now.date()
        other_day = add_months(today, way * duration.months) + way * (duration.days - 1) * DAY
        return Point(day=min(today, other_day), last_day=max(today, other_day))

    return make


def right_now(match: re.Match[str], now: datetime) -> Point:
    """Read a word for now."""
    return Point(moment=now)


def iso_day(match: re.Match[str], now: datetime) -> Point:
    """Read a date in digits: 2026-11-21."""
    return Point(day=date(int(match["year"]), int(match["month"]), int(match["day"])))


def _slashed(match: re.Match[str], now: datetime) -> Point | None:
    month, day = int(match["month"]), int(match["day"])
    return _in_turn(*yearly(now, lambda year: date(year, month, day)))


DIGITAL_DAYS = (
    rule(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)", iso_day),
    rule(r"(?P<month>\d\d?)/(?P<day>\d\d?)(?!\d)", _slashed),
)
"""Dates in digits, the year first: 2026-11-21, 2026.11.21, 11/21."""

DIGITAL_CLOCK = r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
"""A pattern of times of day in digits."""
