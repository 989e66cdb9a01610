"""The morphemes of an utterance by their places in the characters that are compared."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .morphemes import AFFIX, FUNCTION, Morpheme
from .text import HANGUL, Text, script

_LONGEST_HANGUL = 5  # syllables of a Korean morpheme


@dataclass(frozen=True, slots=True)
class Piece:
    """A morpheme.

    :ivar start: where it begins, in the characters that are compared.
    :ivar end: where it ends.
    :ivar kind: what kind of morpheme it is.
    :ivar is_function: whether it is a particle or an ending.
    """

    start: int
    end: int
    kind: str
    is_function: bool


class Pieces:
    """What an utterance is made of.

    :param text: the utterance.
    :param morphemes: its morphemes; none where its language has no analyser.
    """

    def __init__(self, text: Text, morphemes: Sequence[Morpheme] = ()) -> None:
        self._text = text
        self.morphemes = morphemes
        self._pieces = tuple(_pieces(text, morphemes))
        self._words = [piece for piece in self._pieces if not _is_undivided(text, piece)]

    def __bool__(self) -> bool:
        """Return whether anything is known of it."""
        return bool(self._pieces)

    def __iter__(self) -> Iterator[Piece]:
        """Iterate over its morphemes."""
        return iter(self._pieces)

    def around(self, place: int) -> Piece | None:
        """Return the morpheme that goes on at both sides of a place; None at its edges.

        Long Hangul runs, which are words that the analyser does not know and did not divide, are none.
        """
        return next((piece for piece in self._words if piece.start < place < piece.end), None)

    def begins_with_function(self, place: int) -> bool:
        """Whether a particle or an ending begins at a place."""
        return any(piece.start == place and piece.is_function for piece in self._pieces)

    def affix_at(self, place: int) -> str:
        """Return the affix that makes a longer noun of what ends there; an empty string when none does."""
        affixes = (piece for piece in self._pieces if piece.start == place and piece.kind == AFFIX)
        return next((self._text.chars[piece.start : piece.end] for piece in affixes), "")


def _is_undivided(text: Text, piece: Piece) -> bool:
    return piece.end - piece.start > _LONGEST_HANGUL and script(text.said[text.where[piece.start]]) == HANGUL


def _pieces(text: Text, morphemes: Sequence[Morpheme]) -> Iterator[Piece]:
    for one in morphemes:
        start, end = bisect_left(text.where, one.start), bisect_left(text.where, one.end)
        if start < end:
            yield Piece(start, end, one.kind, one.weight <= FUNCTION)
