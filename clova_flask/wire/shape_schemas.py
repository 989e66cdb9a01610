"""From the rows of facts to marshmallow schemas."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from .fields import Either, Number, NumberOrString, Object, StrictBoolean
from .rows import Field, Shape

_PLAIN: dict[str, type[fields.Field[Any]]] = {
    "string": fields.String,
    "number": Number,
    "boolean": StrictBoolean,
    "object": Object,
    "any": fields.Raw,
    "number|string": NumberOrString,
}


class SchemaBuilder:
    """Makes schemas from shapes, one for each.

    :param base: the class that they derive from; it decides what happens to unknown fields.
    """

    def __init__(self, base: type[Schema]) -> None:
        self._base = base
        self._made: dict[Shape, type[Schema]] = {}

    def schema(self, name: str, shape: Shape) -> type[Schema]:
        """Make the schema of an object.

        :param name: the name of the class.
        :param shape: the object's fields.
        """
        if shape not in self._made:
            made = {field.name: self._field(f"{name}_{field.name}", field) for field in shape}
            self._made[shape] = type(name, (self._base,), made)
        return self._made[shape]

    def _field(self, name: str, field: Field) -> fields.Field[Any]:
        if not field.many:
            return self._item(name, field, required=field.required)
        return fields.List(self._item(name, field, required=False), required=field.required)

    def _item(self, name: str, field: Field, *, required: bool) -> fields.Field[Any]:
        if not field.others:
            return self._lone(name, field, required=required)
        forms = [self._lone(f"{name}_{form.kind}", form, required=True) for form in (field, *field.others)]
        return Either(forms, required=required)

    def _lone(self, name: str, field: Field, *, required: bool) -> fields.Field[Any]:
        if field.shape is not None:
            return fields.Nested(self.schema(name, field.shape), required=required)
        validators = [validate.OneOf(field.choices)] if field.choices else None
        return _PLAIN[field.kind](required=required, validate=validators)
