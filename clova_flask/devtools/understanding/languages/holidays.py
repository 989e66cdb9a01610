"""Holidays: how their days are reckoned, in whatever language they are said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from .days import DAY, nth_weekday, yearly
from .point import Point, in_turn
from .times import Maker

Reckon = Callable[[int], date | None]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday.

    :ivar reckon: its day in a year; None, or a ValueError, where it is not known.
    :ivar before: days before it that belong to it.
    :ivar after: days behind it that belong to it.
    """

    reckon: Reckon
    before: int = 0
    after: int = 0

    def around(self, day: date | None) -> Point | None:
        """Return the holiday that is on a day."""
        if day is None:
            return None
        if not (self.before or self.after):
            return Point(day=day)
        return Point(day=day - self.before * DAY, last_day=day + self.after * DAY)


def fixed(month: int, day: int) -> Holiday:
    """Return a holiday that is on the same day of every year."""
    return Holiday(lambda year: date(year, month, day))


def on_weekday(month: int, nth: int, weekday: int) -> Holiday:
    """Return a holiday like the second Monday (0) of January."""
    return Holiday(lambda year: nth_weekday(year, month, nth, weekday))


def listed(first_year: int, days: str) -> Reckon:
    """Return what reckons by a table.

    :param days: ``02-17 02-07``, one for each year from the first on.
    """
    known = {first_year + n: row for n, row in enumerate(days.split())}
    return lambda year: date.fromisoformat(f"{year}-{known[year]}") if year in known else None


def reader(holidays: Mapping[str, Holiday], year_of: Callable[[str | None, datetime], int | None]) -> Maker:
    """Make the reader of holidays, of the year that is named or the coming ones.

    :param year_of: reads the group ``year``.
    """

    def make(match: re.Match[str], now: datetime) -> Point | None:
        holiday, year = holidays[match["holiday"]], year_of(match["year"], now)
        if year is not None:
            return holiday.around(holiday.reckon(year))
        coming, last = yearly(now, holiday.reckon)
        return in_turn(holiday.around(coming), holiday.around(last))

    return make


def with_words(*rows: tuple[str, Holiday]) -> dict[str, Holiday]:
    """Map every word, of those that a space divides, to its holiday."""
    return {word: holiday for words, holiday in rows for word in words.split()}
