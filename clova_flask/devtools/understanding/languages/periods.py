"""Parts of a week, a month or a year: its first day, its last weekend, its second Monday, its end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .days import DAY, add_months, nth_weekday
from .point import Point

_THIRDS = {"first third": (1, 10), "middle third": (11, 20), "last third": (21, 31)}
_FIRST_MONTHS = {"first half": (1, 6), "second half": (7, 6)}
_BESIDE = {"eve": -DAY, "morrow": DAY}
_THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """How a language names the parts of a period; what it names and none of the tables has is not definite.

    :ivar behind: a part behind its period, with the groups ``nth``, ``unit``, ``weekday`` and ``share``.
    :ivar ahead: a part before its period, with the word between them.
    :ivar places: 1, 2…, and -1 for the last.
    :ivar units: ``day``, ``week``, ``weekend`` or ``month`` by the words for them.
    :ivar weekdays: the days of the week, from Monday.
    :ivar shares: ``last day``, ``first third``, ``first half``… by the words; ``eve`` and ``morrow`` are
        the days beside a day.
    """

    behind: re.Pattern[str]
    places: Mapping[str, int]
    units: Mapping[str, str]
    weekdays: Sequence[str]
    shares: Mapping[str, str]
    ahead: re.Pattern[str] = field(default=re.compile("(?!)"))

    def applies(self, match: re.Match[str], whole: Point) -> bool:
        """Whether it is a part of what it stands beside: a day has a day before it, and no end."""
        return bool(whole.last_day) or self.shares.get(match["share"] or "") in _BESIDE

    def read(self, match: re.Match[str], whole: Point) -> Point | None:
        """Read a part of a period; None for what is not definite.

        :raises ValueError: the period has no such part.
        """
        point = self._part(match, whole)
        if point is None or whole.past is None:
            return point
        return Point(point.day, point.last_day, past=self._part(match, whole.past))

    def _part(self, match: re.Match[str], whole: Point) -> Point | None:
        if whole.day is None:
            return None
        if match["share"]:
            return _share(self.shares.get(match["share"], ""), whole.day, whole.last_day)
        if whole.last_day is None:
            return None
        nth = self.places[match["nth"]]
        if match["weekday"]:
            return _weekday(nth, self.weekdays.index(match["weekday"]), whole.day, whole.last_day)
        return _unit(nth, self.units[match["unit"]], whole.day, whole.last_day)


def _is_month(first: date, last: date) -> bool:
    return first.day == 1 and add_months(first, 1) - DAY == last


def _is_year(first: date, last: date) -> bool:
    return (first.month, first.day) == (1, 1) and add_months(first, 12) - DAY == last


def _share(share: str, first: date, last: date | None) -> Point | None:
    if last is None:
        return Point(day=first + _BESIDE[share]) if share in _BESIDE else None
    if share == "first day":
        return Point(day=first)
    if share == "last day" and _is_month(first, last):
        return Point(day=last)
    if share in _THIRDS and _is_month(first, last):
        start, end = _THIRDS[share]
        return Point(day=first.replace(day=start), last_day=first.replace(day=min(end, last.day)))
    if share in _FIRST_MONTHS and _is_year(first, last):
        month, months = _FIRST_MONTHS[share]
        start_day = first.replace(month=month)
        return Point(day=start_day, last_day=add_months(start_day, months) - DAY)
    return None


def _weekday(nth: int, weekday: int, first: date, last: date) -> Point | None:
    if _is_month(first, last):
        return Point(day=nth_weekday(first.year, first.month, nth, weekday))
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return _nth([Point(day=day) for day in days if day.weekday() == weekday], nth)


def _nth(points: Sequence[Point], nth: int) -> Point | None:
    """Return the first (1), the second… or the last (-1); None when there are fewer."""
    place = nth - 1 if nth > 0 else nth
    return points[place] if abs(nth) <= len(points) else None


def _unit(nth: int, unit: str, first: date, last: date) -> Point | None:
    if unit == "day":
        day = first + (nth - 1) * DAY if nth > 0 else last + (nth + 1) * DAY
        return Point(day=day) if first <= day <= last else None
    if unit == "month" and _is_year(first, last):
        start = add_months(first, nth - 1 if nth > 0 else 12 + nth)
        return Point(day=start, last_day=add_months(start, 1) - DAY)
    if unit in ("week", "weekend") and _is_month(first, last):
        # The first week has more days in this month than in the last one: its Thursday is in it.
        known = nth_weekday(first.year, first.month, nth, _THURSDAY if unit == "week" else 5)
        start = known - timedelta(days=known.weekday()) if unit == "week" else known
        return Point(day=start, last_day=start + timedelta(days=6 if unit == "week" else 1))
    return None
