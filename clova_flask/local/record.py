"""Recording what a running endpoint receives and answers, without what is private, to be replayed.

A recorder stands between CEK and the endpoint: it hands each request on as it is, signature and all, and
stores the message and the answer when the endpoint took the message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from ..delivery import Delivered, DeliveryError
from ..signature import HEADER

Forward = Callable[[bytes, Mapping[str, str]], Delivered]

MAX_BODY = 1_048_576
"""Longest request that is handed on, in bytes."""

# What tells who somebody is, by the name of its field.
_PRIVATE = {"userId": "user", "accessToken": "token", "deviceId": "device", "sessionId": "session"}


class Redactor:
    """Replaces what is private by names that stay the same through a recording: ``user-1``, ``token-1``."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def redact(self, value: Any, key: str = "") -> Any:
        """Copy parsed JSON without what is private."""
        if isinstance(value, dict):
            return {name: self.redact(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.redact(item, key) for item in value]
        if key in _PRIVATE and isinstance(value, str) and value:
            kind = _PRIVATE[key]
            number = sum(1 for known, _ in self._names if known == kind) + 1
            return self._names.setdefault((kind, value), f"{kind}-{number}")
        return value


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
        self._count = sum(1 for _ in folder.glob("*.json")) if folder.is_dir() else 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request with what the endpoint answers."""
        request = Request(environ)
        request.max_content_length = MAX_BODY
        body = request.get_data()
        headers = {HEADER: request.headers[HEADER]} if HEADER in request.headers else {}
        try:
            delivered = self._forward(body, headers)
        except DeliveryError as error:
            response = Response(json.dumps({"error": str(error)}), 502, content_type="application/json")
            return response(environ, start_response)
        if delivered.status_code == 200:
            self._store(body, delivered.body)
        content_type = "application/json;charset=utf-8"
        return Response(delivered.body, delivered.status_code, content_type=content_type)(
            environ, start_response
        )

    def _store(self, body: bytes, answer: bytes) -> None:
        try:
            recording = {"request": json.loads(body), "answer": json.loads(answer)}
        except ValueError:
            return  # nothing that could be replayed
        self._count += 1
        name = f"{self._count:04}-{_name(recording['request'])}.json"
        recorded = {
            "recordedAt": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            **self._redactor.redact(recording),
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(recorded, ensure_ascii=False, indent=2)
        (self._folder / name).write_text(text + "\n", encoding="utf-8")
        self._tell(name)


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
    return re.sub(r"[^\w.-]+", "-", name)


class RecordingError(ValueError):
    """A file is no recording."""


def load_recording(path: Path) -> tuple[Any, Any]:
    """Read a recording: the message, and the answer it had.

    :raises RecordingError: it is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data["request"], data["answer"]
    except (OSError, ValueError, KeyError, TypeError) as error:
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
    elif before != after:
        yield f"{path}: was {_short(before)}, is {_short(after)}."


_ALWAYS_NEW = {"messageId", "token", "audioItemId", "applianceResponseTimestamp"}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"{text[:80]}…" if len(text) > 80 else text
