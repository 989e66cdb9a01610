"""Explain why a value does not fit a shape: what each field must be, and what was passed.

marshmallow finds the fields; its own texts say neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import nearest, type_name
from .rows import Field, Shape
from .schema import FieldError, join_path

_MISSING = object()

_WORDS = {
    "string": "a str",
    "number": "a number",
    "boolean": "True or False",
    "number|string": "a number or a str",
}


def shape_errors(messages: Any, shape: Shape, value: Any, path: str = "") -> Iterator[FieldError]:
    """List what is wrong with an object.

    :param messages: ``ValidationError.messages`` of the object.
    :param shape: the fields that it should have.
    :param value: the object.
    :param path: its path in the message, ``response.directives[0].payload``.
    """
    if not isinstance(value, Mapping):
        yield FieldError(path, f"Must be a dict, not {type_name(value)}.")
        return
    for key, inner in messages.items():
        where = join_path(path, key)
        if key in shape.by_name:
            yield from _field_errors(inner, shape.by_name[key], value.get(key, _MISSING), where)
        else:
            yield FieldError(where, f"Unknown field.{nearest(key, shape.by_name, or_list=True)}")


def _field_errors(messages: Any, field: Field, value: Any, path: str) -> Iterator[FieldError]:
    if field.many and isinstance(value, (list, tuple)):
        for index, inner in messages.items():
            yield from _item_errors(inner, field, value[index], join_path(path, index))
    elif field.many:
        yield _error(path, "a list", value)
    else:
        yield from _item_errors(messages, field, value, path)


def _item_errors(messages: Any, field: Field, value: Any, path: str) -> Iterator[FieldError]:
    if field.shape is not None and isinstance(value, Mapping):
        yield from shape_errors(messages, field.shape, value, path)
    elif field.choices and isinstance(value, str):
        # Not what it is: a handler may send back what came with the message, and the text is logged.
        yield FieldError(path, f"Must be one of {_choices(field)}.{nearest(value, map(str, field.choices))}")
    elif field.choices and field.shape is None:
        yield _error(path, f"one of {_choices(field)}", value)
    else:
        kind = field.scalar or field.kind
        yield _error(path, _WORDS.get(kind, "a dict"), value)


def _choices(field: Field) -> str:
    return ", ".join(map(str, field.choices))


def _error(path: str, wanted: str, value: Any) -> FieldError:
    if value is _MISSING:
        return FieldError(path, f"Must be {wanted}, but is missing.")
    # NaN and infinity are floats, and no JSON.
    given = str(value) if isinstance(value, float) else type_name(value)
    return FieldError(path, f"Must be {wanted}, not {given}.")
