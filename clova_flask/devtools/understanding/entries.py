"""Entries of custom slot types in an utterance, also when they are misspelt or misheard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ..model.objects import CustomSlotType
from .found import Found
from .fuzzy import best_stretch, ratio
from .text import Text, fold, jamo, letters_of

ALIKE = 0.8
"""How alike an entry and what was said have to be, 1 being equal."""

ALIKE_SHORT = 0.85
"""The same for words of five letters and less: one wrong letter often makes them another word."""

_SHORT = 5
_SHARED = 0.5
_MIN_LETTERS = 4  # letters of a word that may be misspelt; shorter ones turn into other words
_TRIED = 12


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    letters: str
    value: str


class EntryFinder:
    """Finds the entries of one custom slot type; a synonym stands for its entry's representative word.

    :param slot_type: the type.
    :param particles: what may stand behind an entry.
    """

    def __init__(self, slot_type: CustomSlotType, particles: frozenset[str]) -> None:
        self._particles = particles
        self._exact: dict[str, str] = {}
        for entry in slot_type.entries:
            for word in (entry.value, *entry.synonyms):
                if fold(word):
                    self._exact.setdefault(fold(word), entry.value)
        self._lengths = sorted({len(word) for word in self._exact}, reverse=True)
        self._words = [_Word(folded, letters_of(folded), value) for folded, value in self._exact.items()]
        by_pair: dict[str, list[int]] = defaultdict(list)
        for number, known in enumerate(self._words):
            if len(known.letters) >= _MIN_LETTERS:
                for pair in _pairs(known.letters):
                    by_pair[pair].append(number)
        self._by_pair = {pair: np.array(numbers) for pair, numbers in by_pair.items()}
        self._wanted = np.array([max(1.0, _SHARED * len(_pairs(word.letters))) for word in self._words])

    def __call__(self, text: Text, now: datetime) -> Iterator[Found]:
        """Find entries: those said exactly, then those that are nearly said."""
        exact = list(self._said_exactly(text))
        yield from exact
        yield from self._nearly_said(text, {place for f in exact for place in range(f.start, f.end)})

    def _said_exactly(self, text: Text) -> Iterator[Found]:
        for start in range(len(text.chars)):
            for length in self._lengths:
                end = start + length
                value = self._exact.get(text.chars[start:end]) if end <= len(text.chars) else None
                if value is not None and text.whole(start, end):
                    yield Found(start, end, value, sure=_sure(text, start, end))

    def _nearly_said(self, text: Text, taken: set[int]) -> Iterator[Found]:
        letters, places = jamo(text.chars)
        for word in self._likeliest(letters):
            found = best_stretch(word.letters, letters, ALIKE - 0.08)
            if found is None:
                continue
            start, end = places[found[1]], places[found[2] - 1] + 1
            start, end, score = _to_word(text, start, end, word.letters)
            if word.folded.endswith(text.chars[start:end]):
                continue  # the last part of a name is no misspelling of it
            least = ALIKE if len(word.letters) > _SHORT else ALIKE_SHORT
            if score >= least and self._stands_apart(text, start, end) and not taken & set(range(start, end)):
                yield Found(start, end, word.value, sure=score * score)

    def _likeliest(self, letters: str) -> Iterator[_Word]:
        """Return the words that share most pairs of letters with what was said, of each at least a half."""
        having = [self._by_pair[pair] for pair in _pairs(letters) if pair in self._by_pair]
        if having:
            shared = np.bincount(np.concatenate(having), minlength=len(self._words))
            may_be = np.flatnonzero(shared >= self._wanted)
            for number in may_be[np.argsort(-shared[may_be], kind="stable")][:_TRIED]:
                yield self._words[number]

    def _stands_apart(self, text: Text, start: int, end: int) -> bool:
        """Whether a misspelt word that goes on into the next one ends where that ends, but for a particle."""
        if not text.whole(start, end):
            return False
        crosses = any(start < gap < end for gap in text.gaps)
        rests = (text.chars[end:gap] for gap in text.gaps if gap >= end)
        return not crosses or any(not rest or rest in self._particles for rest in rests)


def _pairs(letters: str) -> set[str]:
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


def _to_word(text: Text, start: int, end: int, letters: str) -> tuple[int, int, float]:
    """Move the ends of a stretch by a character where that makes it more like the word."""
    best = (start, end, ratio(letters, letters_of(text.chars[start:end])))
    for first in (start - 1, start, start + 1):
        for last in (end - 1, end, end + 1):
            if 0 <= first < last <= len(text.chars):
                score = ratio(letters, letters_of(text.chars[first:last]))
                if score > best[2]:
                    best = (first, last, score)
    return best


def _sure(text: Text, start: int, end: int) -> float:
    """Judge whether an entry was meant, or is a part of another word."""
    if start in text.gaps:
        return 1.0 if end - start > 1 or end in text.gaps else 0.7
    if end - start > 2:
        return 0.9
    return 0.75 if end - start > 1 else 0.3
