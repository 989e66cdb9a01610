"""Directives: what the client is to do besides speaking.

The builders make no directive that lacks a field. From the guides' AudioPlayer, PlaybackController and
TemplateRuntime interfaces.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import EXCLUDE, ValidationError

from ..wire.compiler import CompiledSchema
from ..wire.schema import FieldError, StrictSchema, field_errors
from ..wire.shape_schemas import SchemaBuilder
from .catalogue import DIRECTIVES


class PayloadSchema(StrictSchema):
    """A directive's payload: its own fields checked, further ones let through."""

    class Meta(StrictSchema.Meta):
        unknown = EXCLUDE


_builder = SchemaBuilder(PayloadSchema)
_payloads = {
    name: CompiledSchema(_builder.schema(name.replace(".", ""), shape)) for name, shape in DIRECTIVES.items()
}


def payload_errors(name: str, payload: Any, path: str = "") -> list[FieldError]:
    """List what is wrong with a directive's payload.

    :param name: ``AudioPlayer.Play``.
    :param path: the path of the payload in its message.
    """
    if name not in _payloads:
        return [FieldError(path, f"{name} is not a directive the guides know: {', '.join(_payloads)}.")]
    try:
        _payloads[name].check(payload)
    except ValidationError as error:
        return list(field_errors(error.messages, path))
    return []


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive.

    :param name: ``Namespace.Name``.
    :param payload: its payload, in wire form.
    """

    name: str
    payload: Mapping[str, Any]

    def to_wire(self) -> dict[str, Any]:
        """Write it, with a message id of its own."""
        namespace, _, name = self.name.partition(".")
        header = {"namespace": namespace, "name": name, "messageId": str(uuid.uuid4())}
        return {"header": header, "payload": dict(self.payload)}


def build(name: str, payload: Mapping[str, Any]) -> Directive:
    """Make a directive and see that it is right.

    :param name: ``Namespace.Name``.
    :param payload: its payload in wire form; fields that are None are left out.
    :raises ValueError: naming each field that is missing or wrong.
    """
    present = without_none(payload)
    errors = payload_errors(name, present)
    if errors:
        raise ValueError(f"{name}: {'; '.join(map(str, errors))}")
    return Directive(name, present)


def without_none(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was not given, at every level."""
    return {key: _pruned(value) for key, value in payload.items() if value is not None}


def _pruned(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_none(value)
    return [_pruned(item) for item in value] if isinstance(value, (list, tuple)) else value
