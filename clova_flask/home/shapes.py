"""Between the wire and Python: camelCase and snake_case, and objects that only hold a value.

A shape is made once from rows of the interface table. Handlers give and get ``target_temperature=23``; the
wire has ``"targetTemperature": {"value": 23}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from ..wire.names import snake_case
from ..wire.rows import Rows
from .shared_objects import OBJECTS, WRAPPED


class Shape:
    """How an object of these rows is written.

    :param rows: rows of the interface table or of a shared object.
    """

    def __init__(self, rows: Rows) -> None:
        self._fields: dict[str, tuple[str, Shape | None, bool]] = {}
        for path, row in rows.items():
            if "." in path:
                continue
            key = path.removesuffix("[]")
            inner = {
                other[len(path) + 1 :]: text for other, text in rows.items() if other.startswith(path + ".")
            }
            kind = row.partition(" ")[0].removesuffix("!")
            own_rows = inner or OBJECTS.get(kind)
            shape = Shape(own_rows) if own_rows else None
            entry = (key, shape, kind in WRAPPED)
            self._fields[key] = self._fields[snake_case(key)] = entry
            # "battery" for "batteryInfo" reads better where it cannot be mistaken.
            self._fields.setdefault(snake_case(key).removesuffix("_info"), entry)
        self.keys = list(dict.fromkeys(key for key, _, _ in self._fields.values()))

    def within_lone_object(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Put the fields of the only object there is into it: ``{"index": "good"}`` for ``fineDust``."""
        objects = {key: shape for key, shape, wrapped in self._fields.values() if shape and not wrapped}
        if len(objects) != 1 or any(name in self._fields for name in value):
            return value
        ((key, shape),) = objects.items()
        return {key: value} if any(name in shape._fields for name in value) else value

    def write(self, value: Any) -> Any:
        """Write what a handler gives, in wire form or in its own, as it goes over the wire.

        Fields that are None are left out; what is not known is kept, for the schema to complain about.
        """
        if is_dataclass(value) and not isinstance(value, type):
            value = asdict(value)
        if not isinstance(value, Mapping):
            return _plain(value)
        written = {}
        for name, inner in value.items():
            key, shape, wrapped = self._fields.get(name, (name, None, False))
            if inner is not None:
                written[key] = _write_field(shape, wrapped, inner)
        return written


def _write_field(shape: Shape | None, wrapped: bool, value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_write_field(shape, wrapped, item) for item in value]
    if wrapped and not isinstance(value, Mapping):
        return {"value": _plain(value)}
    return shape.write(value) if shape else _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return iso_datetime(value)
    return iso_duration(value) if isinstance(value, timedelta) else value


def iso_datetime(value: datetime) -> str:
    """Write a point in time with its offset; a naive one is taken as local time."""
    return (value if value.tzinfo else value.astimezone()).isoformat(timespec="seconds")


def iso_duration(value: timedelta) -> str:
    """Write a duration as ISO 8601: ``PT7H30M``."""
    minutes, seconds = divmod(int(abs(value).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"{'-' if value < timedelta(0) else ''}PT{parts or '0S'}"


def unwrap(kind: str, value: Any) -> Any:
    """Give the value of an object that holds nothing else, and anything else as it is.

    :param kind: name of the shared object.
    """
    return value.get("value") if kind in WRAPPED and isinstance(value, Mapping) else value
