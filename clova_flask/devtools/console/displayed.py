"""What others wrote, made fit to be kept and shown."""

from __future__ import annotations

import json
from typing import Any


def whole_text(text: str) -> str:
    """Return a text without halves of characters and NUL, which JSON can escape and no page or table has."""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")


def whole(value: Any) -> Any:
    """Return a JSON value, each of whose texts is whole."""
    match value:
        case str():
            return whole_text(value)
        case dict():
            return {whole(name): whole(item) for name, item in value.items()}
        case list():
            return [whole(item) for item in value]
    return value


def parsed(text: str) -> Any:
    """Parse JSON to show it; None for what is no JSON, or nests too deep."""
    try:
        value = json.loads(text)
        # To look at each value takes four times as long as to parse them, and few texts have any such half.
        return whole(value) if _may_have_halves(text) else value
    except (ValueError, RecursionError):
        return None


def _may_have_halves(text: str) -> bool:
    """Tell whether JSON may have what is replaced: written as an escape, or as it is."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return "\\u" in text
