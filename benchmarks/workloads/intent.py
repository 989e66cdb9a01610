"""An IntentRequest as CEK writes it: an order of two pizzas in Korean."""

from __future__ import annotations

from typing import Any

from ..signing import EXTENSION_ID

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


def message(number: int) -> dict[str, Any]:
    """Write the order of two pizzas."""
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
