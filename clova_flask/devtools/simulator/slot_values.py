"""Python values as the platforms write them into slots.

From the guides' built-in slot types: ISO 8601 for dates, times and durations, digits for numbers, and the
representative word for everything that has words.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

from ...errors import type_name
from ...injection.durations import Duration
from ...injection.values import Interval, Quantity, Slot

SEOUL_AND_TOKYO = timezone(timedelta(hours=9))
"""The time zone of the users of both platforms."""


def write_slot_value(name: str, value: Any, zone: tzinfo = SEOUL_AND_TOKYO) -> dict[str, Any]:
    """Write a slot.

    :param value: text, a number, a date, a time, a duration, an Interval, a Quantity, a bool, a member of an
        Enum, a :class:`~clova_flask.Slot`, any object that stands for text, or a slot in wire form.
    :param zone: the time zone of a date with time that has none.
    :raises TypeError: no slot has such a value.
    """
    value = _zoned(value, zone)
    if isinstance(value, Mapping):
        return {"name": name, **value}
    slot = value if isinstance(value, Slot) else _slot(name, value)
    fields = {"value": slot.value, "unit": slot.unit, "valueType": slot.value_type}
    return {"name": name, **{key: part for key, part in fields.items() if part is not None}}


def _zoned(value: Any, zone: tzinfo) -> Any:
    if isinstance(value, Interval):
        return Interval(_zoned(value.start, zone), _zoned(value.end, zone))
    is_naive = isinstance(value, datetime) and value.tzinfo is None
    return value.replace(tzinfo=zone) if is_naive else value


def _slot(name: str, value: Any) -> Slot:
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value)
    if isinstance(value, (list, tuple, set, frozenset, bytes)):
        raise TypeError(
            f"The slot {name!r} cannot be {type_name(value)}. A slot has one value: text, a number, a date, "
            "a time, a duration, an Interval, a Quantity, a bool, a member of an Enum, or a Slot."
        )
    return Slot(value=str(value))


def _enum(value: enum.Enum) -> Slot:
    return Slot(value=value.value if isinstance(value.value, str) else value.name)


def _number(value: float | Decimal) -> str:
    number = Decimal(str(value))
    is_whole = number.is_finite() and number == number.to_integral_value()
    return format(number.to_integral_value() if is_whole else number, "f")


def _point(value: date | time) -> tuple[str, str]:
    """Write a date, a time or both, with the kind that it is."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds"), "DATETIME"
    if isinstance(value, time):
        return value.replace(tzinfo=None).isoformat(timespec="seconds"), "TIME"
    return value.isoformat(), "DATE"


def _dated(value: date | time) -> Slot:
    text, kind = _point(value)
    return Slot(value=text, value_type=kind)


def _interval(value: Interval[Any]) -> Slot:
    halves = [("", "") if half is None else _point(half) for half in (value.start, value.end)]
    kind = next((kind for _, kind in halves if kind), None)
    return Slot(value="/".join(text for text, _ in halves), value_type=kind and f"{kind}.INTERVAL")


def _duration(value: timedelta) -> Slot:
    length = abs(value)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = Duration(
        days=length.days, hours=hours, minutes=minutes, seconds=seconds + length.microseconds / 1e6
    )
    return Slot(value=f"{'-' if value < timedelta(0) else ''}{parts}")


_WRITERS: dict[type, Callable[[Any], Slot]] = {
    enum.Enum: _enum,
    bool: lambda value: Slot(value="true" if value else "false"),
    str: lambda value: Slot(value=str(value)),
    int: lambda value: Slot(value=str(int(value))),
    float: lambda value: Slot(value=_number(value)),
    Decimal: lambda value: Slot(value=_number(value)),
    date: _dated,
    time: _dated,
    timedelta: _duration,
    Interval: _interval,
    Quantity: lambda value: Slot(value=_number(value.value), unit=value.unit),
}
"""What writes each type, the more special ones first; a datetime is a date."""
