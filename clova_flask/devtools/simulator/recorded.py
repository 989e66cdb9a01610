"""Recordings read back: whose they are, and where an answer differs from the recorded one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...errors import MalformedMessage
from ...texts.templated import Templated, text_of
from ...wire.json import decode

MAX_RECORDING = 4 * 1024 * 1024
"""Bytes of a recording that is read from elsewhere; a message alone has at most a quarter of that."""


class RecordingError(ValueError):
    """A file is not a recording."""


def load_recording(path: Path) -> tuple[Any, Any]:
    """Read a recording.

    :return: the message, and the answer to it.
    :raises RecordingError: the file is not a recording.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data["request"], data["answer"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordingError(
            Templated("%(path)s is not a recording: %(error)s", path=path, error=text_of(error))
        ) from None


def read_recording(content: bytes, name: str) -> tuple[Any, Any]:
    """Read a recording that may be any file: of bounded size and depth, and strictly JSON.

    :param name: what the file is called.
    :return: the message, an object, and the answer to it.
    :raises RecordingError: the file is not a recording.
    """
    if len(content) > MAX_RECORDING:
        raise RecordingError(
            Templated(
                "%(name)s has more than %(most)s MB.",
                name=name,
                most=MAX_RECORDING // 1024 // 1024,
            )
        )
    try:
        data = decode(content)
    except MalformedMessage as error:
        raise RecordingError(
            Templated("%(name)s is not a recording: %(error)s", name=name, error=text_of(error))
        ) from None
    if not isinstance(data, dict) or not isinstance(data.get("request"), dict) or "answer" not in data:
        raise RecordingError(
            Templated(
                "%(name)s is not a recording: it must be an object with request and answer, as flask "
                "clova record writes it.",
                name=name,
            )
        )
    return data["request"], data["answer"]


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Yield where an answer differs from the recorded one, but for ids and times, which are always new."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            if key not in _ALWAYS_NEW:
                where = f"{path}.{key}" if path else key
                yield from differences(before.get(key), after.get(key), where)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif before != after or isinstance(before, bool) != isinstance(after, bool):
        yield Templated(
            "%(path)s: was %(before)s, is %(after)s.",
            path=path or "answer",
            before=_short(before),
            after=_short(after),
        )


_ALWAYS_NEW = {"messageId", "token", "audioItemId", "applianceResponseTimestamp"}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"{text[:80]}…" if len(text) > 80 else text


def speak_as(message: Any, user: Mapping[str, Any]) -> Any:
    """Copy a recorded message with another user in place of the redacted one.

    :param user: ``access_token`` and ``user_id``; None keeps the recorded one.
    """
    given = {"accessToken": user.get("access_token"), "userId": user.get("user_id")}

    def copy(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: copy(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [copy(item) for item in value]
        return value if given.get(key) is None else given[key]

    return copy(message)


def with_token(message: Any, token: str) -> Any:
    """Copy a message with an access token where its kind has one, whether it had one before or not."""
    if not isinstance(message, dict):
        return message
    if "header" in message:
        return {**message, "payload": {**_object(message.get("payload")), "accessToken": token}}
    context, session = _object(message.get("context")), message.get("session")
    system = _object(context.get("System"))
    copy = {**message, "context": {**context, "System": _speaking(system, token)}}
    return {**copy, "session": _speaking(session, token)} if isinstance(session, dict) else copy


def _speaking(part: Mapping[str, Any], token: str) -> dict[str, Any]:
    return {**part, "user": {**_object(part.get("user")), "accessToken": token}}


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
