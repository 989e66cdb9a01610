"""Example payloads, written from the interface table, for tests, tools and documentation."""

from __future__ import annotations

from typing import Any

from ...home.interfaces import INTERFACES
from ...wire.rows import Field, Shape

_TEXTS = {
    "accessToken": "test-access-token",
    "action": "TurnOn",
    "actions": "TurnOn",
    "applianceId": "appliance-1",
    "applianceTypes": "LIGHT",
    "channelName": "뉴스",
    "currency": "KRW",
    "endpoint": "fridge",
    "friendlyName": "거실 등",
    "location": "LIVING_ROOM",
    "mode": "auto",
    "name": "전기",
    "sceneId": "scene-1",
    "sceneName": "외출",
    "sourceName": "HDMI1",
    "unit": "kW",
}
"""Text for a field, by its name or by the name of the object around it."""

_POINT = "2026-01-01T09:00:00+09:00"
_NUMBER = 2


def example_payload(name: str, *, optional: bool = True) -> dict[str, Any]:
    """Write a payload of a request, access token and appliance included.

    :param name: the action, ``SetBrightness``.
    :param optional: also write the fields that may be left out.
    """
    interface = INTERFACES[name]
    payload: dict[str, Any] = {"accessToken": _TEXTS["accessToken"]}
    if interface.appliance:
        payload["appliance"] = {"applianceId": _TEXTS["applianceId"]}
    return {**payload, **_object(interface.takes, optional)}


def example_reply(name: str, *, optional: bool = True) -> dict[str, Any]:
    """Write a payload of the reply, without its timestamp; parameters as for :func:`example_payload`."""
    return _object(INTERFACES[name].gives, optional)


def _object(shape: Shape, optional: bool, within: str = "") -> dict[str, Any]:
    written: dict[str, Any] = {}
    for field in shape:
        if optional or field.required:
            value = _value(field, optional, within)
            written[field.name] = [value] if field.many else value
    return written


def _value(field: Field, optional: bool, within: str) -> Any:
    if field.shape is not None:
        return _object(field.shape, optional, field.name)
    if field.choices:
        return field.choices[0]
    if field.kind in ("number", "number|string"):
        return _NUMBER
    if field.kind == "boolean":
        return True
    if field.kind == "object":
        return {"row": 1}
    name = field.name
    if name in ("start", "end") or name.endswith(("Timestamp", "TimestampList", "Time")):
        return _POINT
    return _TEXTS.get(name if name != "value" else within, "예")
