"""Recording what a running endpoint receives and answers, without what is private, to be replayed.

A recorder stands between CEK and the endpoint: it hands each request on as it is, signature and all, and
stores the message and the answer when the endpoint took the message.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from ...errors import MalformedMessage
from ...security.signature import HEADER
from ...wire.http import HttpResponse
from ...wire.json import decode
from .transport import DeliveryError

Forward = Callable[[bytes, Mapping[str, str]], HttpResponse]

MAX_BODY = 1_048_576
"""Longest request that is handed on, in bytes."""

# What tells who somebody is or lets one in, by the letters of its field's name.
_PRIVATE = {
    "userid": "user",
    "deviceid": "device",
    "sessionid": "session",
    **dict.fromkeys(("accesstoken", "refreshtoken", "idtoken", "authorization", "bearer"), "token"),
    **dict.fromkeys(("password", "secret", "clientsecret", "apikey"), "secret"),
}


_LONG = 8  # a private value of this length is no other word by chance


class Redactor:
    """Replaces what is private by names that stay the same through a recording: ``user-1``, ``token-1``.

    What a private field held is replaced wherever else it is seen, in attributes or in addresses.
    """

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def redact(self, value: Any) -> Any:
        """Copy parsed JSON without what is private."""
        self._learn(value, None)
        return self._copy(value, None)

    def _learn(self, value: Any, kind: str | None) -> None:
        """Name what is private; ``kind`` says what the value is part of."""
        if isinstance(value, dict):
            for name, inner in value.items():
                self._learn(inner, _kind(name) or kind)
        elif isinstance(value, list):
            for item in value:
                self._learn(item, kind)
        elif kind and _tells(value):
            number = sum(1 for known, _ in self._names if known == kind) + 1
            self._names.setdefault((kind, str(value)), f"{kind}-{number}")

    def _copy(self, value: Any, kind: str | None) -> Any:
        if isinstance(value, dict):
            return {self._text(name): self._copy(inner, _kind(name) or kind) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._copy(item, kind) for item in value]
        if kind and _tells(value):
            return self._names[kind, str(value)]
        if isinstance(value, (int, float)) and self._text(str(value)) != str(value):
            return self._text(str(value))
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        # The longest first, since one private value may begin another.
        for (_, private), name in sorted(self._names.items(), key=lambda item: -len(item[0][1])):
            if len(private) >= _LONG:
                text = text.replace(private, name).replace(quote(private, safe=""), name)
        return text


def _kind(key: str) -> str | None:
    return _PRIVATE.get(re.sub("[^a-z]", "", key.lower()))


def _tells(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != ""


def speak_as(message: Any, user: Mapping[str, Any]) -> Any:
    """Copy a recorded message with the user's own token and id in place of the redacted ones.

    :param user: ``access_token`` and ``user_id``, None to leave the recorded one.
    """
    given = {"accessToken": user.get("access_token"), "userId": user.get("user_id")}

    def copy(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: copy(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [copy(item) for item in value]
        return value if given.get(key) is None else given[key]

    return copy(message)


class Recorder:
    """A WSGI app that hands requests on and stores them.

    :param forward: posts to the endpoint.
    :param folder: where recordings go, a file each.
    :param tell: told the name of each file.
    """

    def __init__(self, forward: Forward, folder: Path, tell: Callable[[str], None]) -> None:
        self._forward = forward
        self._folder = folder
        self._tell = tell
        self._redactor = Redactor()
        self._lock = threading.Lock()
        self._count = max((_number(path) for path in folder.glob("*.json")), default=0)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request with what the endpoint answers."""
        delivered = self._answer(Request(environ))
        response = Response(delivered.body, delivered.status_code, content_type=_JSON)
        return response(environ, start_response)

    def _answer(self, request: Request) -> HttpResponse:
        if request.method != "POST":
            return _error(405, f"CEK sends POST; this was {request.method}.")
        request.max_content_length = MAX_BODY
        try:
            body = request.get_data()
        except HTTPException as error:
            return _error(error.code or 400, f"{error.description}")
        headers = {HEADER: request.headers[HEADER]} if HEADER in request.headers else {}
        try:
            delivered = self._forward(body, headers)
        except DeliveryError as error:
            return _error(502, str(error))
        if delivered.status_code == 200:
            with self._lock:
                self._store(body, delivered.body)
        return delivered

    def _store(self, body: bytes, answer: bytes) -> None:
        try:
            recording = {"request": decode(body), "answer": decode(answer)}
        except MalformedMessage:
            return  # nothing that could be replayed
        self._count += 1
        name = f"{self._count:04}-{_name(recording['request'])}.json"
        recorded = {
            "recordedAt": datetime.now(UTC).isoformat(timespec="seconds"),
            **self._redactor.redact(recording),
        }
        text = json.dumps(recorded, ensure_ascii=False, indent=2)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            self._tell(f"nothing: {self._folder / name} cannot be written ({error.strerror})")
        else:
            self._tell(name)


_JSON = "application/json;charset=utf-8"


def _error(status: int, text: str) -> HttpResponse:
    return HttpResponse(status, json.dumps({"error": text}, ensure_ascii=False).encode())


def _number(path: Path) -> int:
    """Read the number of a recording from its name."""
    digits = path.name.partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


def _name(message: Any) -> str:
    match message:
        case {"request": {"type": "IntentRequest", "intent": {"name": str(name)}}}:
            pass
        case {"request": {"type": "EventRequest", "event": {"name": str(name)}}}:
            pass
        case {"request": {"type": str(name)}} | {"header": {"name": str(name)}}:
            pass
        case _:
            name = "message"
    return re.sub(r"[^\w.-]+", "-", name)[:80]


class RecordingError(ValueError):
    """A file is no recording."""


def load_recording(path: Path) -> tuple[Any, Any]:
    """Read a recording: the message, and the answer it had.

    :raises RecordingError: it is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data["request"], data["answer"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordingError(f"{path} is no recording: {error}") from None


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Say where an answer differs from the recorded one; ids and times that are always new do not count."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            if key not in _ALWAYS_NEW:
                where = f"{path}.{key}" if path else key
                yield from differences(before.get(key), after.get(key), where)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif before != after or isinstance(before, bool) != isinstance(after, bool):
        yield f"{path or 'answer'}: was {_short(before)}, is {_short(after)}."


_ALWAYS_NEW = {"messageId", "token", "audioItemId", "applianceResponseTimestamp"}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"{text[:80]}…" if len(text) > 80 else text
