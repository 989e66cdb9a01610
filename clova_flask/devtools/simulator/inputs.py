"""The inputs of a form for a message: those of a Clova Home action, and those of an event."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...custom.catalogue import EVENTS, event_regions
from ...home.appliance_types import OPERATION_MODES
from ...home.interfaces import INTERFACES
from ...home.messages import PERCENTAGES
from ...home.remarks import greatest_of
from ...wire.rows import Field

_DETAILS = "additionalApplianceDetails"
_UNITS = {**dict.fromkeys(PERCENTAGES, "%"), "hue": "°"}
"""Units by the kind of an object, or by the name of its field."""
_SAFE = {"color.saturation": 1}
"""Values of fields for which the guide has no limits, that are within any: 1 is among 0 to 1 and 0 to 100."""
_STEP = "delta"
"""How the names of fields begin that say by how much."""


@dataclass(frozen=True, slots=True)
class Input:
    """An input of a form.

    :ivar name: ``brightness``, ``color.hue``.
    :ivar kind: ``number``, ``text``, ``yes_no`` or ``json``.
    :ivar required: whether the request must have it.
    :ivar choices: the values it may have; empty for any.
    :ivar minimum: the least number that the appliance takes; None where it tells none.
    :ivar maximum: the greatest, likewise.
    :ivar greatest: the greatest that the guide has, of which 0 is the least; None where it has none.
    :ivar unit: the unit of the number, as far as the guide tells it.
    """

    name: str
    kind: str
    required: bool
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    greatest: float | None = None
    unit: str = ""


def inputs_of(action: str, appliance: Mapping[str, Any]) -> list[Input]:
    """List the inputs of an action, with the limits that discovery told.

    :param appliance: the appliance, as discovery told it.
    """
    interface = INTERFACES.get(action)
    if interface is None:
        return []
    limits = _allowed(appliance, action)
    return [one for field in interface.takes for one in _inputs(field, appliance, limits)]


def event_inputs(name: str) -> list[Input]:
    """List the inputs of an event, by its full name, with the names that its payload has on the wire.

    :return: none for an event that the guides do not define.
    """
    return [one for field in EVENTS.get(name, ()) for one in _of_payload(field)]


def _of_payload(field: Field) -> Iterator[Input]:
    for part in field.shape or ():
        yield Input(
            f"{field.name}.{part.name}", _kind(part), field.required and part.required, _choices(part)
        )
    if not field.shape:
        yield Input(field.name, _kind(field), field.required, _choices(field))


def events_of(region: str) -> list[str]:
    """List the events that a platform sends.

    :param region: ``KR`` or ``JP``.
    """
    return [name for name in EVENTS if region in event_regions(name) or not event_regions(name)]


def _allowed(appliance: Mapping[str, Any], action: str) -> Mapping[str, Any]:
    """Return what discovery told of an action's value, its ``allowableValue``."""
    details = _object(appliance.get(_DETAILS)).get("actionDetails")
    rows = details if isinstance(details, list) else []
    mine = (row for row in map(_object, rows) if row.get("action") == action)
    return _object(_object(next(mine, None)).get("allowableValue"))


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _inputs(field: Field, appliance: Mapping[str, Any], limits: Mapping[str, Any]) -> Iterator[Input]:
    if field.scalar is None and field.shape and not field.many:
        for part in field.shape:
            required = field.required and part.required
            yield Input(
                f"{field.python_name}.{part.python_name}",
                _kind(part),
                required,
                _choices(part),
                greatest=greatest_of(part),
                unit=_unit(part),
            )
        return
    choices = _modes(appliance) if field.kind == "Mode" else _choices(field)
    if not field.required:  # the limits are of the action's own value
        yield Input(field.python_name, _kind(field), False, choices)
        return
    listed = limits.get("enumValues")
    if isinstance(listed, list):
        choices = tuple(map(str, listed))
    minimum, maximum = _number(limits.get("minValue")), _number(limits.get("maxValue"))
    yield Input(
        field.python_name,
        _kind(field),
        field.required,
        choices,
        minimum,
        maximum,
        greatest=greatest_of(field),
        unit=_unit(field),
    )


def _unit(field: Field) -> str:
    return _UNITS.get(field.kind) or _UNITS.get(field.name, "")


def _kind(field: Field) -> str:
    if field.many or field.scalar in (None, "any", "object"):
        return "json"
    if field.scalar == "boolean":
        return "yes_no"
    return "number" if field.scalar == "number" else "text"


def _choices(field: Field) -> tuple[str, ...]:
    found = field.choices or (field.value.choices if field.value else ())
    return tuple(map(str, found))


def _modes(appliance: Mapping[str, Any]) -> tuple[str, ...]:
    types = appliance.get("applianceTypes")
    rows = [OPERATION_MODES[name] for name in types or () if name in OPERATION_MODES]
    return tuple(sorted(frozenset().union(*(row.kr for row in rows))))


def _number(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def example_fields(inputs: list[Input]) -> dict[str, Any] | None:
    """Choose a value for each input that is required; None where none can be known.

    A value is in the middle of its limits, so that steps can be taken from it in both directions; a step is
    the least that there is.
    """
    fields: dict[str, Any] = {}
    for one in (one for one in inputs if one.required):
        value = _valid(one)
        if value is None:
            return None
        put(fields, one, value)
    return fields


def _valid(one: Input) -> Any:
    if one.choices:
        return json.loads(one.choices[0]) if one.kind == "number" else one.choices[0]
    if one.name.startswith(_STEP):
        return 1 if one.minimum is None else one.minimum
    if one.minimum is not None and one.maximum is not None:
        return _middle(one.minimum, one.maximum)
    if one.minimum is not None or one.maximum is not None:
        return one.minimum if one.minimum is not None else one.maximum
    return _SAFE.get(one.name) if one.greatest is None else one.greatest // 2


def _middle(least: float, greatest: float) -> float:
    """Return a number between two, as whole as they are."""
    both = least + greatest
    is_whole = isinstance(least, int) and isinstance(greatest, int)
    return both // 2 if is_whole else both / 2


def put(fields: dict[str, Any], one: Input, value: Any) -> None:
    """Put the value of an input into the fields of a request."""
    name, _dot, part = one.name.partition(".")
    if part:
        fields.setdefault(name, {})[part] = value
    else:
        fields[name] = value
