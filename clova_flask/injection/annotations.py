"""What an annotation accepts, read without making a converter."""

from __future__ import annotations

import enum
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from marshmallow import fields, validate

UNIONS = (Union, types.UnionType)


class NotFilled:
    """Mark a parameter that is not filled from the message: ``Annotated[Repo, NotFilled]``.

    It is left to its default, or to the decorator that fills it, whatever its name and its type.
    """


def is_not_filled(annotation: Any) -> bool:
    """Whether an annotation is marked with :class:`NotFilled`."""
    if get_origin(annotation) is Annotated:
        return any(extra is NotFilled or isinstance(extra, NotFilled) for extra in get_args(annotation)[1:])
    return get_origin(annotation) in UNIONS and any(map(is_not_filled, get_args(annotation)))


def is_marked(annotation: Any) -> bool:
    """Whether an annotation has a mark of another library: ``Annotated[Repo, Provide[Container.repo]]``."""
    if get_origin(annotation) is not Annotated:
        return False
    return not any(_is_field(extra) or isinstance(extra, _OURS) for extra in get_args(annotation)[1:])


_OURS = (validate.Validator, types.FunctionType)


def allows_none(annotation: Any) -> bool:
    """Whether an annotation accepts None: ``X | None``, ``Any`` or ``None``."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return allows_none(get_args(annotation)[0])
    if origin is Literal:
        return None in get_args(annotation)
    if origin in UNIONS:
        return any(allows_none(member) for member in get_args(annotation))
    return origin is None and annotation in (None, type(None), Any, object)


def in_words(annotation: Any) -> str:
    """Write an annotation for an error, without None: ``int | None`` → ``int``."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return in_words(get_args(annotation)[0])
    if origin is Literal:
        return "one of " + ", ".join(str(value) for value in get_args(annotation) if value is not None)
    if origin in UNIONS:
        members = [member for member in get_args(annotation) if member is not type(None)]
        return " or ".join(in_words(member) for member in members)
    return getattr(annotation, "__name__", str(annotation))


def list_choices(annotation: Any) -> list[set[str]] | None:
    """List the choices of an Enum or a Literal, each with its spellings; None for any other annotation."""
    choices: list[set[str]] = []
    for member in members(annotation):
        if get_origin(member) is Literal:
            choices += [{str(value)} for value in get_args(member) if value is not None]
        elif isinstance(member, type) and issubclass(member, enum.Enum):
            choices += [{choice.name, str(choice.value)} for choice in member]
        else:
            return None
    return choices


def members(annotation: Any) -> list[Any]:
    """List the types that an annotation accepts, without None and without validators.

    What a marshmallow field accepts is not known, so it counts as Any.
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extras = get_args(annotation)
        return [Any] if any(_is_field(extra) for extra in extras) else members(inner)
    if origin in UNIONS:
        return [inner for member in get_args(annotation) for inner in members(member)]
    return [] if annotation is type(None) else [annotation]


def _is_field(extra: Any) -> bool:
    return isinstance(extra, fields.Field) or (isinstance(extra, type) and issubclass(extra, fields.Field))
