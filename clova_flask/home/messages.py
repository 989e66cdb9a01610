"""Clova Home messages: the envelope that comes in, and the replies that go out.

Replies, their names, their timestamps and the shape of their payloads all come from the interface table.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from marshmallow import ValidationError

from ..errors import AnswerError, MalformedMessage
from ..wire.compiler import CompiledSchema
from ..wire.derive import compiled
from ..wire.objects import NOTHING, WireObject, nothing, on_wire
from ..wire.rows import Rows, SchemaBuilder
from ..wire.schema import StrictSchema, describe, summary
from .errors import ERRORS, HomeError
from .interfaces import INTERFACES, Interface
from .shapes import Shape, iso_datetime
from .shared_objects import APPLIANCE, OBJECTS

NAMESPACE = "ClovaHome"
PAYLOAD_VERSION = "1.0"
TIMESTAMP = "applianceResponseTimestamp"


@dataclass(frozen=True, slots=True)
class Header(WireObject):
    """The header of a Clova Home message.

    :ivar message_id: None where the request lacks it; the reply then has a new one.
    """

    namespace: str = field(metadata=on_wire(choices=(NAMESPACE,)))
    name: str
    message_id: str | None = None
    payload_version: str = PAYLOAD_VERSION


@dataclass(frozen=True, slots=True)
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
        name = self.header.name
        return INTERFACES.get(name.removesuffix("Request")) if name.endswith("Request") else None

    @property
    def access_token(self) -> str | None:
        """The linked account's access token."""
        token = self.payload.get("accessToken")
        return token if isinstance(token, str) and token else None

    @property
    def appliance_id(self) -> str | None:
        """The id of the appliance it is about."""
        appliance_id = self._appliance.get("applianceId")
        return appliance_id if isinstance(appliance_id, str) and appliance_id else None

    @property
    def details(self) -> Mapping[str, Any]:
        """``additionalApplianceDetails`` as discovery gave them."""
        details = self._appliance.get("additionalApplianceDetails")
        return details if isinstance(details, dict) else NOTHING

    @property
    def _appliance(self) -> Mapping[str, Any]:
        appliance = self.payload.get("appliance")
        return appliance if isinstance(appliance, dict) else NOTHING


def load_home_request(data: Any) -> HomeRequest:
    """Load a Clova Home request.

    :param data: the parsed JSON of a verified body.
    :raises MalformedMessage: it is no message of Clova Home.
    """
    try:
        request: HomeRequest = compiled(HomeRequest).load(data)
    except ValidationError as error:
        raise MalformedMessage(summary(error.messages)) from None
    # A payload that is no object has no access token in it, for which there is an error message.
    return request if isinstance(request.payload, Mapping) else replace(request, payload=NOTHING)


_builder = SchemaBuilder(StrictSchema, {**OBJECTS, "Appliance": APPLIANCE})
APPLIANCE_SCHEMA = CompiledSchema(_builder.shared("Appliance"))
CUSTOM_COMMAND_SCHEMA = CompiledSchema(_builder.shared("CustomCommand"))


_ERROR_ROWS: dict[str, Rows] = {
    "ConditionsNotMetError": {"state": "string!"},
    "ValueOutOfRangeError": {"minimumValue": "number!", "maximumValue": "number!"},
}
ERROR_SCHEMAS = {name: CompiledSchema(_builder.schema(name, _ERROR_ROWS.get(name, {}))) for name in ERRORS}


@cache
def reply_schema(name: str) -> CompiledSchema:
    """Give the schema of an interface's reply payload."""
    interface = INTERFACES[name]
    stamp = {TIMESTAMP: "string"} if interface.timestamp else {}
    return CompiledSchema(_builder.schema(interface.reply, {**interface.gives, **stamp}))


@cache
def reply_shape(name: str) -> Shape:
    """Give the shape of an interface's reply payload."""
    stamp = {TIMESTAMP: "string"} if INTERFACES[name].timestamp else {}
    return Shape({**INTERFACES[name].gives, **stamp})


def write_payload(interface: Interface, result: Any, *, check: bool = True) -> dict[str, Any]:
    """Write what a handler returned as the payload of the reply.

    :param result: a dict in wire form or in snake_case, the only field's value, or None.
    :param check: see that it fits the interface (``CLOVA_VALIDATE_RESPONSES``).
    :raises AnswerError: it does not fit the interface; the text names each field.
    """
    shape = reply_shape(interface.name)
    if result is None:
        result = {}
    elif isinstance(result, Mapping):
        result = shape.within_lone_object(result)
    else:
        own = [key for key in shape.keys if key not in (TIMESTAMP, "previousState")]
        if len(own) != 1:
            raise AnswerError(f"{interface.name} is answered with a dict of {', '.join(own) or 'nothing'}.")
        result = {own[0]: result}
    payload: dict[str, Any] = shape.write(result)
    if interface.timestamp:
        payload.setdefault(TIMESTAMP, iso_datetime(datetime.now(UTC)))
    if not check:
        return payload
    try:
        reply_schema(interface.name).check(payload)
    except ValidationError as error:
        faults = "; ".join(describe(error.messages))
        raise AnswerError(f"The reply {interface.reply} cannot be sent: {faults}") from None
    return payload


def reply_message(request: HomeRequest, name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Write a reply to a request."""
    header = {
        "messageId": request.header.message_id or str(uuid.uuid4()),
        "namespace": NAMESPACE,
        "name": name,
        "payloadVersion": PAYLOAD_VERSION,
    }
    return {"header": header, "payload": payload}


def error_message(request: HomeRequest, error: HomeError) -> dict[str, Any]:
    """Write an error message in reply to a request.

    :raises AnswerError: its payload cannot be sent.
    """
    if error.name not in ERRORS:
        raise AnswerError(f"{type(error).__name__} is none of the errors there are: {', '.join(ERRORS)}.")
    try:
        ERROR_SCHEMAS[error.name].check(error.payload)
    except ValidationError as fault:
        faults = "; ".join(describe(fault.messages))
        raise AnswerError(f"The error {error.name} cannot be sent: {faults}") from None
    return reply_message(request, error.name, error.payload)
