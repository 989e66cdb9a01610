"""Text in columns, in a terminal where Korean and Japanese letters take two places."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Return how many places a text takes."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def in_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Write rows of equal length as lines; the first column begins left, the others end right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_placed(row, widths)).rstrip() for row in rows]


def _placed(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    spaces = [" " * (wanted - width(cell)) for cell, wanted in zip(row, widths, strict=True)]
    first, *others = zip(row, spaces, strict=True)
    return [f"{first[0]}{first[1]}", *(f"{space}{cell}" for cell, space in others)]
