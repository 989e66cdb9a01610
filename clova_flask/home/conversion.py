"""Conversion of payloads: from the wire to what handlers get, and from what they return to the wire.

Handlers see ``target_temperature=23``; the wire has ``"targetTemperature": {"value": 23}``. A request is
checked against the table before a handler runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from types import NoneType
from typing import Any

from ..errors import type_name
from ..wire.iso8601 import parse_datetime, write_datetime, write_duration
from ..wire.numbers import is_no_number, plain_numbers
from ..wire.objects import NOTHING
from ..wire.rows import Field, Shape
from .errors import (
    HomeError,
    UnsupportedOperationError,
    ValueNotFoundError,
    ValueNotSupportedError,
    ValueOutOfRangeError,
)
from .interfaces import INTERFACES, Interface
from .limits import NO_LIMITS, Limits
from .objects import Color, Period, Scene

logger = logging.getLogger("clova_flask")

Reader = Callable[[Mapping[str, Any]], Any]
"""Reads one field of a payload: the plain value, or None when the field is optional and not there."""

Readers = tuple[tuple[str, Reader], ...]
"""The readers of an interface's fields, each with the field's name on the wire."""

_Check = Callable[[Any], None]


def make_readers(interface: Interface, limits: Limits = NO_LIMITS) -> Readers:
    """Make what reads the fields of an interface's requests.

    :param limits: the limits of its value, in place of the choices of the table.
    """
    limited = interface.value_field
    return tuple(
        (field.name, _make_reader(field, limits if field is limited else NO_LIMITS))
        for field in interface.takes
    )


def _make_reader(field: Field, limits: Limits) -> Reader:
    name, inner = field.name, field.value
    convert = _CONVERTERS[field.scalar or field.kind]
    check = _limits_check(name, limits) if limits else _choices_check(field)
    may_be_empty = inner is not None and not inner.required

    def read_field(payload: Mapping[str, Any]) -> Any:
        given = value = payload.get(name)
        if inner is not None and isinstance(given, dict):
            value = given.get("value")
        if value is None:
            if field.required and (given is None or not may_be_empty):
                raise ValueNotSupportedError(f"{name} is missing.")
            return None
        value = convert(name, value)
        if check is not None:
            check(value)
        return value

    def read_alias(payload: Mapping[str, Any]) -> Any:
        given = next((payload[key] for key in (name, *field.aliases) if payload.get(key) is not None), None)
        return read_field({name: given})

    return read_alias if field.aliases else read_field


def _limits_check(name: str, limits: Limits) -> _Check:
    values = limits.values
    minimum, maximum = limits.minimum or 0, limits.maximum or 0

    def check_bounds(value: Any) -> None:
        if not minimum <= value <= maximum:
            raise ValueOutOfRangeError(minimum, maximum)

    # A mode that an appliance does not have is an operation that it does not have.
    error: type[HomeError] = UnsupportedOperationError if name == "mode" else ValueNotSupportedError

    def check_values(value: Any) -> None:
        if value not in values:
            raise error(f"{name} must be one of {', '.join(map(str, values))}.")

    return check_values if values else check_bounds


def _choices_check(field: Field) -> _Check | None:
    name, choices = field.name, field.choices
    numbers = [choice for choice in choices if isinstance(choice, int)]
    if not choices:
        return None

    def check(value: Any) -> None:
        if value not in choices:
            if numbers and not min(numbers) < value < max(numbers):
                raise ValueOutOfRangeError(min(numbers), max(numbers))
            raise ValueNotSupportedError(f"{name} must be one of {', '.join(map(str, choices))}.")

    return check


def _number(name: str, value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = float(value) if not value.strip().lstrip("+-").isdecimal() else int(value)
        except ValueError:
            value = None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value - value != 0:
        raise ValueNotSupportedError(f"{name} must be a number.")
    return value


def _string(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueNotSupportedError(f"{name} must be a string.")
    return value


def _color(name: str, value: Any) -> Color:
    if not isinstance(value, Mapping):
        raise ValueNotSupportedError(f"{name} must be an object.")
    hue, saturation = (_number(key, value.get(key)) for key in ("hue", "saturation"))
    brightness = value.get("brightness")
    return Color(hue, saturation, None if brightness is None else _number("brightness", brightness))


def _period(name: str, value: Any) -> Period:
    ends = [value.get(key) for key in ("start", "end")] if isinstance(value, Mapping) else []
    points = [parse_datetime(end) for end in ends if isinstance(end, str)]
    try:
        start, end = (point if point.tzinfo else point.astimezone() for point in points if point)
    except (ValueError, OverflowError):
        raise ValueNotSupportedError(f"{name} must have two points in time, start and end.") from None
    return Period(start, end)


def _scene(name: str, value: Any) -> Scene:
    # An example of the guide names it as an appliance.
    scene_id = (value.get("sceneId") or value.get("applianceId")) if isinstance(value, Mapping) else None
    if not isinstance(scene_id, str) or not scene_id:
        raise ValueNotSupportedError(f"{name} must have a sceneId.")
    scene_name, details = value.get("sceneName"), value.get("additionalSceneDetails")
    return Scene(
        scene_id,
        scene_name if isinstance(scene_name, str) else "",
        value.get("needsUserConfirmation") is True,
        details if isinstance(details, dict) else NOTHING,
    )


_CONVERTERS: Mapping[str, Callable[[str, Any], Any]] = {
    "number": _number,
    "string": _string,
    "Color": _color,
    "Period": _period,
    "Scene": _scene,
}
"""What makes the value of a field, by its scalar or, of an object, by its kind."""

READERS: Mapping[str, Readers] = {name: make_readers(interface) for name, interface in INTERFACES.items()}
"""The readers of every interface, without limits of a handler's own."""


def write_fields(shape: Shape, value: Any, *, measured: bool = False) -> Any:
    """Write what a handler returns, in wire form or in its own, as it goes over the wire.

    Fields that are None are left out; unknown ones are kept, for the schema to complain about.

    :param measured: whether numbers may be unknown: NaN, None or a word. Optional ones are then left out.
    :raises ValueNotFoundError: a number that must be there is not known.
    """
    if not isinstance(value, dict):
        if is_dataclass(value) and not isinstance(value, type):
            value = asdict(value)
        elif not isinstance(value, Mapping):
            return _plain(value)
    names = shape.names
    written = {}
    for name, inner in value.items():
        field = names.get(name)
        if field is None:
            if inner is not None:
                written[name] = _plain(inner)
        elif measured:
            _write_known(field, inner, written)
        elif inner is not None:
            written[field.name] = _write_field(field, inner, measured)
    return written


def _write_known(field: Field, value: Any, written: dict[str, Any]) -> None:
    """Write a field of a query's answer, unless its number is not known and it is optional."""
    try:
        if value is not None:
            written[field.name] = _write_field(field, value, True)
        elif field.required and field.scalar == "number":
            raise _not_found(field, value)
    except ValueNotFoundError as error:
        if field.required:
            raise
        logger.warning("%s is left out of an answer. %s", field.name, error)


def _write_field(field: Field, value: Any, measured: bool) -> Any:
    if field.others and isinstance(value, Mapping):
        field = _form_of(field, value)
    if field.shape is None:
        return _write_value(field, value, measured)
    if isinstance(value, (list, tuple)):
        return [_write_field(field, item, measured) for item in value]
    if field.value is not None and (type(value) in _SCALARS or not isinstance(value, Mapping)):
        return {"value": _write_value(field.value, value, measured)}
    word, lone = _plain(value), field.shape.lone_required
    if lone is not None and isinstance(word, str):
        return {lone.name: word}
    return write_fields(field.shape, value, measured=measured)


_SCALARS = frozenset({int, float, str, bool})


def _write_value(field: Field, value: Any, measured: bool) -> Any:
    if type(value) is int or (not measured and type(value) in (float, str)):
        return value
    plain = _plain(value)
    if measured and field.kind == "number" and is_no_number(plain):
        raise _not_found(field, value)
    return plain


def _not_found(field: Field, value: Any) -> ValueNotFoundError:
    shown = repr(value) if isinstance(value, (str, float, NoneType)) else type_name(value)
    return ValueNotFoundError(f"{field.name} must be a number, not {shown}.")


def _form_of(field: Field, value: Mapping[str, Any]) -> Field:
    """Return the field, or the other form of it that has what a handler returns."""
    forms = [form for form in (field, *field.others) if form.shape is not None]
    return next((form for form in forms if form.shape and form.shape.names.keys() >= value.keys()), field)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return write_datetime(value)
    if isinstance(value, timedelta):
        return write_duration(value)
    return plain_numbers(value)
