"""The values of a request's payload, checked against the table before a handler sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..wire.iso8601 import parse_datetime
from ..wire.objects import NOTHING
from .errors import ValueNotSupportedError, ValueOutOfRangeError
from .interfaces import Interface
from .shapes import unwrap
from .shared_objects import OBJECTS, WRAPPED


@dataclass(frozen=True, slots=True)
class Color:
    """``ColorInfoObject``, in the numbers that the platform sends."""

    hue: float
    saturation: float
    brightness: float | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """``PeriodInfoObject``, as aware datetimes."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Scene:
    """``SceneInfoObject``: a scene that discovery lists and an action names (JP).

    :ivar details: anything of yours that should come back with the action.
    """

    id: str
    name: str = ""
    needs_confirmation: bool = False
    details: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


def read_value(interface: Interface, key: str, payload: Mapping[str, Any], *, check_choices: bool) -> Any:
    """Read one field of a request.

    :param key: its name on the wire.
    :param payload: the request's payload.
    :param check_choices: refuse what the table does not list for it.
    :return: the value, unwrapped; None when the field is optional and not there.
    :raises HomeError: it is missing, of another type, or not in the table.
    """
    row, _, choices = interface.takes[key].partition(" ")
    kind = row.removesuffix("!")
    given = payload.get(key)
    value = unwrap(kind, given)
    if value is None:
        may_be_empty = given is not None and kind in WRAPPED and not OBJECTS[kind]["value"].endswith("!")
        if row.endswith("!") and not may_be_empty:
            raise ValueNotSupportedError(f"{key} is missing")
        return None
    scalar = OBJECTS[kind]["value"] if kind in WRAPPED else row
    choices = choices or scalar.partition(" ")[2]
    value = _READERS[kind](value) if kind in _READERS else _scalar(key, scalar, value)
    if choices and check_choices:
        _require_choice(key, value, choices.split("|"))
    return value


def _scalar(key: str, row: str, value: Any) -> Any:
    kind = row.partition(" ")[0].removesuffix("!")
    if kind == "number":
        return _number(key, value)
    if kind == "boolean" and isinstance(value, bool):
        return value
    if kind == "string" and isinstance(value, str):
        return value
    raise ValueNotSupportedError(f"{key} is no {kind}")


def _number(key: str, value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = float(value) if not value.strip().lstrip("+-").isdecimal() else int(value)
        except ValueError:
            value = None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value - value != 0:
        raise ValueNotSupportedError(f"{key} is no number")
    return value


def _require_choice(key: str, value: Any, choices: list[str]) -> None:
    if isinstance(value, str):
        if value not in choices:
            raise ValueNotSupportedError(f"{key} is none of {', '.join(choices)}")
    elif value not in (numbers := [int(choice) for choice in choices]):
        if min(numbers) < value < max(numbers):
            raise ValueNotSupportedError(f"{key} is none of {', '.join(choices)}")
        raise ValueOutOfRangeError(min(numbers), max(numbers))


def _color(value: Any) -> Color:
    if not isinstance(value, Mapping):
        raise ValueNotSupportedError("color is no object")
    hue, saturation = (_number(key, value.get(key)) for key in ("hue", "saturation"))
    brightness = value.get("brightness")
    return Color(hue, saturation, None if brightness is None else _number("brightness", brightness))


def _period(value: Any) -> Period:
    ends = [value.get(key) for key in ("start", "end")] if isinstance(value, Mapping) else []
    points = [parse_datetime(end) for end in ends if isinstance(end, str)]
    try:
        start, end = (point if point.tzinfo else point.astimezone() for point in points if point)
    except (ValueError, OverflowError):
        raise ValueNotSupportedError("period is no pair of points in time") from None
    return Period(start, end)


def _scene(value: Any) -> Scene:
    scene_id = value.get("sceneId") if isinstance(value, Mapping) else None
    if not isinstance(scene_id, str) or not scene_id:
        raise ValueNotSupportedError("scene has no sceneId")
    name, details = value.get("sceneName"), value.get("additionalSceneDetails")
    return Scene(
        scene_id,
        name if isinstance(name, str) else "",
        value.get("needsUserConfirmation") is True,
        details if isinstance(details, dict) else NOTHING,
    )


_READERS = {"Color": _color, "Period": _period, "Scene": _scene}
