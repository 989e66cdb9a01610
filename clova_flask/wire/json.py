"""Bytes to JSON and back: strictly UTF-8, bounded in depth, with orjson when it is installed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from types import NoneType
from typing import Any
from uuid import UUID

from ..errors import AnswerError, MalformedMessage
from .json_values import GREATEST, LEAST, MAX_DEPTH, describe_unwritable

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment,unused-ignore]

_MANY_DIGITS, _MOST_DIGITS = len(str(-LEAST)), len(str(GREATEST))

# To the end of the text when a string is not closed, and never back (*+), so that it is read once only.
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)


_SPACE = " \t\n\r"
_LIST, _BACKSLASH = ord("["), ord("\\")  # a number is found in bytes in a fifth of the time


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


@lru_cache(512)  # most come again, as the sizes of screens do; to call Python from C costs five times as much
def _integer(text: str) -> int | float:
    """Read a whole number; beyond 64 bits as a float, as orjson and JavaScript do."""
    if len(text) < _MANY_DIGITS:
        return int(text)
    exact = int(text) if len(text) <= _MOST_DIGITS else None
    return exact if exact is not None and LEAST <= exact <= GREATEST else _finite(text)


def _write_further(value: Any) -> Any:
    """Write what orjson writes besides plain JSON, so that it does not matter which is installed."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    from .texts import as_text, stands_for_text  # rarely does one come to this

    if stands_for_text(value):
        return as_text(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


_decode = json.JSONDecoder(
    parse_constant=_refuse_constant, parse_float=_finite, parse_int=_integer
).raw_decode
_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_write_further
).encode


def decode(body: bytes) -> Any:
    """Parse a request body.

    :raises MalformedMessage: not UTF-8, not JSON, nested deeper than :data:`MAX_DEPTH`, or holding text that
        UTF-8 cannot carry.
    """
    if not body:
        raise MalformedMessage("The body is empty; CEK sends a JSON message.")
    if is_deep(body, MAX_DEPTH):
        raise MalformedMessage(f"The body nests deeper than {MAX_DEPTH} levels.")
    try:
        return _parse(body)
    except ValueError:
        reason = "JSON" if _is_utf8(body) else "UTF-8"
        raise MalformedMessage(f"The body is not {reason}.") from None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _parse_stdlib(body: bytes) -> Any:
    text = body.decode().strip(_SPACE)
    parsed, end = _decode(text)
    if end != len(text):
        raise ValueError("more than one value")
    if _BACKSLASH in body and b"\\u" in body:
        _require_sendable(parsed)
    return parsed


def _require_sendable(parsed: Any) -> None:
    """Refuse lone surrogates, which parse and then can be sent nowhere."""
    try:
        _encode(parsed).encode()
    except UnicodeEncodeError:
        raise ValueError("a lone surrogate") from None


def _parse_orjson(body: bytes) -> Any:
    return orjson.loads(body)


def is_deep(written: bytes, limit: int) -> bool:
    """Whether JSON nests deeper than so many levels."""
    # bytes.count looks at every byte, which took 1 % of a request (2026-11-26).
    dicts = len(written) - len(written.replace(b"{", b""))
    lists = len(written) - len(written.replace(b"[", b"")) if _LIST in written else 0
    if dicts + lists <= limit:
        return False
    depth = deepest = 0
    for char in _STRINGS.sub("", written.decode(errors="replace")):
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest > limit


def all_scalar(values: Mapping[str, Any]) -> bool:
    """Whether none of these values can hold another, and each comes back from JSON as it is.

    It is cheaper than to count the brackets of their JSON, or to look at each value of it.
    """
    for key, value in values.items():
        kind = type(value)
        if type(key) is not str or kind not in _SCALARS or (kind is int and not LEAST <= value <= GREATEST):
            return False
    return True


_SCALARS = frozenset({str, int, float, bool, NoneType})


def _write_stdlib(message: Any) -> bytes:
    return _encode(message).encode()


def _write_orjson(message: Any) -> bytes:
    try:
        written: bytes = orjson.dumps(message, None, _ORJSON)
    except TypeError:
        # Keys that are no text, large integers, lone surrogates: as without orjson.
        return _write_stdlib(message)
    # It writes NaN as null, without a word.
    return _write_stdlib(message) if written.find(b"null") >= 0 else written


_ORJSON = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME if orjson else 0


def encode(message: Any) -> bytes:
    """Write an answer as UTF-8, Korean and Japanese as themselves.

    :raises TypeError: it holds something that JSON does not have.
    :raises ValueError: it holds NaN, an infinity, a cycle or a lone surrogate.
    """
    return _write(message)


_parse, _write = (_parse_orjson, _write_orjson) if orjson else (_parse_stdlib, _write_stdlib)


def encode_answer(answer: Any) -> bytes:
    """Write an answer.

    :raises AnswerError: JSON cannot hold it; the text has the path of what it cannot hold.
    """
    try:
        return encode(answer)
    except (TypeError, ValueError, RecursionError) as error:
        where = describe_unwritable(answer, encode) or str(error)
        raise AnswerError(f"The answer cannot be written as JSON: {where}.") from None
