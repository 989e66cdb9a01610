"""Words as they are compared: whatever their case, width and spaces."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return a text without the differences of case and width, its words with one space between them."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
