"""What a classifier sees of an utterance: its morphemes, which follow each other, and its letters.

What fills slots is left out, and the slot's type stands in its place: who orders two of something says the
same as who orders three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .languages.base import Language, analyser
from .morphemes import FUNCTION, Morpheme
from .text import Text
from .thesaurus import thesaurus_of
from .tokens import Span

_PAIR = 0.6
_KIN = 0.7
_LETTERS = 0.45
_LENGTHS = (2, 3)  # of the pieces that letters are taken in: misspelt words share most of theirs

_OF_KIN = "#"
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of characters, and what a terminal sends that is no UTF-8: analysers take neither."""

Mask = tuple[Span, str]
"""A stretch that fills a slot, and the slot's type."""


def morphemes_of(text: Text, language: Language) -> Sequence[Morpheme]:
    """Return the morphemes of a text; none where the language's analyser is not installed."""
    analyse = analyser(language)
    if analyse is None:
        return ()
    said = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.said)
    return thesaurus_of(language.code, analyse).among(analyse(said))


def features(text: Text, masks: Sequence[Mask], morphemes: Sequence[Morpheme]) -> dict[str, float]:
    """List the features of an utterance with what they weigh.

    :param masks: what fills slots, none overlapping another.
    :param morphemes: those of the whole utterance; none where its language has no analyser.
    """
    found: dict[str, float] = {}
    before: str | None = None
    for form, weight in _forms(text, masks, morphemes):
        found[form] = max(found.get(form, 0.0), weight)
        if weight > FUNCTION and not form.startswith(_OF_KIN):
            if before is not None:
                found[f"{before} {form}"] = _PAIR
            before = form
    for run in _runs(text, masks):
        for length in _LENGTHS:
            for start in range(len(run) - length + 1):
                found[f"~{run[start : start + length]}"] = _LETTERS
    return found


def _forms(text: Text, masks: Sequence[Mask], morphemes: Sequence[Morpheme]) -> list[tuple[str, float]]:
    """Return morphemes and the types of slots, in the order in which they were said."""
    places = [
        (text.where[start], text.where[end - 1] + 1, type_) for (start, end), type_ in masks if start < end
    ]
    forms = [(first, f"<{type_}>", 1.0) for first, _, type_ in places]
    for one in morphemes:
        middle = (one.start + one.end) / 2
        if not any(first <= middle < last for first, last, _ in places):
            forms.append((one.start, one.form, one.weight))
            forms += [(one.start, f"{_OF_KIN}{group}", _KIN) for group in one.kin]
    return [(form, weight) for _, form, weight in sorted(forms)]


def _runs(text: Text, masks: Sequence[Mask]) -> Iterator[str]:
    """Return the letters between what fills slots."""
    place = 0
    for (start, end), _ in sorted(masks):
        yield text.chars[place:start]
        place = max(place, end)
    yield text.chars[place:]
