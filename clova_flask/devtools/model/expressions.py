"""Parse an expression: ``<pizzaType>페퍼로니</pizzaType> 주문해 줘``.

From the guides' sections on the expressions of custom intents: a slot's name tags the phrase it covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import ModelError
from ...texts.templated import Templated
from .objects import Expression, Part

_TAG = re.compile(r"(<[^<>]*>)")
_TAGGED = re.compile(r"<([^<>/\s]+)>([^<>]*[^<>\s][^<>]*)</\1>")
"""A phrase that is tagged as it has to be."""


def parse_expression(text: str, line: int = 0) -> Expression:
    """Parse an expression.

    :param text: one line of a file.
    :param line: its number.
    :raises ModelError: with the first problem of its tags; others usually follow from it.
    """
    # Nearly all of them are well written, and read at once in two thirds of the time.
    pieces = _TAGGED.split(text)
    if not any("<" in plain for plain in pieces[::3]):
        return Expression(text, tuple(_parts(pieces)), line)
    return _parse_by_tags(text, line)


def _parts(pieces: list[str]) -> Iterator[Part]:
    """Make parts of what stands between tagged phrases, and of the name and the words of each."""
    for index in range(0, len(pieces), 3):
        if pieces[index]:
            yield Part(pieces[index])
        if index + 2 < len(pieces):
            yield Part(pieces[index + 2], pieces[index + 1])


def _parse_by_tags(text: str, line: int) -> Expression:
    """Parse an expression tag by tag, and tell the first problem."""
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
        raise ModelError(
            Templated("<%(opened)s> is never closed. Write </%(opened)s> after its phrase.", opened=opened),
            line=line,
        )
    return Expression(text, tuple(part for part in parts if part.text), line)


def tagged(parts: tuple[Part, ...]) -> str:
    """Write the parts of an expression as text, the reverse of :func:`parse_expression`."""
    return "".join(
        part.text if part.slot is None else f"<{part.slot}>{part.text}</{part.slot}>" for part in parts
    )


def _require_no_rest(piece: str, line: int) -> None:
    if "<" in piece:
        raise ModelError(Templated("A tag is broken: '<' without '>'."), line=line)


def _open(name: str, opened: str | None, line: int) -> str:
    if opened is not None:
        text = Templated(
            "<%(name)s> is inside <%(opened)s>, but tags cannot be nested. Write </%(opened)s> before it.",
            name=name,
            opened=opened,
        )
        raise ModelError(text, line=line)
    if not name.strip():
        raise ModelError(Templated("A tag has no slot name: <>. Write the name of the slot."), line=line)
    return name


def _require_closes(name: str, opened: str | None, parts: list[Part], line: int) -> None:
    if opened is None:
        raise ModelError(
            Templated("</%(name)s> closes nothing. Write <%(name)s> before its phrase.", name=name), line=line
        )
    if name != opened:
        raise ModelError(
            Templated(
                "<%(opened)s> is closed by </%(name)s>. Write </%(opened)s>.", opened=opened, name=name
            ),
            line=line,
        )
    if not parts[-1].text.strip():
        raise ModelError(
            Templated("<%(name)s></%(name)s> has no words in it. Write the slot's phrase there.", name=name),
            line=line,
        )
