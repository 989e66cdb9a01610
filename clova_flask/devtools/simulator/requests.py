"""The requests of messages, as CEK writes them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from ...custom.catalogue import EVENTS
from ...errors import ClovaError, nearest
from ...home.conversion import write_fields
from ...home.interfaces import INTERFACES, Interface
from ...home.messages import NAMESPACE, PAYLOAD_VERSION
from ...texts.spelling import misspelt
from ...texts.templated import Templated
from ...wire.names import camel_case
from ...wire.objects import WireObject, write_object
from .slot_values import SEOUL_AND_TOKYO, write_slot_value


class UnknownName(ClovaError):
    """An action, an event or a field that a request should have does not exist; the text has the nearest."""


def launch_request() -> dict[str, Any]:
    """Write a ``LaunchRequest``."""
    return {"type": "LaunchRequest"}


def session_ended_request() -> dict[str, Any]:
    """Write a ``SessionEndedRequest``."""
    return {"type": "SessionEndedRequest"}


def intent_request(name: str, slots: Mapping[str, Any], zone: tzinfo = SEOUL_AND_TOKYO) -> dict[str, Any]:
    """Write an ``IntentRequest``.

    :param slots: by name: a value, a :class:`~clova_flask.Slot`, or its wire form; None leaves a slot out.
    :param zone: the time zone of dates with time that have none.
    :raises TypeError: no slot has such a value.
    """
    written = {
        slot: write_slot_value(slot, value, zone) for slot, value in slots.items() if value is not None
    }
    return {"type": "IntentRequest", "intent": {"intent": name, "name": name, "slots": written or None}}


def event_request(full_name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Write an ``EventRequest``.

    :param full_name: ``AudioPlayer.PlayFinished``.
    :param payload: its fields, in snake_case or camelCase; without any, ``payload`` is null.
    :raises UnknownName: the event, or a field of it, is misspelt. Events of another namespace than the guides
        define are sent, and further fields.
    """
    _check_event(full_name, payload)
    return any_event_request(full_name, write_fields_of(payload))


def any_event_request(full_name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Write an ``EventRequest`` of any namespace, with its payload as it is; without any, it is null."""
    namespace, _, name = full_name.rpartition(".")
    event = {"namespace": namespace, "name": name, "payload": dict(payload) or None}
    return {"type": "EventRequest", "event": event}


def _check_event(full_name: str, payload: Mapping[str, Any]) -> None:
    namespaces = {name.partition(".")[0] for name in EVENTS}
    if full_name not in EVENTS:
        if full_name.partition(".")[0] in namespaces or misspelt(full_name, EVENTS):
            raise UnknownName(
                Templated(
                    "%(full_name)s is not an event.%(hint)s",
                    full_name=repr(full_name),
                    hint=nearest(full_name, EVENTS),
                )
            )
        return
    known = [name for field in EVENTS[full_name] for name in (field.name, *field.aliases)]
    for field in payload:
        meant = misspelt(camel_case(field), known)
        if meant and meant != camel_case(field):
            raise UnknownName(
                Templated(
                    "%(field)s is not a field of %(full_name)s. Did you mean %(meant)s?",
                    field=repr(field),
                    full_name=full_name,
                    meant=repr(meant),
                )
            )


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

    :param name: the action; where the table has none that is near, the fields stay as they are.
    :param fields: in snake_case and unwrapped, or in wire form.
    :raises UnknownName: the action or a field of it is misspelt.
    """
    interface = INTERFACES.get(name)
    if interface is None:
        hint = nearest(name.removesuffix("Request"), INTERFACES)
        if hint:
            raise UnknownName(Templated("%(name)s is not an action.%(hint)s", name=repr(name), hint=hint))
        return dict(fields)
    _check_fields(interface, fields)
    written: dict[str, Any] = write_fields(interface.takes, fields)
    return written


def _check_fields(interface: Interface, fields: Mapping[str, Any]) -> None:
    """Check for misspelt fields; one that is like no other is sent, as the platforms send further ones."""
    takes = interface.takes
    known = {*takes.names, *(alias for field in takes for alias in field.aliases)}
    missing = [field.python_name for field in takes if not fields.keys() & {field.name, field.python_name}]
    for field in fields:
        hint = nearest(field, missing) if field not in known else ""
        if hint:
            raise UnknownName(
                Templated(
                    "%(field)s is not a field of %(name)s.%(hint)s",
                    field=repr(field),
                    name=interface.name,
                    hint=hint,
                )
            )
