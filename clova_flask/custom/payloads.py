"""The payloads of directives: made, and checked against their tables; whether a device can fetch their URLs.

Only extensions that send directives load this, with the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError

from ..errors import nearest
from ..wire.compiler import CompiledSchema
from ..wire.numbers import as_number
from ..wire.schema import FieldError, StrictSchema, join_path
from ..wire.shape_errors import shape_errors
from ..wire.shape_schemas import SchemaBuilder
from ..wire.texts import as_text, stands_for_text
from .directive_tables import DIRECTIVES, FETCHED
from .directives import Directive
from .urls import url_problem


class PayloadSchema(StrictSchema):
    """A directive's payload: the fields of its table are checked, others are sent as they are."""

    class Meta(StrictSchema.Meta):
        unknown = EXCLUDE


_builder = SchemaBuilder(PayloadSchema)


def _make_schema(name: str) -> Schema:
    return _builder.schema(name.replace(".", ""), DIRECTIVES[name])()


_payloads = {name: CompiledSchema(partial(_make_schema, name)) for name in DIRECTIVES}


def payload_errors(name: str, payload: Any, path: str = "") -> list[FieldError]:
    """List what is wrong with a directive's payload; a field that is null counts as left out.

    :param name: ``AudioPlayer.Play``.
    :param path: the path of the payload in its message.
    """
    if name not in _payloads:
        hint = nearest(name, _payloads, or_list=True)
        return [FieldError(path, f"{name!r} is not a directive of the guides.{hint}")]
    shape = DIRECTIVES[name]
    present = shape.renamed(without_none(payload)) if isinstance(payload, Mapping) else payload
    try:
        _payloads[name].check(present)
    except ValidationError as error:
        return list(shape_errors(error.messages, shape, present, path))
    return []


def build(name: str, payload: Mapping[str, Any]) -> Directive:
    """Make a directive and check its payload.

    :param name: ``Namespace.Name``.
    :param payload: in wire form; fields that are None are left out.
    :raises ValueError: the text names each field that is missing or not valid.
    """
    present = without_none(payload)
    errors = payload_errors(name, present) or list(url_errors(name, present, url_problem))
    if errors:
        raise ValueError(f"{name}: {' '.join(map(str, errors))}")
    directive = Directive(name, present)
    object.__setattr__(directive, "is_built", True)
    return directive


def without_none(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the fields that are None, at every depth."""
    return {key: _pruned(value) for key, value in payload.items() if value is not None}


def _pruned(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_none(value)
    if isinstance(value, (list, tuple)):
        return [_pruned(item) for item in value]
    number = as_number(value)
    return as_text(value) if number is value and stands_for_text(value) else number


def url_errors(
    name: str, payload: Any, problem_of: Callable[[str], str | None], path: str = ""
) -> Iterator[FieldError]:
    """List the URLs in a payload that no device can fetch.

    A stream with ``urlPlayable: false`` has any URI, since the device asks for the URL before it plays.
    An empty URL of a picture stands for none.

    :param name: ``AudioPlayer.Play``.
    :param problem_of: explains why a URL cannot be fetched; returns None when it can.
    :param path: the path of the payload in its message.
    """
    for steps in FETCHED.get(name, ()):
        for where, owner, url in _find(payload, steps.split("."), path):
            if owner.get("urlPlayable") is False or not (url or is_stream(steps)):
                continue
            problem = problem_of(url)
            if problem:
                yield FieldError(where, problem)


def is_stream(path: str) -> bool:
    """Whether a path is that of the URL of a stream, and not of a picture."""
    return path.endswith(("stream.url", "audioStream.url"))


def _find(value: Any, steps: list[str], path: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Find the texts at a path, ``playableItems[].lyrics[].url``, each with its path and its object."""
    step, *rest = steps
    key = step.removesuffix("[]")
    inner = value.get(key) if isinstance(value, Mapping) else None
    where = join_path(path, key)
    if key != step:
        items = inner if isinstance(inner, (list, tuple)) else ()
        for index, item in enumerate(items):
            yield from _find(item, rest, join_path(where, index))
    elif rest:
        yield from _find(inner, rest, where)
    elif isinstance(inner, str):
        yield where, value, inner
