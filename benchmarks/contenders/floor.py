"""What a careful developer would write by hand: every check, and no abstraction."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import Flask, Response, abort, request

from ..traffic import EXTENSION_ID, PATH

_PADDING = padding.PKCS1v15()
_HASH = SHA256()


def create_app(public_key: str) -> Flask:
    """Make the app."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_048_576
    key = load_pem_public_key(public_key.encode())
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("CEK signs with RSA.")

    @app.post(PATH)
    def endpoint() -> Response:
        body = request.get_data()
        _verify(key, body, request.headers.get("SignatureCEK"))
        answer = _dispatch(_parse(body))
        written = json.dumps(answer, ensure_ascii=False)
        return Response(written, content_type="application/json;charset=utf-8")

    return app


def _verify(key: rsa.RSAPublicKey, body: bytes, header: str | None) -> None:
    try:
        key.verify(base64.b64decode(header or "", validate=True), body, _PADDING, _HASH)
    except (binascii.Error, InvalidSignature):
        abort(401)


def _parse(body: bytes) -> dict[str, Any]:
    try:
        message: dict[str, Any] = json.loads(body)
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
