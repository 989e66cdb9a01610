"""Days of the calendar, reckoned from the day on which something is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
_YEARS = 8  # that a day may be away: 29 February is in one of any eight years

Turn = tuple[date | None, date | None]
"""Of days that come again and again the coming one and the last one, both today where it is one."""


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


def yearly(now: datetime, make: Callable[[int], date | None]) -> Turn:
    """Return the coming and the last of the days that years have.

    :param make: the day of a year; None, or a ValueError, for a year that has none.
    """
    years = range(now.year - _YEARS, now.year + _YEARS + 1)
    return _turn((_made(make, year) for year in years), now.date())


def monthly(now: datetime, day: int) -> Turn:
    """Return the coming and the last of the months' days of a number."""
    first = now.date().replace(day=1)
    months = range(-3, 4)
    return _turn((_made(lambda n: add_months(first, n).replace(day=day), n) for n in months), now.date())


def _made(make: Callable[[int], date | None], number: int) -> date | None:
    try:
        return make(number)
    except ValueError:
        return None


def _turn(days: Iterable[date | None], today: date) -> Turn:
    known = [day for day in days if day]
    coming = next((day for day in known if day >= today), None)
    return coming, next((day for day in reversed(known) if day <= today), None)


def weekday(now: datetime, weekday_: int, weeks: int | None) -> date:
    """Return a day of this week (0), the next (1)…, weeks beginning on Monday; the coming one for None."""
    today = now.date()
    if weeks is None:
        return today + timedelta(days=(weekday_ - today.weekday()) % 7)
    return today + timedelta(days=weekday_ - today.weekday() + 7 * weeks)


def nth_weekday(year: int, month: int, nth: int, weekday_: int) -> date:
    """Return the first, second… of a month's Mondays (0), Tuesdays…; the last one for -1.

    :raises ValueError: the month has no such day.
    """
    if nth < 0:
        last = add_months(date(year, month, 1), 1) - DAY
        return last - timedelta(days=(last.weekday() - weekday_) % 7 - 7 * (nth + 1))
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday_ - first.weekday()) % 7 + 7 * (nth - 1))
    if found.month != month:
        raise ValueError("a month has four or five of each day of the week")
    return found
