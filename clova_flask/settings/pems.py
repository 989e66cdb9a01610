"""Keys as text."""

from __future__ import annotations

PEM_START = "-----BEGIN "


def split_pems(text: str) -> list[str]:
    """Split a text with several PEMs, as it is while a key is being replaced."""
    head, *parts = text.split(PEM_START)
    return [PEM_START + part for part in parts] or [head]
