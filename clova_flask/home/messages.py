"""Clova Home messages: the envelope that comes in, and the replies that go out.

Replies, their names, their timestamps and the shape of their payloads all come from the interface table.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from marshmallow import ValidationError

from ..errors import AnswerError, type_name
from ..injection.calling import describe_awaitable
from ..wire.compiler import CompiledSchema
from ..wire.iso8601 import write_datetime
from ..wire.objects import NOTHING, WireObject, nothing, on_wire, wire_object
from ..wire.rows import Field, Rows, Shape, parse_rows
from ..wire.schema import StrictSchema, describe
from ..wire.shape_schemas import SchemaBuilder
from .conversion import write_fields
from .errors import ERRORS, HomeError, ValueNotFoundError
from .interfaces import INTERFACES, TIMESTAMP, Interface
from .shared_objects import OBJECTS

NAMESPACE = "ClovaHome"
PAYLOAD_VERSION = "1.0"

_BY_REQUEST = {interface.request: interface for interface in INTERFACES.values()}


@wire_object
class Header(WireObject):
    """The header of a Clova Home message.

    :ivar message_id: None where the request lacks it; the reply then has a new one.
    """

    namespace: str = field(metadata=on_wire(choices=(NAMESPACE,)))
    name: str
    message_id: str | None = None
    payload_version: str = PAYLOAD_VERSION


@wire_object
class HomeRequest(WireObject):
    """A request of Clova Home.

    :ivar header: its header.
    :ivar payload: its payload as it came, access token included. The interface table is applied to it later,
        where there is an error message for what does not fit.
    """

    header: Header
    payload: Mapping[str, Any] = field(default_factory=nothing, repr=False, metadata=on_wire(raw=True))

    @property
    def name(self) -> str:
        """``TurnOnRequest``."""
        return self.header.name

    @property
    def interface(self) -> Interface | None:
        """The row of the interface table; None when there is none."""
        return _BY_REQUEST.get(self.header.name)

    @property
    def access_token(self) -> str | None:
        """The linked account's access token."""
        token = self.payload.get("accessToken")
        return token if isinstance(token, str) and token else None

    @property
    def appliance_id(self) -> str | None:
        """The id of the appliance it is about."""
        appliance = self.payload.get("appliance")
        appliance_id = appliance.get("applianceId") if isinstance(appliance, dict) else None
        return appliance_id if isinstance(appliance_id, str) and appliance_id else None

    @property
    def details(self) -> Mapping[str, Any]:
        """``additionalApplianceDetails`` as discovery sent them."""
        appliance = self.payload.get("appliance")
        details = appliance.get("additionalApplianceDetails") if isinstance(appliance, dict) else None
        return details if isinstance(details, dict) else NOTHING


_builder = SchemaBuilder(StrictSchema)


def _schema(name: str, shape: Shape) -> CompiledSchema:
    """Return the schema of a shape, which is made when it is first used."""
    return CompiledSchema(lambda: _builder.schema(name, shape)())


APPLIANCE_SCHEMA = _schema("Appliance", OBJECTS["Appliance"])
SHARED = frozenset({"actions", "applianceTypes", "additionalApplianceDetails"})
"""What most appliances of a kind have in common: discovery writes it once."""
OWN_SCHEMA = _schema("OwnAppliance", Shape(f for f in OBJECTS["Appliance"] if f.name not in SHARED))
SCENE_SCHEMA = _schema("Scene", OBJECTS["Scene"])
CUSTOM_COMMAND_SCHEMA = _schema("CustomCommand", OBJECTS["CustomCommand"])


_ERROR_ROWS: dict[str, Rows] = {
    "ConditionsNotMetError": {"state": "string!"},
    "ValueOutOfRangeError": {"minimumValue": "number!", "maximumValue": "number!"},
}
ERROR_SCHEMAS = {name: _schema(name, parse_rows(_ERROR_ROWS.get(name, {}), OBJECTS)) for name in ERRORS}


PERCENTAGES = frozenset({"Battery", "Brightness", "Humidity", "Percentage"})
"""Objects whose value is from 0 to 100."""


class ReplyWriter:
    """Writes the payloads of one interface's replies.

    :ivar schema: the schema of such a payload.
    """

    def __init__(self, interface: Interface) -> None:
        self._interface = interface
        self._shape = interface.reply_shape
        self.schema = _schema(interface.reply, self._shape)
        self._lone = _lone_field(interface)
        self._has_aliases = any(field.aliases for field in self._shape)
        measured = [field.name for field in interface.gives if field.required and field.scalar == "number"]
        self._is_query = interface.is_query
        self._measured = ", ".join(measured) if interface.is_query else ""
        objects = [field for field in interface.gives if field.shape and field.value is None]
        self._lone_object = objects[0] if len(objects) == 1 else None
        self._percentages = tuple(field.name for field in interface.gives if field.kind in PERCENTAGES)
        self._has_texts = self._is_query or interface.name == "SetColor"

    def write(self, result: Any, *, check: bool = True) -> dict[str, Any]:
        """Write what a handler returned.

        :param result: a dict in wire form or in snake_case, the only field's value, or None.
        :param check: check that it fits the interface (``CLOVA_VALIDATE_RESPONSES``).
        :raises AnswerError: it does not fit the interface; the text names each field.
        """
        payload: dict[str, Any] = {}
        if result is None and check and self._measured:
            raise ValueNotFoundError(f"{self._measured} must be a number, not None.")
        if result is not None:
            payload = write_fields(self._shape, self._as_fields(result), measured=check and self._is_query)
        if self._interface.timestamp:
            payload.setdefault(TIMESTAMP, write_datetime(datetime.now(UTC)))
        if check:
            named = self._shape.renamed(payload) if self._has_aliases else payload
            try:
                self.schema.check(named)
            except ValidationError as error:
                from ..wire.shape_errors import shape_errors  # an error need not load at start

                errors = "; ".join(map(str, shape_errors(error.messages, self._shape, named)))
                raise AnswerError(f"The reply {self._interface.reply} cannot be sent: {errors}") from None
        return payload

    def may_be_odd(self, payload: Mapping[str, Any]) -> bool:
        """Whether there may be remarks on a reply that fits; most have nothing to remark on."""
        for name in self._percentages:
            if name in payload and not 0 <= payload[name]["value"] <= 100:
                return True
        return self._has_texts

    def _as_fields(self, result: Any) -> Mapping[str, Any]:
        """Name the field of a lone value, or of the fields of the only object: ``{"index": "good"}``."""
        if isinstance(result, (dict, Mapping)):  # to ask the ABC takes ten times as long
            lone = self._lone_object
            if lone is None or lone.shape is None or any(name in self._shape.names for name in result):
                return result
            return {lone.name: result} if any(name in lone.shape.names for name in result) else result
        hint = describe_awaitable(result)
        if self._lone is None or hint:
            wanted = f"a dict of {', '.join(self._interface.gives.by_name) or 'nothing'}"
            raise AnswerError(
                f"The handler of {self._interface.name} must return {wanted}, not {type_name(result)}.{hint}"
            )
        return {self._lone.name: result}


def _lone_field(interface: Interface) -> Field | None:
    """Find the field of the reply that a handler may return by itself; None when it could be any."""
    if interface.gives.lone_required is not None:
        return interface.gives.lone_required
    own = [field for field in interface.gives if field.name != "previousState"]
    return own[0] if len(own) == 1 or (own and interface.value_field is not None) else None


@cache
def reply_writer(name: str) -> ReplyWriter:
    """Return what writes the replies of an interface."""
    return ReplyWriter(INTERFACES[name])


def reply_schema(name: str) -> CompiledSchema:
    """Return the schema of an interface's reply payload."""
    return reply_writer(name).schema


def reply_header(request: HomeRequest, name: str) -> dict[str, Any]:
    """Write the header of a reply to a request."""
    return {
        "messageId": request.header.message_id or str(uuid.uuid4()),
        "namespace": NAMESPACE,
        "name": name,
        "payloadVersion": PAYLOAD_VERSION,
    }


def reply_message(request: HomeRequest, name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Write a reply to a request."""
    return {"header": reply_header(request, name), "payload": payload}


def error_message(request: HomeRequest, error: HomeError) -> dict[str, Any]:
    """Write an error message in reply to a request.

    :raises AnswerError: its payload cannot be sent.
    """
    if error.name not in ERRORS:
        raise AnswerError(
            f"{type(error).__name__} is not one of the error messages, and does not derive from one. "
            f"Use one of: {', '.join(ERRORS)}."
        )
    try:
        ERROR_SCHEMAS[error.name].check(error.payload)
    except ValidationError as invalid:
        problems = "; ".join(describe(invalid.messages))
        raise AnswerError(f"The error {error.name} cannot be sent: {problems}") from None
    return reply_message(request, error.name, error.payload)
