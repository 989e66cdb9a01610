"""The requests of messages, as CEK writes them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from ...home.conversion import write_fields
from ...home.interfaces import INTERFACES
from ...home.messages import NAMESPACE, PAYLOAD_VERSION
from ...wire.names import camel_case
from ...wire.objects import WireObject, write_object
from .slot_values import write_slot_value


def launch_request() -> dict[str, Any]:
    """Write a ``LaunchRequest``."""
    return {"type": "LaunchRequest"}


def session_ended_request() -> dict[str, Any]:
    """Write a ``SessionEndedRequest``."""
    return {"type": "SessionEndedRequest"}


def intent_request(name: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Write an ``IntentRequest``.

    :param slots: by name: a value, a :class:`~clova_flask.Slot`, or its wire form; None leaves a slot out.
    :raises TypeError: no slot has such a value.
    """
    written = {slot: write_slot_value(slot, value) for slot, value in slots.items() if value is not None}
    return {"type": "IntentRequest", "intent": {"intent": name, "name": name, "slots": written or None}}


def event_request(full_name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Write an ``EventRequest``.

    :param full_name: ``AudioPlayer.PlayFinished``.
    :param payload: its fields, in snake_case or camelCase; without any, ``payload`` is null.
    """
    namespace, _, name = full_name.rpartition(".")
    event = {"namespace": namespace, "name": name, "payload": write_fields_of(payload) or None}
    return {"type": "EventRequest", "event": event}


def write_fields_of(value: WireObject | Mapping[str, Any]) -> dict[str, Any]:
    """Write an object, or fields in snake_case or camelCase that may hold objects, as on the wire."""
    if isinstance(value, WireObject):
        written: dict[str, Any] = write_object(value)
        return written
    return {camel_case(key): write_object(inner) for key, inner in value.items()}


def home_request(name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Write a Clova Home request.

    :param name: the action, ``TurnOn``.
    :param payload: its payload in wire form, with the access token.
    """
    header = {
        "messageId": str(uuid.uuid4()),
        "namespace": NAMESPACE,
        "name": f"{name}Request",
        "payloadVersion": PAYLOAD_VERSION,
    }
    return {"header": header, "payload": dict(payload)}


def home_fields(name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Write the fields of a Clova Home request.

    :param name: the action; where the table does not have it, the fields stay as they are.
    :param fields: in snake_case and unwrapped, or in wire form.
    """
    interface = INTERFACES.get(name)
    if interface is None:
        return dict(fields)
    written: dict[str, Any] = write_fields(interface.takes, fields)
    return written
