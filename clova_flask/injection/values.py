"""Slots and their values: intervals, quantities, dates and times.

From the guides' built-in slot types ``CLOVA.DATETIME`` and those with a unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Generic, TypeVar

from ..wire.iso8601 import parse_datetime
from ..wire.objects import WireObject, on_wire, wire_object

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Interval(Generic[T]):
    """A start and an end: ``Interval[date]``, ``Interval[time]``, ``Interval[datetime]``.

    An open start or end is None. A week, ``2018-W32``, is from its Monday to its Sunday. As an annotation a
    bare ``Interval`` accepts dates, times and both together.
    """

    start: T | None
    end: T | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, ``Quantity(Decimal("3"), "kg")``; the unit is None when there is none."""

    value: Decimal
    unit: str | None = None


@wire_object
class Slot(WireObject):
    """One slot of an intent.

    :ivar value: the user's words, or the representative word for them; None or ``""`` when the slot is empty.
    :ivar unit: the unit of the value, or an ISO 4217 currency code (JP).
    :ivar value_type: the kind of date or time, such as ``DATE`` or ``TIME.INTERVAL`` (JP).
    """

    name: str = ""
    value: str | None = field(default=None, metadata=on_wire(or_number=True))
    unit: str | None = None
    value_type: str | None = None


_NUMBER = re.compile(r"[+-]?\d{1,100}(?:\.\d{1,100})?")
_QUANTITY = re.compile(rf"({_NUMBER.pattern})\s*((?![-:/.\d]).*)", re.DOTALL)
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?")


def parse_number(text: str) -> Decimal:
    """Parse a number in digits of any script, with or without thousands separators.

    :raises ValueError: the text is not a number.
    """
    digits = _plain(text).replace(",", "")
    if not _NUMBER.fullmatch(digits):
        raise ValueError("not a number")
    return Decimal(digits)


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _plain(text: str) -> str:
    """Replace full-width digits and signs by plain ones; units such as ``℃`` stay as they are."""
    return text.translate(_FULL_WIDTH).strip()


def parse_quantity(text: str, unit: str | None) -> Quantity:
    """Parse a number, and the unit after it when the slot has no unit of its own.

    :raises ValueError: the text does not begin with a number.
    """
    if unit:
        return Quantity(parse_number(text), unit)
    match = _QUANTITY.fullmatch(re.sub(r"(?<=\d),(?=\d)", "", _plain(text)))
    if not match:
        raise ValueError("not a quantity")
    return Quantity(Decimal(match[1]), match[2].strip() or None)


def parse_date(text: str) -> date:
    """Parse a date, or the date of a date with time.

    :raises ValueError: the text is neither. A week, ``2018-W32``, is no date, though Python takes it for one.
    """
    if _is_week(text.strip()):
        raise ValueError("a week, not a date")
    return parse_first_day(text)


def parse_first_day(text: str) -> date:
    """Parse a date as :func:`parse_date` does, or a week, whose first day it returns.

    :raises ValueError: the text is neither.
    """
    point = parse_datetime(text)
    return point.date() if point else date.fromisoformat(text.strip())


def parse_last_day(text: str) -> date:
    """Parse a date as :func:`parse_date` does, or a week, whose last day it returns.

    :raises ValueError: the text is neither.
    """
    day = parse_first_day(text)
    return day.fromordinal(day.toordinal() + 6) if _is_week(text.strip()) else day


def _is_week(text: str) -> bool:
    return "W" in text and len(text.replace("-", "")) == 7


def parse_time(text: str) -> time:
    """Parse a time of day.

    :raises ValueError: the text is not one; of a date with time the date would be lost.
    """
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise ValueError("not a time of day")
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if (hour, minute, second) == (24, 0, 0):
        hour = 0  # ISO 8601 writes the end of a day so
    return time(hour, minute, second)


def parse_point(text: str) -> datetime:
    """Parse a date with time.

    :raises ValueError: the text is not one; a date alone does not count, since nobody said a time.
    """
    point = parse_datetime(text)
    if point is None:
        raise ValueError("not a date with time")
    return point


def parse_any_point(text: str, day: Callable[[str], date] = parse_date) -> date | time | datetime:
    """Parse a date, a time of day or a date with time, whichever the text is.

    :param day: parses a date.
    :raises ValueError: the text is none of them.
    """
    point = parse_datetime(text)
    if point is not None:
        return point
    return parse_time(text) if ":" in text else day(text)
