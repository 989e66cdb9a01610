"""The data of a user as text, and how the changes of two turns are brought together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import MalformedMessage, StorageUnavailable, UserDataConflict, UserDataInvalid, line_in_log
from ..wire.json import decode, encode, is_deep
from ..wire.json_values import MAX_DEPTH, describe_changed
from .data import UserData

EMPTY = "{}"

_GONE = b""
"""Stands for the JSON of a key that is not there; no JSON is empty."""


def read(text: str) -> UserData:
    """Read what :func:`write` wrote.

    :raises StorageUnavailable: something else has written it.
    """
    try:
        parsed = decode(text.encode())
    except (MalformedMessage, UnicodeEncodeError):
        parsed = None
    if not isinstance(parsed, dict):
        raise StorageUnavailable(
            "A record of user data is not a JSON object; something else has written it. Remove the record: "
            "flask clova data delete USER"
        )
    return UserData(parsed)


def write(data: Mapping[str, Any]) -> str:
    """Write data as JSON.

    :raises UserDataInvalid: it has what JSON does not have.
    """
    problem = describe_changed(data, "")
    if problem is not None:
        raise UserDataInvalid(f"User data cannot be saved: {line_in_log(problem)}.")
    written = encode(data)
    if is_deep(written, MAX_DEPTH):
        raise UserDataInvalid(f"User data cannot be saved: it nests deeper than {MAX_DEPTH} levels.")
    return written.decode()


def require_size(text: str, limit: int) -> None:
    """Require that data is not too much to be kept.

    :param limit: the longest text, in bytes of UTF-8.
    :raises UserDataInvalid: it is longer.
    """
    size = len(text.encode())
    if size > limit:
        raise UserDataInvalid(
            f"User data cannot be saved: it takes {size} bytes, and {limit} are allowed "
            f"(CLOVA_USER_DATA_MAX_SIZE). Of these {_largest(read(text))}. Keep what grows without end in "
            "tables of your own."
        )


def _largest(data: Mapping[str, Any]) -> str:
    sizes = {key: len(encode(value)) for key, value in data.items()}
    key = max(sizes, key=sizes.__getitem__)
    return f"{line_in_log(key)!r} takes {sizes[key]}"


def changes(base: str, data: Mapping[str, Any]) -> dict[str, bytes]:
    """Find what was changed since data was read, by top-level key, with the JSON that is there now."""
    before, now = _by_key(read(base)), _by_key(data)
    keys = [*now, *(key for key in before if key not in now)]
    return {key: now.get(key, _GONE) for key in keys if now.get(key, _GONE) != before.get(key, _GONE)}


def merge(base: str, current: str | None, changed: Mapping[str, bytes]) -> UserData:
    """Bring changes into what another turn has written meanwhile.

    :param base: what they were made of.
    :param current: what there is now; None where the data was deleted, or was never there.
    :raises UserDataConflict: another turn has changed one of these keys, or the data was deleted.
    """
    if current is None and base != EMPTY:
        raise UserDataConflict([], deleted=True)
    merged = read(current or EMPTY)
    before, now = _by_key(read(base)), _by_key(merged)
    both = [key for key in changed if now.get(key, _GONE) != before.get(key, _GONE)]
    if both:
        raise UserDataConflict(both)
    for key, value in changed.items():
        if value == _GONE:
            merged.pop(key, None)
        else:
            merged[key] = decode(value)
    return merged


def _by_key(data: Mapping[str, Any]) -> dict[str, bytes]:
    # As JSON: in Python 1, 1.0 and True are equal.
    return {key: encode(value) for key, value in data.items()}
