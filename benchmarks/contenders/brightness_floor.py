"""What a careful developer would write by hand for a lamp: every check, and no abstraction."""

from __future__ import annotations

import logging
import math
import uuid
from typing import Any

from flask import Flask, Response, abort, request

from ..signing import PATH
from ..workloads import Workload
from ..workloads.brightness import USERS, LampRow
from .by_hand import JSON, MAX_CONTENT_LENGTH, load_key, read, verify, write

logger = logging.getLogger(__name__)

_MIN_BRIGHTNESS, _MAX_BRIGHTNESS = 0, 100

Reply = tuple[str, dict[str, Any]]
"""The name of a reply and its payload."""


def create_app(_workload: Workload, public_key: str) -> Flask:
    """Make the app."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_CONTENT_LENGTH
    key = load_key(public_key)

    @app.post(PATH)
    def endpoint() -> Response:
        body = request.get_data()
        verify(key, body, request.headers.get("SignatureCEK"))
        header, payload = _parse(body)
        try:
            name, answer = _dispatch(header["name"], payload)
        except Exception:
            logger.exception("The lamp could not be dimmed.")
            name, answer = "DriverInternalError", {}
        return Response(write(_reply(header, name, answer)), content_type=JSON)

    return app


def _parse(body: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        message: dict[str, Any] = read(body)
        header, payload = message["header"], message["payload"]
        is_ours = header["namespace"] == "ClovaHome" and isinstance(header["name"], str)
    except (ValueError, KeyError, TypeError):
        abort(400)
    if not is_ours or not isinstance(payload, dict):
        abort(400)
    return header, payload


def _dispatch(name: str, payload: dict[str, Any]) -> Reply:
    token = payload.get("accessToken")
    user = USERS.get(token) if isinstance(token, str) else None
    if user is None:
        return "InvalidAccessTokenError", {}
    appliance = payload.get("appliance")
    appliance_id = appliance.get("applianceId") if isinstance(appliance, dict) else None
    lamp = user.lamps.get(appliance_id) if isinstance(appliance_id, str) else None
    if lamp is None:
        return "NoSuchTargetError", {}
    match name:
        case "SetBrightnessRequest":
            return _set_brightness(lamp, payload.get("brightness"))
        case "TurnOnRequest":
            lamp.is_on = True
            return "TurnOnConfirmation", {}
        case "TurnOffRequest":
            lamp.is_on = False
            return "TurnOffConfirmation", {}
    return "UnsupportedOperationError", {}


def _set_brightness(lamp: LampRow, given: Any) -> Reply:
    brightness = given.get("value") if isinstance(given, dict) else None
    if not isinstance(brightness, (int, float)) or isinstance(brightness, bool) or math.isnan(brightness):
        return "ValueNotSupportedError", {}
    if not _MIN_BRIGHTNESS <= brightness <= _MAX_BRIGHTNESS:
        return "ValueOutOfRangeError", {"minimumValue": _MIN_BRIGHTNESS, "maximumValue": _MAX_BRIGHTNESS}
    lamp.brightness = brightness
    return "SetBrightnessConfirmation", {"brightness": {"value": brightness}}


def _reply(header: dict[str, Any], name: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "header": {
            "messageId": header.get("messageId") or str(uuid.uuid4()),
            "namespace": "ClovaHome",
            "name": name,
            "payloadVersion": "1.0",
        },
        "payload": payload,
    }
