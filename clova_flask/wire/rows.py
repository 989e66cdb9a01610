"""From rows of facts to marshmallow schemas.

A row is ``path: "type"``. The path is the protocol's own: ``audioItem.titleText``, ``controls[].name``, with
``[]`` after a list. The type is ``string``, ``number``, ``boolean``, ``object``, ``any``, ``number|string``,
or the name of a shared object; ``!`` after it makes it required; the values it may take follow after a space:
``string! list|single``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from .fields import Number, NumberOrString, Object, StrictBoolean

Rows = Mapping[str, str]

_ROW = re.compile(r"(?P<type>[A-Za-z|]+)(?P<required>!)?(?: (?P<values>.+))?")
_PLAIN: dict[str, type[fields.Field[Any]]] = {
    "string": fields.String,
    "number": Number,
    "boolean": StrictBoolean,
    "object": Object,
    "any": fields.Raw,
    "number|string": NumberOrString,
}


class SchemaBuilder:
    """Makes schemas from rows.

    :param base: the class they derive from; it decides what happens to unknown fields.
    :param shared: rows of the objects that other rows name.
    """

    def __init__(self, base: type[Schema], shared: Mapping[str, Rows]) -> None:
        self._base = base
        self._rows = shared
        self._made: dict[str, type[Schema]] = {}

    def shared(self, name: str) -> type[Schema]:
        """Give the schema of a shared object."""
        if name not in self._made:
            self._made[name] = self.schema(name, self._rows[name])
        return self._made[name]

    def schema(self, name: str, rows: Rows) -> type[Schema]:
        """Make the schema of an object.

        :param name: the name of the class.
        :param rows: its rows; those of an inner object follow under its path.
        """
        made = {}
        for path, row in rows.items():
            if "." not in path:
                key = path.removesuffix("[]")
                inner = {
                    other[len(path) + 1 :]: text
                    for other, text in rows.items()
                    if other.startswith(path + ".")
                }
                made[key] = self._field(f"{name}_{key}", path, row, inner)
        return type(name, (self._base,), made)

    def _field(self, name: str, path: str, row: str, inner: Rows) -> fields.Field[Any]:
        match = _ROW.fullmatch(row)
        if match is None:
            raise ValueError(f"{name}: {row!r} is no row")
        required = match["required"] is not None
        field = self._typed(name, match["type"], match["values"], inner, required and "[]" not in path)
        if path.endswith("[]"):
            return fields.List(field, required=required)
        return field

    def _typed(
        self, name: str, type_: str, values: str | None, inner: Rows, required: bool
    ) -> fields.Field[Any]:
        if inner:
            return fields.Nested(self.schema(name, inner), required=required)
        if type_ not in _PLAIN:
            return fields.Nested(self._shared_with(name, type_, values), required=required)
        return _PLAIN[type_](required=required, validate=_choices(type_, values))

    def _shared_with(self, name: str, type_: str, values: str | None) -> type[Schema]:
        """Give a shared object, its ``value`` restricted when the row lists values."""
        if not values:
            return self.shared(type_)
        return self.schema(name, {**self._rows[type_], "value": f"{self._rows[type_]['value']} {values}"})


def _choices(type_: str, values: str | None) -> list[validate.OneOf]:
    if not values:
        return []
    choices: list[Any] = values.split("|")
    return [validate.OneOf([int(choice) for choice in choices] if type_ == "number" else choices)]
