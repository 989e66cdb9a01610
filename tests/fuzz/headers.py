"""Signatures that are none, and lengths that are not that of the body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

Forgery = Callable[[str, str, Random], str | None]
"""Makes the header from the right signature, another key's signature of the body, and chance."""

FORGERIES: Mapping[str, Forgery] = {
    "missing": lambda _right, _other, _random: None,
    "empty": lambda _right, _other, _random: "",
    "space": lambda _right, _other, _random: "  ",
    "another key's": lambda _right, other, _random: other,
    "cut": lambda right, _other, random: right[: random.randrange(len(right))],
    "longer": lambda right, _other, _random: right + "AAAA",
    "twice": lambda right, _other, _random: right + right,
    "list": lambda right, other, _random: f"{other}, {right}",
    "line break within": lambda right, _other, _random: f"{right[:64]}\n{right[64:]}",
    "space within": lambda right, _other, _random: f"{right[:64]} {right[64:]}",
    "other case": lambda right, _other, _random: right.swapcase(),
    "reversed": lambda right, _other, _random: right.rstrip("=")[::-1],
    "no padding": lambda right, _other, _random: right.rstrip("=") + "=",
    "zeros": lambda _right, _other, _random: "A" * 342 + "==",
    "not Latin": lambda right, _other, _random: right[:-9] + "\xff\xfe\x80",
    "NUL": lambda right, _other, _random: right + "\0A==",
    "long": lambda _right, _other, _random: "A" * 60_000,
    "quoted": lambda right, _other, _random: f'"{right}"',
    "one character": lambda right, _other, random: _changed(right, random),
}


def _changed(right: str, random: Random) -> str:
    at = random.randrange(len(right) - 4)
    return right[:at] + ("B" if right[at] == "A" else "A") + right[at + 1 :]


LENGTHS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _length: "",
    "zero": lambda _length: "0",
    "shorter": lambda length: str(length - 1),
    "longer": lambda length: str(length + 1),
    "negative": lambda length: str(-length),
    "signed": lambda length: f"+{length + 1}",
    "huge": lambda _length: "9" * 30,
    "longest": lambda _length: "9" * 5_000,
    "other digits": lambda length: "".join(chr(ord(digit) + 0xFEE0) for digit in str(length + 1)),
    "word": lambda _length: "many",
    "fraction": lambda length: f"{length}.5",
    "list": lambda length: f"{length}, {length}",
}
"""What ``Content-Length`` says, by the length of the body: none fits it."""
