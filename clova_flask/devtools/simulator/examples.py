"""Example payloads, made from the interface table: for tests, tools and documentation."""

from __future__ import annotations

from typing import Any

from ...home.interfaces import INTERFACES
from ...home.shared_objects import APPLIANCE, OBJECTS
from ...wire.rows import Rows

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
    "unit": "kWh",
}
"""Text for a field, by its name or by that of the object around it."""

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


def _object(rows: Rows, optional: bool, within: str = "") -> dict[str, Any]:
    written: dict[str, Any] = {}
    for path, row in rows.items():
        kind, _, choices = row.partition(" ")
        if "." in path or not (optional or kind.endswith("!")):
            continue
        key = path.removesuffix("[]")
        inner = {other[len(path) + 1 :]: text for other, text in rows.items() if other.startswith(path + ".")}
        value = _value(key, kind.removesuffix("!"), choices, inner, optional, within)
        written[key] = [value] if path.endswith("[]") else value
    return written


def _value(key: str, kind: str, choices: str, inner: Rows, optional: bool, within: str) -> Any:
    if inner:
        return _object(inner, optional, key)
    if kind == "Appliance":
        return _object(APPLIANCE, optional, key)
    if kind in OBJECTS:
        rows = OBJECTS[kind]
        if choices:
            rows = {**rows, "value": f"{rows['value'].partition(' ')[0]} {choices}"}
        return _object(rows, optional, key)
    if choices:
        first = choices.split("|")[0]
        return int(first) if kind == "number" else first
    return _plain(key, kind, within)


def _plain(key: str, kind: str, within: str) -> Any:
    if kind in ("number", "number|string"):
        return _NUMBER
    if kind == "boolean":
        return True
    if kind == "object":
        return {"row": 1}
    if key in ("start", "end") or key.endswith(("Timestamp", "TimestampList", "Time")):
        return _POINT
    return _TEXTS.get(key if key != "value" else within, "예")
