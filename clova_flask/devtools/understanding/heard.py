"""An utterance with all that was found in it, before any intent is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .corrections import TakenBack
from .found import Found
from .pieces import Pieces
from .text import Text
from .tokens import Span

_SURE = 0.75


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard.

    :ivar text: the utterance.
    :ivar pieces: its morphemes.
    :ivar found: the values in it, by slot type.
    :ivar unmeant: what was taken back.
    """

    text: Text
    pieces: Pieces
    found: Mapping[str, Sequence[Found]]
    unmeant: Sequence[TakenBack]

    def with_unmeant(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return stretches that fill slots with those that were taken back, none overlapping another."""
        filled = set(spans)
        unmeant = {
            (one.start, one.end)
            for one in self.unmeant
            if all(one.end <= start or end <= one.start for start, end in filled)
        }
        return tuple(sorted(filled | unmeant))

    def left_over(self, unexplained: Sequence[Span]) -> list[str]:
        """Return the types of what was surely said and has no slot: it speaks for intents that have one."""
        return [
            type_
            for type_, items in self.found.items()
            if any(
                item.sure >= _SURE and start <= item.start < end
                for item in items
                for start, end in unexplained
            )
        ]

    def unknown(self, unexplained: Sequence[Span]) -> list[Span]:
        """Return the stretches that are no value of any type either."""
        known = [
            (item.start, item.end) for items in self.found.values() for item in items if item.sure >= _SURE
        ]
        return [
            (start, end)
            for start, end in unexplained
            if not any(first < end and start < last for first, last in known)
        ]
