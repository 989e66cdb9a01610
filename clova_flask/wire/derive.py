"""Message schemas, made from the classes of objects that messages become.

==============================  ==========================================================================
a field of type                 accepts
==============================  ==========================================================================
``str``                         a string
``bool``                        a boolean, and the words and numbers that marshmallow reads as one
``float``                       a number, also in a string; an int stays an int
``Mapping[str, Any]``           an object, as it is
a class of objects              an object of that class
``Mapping[str, …]`` of a class  an object whose entries are objects of that class
==============================  ==========================================================================

Null is accepted for every field that is not required, and is the same as a missing one: the field's default.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from marshmallow import fields, validate

from .compiler import CompiledSchema
from .fields import MapOf, Number, Object, Polymorphic, Scalar
from .objects import NOTHING, UNSET, OnWire, WireObject, nothing, rules_of, wire_key
from .schema import MessageSchema


@cache
def compiled(model: type[WireObject]) -> CompiledSchema:
    """Return the compiled schema of a class of objects, made when it is first asked for."""
    return CompiledSchema(schema_of(model))


def schema_of(model: type[WireObject]) -> type[MessageSchema]:
    """Make the schema of a class of objects."""
    hints = get_type_hints(model)
    declared = [one for one in dataclasses.fields(model) if one.name != "extra"]
    made: dict[str, Any] = {one.name: _field(one, hints[one.name]) for one in declared}
    older = {key: wire_key(one) for one in declared if (key := rules_of(one).older_key)}
    return type(f"{model.__name__}Schema", (MessageSchema,), {**made, "model": model, "aliases": older})


def _field(declared: dataclasses.Field[Any], hint: Any) -> fields.Field[Any]:
    rules = rules_of(declared)
    options = {"data_key": wire_key(declared), **_presence(declared, rules)}
    type_ = _without_none(hint)
    if rules.kinds:
        schemas = {name: schema_of(model) for name, model in rules.kinds.classes.items()}
        return Polymorphic(rules.kinds.key, schemas, default=schema_of(rules.kinds.other), **options)
    if rules.name_key:
        return MapOf(schema_of(get_args(type_)[1]), name_key=rules.name_key, **options)
    if rules.or_number:
        return Scalar(**options)
    if rules.raw:
        return fields.Raw(**options)
    if rules.choices:
        return fields.String(validate=validate.OneOf(rules.choices), **options)
    if isinstance(type_, type) and issubclass(type_, WireObject):
        return fields.Nested(schema_of(type_), **options)
    return _plain(declared.name, type_, options)


def _plain(name: str, type_: Any, options: dict[str, Any]) -> fields.Field[Any]:
    if type_ is str:
        non_empty = [validate.Length(min=1)] if "required" in options else []
        return fields.String(validate=non_empty, **options)
    if type_ is bool:
        return fields.Boolean(**options)
    if type_ is float:
        return Number(lenient=True, **options)
    if get_origin(type_) is Mapping:
        return Object(**options)
    raise TypeError(f"The field {name!r} has a type that no message has: {type_!r}.")


def _presence(declared: dataclasses.Field[Any], rules: OnWire) -> dict[str, Any]:
    """Return the options of a field that tell whether it is required, or what it is where it is missing."""
    absent = declared.default if rules.absent is UNSET else rules.absent
    if declared.default_factory is nothing:
        absent = NOTHING
    elif declared.default_factory is not dataclasses.MISSING and rules.absent is UNSET:
        # Messages share what a field is where it is missing.
        raise TypeError(
            f"The field {declared.name!r} has a default that is made anew; add on_wire(absent=…)."
        )
    if rules.required or absent is dataclasses.MISSING:
        return {"required": True}
    return {"load_default": absent}


def _without_none(hint: Any) -> Any:
    """Return ``X`` of ``X | None``."""
    types = [one for one in get_args(hint) if one is not NoneType]
    return types[0] if NoneType in get_args(hint) else hint
