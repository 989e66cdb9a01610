"""The request that is measured: a signed IntentRequest as CEK writes it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

EXTENSION_ID = "com.example.pizzabot"
PATH = "/clova"

HEADERS = {
    # The parameter is malformed in real traffic, and so it is here.
    "Content-Type": "application/json;charset-UTF-8",
    "Accept": "application/json",
    "Accept-Charset": "utf-8",
    "User-Agent": "CEK/1.0",
}
"""The headers that come with every request besides the signature."""

ANSWER: dict[str, Any] = {
    "version": "1.0",
    "sessionAttributes": {"store": "강남역점", "pizza": "페퍼로니"},
    "response": {
        "outputSpeech": {
            "type": "SimpleSpeech",
            "values": {"type": "PlainText", "lang": "ko", "value": "페퍼로니 2판, 주문할까요?"},
        },
        "card": {},
        "directives": [],
        "shouldEndSession": False,
    },
}
"""What every contender has to answer."""


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A body with the value of its ``SignatureCEK``."""

    body: bytes
    signature: str


def generate_key() -> rsa.RSAPrivateKey:
    """Make a key like the platforms', RSA of 2048 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(key: rsa.RSAPrivateKey) -> str:
    """Write the public half of a key as a PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signed_order(key: rsa.RSAPrivateKey, number: int = 0) -> SignedRequest:
    """Write and sign the order of two pizzas.

    :param number: tells one user, session and request from another.
    """
    body = json.dumps(_message(number), ensure_ascii=False, separators=(",", ":")).encode()
    signature = key.sign(body, padding.PKCS1v15(), SHA256())
    return SignedRequest(body, base64.b64encode(signature).decode())


def _message(number: int) -> dict[str, Any]:
    user = {"userId": f"V0qe8q5uTVmPXaI{number:08}", "accessToken": f"XHapQasdfsdfFsdfasdflQQ7w{number:08}"}
    return {
        "version": "1.0",
        "session": {
            "new": False,
            "sessionId": f"a29cfead-c5ba-474d-8745-{number:012}",
            "sessionAttributes": {"store": "강남역점"},
            "user": user,
        },
        "context": {"System": _system(user), "AudioPlayer": {"playerActivity": "IDLE"}},
        "request": {
            "type": "IntentRequest",
            "requestId": f"f09874hiudf-sdf-4wku-{number:012}",
            "timestamp": "2018-08-10T03:00:00Z",
            "locale": "ko-KR",
            "extensionId": EXTENSION_ID,
            "intent": _intent(),
            "event": {"namespace": "", "name": "", "payload": None},
            "query": "페퍼로니 피자 두 판 주문해 줘",
        },
    }


def _system(user: dict[str, Any]) -> dict[str, Any]:
    layer = {"width": 640, "height": 360}
    display = {"size": "l100", "orientation": "landscape", "dpi": 96, "contentLayer": layer}
    return {
        "application": {"applicationId": EXTENSION_ID},
        "user": user,
        "device": {
            "deviceId": "096e6b27-1717-33e9-b0a7-510a48658a9b",
            "display": display,
            "model": "클로바 클락+",
        },
    }


def _intent() -> dict[str, Any]:
    slots = {
        "pizzaType": {"name": "pizzaType", "value": "페퍼로니", "rawValue": "페퍼로니 피자"},
        "pizzaAmount": {"name": "pizzaAmount", "value": "2", "rawValue": "두 판"},
    }
    return {"intent": "OrderPizza", "name": "OrderPizza", "confidence": 0.98, "slots": slots}
