"""What must hold of each answer, whatever was sent."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import ValidationError

from clova_flask.custom.objects import AudioStream, Message
from clova_flask.custom.rules import answer_rules
from clova_flask.devtools.simulator.judge import judge
from clova_flask.devtools.simulator.reply import Reply
from clova_flask.home.messages import HomeRequest
from clova_flask.platforms import PLATFORMS
from clova_flask.wire import json as wire_json
from clova_flask.wire.derive import compiled, schema_of
from clova_flask.wire.json_values import MAX_DEPTH

from .seeds import SECRETS, TOKENS, USERS
from .slots import SPOKEN

BY_TOKEN = {token: user for user, token in TOKENS.items()}
REFUSED = frozenset({400, 401, 403, 409, 413, 429})
_NOT_JUDGED = frozenset({"answer.version", "answer.not-on-platform", "answer.unheard-reprompt"})
"""What the platform accepts, or what the fuzzed app means to say."""


class Violation(AssertionError):
    """Something that must never be."""


def strict(body: bytes) -> Any:
    """Parse JSON as strictly as the strictest of readers.

    :raises Violation: it is not UTF-8, not JSON, has NaN, a number that no float holds, a key twice, or half
        of a character.
    """
    try:
        parsed = json.loads(
            body.decode(), parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_unique
        )
        json.dumps(parsed, ensure_ascii=False).encode()
    except ValueError as error:
        raise Violation(f"The answer is not strict JSON: {error!r}") from error
    return parsed


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(text[:80])
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made


def check_answer(platform: str, request: Any, status: int, body: bytes) -> None:
    """Check that a message was refused in so many words, or answered as the platform accepts.

    :param request: the message, as the package parses it; None where it cannot be parsed.
    """
    answer = strict(body)
    if status in REFUSED:
        if not isinstance(answer, dict) or list(answer) != ["error"] or not answer["error"]:
            raise Violation(f"Refused with {status}, but without an error.")
        return
    if status != 200:
        raise Violation(f"The status is {status}.")
    rules = answer_rules(PLATFORMS[platform], False)
    # A message that has the parts of both kinds is taken for a custom one.
    judged = {"request": {}, "version": ""} if "request" in request else request
    findings = judge(Reply(judged, status, answer), rules)
    refused = [str(one) for one in findings if one.code not in _NOT_JUDGED]
    if refused:
        raise Violation(f"The platform would refuse the answer: {refused}")


def check_loading(body: bytes) -> Any:
    """Check that compiled and plain schemas agree on a body, and both readers of JSON.

    :return: the parsed message; None where it cannot be parsed.
    """
    if not body or wire_json.is_deep(body, MAX_DEPTH):
        return None
    data = _read(body)
    if isinstance(data, dict) and "request" in data:
        _check_agreement(Message, data)
        stream = _at(data, "request", "event", "payload", "audioStream")
        if stream is not None:
            _check_agreement(AudioStream, stream)
    elif isinstance(data, dict) and "header" in data:
        _check_agreement(HomeRequest, data)
    return data


def _read(body: bytes) -> Any:
    """Parse a body, with orjson too where it is installed: it must mean the same."""
    read = _outcome_of_reading(wire_json._parse_stdlib, body)
    if wire_json._parse is not wire_json._parse_stdlib:
        by_orjson = _outcome_of_reading(wire_json._parse_orjson, body)
        if exact(read) != exact(by_orjson):
            # orjson also refuses half a character in a value that the same key replaces.
            if by_orjson is not None or not has_key_twice(body):
                raise Violation("The standard library and orjson read the body differently.")
            return None
    return read


def _outcome_of_reading(parse: Callable[[bytes], Any], body: bytes) -> Any:
    try:
        return parse(body)
    except ValueError:
        return None


def has_key_twice(body: bytes) -> bool:
    """Whether an object of a body has the same key more than once."""
    try:
        json.loads(body, object_pairs_hook=_unique)
    except ValueError:
        return True
    return False


def exact(value: Any) -> str:
    """Write a value so that 1, 1.0 and True differ, and nothing that repr hides is lost."""
    return json.dumps(value, default=_parts)


def _parts(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return [repr(type(value)), {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}]
    return dict(value) if isinstance(value, Mapping) else repr(value)


_PLAIN = {model: schema_of(model)() for model in (Message, AudioStream, HomeRequest)}


def _check_agreement(model: Any, data: Any) -> None:
    plain = _outcome(_PLAIN[model].load, data)
    if _outcome(compiled(model).load, data) != plain:
        raise Violation(f"The compiled loader of {model.__name__} and marshmallow disagree.")


def _outcome(load: Callable[[Any], Any], data: Any) -> Any:
    try:
        return exact(load(data))
    except ValidationError as error:
        return error.messages  # never equal to text


def check_privacy(request: Any, answer: str) -> None:
    """Check that an answer has no secret but those of whom the message names."""
    told = [user for user, secret in SECRETS.items() if secret in answer]
    if told and not _named(request).issuperset(told):
        raise Violation("The answer has what is kept of a user whom the message does not name.")


def _named(request: Any) -> set[Any]:
    """Return the users whom a message names: by the id of who speaks, and by their access token."""
    token = _at(request, "payload", "accessToken")
    user = _at(request, "session", "user")
    if _at(request, "session") is None:
        user = _at(request, "context", "System", "user")
    named = {_at(user, "userId"), BY_TOKEN.get(str(_at(user, "accessToken"))), BY_TOKEN.get(str(token))}
    # A mutated message may carry a secret itself, in its own session attributes for one.
    carried = {
        owner for owner, secret in SECRETS.items() if secret in json.dumps(request, ensure_ascii=False)
    }
    return named | carried


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


_PRIVATE = (*USERS, *TOKENS.values(), *SECRETS.values(), SPOKEN)
_SHOWN = (
    *(("request", "type"), ("request", "event", "name"), ("request", "event", "namespace")),
    *(("header", "name"), ("payload", "appliance", "applianceId"), ("payload", "scene", "sceneId")),
)
"""Parts of a message that are names, which a log may show."""


def check_log(request: Any, lines: list[str]) -> None:
    """Check that a log has no token, no id of a user and nothing of what was said or kept."""
    text = "\n".join(lines)
    found = [private for private in _PRIVATE if private in text]
    if not found:
        return
    names = _names_in(request)
    leaked = [private for private in found if not any(private in name for name in names)]
    if leaked:
        raise Violation(f"The log tells {leaked}:\n{text}")


def _names_in(request: Any) -> list[str]:
    """List what stands where names stand: mutations put private texts there."""
    names = [str(_at(request, *path)) for path in _SHOWN]
    intent = _at(request, "request", "intent")
    names += [str(_at(intent, key)) for key in ("name", "intent")]
    return [*names, *_keys_of(request)]


def _keys_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in _keys_of(inner))]
    return [key for inner in value for key in _keys_of(inner)] if isinstance(value, list) else []
