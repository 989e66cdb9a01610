"""Bytes to JSON and back: strictly UTF-8, bounded in depth, with orjson when it is installed."""

from __future__ import annotations

import json
import re
from typing import Any

from .errors import MalformedMessage

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment,unused-ignore]

MAX_DEPTH = 100
"""Containers within containers; CEK's own messages stay below ten."""

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


_decode = json.JSONDecoder(parse_constant=_refuse_constant).decode
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def decode(body: bytes) -> Any:
    """Parse a request body.

    :raises MalformedMessage: not UTF-8, not JSON, nested deeper than :data:`MAX_DEPTH`, or holding text that
        UTF-8 cannot carry.
    """
    if not body:
        raise MalformedMessage("The body is empty; CEK sends a JSON message.")
    if body.count(b"{") + body.count(b"[") > MAX_DEPTH:
        _require_shallow(body)
    try:
        return _parse(body)
    except UnicodeError:
        raise MalformedMessage("The body is not UTF-8.") from None
    except ValueError:
        raise MalformedMessage("The body is not JSON.") from None


def _parse_stdlib(body: bytes) -> Any:
    parsed = _decode(body.decode())
    if b"\\u" in body:
        # A lone surrogate parses, and then can be sent nowhere.
        _encode(parsed).encode()
    return parsed


def _parse_orjson(body: bytes) -> Any:
    body.decode()
    return orjson.loads(body)


def _require_shallow(body: bytes) -> None:
    depth = deepest = 0
    for char in _STRINGS.sub("", body.decode(errors="replace")):
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    if deepest > MAX_DEPTH:
        raise MalformedMessage(f"The body nests deeper than {MAX_DEPTH} levels.")


def _write_stdlib(message: Any) -> bytes:
    return _encode(message).encode()


def _write_orjson(message: Any) -> bytes:
    return orjson.dumps(message, _refuse, orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME)


def _refuse(value: Any) -> Any:
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def encode(message: Any) -> bytes:
    """Write an answer as UTF-8, Korean and Japanese as themselves.

    :raises TypeError: it holds something that JSON does not have.
    :raises ValueError: it holds NaN, an infinity, a cycle or a lone surrogate.
    """
    return _write(message)


_parse, _write = (_parse_orjson, _write_orjson) if orjson else (_parse_stdlib, _write_stdlib)
