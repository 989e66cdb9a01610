"""A Clova Home SetBrightnessRequest as CEK writes it, and the users whose lamps are dimmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ANSWER: dict[str, Any] = {
    "header": {
        "messageId": "33da6561-0149-4532-a30b-000000000000",
        "namespace": "ClovaHome",
        "name": "SetBrightnessConfirmation",
        "payloadVersion": "1.0",
    },
    "payload": {"brightness": {"value": 50}},
}
"""What every contender has to answer."""


@dataclass(slots=True)
class LampRow:
    """A lamp, as a database would have it."""

    id: str
    name: str
    is_on: bool = True
    brightness: float = 100


@dataclass(frozen=True, slots=True)
class User:
    """A user and their lamps by id."""

    lamps: dict[str, LampRow]


def _user(number: int) -> User:
    rows = [LampRow(f"lamp-{number:02}-{lamp}", f"거실 등 {lamp}") for lamp in range(10)]
    return User({row.id: row for row in rows})


def _token(number: int) -> str:
    return f"XHapQasdfsdfFsdfasdflQQ7w{number:08}"


USERS = {_token(number): _user(number) for number in range(100)}
"""A hundred users with ten lamps each, by access token; no database, so that only the web part counts."""


def message(number: int) -> dict[str, Any]:
    """Write the request to dim a lamp to 50 %."""
    user = number % 100
    return {
        "header": {
            "messageId": f"33da6561-0149-4532-a30b-{number:012}",
            "namespace": "ClovaHome",
            "name": "SetBrightnessRequest",
            "payloadVersion": "1.0",
        },
        "payload": {
            "accessToken": _token(user),
            "appliance": {
                "applianceId": f"lamp-{user:02}-3",
                "additionalApplianceDetails": {"room": "거실"},
            },
            "brightness": {"value": 50},
        },
    }
