"""How each kind of marshmallow field is written as Python, for :mod:`clova_flask.wire.compiler`.

A field that is not in the table is left to marshmallow, and so is one whose hooks or validators may do more
than look at a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeGuard

from marshmallow import Schema, fields, validate

from .fields import MapOf, Number, NumberOrString, Object, Polymorphic, Scalar, StrictBoolean


class NotCompilable(Exception):
    """The schema holds something whose meaning is not known here."""


class Writer(Protocol):
    """What writes the functions that these lines are for."""

    build: bool
    lines: list[str]

    def bind(self, prefix: str, value: Any) -> str:
        """Name a Python object in the generated module, and return the name."""

    def schema(self, schema: Schema) -> str:
        """Write the function for a schema and return its name."""

    def item(self, field: fields.Field[Any]) -> str:
        """Write the function for one item of a list and return its name."""


_PURE_VALIDATORS = (validate.Length, validate.OneOf, validate.Range, validate.Regexp, validate.URL)


def validator_lines(writer: Writer, field: fields.Field[Any], variable: str) -> Iterator[str]:
    """Write the calls of a field's validators.

    :raises NotCompilable: one may do more than validate.
    """
    for validator in field.validators:
        if not (type(validator) in _PURE_VALIDATORS or getattr(validator, "pure", False)):
            raise NotCompilable("validator")
        if not writer.build and not _is_the_same_unbuilt(field, validator):
            raise NotCompilable("validator of what is not built")
        if isinstance(field, fields.String) and _is_choice_of_strings(validator):
            choices = writer.bind("choices", frozenset(validator.choices))
            yield f"if {variable} not in {choices}: raise Refused"
        elif _is_not_empty(validator) and isinstance(field, (fields.String, fields.List)):
            yield f"if not {variable}: raise Refused"
        else:
            yield f"{writer.bind('validator', validator)}({variable})"


def has_hooks(field: fields.Field[Any]) -> bool:
    """Whether a field has functions of its own that run when it loads."""
    return bool(getattr(field, "pre_load", None) or getattr(field, "post_load", None))


def _is_the_same_unbuilt(field: fields.Field[Any], validator: Any) -> bool:
    """Whether a validator says the same of the input as of what is loaded from it."""
    if isinstance(field, fields.List):
        return type(validator) is validate.Length
    return not isinstance(field, (fields.Nested, Polymorphic, MapOf))


def _is_not_empty(validator: Any) -> bool:
    bounds = (validator.min, validator.max, validator.equal) if type(validator) is validate.Length else ()
    return bounds == (1, None, None)


def _is_choice_of_strings(validator: Any) -> TypeGuard[validate.OneOf]:
    return type(validator) is validate.OneOf and all(isinstance(x, str) for x in validator.choices)


def _string(_writer: Writer, _field: Any, v: str) -> Iterator[str]:
    yield f"if type({v}) is not str: raise Refused"


def _boolean(_writer: Writer, field: Any, v: str) -> Iterator[str]:
    if isinstance(field, fields.Boolean) and not (
        True in field.truthy and False in field.falsy and False not in field.truthy
    ):
        raise NotCompilable("other booleans")
    yield f"if {v} is not True and {v} is not False: raise Refused"


def _object(_writer: Writer, _field: Any, v: str) -> Iterator[str]:
    yield f"if type({v}) is not dict: raise Refused"


def _raw(_writer: Writer, _field: Any, _v: str) -> Iterator[str]:
    yield from ()


def _number(_writer: Writer, _field: Any, v: str) -> Iterator[str]:
    # x - x is 0.0 for every float but the infinities and NaN.
    yield f"if type({v}) is not int and (type({v}) is not float or {v} - {v} != 0.0): raise Refused"


def _number_or_string(writer: Writer, field: Any, v: str) -> Iterator[str]:
    yield f"if type({v}) is not str:"
    yield from ("    " + line for line in _number(writer, field, v))


def _list(writer: Writer, field: fields.List[Any], v: str) -> Iterator[str]:
    yield f"if type({v}) is not list: raise Refused"
    inner = field.inner
    if type(inner) is fields.String and not (inner.validators or inner.allow_none or has_hooks(inner)):
        yield f"for x in {v}:"
        yield "    if type(x) is not str: raise Refused"
        if writer.build:
            yield f"{v} = {v}[:]"
    else:
        yield _each(writer, writer.item(field.inner), v)


def _each(writer: Writer, function: str, v: str) -> str:
    if writer.build:
        return f"{v} = [{function}(x) for x in {v}]"
    return f"for x in {v}: {function}(x)"


def _nested(writer: Writer, field: fields.Nested, v: str) -> Iterator[str]:
    schema = field.schema
    if field.unknown is not None and field.unknown != schema.unknown:
        raise NotCompilable("unknown set on the field")
    load = writer.schema(schema)
    yield f"{v} = {load}({v})"


def _polymorphic(writer: Writer, field: Polymorphic, v: str) -> Iterator[str]:
    loaders = {name: writer.schema(schema) for name, schema in field.schemas.items()}
    default = writer.schema(field.otherwise) if field.otherwise else "None"
    # The functions are defined above this one, so the table can be a literal of their names.
    table = writer.bind("table", None)
    pairs = ", ".join(f"{name!r}: {loader}" for name, loader in loaders.items())
    writer.lines.append(f"{table} = {{{pairs}}}")
    yield f"if type({v}) is not dict: raise Refused"
    indent = ""
    if field.empty:
        yield f"if {v}:"
        indent = "    "
    yield f"{indent}kind = {v}.get({field.key!r})"
    yield f"{indent}if type(kind) is not str: raise Refused"
    yield f"{indent}load = {table}.get(kind, {default})"
    yield f"{indent}if load is None: raise Refused"
    yield f"{indent}{v} = load({v})"


def _map_of(writer: Writer, field: MapOf, v: str) -> Iterator[str]:
    load = writer.schema(field.schema)
    key = field.name_key
    yield f"if type({v}) is not dict: raise Refused"
    # An entry that is null or lacks its name is left to marshmallow.
    yield "loaded = {}"
    yield f"for k, x in {v}.items():"
    yield f"    if type(x) is not dict or not x.get({key!r}): raise Refused"
    yield f"    loaded[k] = {load}(x)"
    yield f"{v} = loaded"


FIELDS: dict[type, Callable[[Writer, Any, str], Iterator[str]]] = {
    fields.String: _string,
    fields.Boolean: _boolean,
    fields.Raw: _raw,
    fields.List: _list,
    fields.Nested: _nested,
    StrictBoolean: _boolean,
    Number: _number,
    NumberOrString: _number_or_string,
    Object: _object,
    Scalar: _string,
    Polymorphic: _polymorphic,
    MapOf: _map_of,
}
