"""Record what a running endpoint receives and answers, without what is private.

A recorder stands between CEK and the endpoint: it forwards each request as it is, with its signature, and
stores message and answer when the endpoint accepts the message.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from ...errors import MalformedMessage
from ...security.signature import HEADER
from ...wire.http import HttpResponse
from ...wire.json import decode
from .redaction import Redactor
from .transport import Deliver, DeliveryError

MAX_BODY = 1_048_576
"""Longest request that is forwarded, in bytes."""


class Recorder:
    """A WSGI app that forwards requests and stores them with their answers.

    :param forward: posts to the endpoint.
    :param folder: where recordings are stored, a file each.
    :param tell: called with the name of each file.
    :param redact_slots: whether the values of slots are private too.
    """

    def __init__(
        self, forward: Deliver, folder: Path, tell: Callable[[str], None], *, redact_slots: bool = False
    ) -> None:
        self._forward = forward
        self._folder = folder
        self._tell = tell
        self._redactor = Redactor(redact_slots=redact_slots)
        self._lock = threading.Lock()
        self._count = max((_number(path) for path in folder.glob("*.json")), default=0)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Forward a request, and answer as the endpoint does; store both when the answer has gone out."""
        request = Request(environ)
        refused = _refusal(request)
        delivered = refused or self._deliver(request)
        response = Response(delivered.body, delivered.status_code, content_type=_JSON)
        if not refused and delivered.status_code == 200:
            response.call_on_close(partial(self._store, request.get_data(), delivered.body))
        return response(environ, start_response)

    def _deliver(self, request: Request) -> HttpResponse:
        headers = {HEADER: request.headers[HEADER]} if HEADER in request.headers else {}
        try:
            return self._forward(request.get_data(), headers)
        except DeliveryError as error:
            return _error(502, str(error))

    def _store(self, body: bytes, answer: bytes) -> None:
        try:
            recording = {"request": decode(body), "answer": decode(answer)}
        except MalformedMessage:
            return  # it could not be replayed
        with self._lock:
            self._keep(recording)

    def _keep(self, recording: dict[str, Any]) -> None:
        self._count += 1
        name = f"{self._count:04}-{_name(recording['request'])}.json"
        recorded = {
            "recordedAt": datetime.now(UTC).isoformat(timespec="seconds"),
            **self._redactor.redact_recording(recording),
        }
        text = json.dumps(recorded, ensure_ascii=False, indent=2)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(self._folder / name, "x", encoding="utf-8", opener=_for_the_owner) as file:
                file.write(text + "\n")
        except OSError as error:
            self._tell(f"nothing: {self._folder / name} cannot be written ({error.strerror})")
        else:
            self._tell(name)


def _refusal(request: Request) -> HttpResponse | None:
    """Return why a request is not forwarded; None for one that is."""
    if request.method != "POST":
        return _error(405, f"CEK sends POST, not {request.method}.")
    request.max_content_length = MAX_BODY
    try:
        request.get_data()
    except HTTPException as error:
        return _error(error.code or 400, f"{error.description}")
    return None


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


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
