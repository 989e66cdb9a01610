"""Sends messages to the server, each over a connection of its own."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from typing import Any, NamedTuple

from clova_flask.devtools.simulator.caller import Caller
from clova_flask.devtools.simulator.requests import home_request, intent_request
from tests.fuzz.seeds import EXTENSION_ID

TIMEOUT = 40.0
FAILURES = (OSError, HTTPException)


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


def send(port: int, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body.

    :raises OSError: there is no answer; HTTPException likewise.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        with suppress(BrokenPipeError):  # a body that is too long is answered before all of it is read
            connection.request("POST", "/clova", body, {"Connection": "close", **headers})
        response = connection.getresponse()
        return Answer(response.status, response.read())
    finally:
        connection.close()


def intent(user: str, name: str, **slots: str) -> bytes:
    """Write an IntentRequest of a user's, which is like no other."""
    message = Caller(EXTENSION_ID, user_id=user, locale="ja-JP").message(intent_request(name, slots))
    message["request"]["timestamp"] = datetime.now(UTC).isoformat()
    return json.dumps(message, ensure_ascii=False).encode()


def home(token: str, name: str) -> bytes:
    """Write a Clova Home request, which is like no other."""
    payload = {"accessToken": token, "appliance": {"applianceId": "anything"}, "id": str(uuid.uuid4())}
    return json.dumps(home_request(name, payload)).encode()
