"""Directives: what the client does besides speaking.

From the guides' AudioPlayer, PlaybackController and TemplateRuntime interfaces.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError

from ..errors import nearest
from ..wire.compiler import CompiledSchema
from ..wire.numbers import as_number, plain_numbers
from ..wire.schema import FieldError, StrictSchema
from ..wire.shape_errors import shape_errors
from ..wire.shape_schemas import SchemaBuilder
from .catalogue import DIRECTIVES


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


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive.

    :param name: ``Namespace.Name``.
    :param payload: in wire form.
    """

    name: str
    payload: Mapping[str, Any]

    def to_wire(self) -> dict[str, Any]:
        """Write the directive as it is sent, with a new message id."""
        namespace, _, name = self.name.partition(".")
        header = {"namespace": namespace, "name": name, "messageId": str(uuid.uuid4())}
        return {"header": header, "payload": plain_numbers(self.payload)}


def build(name: str, payload: Mapping[str, Any]) -> Directive:
    """Make a directive and check its payload.

    :param name: ``Namespace.Name``.
    :param payload: in wire form; fields that are None are left out.
    :raises ValueError: the text names each field that is missing or not valid.
    """
    present = without_none(payload)
    errors = payload_errors(name, present)
    if errors:
        raise ValueError(f"{name}: {' '.join(map(str, errors))}")
    return Directive(name, present)


def without_none(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the fields that are None, at every depth."""
    return {key: _pruned(value) for key, value in payload.items() if value is not None}


def _pruned(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_none(value)
    if isinstance(value, (list, tuple)):
        return [_pruned(item) for item in value]
    return as_number(value)
