"""Which Python values JSON can hold, and which come back from it as they were."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import partial
from types import NoneType
from typing import Any, NamedTuple
from uuid import UUID

MAX_DEPTH = 100
"""Containers within containers; CEK's own messages stay below ten."""

LEAST, GREATEST = -(2**63), 2**64 - 1
"""The whole numbers between these come back from JSON as they were."""


def describe_unwritable(value: Any, encode: Callable[[Any], bytes]) -> str | None:
    """Find the first value that JSON does not have.

    :param value: what cannot be written.
    :param encode: refuses what JSON does not have.
    :return: its path and what it is, ``payload.row is date, …``; None when there is none.
    """
    return _find(value, "", _Rules((str, int, float, NoneType), partial(_unwritable, encode)))


def describe_changed(value: Any, path: str) -> str | None:
    """Find the first value that JSON does not have, or that would come back as another.

    A tuple may come back as a list, what is derived from ``str``, ``int``, ``float``, ``list`` or
    ``dict`` as one of these, and what stands for text, such as a lazy translation, as that text.

    :param path: where the value is, ``sessionAttributes``.
    :return: its path, what it is, and what to write instead; None when there is none.
    """
    return _find(value, path, _KEPT)


class _Rules(NamedTuple):
    """What is accepted.

    :ivar keys: the types of keys.
    :ivar problem: explains why a value that holds no others is not accepted; returns None when it is.
    """

    keys: tuple[type, ...]
    problem: Callable[[Any], str | None]


def _find(value: Any, path: str, rules: _Rules, around: tuple[int, ...] = ()) -> str | None:
    if id(value) in around:
        return f"{path} holds itself"
    if len(around) > MAX_DEPTH:
        return f"{path[:80]}… nests deeper than {MAX_DEPTH} levels"
    if isinstance(value, dict):
        odd = next(filter(None, (_odd_key(key, rules) for key in value)), None)
        if odd is not None:
            return f"{path or 'it'} has a key that is {odd}"
        steps = ((f"{path}.{key}" if path else str(key), inner) for key, inner in value.items())
    elif isinstance(value, (list, tuple)):
        steps = ((f"{path}[{index}]", inner) for index, inner in enumerate(value))
    else:
        problem = rules.problem(value)
        return problem and f"{path} is {problem}"
    around = (*around, id(value))
    return next((found for where, inner in steps if (found := _find(inner, where, rules, around))), None)


def _odd_key(key: Any, rules: _Rules) -> str | None:
    if not isinstance(key, rules.keys):
        return f"{type(key).__name__}, not text"
    return _SURROGATE if isinstance(key, str) and not _is_utf8(key) else None


def _unwritable(encode: Callable[[Any], bytes], value: Any) -> str | None:
    try:
        encode(value)
    except (TypeError, ValueError):
        return f"{type(value).__name__}, which has no such form"
    return None


def _changed(value: Any) -> str | None:
    if isinstance(value, (str, int, float, NoneType)):
        return _unkept(value)
    from .texts import stands_for_text

    if stands_for_text(value):
        return None
    name = type(value).__name__
    instead = next((text for types, text in _INSTEAD if isinstance(value, types)), None)
    if is_dataclass(value):
        instead = "dataclasses.asdict(value)"
    return f"{name}, which JSON does not have. Store {instead or 'text, numbers, lists or dicts'} instead"


def _unkept(value: str | float | None) -> str | None:
    """Explain why a value of a type that JSON has does not come back as it is."""
    if isinstance(value, int) and not LEAST <= value <= GREATEST:
        return "an integer of more than 64 bits, which would come back as a float. Store str(value) instead"
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value}, which JSON does not have. Store None instead"
    if isinstance(value, str) and not _is_utf8(value):
        return _SURROGATE
    return None


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_SURROGATE = "text with a lone surrogate, which UTF-8 does not have. Remove it"
_SLOT = "the text of its slot, which a parameter annotated with str has, or"

_INSTEAD: tuple[tuple[tuple[type, ...], str], ...] = (
    ((date, time), f"{_SLOT} value.isoformat()"),
    ((timedelta,), f"{_SLOT} value.total_seconds()"),
    ((Enum,), "value.name"),
    ((UUID, Decimal), "str(value)"),
    ((set, frozenset), "list(value)"),
    ((bytes, bytearray), "value.hex()"),
)
"""What comes back as the same from each type, by what the reader is to write."""

_KEPT = _Rules((str,), _changed)
