"""What a careful developer would write by hand for the intent: every check, and no abstraction."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, request

from ..signing import EXTENSION_ID, PATH
from ..workloads import Workload
from .by_hand import JSON, MAX_CONTENT_LENGTH, load_key, read, verify, write


def create_app(_workload: Workload, public_key: str) -> Flask:
    """Make the app."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_CONTENT_LENGTH
    key = load_key(public_key)

    @app.post(PATH)
    def endpoint() -> Response:
        body = request.get_data()
        verify(key, body, request.headers.get("SignatureCEK"))
        return Response(write(_dispatch(_parse(body))), content_type=JSON)

    return app


def _parse(body: bytes) -> dict[str, Any]:
    try:
        message: dict[str, Any] = read(body)
        application_id = message["context"]["System"]["application"]["applicationId"]
    except (ValueError, KeyError, TypeError):
        abort(400)
    if application_id != EXTENSION_ID:
        abort(403)
    return message


def _dispatch(message: dict[str, Any]) -> dict[str, Any]:
    attributes = (message.get("session") or {}).get("sessionAttributes") or {}
    match message["request"]["type"]:
        case "LaunchRequest":
            return _answer("무엇을 주문할까요?", attributes)
        case "IntentRequest":
            return _intent(message["request"]["intent"], attributes)
    return _answer(None, {}, ends=True)


def _intent(intent: dict[str, Any], attributes: dict[str, Any]) -> dict[str, Any]:
    slots = intent.get("slots") or {}
    match intent["name"]:
        case "OrderPizza":
            return _order(slots, attributes)
        case "Clova.NoIntent":
            return _answer("알겠어요.", attributes, ends=True)
    return _answer("아직은 할 수 없는 일이에요.", attributes)


def _order(slots: dict[str, Any], attributes: dict[str, Any]) -> dict[str, Any]:
    try:
        pizza_type = str(slots["pizzaType"]["value"])
        pizza_amount = int(slots["pizzaAmount"]["value"])
    except (KeyError, TypeError, ValueError):
        return _answer("조금 더 자세히 말씀해 주시겠어요?", attributes)
    attributes["pizza"] = pizza_type
    return _answer(f"{pizza_type} {pizza_amount}판, 주문할까요?", attributes)


def _answer(text: str | None, attributes: dict[str, Any], *, ends: bool = False) -> dict[str, Any]:
    speech: dict[str, Any] = {}
    if text is not None:
        speech = {"type": "SimpleSpeech", "values": {"type": "PlainText", "lang": "ko", "value": text}}
    return {
        "version": "1.0",
        "sessionAttributes": {} if ends else attributes,
        "response": {"outputSpeech": speech, "card": {}, "directives": [], "shouldEndSession": ends},
    }
