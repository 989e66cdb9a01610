"""Request messages as CEK writes them, for tests and tools."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ...home.interfaces import INTERFACES
from ...home.messages import NAMESPACE, PAYLOAD_VERSION
from ...home.shapes import Shape
from ...injection.values import Slot
from ...wire.names import camel_case
from ...wire.objects import write_object

SCREENS: dict[str, dict[str, Any]] = {
    "none": {"size": "none", "contentLayer": {"width": 0, "height": 0}},
    "s100": {"size": "s100", "contentLayer": {"width": 160, "height": 107}, "dpi": 96},
    "m100": {"size": "m100", "contentLayer": {"width": 427, "height": 240}, "dpi": 160},
    "l100": {"size": "l100", "contentLayer": {"width": 640, "height": 360}, "dpi": 160},
    "xl100": {"size": "xl100", "contentLayer": {"width": 899, "height": 506}, "dpi": 160},
}
"""``device.display`` of a device of each size."""

HEADERS = {
    # The parameter is malformed in real traffic, and so it is here.
    "Content-Type": "application/json;charset-UTF-8",
    "Accept": "application/json",
    "Accept-Charset": "utf-8",
}
"""Headers that CEK sends besides the signature."""


@dataclass
class Caller:
    """Who speaks, and through which device.

    :ivar extension_id: the extension that is spoken to.
    :ivar access_token: the linked account's token; None before account linking.
    :ivar screen: a key of :data:`SCREENS`.
    """

    extension_id: str
    version: str = "1.0"
    user_id: str = "test-user"
    access_token: str | None = field(default=None, repr=False)
    locale: str = "ko-KR"
    device_id: str = "test-device"
    screen: str = "l100"
    session_id: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)

    def message(self, request: Mapping[str, Any], *, sessionless: bool = False) -> dict[str, Any]:
        """Write a request message.

        :param request: its ``request``, from the functions of this module.
        :param sessionless: ``session`` is null, as when a skill is enabled.
        """
        return {
            "version": self.version,
            "session": None if sessionless else self._session(),
            "context": {
                "System": {
                    "application": {"applicationId": self.extension_id},
                    "user": self._user(),
                    "device": {"deviceId": self.device_id, "display": SCREENS[self.screen]},
                }
            },
            "request": {
                "requestId": str(uuid.uuid4()),
                "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "locale": self.locale,
                "extensionId": self.extension_id,
                "intent": {"intent": "", "name": "", "slots": None},
                "event": {"namespace": "", "name": "", "payload": None},
                **request,
            },
        }

    def end_session(self) -> None:
        """Forget the session; the next message begins another."""
        self.session_id = None
        self.attributes = {}

    def _session(self) -> dict[str, Any]:
        new = self.session_id is None
        self.session_id = self.session_id or str(uuid.uuid4())
        return {
            "sessionId": self.session_id,
            "new": new,
            "sessionAttributes": dict(self.attributes),
            "user": self._user(),
        }

    def _user(self) -> dict[str, Any]:
        user = {"userId": self.user_id}
        return user if self.access_token is None else {**user, "accessToken": self.access_token}


def launch_request() -> dict[str, Any]:
    """Write a ``LaunchRequest``."""
    return {"type": "LaunchRequest"}


def session_ended_request() -> dict[str, Any]:
    """Write a ``SessionEndedRequest``."""
    return {"type": "SessionEndedRequest"}


def intent_request(name: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Write an ``IntentRequest``.

    :param slots: by name: a value, a :class:`~clova_flask.Slot`, or its wire form; None leaves it out.
    """
    written = {slot: _slot(slot, value) for slot, value in slots.items() if value is not None}
    return {"type": "IntentRequest", "intent": {"intent": name, "name": name, "slots": written or None}}


def event_request(full_name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Write an ``EventRequest``.

    :param full_name: ``AudioPlayer.PlayFinished``.
    :param payload: its fields, in snake_case or in camelCase; none at all writes null.
    """
    namespace, _, name = full_name.rpartition(".")
    written = {camel_case(key): _payload_value(value) for key, value in payload.items()}
    event = {"namespace": namespace, "name": name, "payload": written or None}
    return {"type": "EventRequest", "event": event}


def _slot(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {"name": name, **value}
    if isinstance(value, Slot):
        fields = {"value": value.value, "unit": value.unit, "valueType": value.value_type}
        return {"name": name, **{key: part for key, part in fields.items() if part is not None}}
    return {"name": name, "value": str(value)}


def _payload_value(value: Any) -> Any:
    return write_object(value)


def home_request(name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Write a Clova Home request.

    :param name: the action, ``TurnOn``.
    :param payload: its payload in wire form, access token included.
    """
    header = {
        "messageId": str(uuid.uuid4()),
        "namespace": NAMESPACE,
        "name": f"{name}Request",
        "payloadVersion": PAYLOAD_VERSION,
    }
    return {"header": header, "payload": dict(payload)}


def home_fields(name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Write the fields of a Home request, given in snake_case and unwrapped, or as they are on the wire.

    :param name: the action; any other than those of the table leaves the fields as they are.
    """
    interface = INTERFACES.get(name)
    if interface is None:
        return dict(fields)
    written: dict[str, Any] = Shape(interface.takes).write(fields)
    return written
