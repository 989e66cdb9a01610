"""Convert a slot, or a value of a payload, to what a handler's parameter is annotated with.

A converter is made once, when the handler is registered, and is called with a :class:`Slot`. The
``valueType`` of a slot does not always match its value, so converters read the value alone.
"""

from __future__ import annotations

import enum
import inspect
from collections import abc
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal, get_args, get_origin

from marshmallow import ValidationError, fields

from .annotations import UNIONS
from .values import (
    Interval,
    Quantity,
    Slot,
    parse_any_point,
    parse_date,
    parse_first_day,
    parse_last_day,
    parse_number,
    parse_point,
    parse_quantity,
    parse_time,
)

Converter = Callable[[Slot], Any]

REFUSALS = (ValueError, TypeError, ArithmeticError, ValidationError)
"""What a converter raises when a value is not valid."""

_YES = {"true", "yes", "on", "1", "네", "예", "응", "はい", "うん", "ええ"}
_NO = {"false", "no", "off", "0", "아니", "아니요", "아니오", "아뇨", "いいえ", "いや"}


def _text(slot: Slot) -> str:
    return slot.value or ""


def _int(slot: Slot) -> int:
    text = _text(slot)
    if text.isascii() and text.isdigit() and len(text) < 100:
        return int(text)  # what CEK nearly always sends
    number = parse_number(text)
    if number != number.to_integral_value():
        raise ValueError("not a whole number")
    return int(number)


def _float(slot: Slot) -> float:
    return float(parse_number(_text(slot)))


def _bool(slot: Slot) -> bool:
    word = _text(slot).strip().lower()
    if word not in _YES | _NO:
        raise ValueError("not a yes or a no")
    return word in _YES


def _timedelta(slot: Slot) -> timedelta:
    from .durations import parse_duration  # most extensions have no durations

    return parse_duration(_text(slot)).timedelta


def _of_text(parse: Callable[[str], Any]) -> Converter:
    return lambda slot: parse(_text(slot))


_PLAIN: dict[Any, Converter] = {
    str: _text,
    Any: _text,
    object: _text,
    int: _int,
    float: _float,
    bool: _bool,
    Decimal: _of_text(parse_number),
    datetime: _of_text(parse_point),
    date: _of_text(parse_date),
    time: _of_text(parse_time),
    timedelta: _timedelta,
    Quantity: lambda slot: parse_quantity(_text(slot), slot.unit),
    Slot: lambda slot: slot,
}

_HALVES: dict[Any, tuple[Callable[[str], Any], Callable[[str], Any]]] = {
    date: (parse_first_day, parse_last_day),
    time: (parse_time, parse_time),
    datetime: (parse_point, parse_point),
    Any: (partial(parse_any_point, day=parse_first_day), partial(parse_any_point, day=parse_last_day)),
}
"""What parses the start and the end of an interval."""

# In a union the strictest type is tried first, whatever the order it is written in.
_LOOSENESS = {
    datetime: 0,
    timedelta: 0,
    int: 1,
    bool: 2,
    Decimal: 2,
    float: 2,
    date: 3,
    time: 3,
    str: 9,
}


class NoConverter(TypeError):
    """Nothing of a message can become what an annotation says."""


CONVERTIBLE = (
    "str, int, float, Decimal, bool, date, time, datetime, timedelta, Duration, Interval[...], Quantity, "
    "Slot, an Enum, a Literal, X | None, or Annotated[X, a marshmallow field or validator]"
)
"""Every annotation that there is a converter for, in words."""


def converter(annotation: Any) -> Converter:
    """Make the converter of a slot for an annotation.

    :param annotation: a type, not a string.
    :raises NoConverter: there is none for it; see :data:`CONVERTIBLE`.
    :raises TypeError: it is one of ours, with an argument that is not.
    """
    origin = get_origin(annotation)
    if origin is None and annotation in _PLAIN:
        return _PLAIN[annotation]
    if annotation is Interval or origin is Interval:
        return _interval(annotation)
    if origin in UNIONS:
        return _union(annotation)
    if origin is Literal:
        return _choice({str(value): value for value in get_args(annotation) if value is not None})
    if origin is Annotated:
        return _annotated(annotation)
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        names = {member.name: member for member in annotation}
        return _choice({**names, **{str(member.value): member for member in annotation}})
    if isinstance(annotation, type) and annotation.__name__ == "Duration":
        from .durations import Duration, parse_duration

        if annotation is Duration:
            return _of_text(parse_duration)
    name = inspect.formatannotation(annotation)
    raise NoConverter(f"a value of a message cannot be converted to {name}. Annotate it as {CONVERTIBLE}.")


def value_converter(annotation: Any, objects: Mapping[Any, Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """Make the converter of a JSON value, as payloads have it, for an annotation.

    :param annotation: a type, not a string.
    :param objects: types that are made from a JSON object, each with the function that makes it.
    :raises NoConverter: there is none for it.
    """
    members = [member for member in _members(annotation) if member is not type(None)]
    only = members[0] if len(members) == 1 else None
    if only in objects:
        return objects[only]
    if only in (Any, object):
        return lambda value: value
    kind = get_origin(only) or only
    if kind in (dict, list, abc.Mapping):
        return partial(_require, kind)
    if only is float:
        return _float_of_json
    convert = converter(annotation)
    return lambda value: convert(_as_slot(value))


def _require(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError("another JSON type")
    return value


def _float_of_json(value: Any) -> float:
    # An int is a number as well, and is sent back as it came.
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return _float(_as_slot(value))


def _as_slot(value: Any) -> Slot:
    if isinstance(value, bool):
        return Slot(value="true" if value else "false")
    if isinstance(value, float) and value.is_integer():
        return Slot(value=str(int(value)))
    if isinstance(value, (str, int, float)):
        return Slot(value=str(value))
    raise TypeError("must not be an object or a list")


def _members(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in UNIONS else (annotation,)


def _union(annotation: Any) -> Converter:
    members = [member for member in get_args(annotation) if member is not type(None)]
    members.sort(key=lambda member: _LOOSENESS.get(member, 5) if isinstance(member, type) else 5)
    converters = [converter(member) for member in members]
    return converters[0] if len(converters) == 1 else partial(_first_that_converts, converters)


def _first_that_converts(converters: list[Converter], slot: Slot) -> Any:
    for convert in converters[:-1]:
        try:
            return convert(slot)
        except REFUSALS:
            continue
    return converters[-1](slot)


def _choice(values: Mapping[str, Any]) -> Converter:
    def convert(slot: Slot) -> Any:
        try:
            return values[_text(slot).strip()]
        except KeyError:
            raise ValueError("not one of the choices") from None

    return convert


def _interval(annotation: Any) -> Converter:
    arguments = get_args(annotation) or (Any,)
    if arguments[0] not in _HALVES:
        name = inspect.formatannotation(annotation)
        raise TypeError(f"{name} must be Interval[date], Interval[time] or Interval[datetime].")
    first, last = _HALVES[arguments[0]]

    def convert(slot: Slot) -> Interval[Any]:
        start, slash, end = _text(slot).partition("/")
        if not slash:
            end = start
        if not (start.strip() or end.strip()):
            raise ValueError("not an interval")
        return Interval(first(start) if start.strip() else None, last(end) if end.strip() else None)

    return convert


def _annotated(annotation: Any) -> Converter:
    inner, *metadata = get_args(annotation)
    extras = [
        extra() if isinstance(extra, type) and issubclass(extra, fields.Field) else extra
        for extra in metadata
    ]
    field = next((extra for extra in extras if isinstance(extra, fields.Field)), None)
    convert = _of_text(field.deserialize) if field else converter(inner)
    validators = [extra for extra in extras if callable(extra) and extra is not field]

    def convert_and_validate(slot: Slot) -> Any:
        value = convert(slot)
        for validate in validators:
            if validate(value) is False:
                raise ValueError("refused by its validator")
        return value

    return convert_and_validate if validators else convert
