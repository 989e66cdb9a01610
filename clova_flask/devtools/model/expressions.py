"""Parse an expression: ``<pizzaType>페퍼로니</pizzaType> 주문해 줘``.

From the guides' sections on the expressions of custom intents: a slot's name tags the phrase it covers.
"""

from __future__ import annotations

import re

from ...errors import ModelError
from .objects import Expression, Part

_TAG = re.compile(r"(<[^<>]*>)")


def parse_expression(text: str, line: int = 0) -> Expression:
    """Parse an expression.

    :param text: one line of a file.
    :param line: its number.
    :raises ModelError: with the first problem of its tags; others usually follow from it.
    """
    parts: list[Part] = []
    opened: str | None = None
    for index, piece in enumerate(_TAG.split(text)):
        if index % 2 == 0:
            _require_no_rest(piece, line)
            if piece:
                parts.append(Part(piece, opened))
        elif piece.startswith("</"):
            _require_closes(piece[2:-1], opened, parts, line)
            opened = None
        else:
            opened = _open(piece[1:-1], opened, line)
            parts.append(Part("", opened))
    if opened is not None:
        raise ModelError(f"<{opened}> is never closed. Write </{opened}> after its phrase.", line=line)
    return Expression(text, tuple(part for part in parts if part.text), line)


def tagged(parts: tuple[Part, ...]) -> str:
    """Write the parts of an expression as text, the reverse of :func:`parse_expression`."""
    return "".join(
        part.text if part.slot is None else f"<{part.slot}>{part.text}</{part.slot}>" for part in parts
    )


def _require_no_rest(piece: str, line: int) -> None:
    if "<" in piece:
        raise ModelError("A tag is broken: '<' without '>'.", line=line)


def _open(name: str, opened: str | None, line: int) -> str:
    if opened is not None:
        text = f"<{name}> is inside <{opened}>, but tags cannot be nested. Write </{opened}> before it."
        raise ModelError(text, line=line)
    if not name.strip():
        raise ModelError("A tag has no slot name: <>. Write the name of the slot.", line=line)
    return name


def _require_closes(name: str, opened: str | None, parts: list[Part], line: int) -> None:
    if opened is None:
        raise ModelError(f"</{name}> closes nothing. Write <{name}> before its phrase.", line=line)
    if name != opened:
        raise ModelError(f"<{opened}> is closed by </{name}>. Write </{opened}>.", line=line)
    if not parts[-1].text.strip():
        raise ModelError(f"<{name}></{name}> has no words in it. Write the slot's phrase there.", line=line)
