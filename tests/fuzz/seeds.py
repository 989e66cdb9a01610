"""Valid messages of every kind, written by the simulator's makers from the package's own tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from clova_flask.custom.catalogue import BUILT_IN_INTENTS, EVENTS
from clova_flask.devtools.simulator.caller import Caller
from clova_flask.devtools.simulator.examples import example_payload
from clova_flask.devtools.simulator.requests import (
    any_event_request,
    home_request,
    intent_request,
    launch_request,
    session_ended_request,
)
from clova_flask.home.interfaces import INTERFACES
from clova_flask.wire.rows import Field, Shape

from .slots import EXAMPLES, SPOKEN

EXTENSION_ID = "com.example.fuzz"
LANGUAGES = {"naver": "ko-KR", "line": "ja-JP"}

USERS = tuple(f"U-{name}-{number}f3a9c1d7e5b8" for number, name in enumerate(("sakura", "bora", "hinata")))
"""Ids of users, which occur nowhere else in a message, and so can be looked for in a log."""

TOKENS = {user: f"token.{index}.q8ZsXw41TnVbR6yP" for index, user in enumerate(USERS)}
"""The access tokens of the users."""

SECRETS = {user: f"秘密비밀-{index}-71c0" for index, user in enumerate(USERS)}
"""What the app keeps of each user and tells nobody else."""

_PLAYER = {
    "offsetInMilliseconds": 60000,
    "totalInMilliseconds": 300000,
    "playerActivity": "PAUSED",
    "stream": {
        "token": "TR-NM-4435786",
        "url": "clova:TR-NM-4435786",
        "urlPlayable": False,
        "beginAtInMilliseconds": 0,
        "customData": "비밀",
    },
}


@cache
def seeds(platform: str) -> dict[str, str]:
    """Return each seed as JSON, by its name."""
    return {name: json.dumps(message, ensure_ascii=False) for name, message in _all(platform)}


def _all(platform: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for index, (name, request) in enumerate(_requests()):
        user = USERS[index % len(USERS)]
        yield name, _message(platform, user, request, with_player=index % 2 == 0)
    yield "launch without a session", _message(platform, USERS[0], launch_request(), sessionless=True)
    for index, name in enumerate(INTERFACES):
        yield f"home {name}", _home(name, USERS[index % len(USERS)], index)


def _requests() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "launch", launch_request()
    yield "session ended", session_ended_request()
    for name, slots in EXAMPLES.items():
        yield f"intent {name}", intent_request(name, slots)
    for name in BUILT_IN_INTENTS:
        yield f"intent {name}", intent_request(name, {})
    for name, shape in EVENTS.items():
        yield f"event {name}", any_event_request(name, _filled(shape))
    yield "event Elsewhere.Happened", any_event_request("Elsewhere.Happened", {"row": [1, {"at": "예"}]})


def _message(
    platform: str,
    user: str,
    request: dict[str, Any],
    *,
    sessionless: bool = False,
    with_player: bool = False,
) -> dict[str, Any]:
    caller = Caller(
        EXTENSION_ID,
        user_id=user,
        access_token=TOKENS[user],
        locale=LANGUAGES[platform],
        session_id="a29cfead-c5ba-474d-8745-6c1a6625f0c5",
        attributes={"pizza": SPOKEN, "count": 2},
    )
    message = caller.message(request, sessionless=sessionless)
    # The same in each run.
    message["request"].update(requestId="f09874hiudf-sdf-4wku", timestamp="2026-11-26T08:00:00Z")
    if with_player:
        message["context"]["AudioPlayer"] = _PLAYER
    return message


def _home(name: str, user: str, index: int) -> dict[str, Any]:
    payload = example_payload(name)
    payload["accessToken"] = TOKENS[user]
    if "appliance" in payload:
        payload["appliance"] = {"applianceId": ("lamp", "aircon", "anything")[index % 3]}
    message = home_request(name, payload)
    message["header"]["messageId"] = "33da6561-0149-4532-a30b-e0de8f75c4cf"
    return message


def _filled(shape: Shape) -> dict[str, Any]:
    return {field.name: _value(field) for field in shape}


def _value(field: Field) -> Any:
    if field.shape is not None:
        value: Any = _filled(field.shape)
    elif field.choices:
        value = field.choices[0]
    else:
        value = {"number": 2, "boolean": True, "object": {"row": 1}}.get(field.kind, SPOKEN)
    return [value] if field.many else value
