"""Split an utterance into tokens: meanings, words, and what means nothing by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .fuzzy import Alike
from .languages.base import Language, folded
from .text import Text, fold, letters_of

Span = tuple[int, int]

MEANING, WORD, KIN, SURFACE, FUNCTION = 1.0, 1.0, 0.45, 0.35, 0.06
"""What weigh: a meaning, a word of the model, what meanings share, the very word for a meaning, an ending."""

_MEANINGS = {"yes": 0.45, "no": 0.6, "until": 0.15, "from": 0.15, "again": 0.5, "not": 0.6}
_KIN: dict[str, str] = {
    **dict.fromkeys(("tell", "what", "who", "when", "where", "price", "howlong", "howmany"), "ask"),
    **dict.fromkeys(("cancel", "delete"), "remove"),
    **dict.fromkeys(("change", "move"), "alter"),
    **dict.fromkeys(("stop", "pause"), "halt"),
    **dict.fromkeys(("status", "howlong", "when"), "until when"),
    **dict.fromkeys(("same", "last", "again", "repeat"), "anew"),
    **dict.fromkeys(("add", "reserve"), "put"),
}
"""What meanings have in common."""

_ALIKE = 0.82


@dataclass(frozen=True, slots=True)
class Tokens:
    """An utterance, split into tokens.

    :ivar weights: what it is made of, with weights.
    :ivar unexplained: stretches that are nothing known.
    """

    weights: Mapping[str, float]
    unexplained: tuple[Span, ...]


class Lexicon:
    """The words of a language, and of one model.

    :param language: the language.
    :param words: the words of the model's expressions, folded.
    """

    def __init__(self, language: Language, words: Iterable[str] = ()) -> None:
        spoken = _spoken(language)
        self._meanings, self._inner, self._function = spoken.meanings, spoken.inner, spoken.function
        self._only_at_start, self._only_alone = spoken.only_at_start, spoken.only_alone
        self._tail = spoken.tail
        self._words = frozenset(words)
        self._lengths = _lengths((*self._meanings, *self._function, *self._words))
        self._alike = Alike((letters_of(word), word) for word in self._words)

    def take_apart(self, text: Text, filled: Sequence[Span] = ()) -> Tokens:
        """Split an utterance into tokens.

        :param filled: stretches that fill slots, in order, and are left out.
        """
        weights: dict[str, float] = {}
        unexplained: list[Span] = []
        joints = text.joints()
        for start, end in _between(filled, len(text.chars)):
            unknown: list[int] = []
            for token, first, last in self._scan(text, start, end, joints):
                if token is None:
                    unknown += range(first, last)
                else:
                    self._weigh(token, weights)
            unexplained += self._guess(text, _runs(unknown), weights)
        return Tokens(weights, tuple(unexplained))

    def _scan(
        self, text: Text, start: int, end: int, joints: frozenset[int]
    ) -> Iterator[tuple[str | None, int, int]]:
        place, after_token = start, start > 0
        while place < end:
            token = self._longest_at(text, place, end, joints, after_token)
            last = place + (len(token) if token else 1)
            yield token, place, last
            place, after_token = last, token is not None

    def _longest_at(
        self, text: Text, place: int, end: int, joints: frozenset[int], after_token: bool
    ) -> str | None:
        at_start = place in joints
        for length in self._lengths.get(text.chars[place], ()):
            if length > end - place:
                continue
            word = text.chars[place : place + length]
            if word in self._words and self._may_be(text, place, word, end, joints):
                return word
            if word in self._meanings and self._may_mean(text, place, word, at_start, after_token):
                return word
            if word in self._function and self._may_end(text, place, end, joints, after_token):
                return word
        return None

    def _may_be(self, text: Text, place: int, word: str, end: int, joints: frozenset[int]) -> bool:
        """Whether a word of the model may stand there; one of a single letter has to stand by itself."""
        last = place + len(word)
        alone = len(word) > 1 or (place in joints and self._rest_is_ending(text, last, end, joints))
        return alone and text.whole(place, last)

    def _may_mean(self, text: Text, place: int, word: str, at_start: bool, after_token: bool) -> bool:
        if word in self._only_alone:
            begins = place in text.gaps
        else:
            begins = at_start or after_token or (len(word) > 1 and word not in self._only_at_start)
        return begins and text.whole(place, place + len(word))

    def _may_end(self, text: Text, place: int, end: int, joints: frozenset[int], after_token: bool) -> bool:
        """Whether an ending may stand there: behind something known, or as all of the rest of a word."""
        if after_token and place not in text.gaps:
            return True
        if place - 1 in joints and place + 1 in joints and place not in joints:
            return False  # 피자 is no 피 with an ending
        return self._rest_is_ending(text, place, end, joints, least=1)

    def _rest_is_ending(
        self, text: Text, place: int, end: int, joints: frozenset[int], least: int = 0
    ) -> bool:
        rest = next((n for n in range(place + least, end) if n in joints), end)
        return place == rest or bool(self._tail.fullmatch(text.chars, place, rest))

    def _weigh(self, token: str, weights: dict[str, float]) -> None:
        meanings = (*self._meanings.get(token, ()), *self._inner.get(token, ()))
        for meaning in meanings:
            weights[f"={meaning}"] = _MEANINGS.get(meaning, MEANING)
            if meaning in _KIN:
                weights[f"~{_KIN[meaning]}"] = KIN
        if meanings:
            weights[token] = SURFACE
        elif token in self._words:
            weights[token] = WORD
        else:
            weights[token] = FUNCTION

    def _guess(self, text: Text, runs: Iterable[Span], weights: dict[str, float]) -> Iterator[Span]:
        """Replace unknown words by the words of the model that they nearly are."""
        for start, end in runs:
            guess = self._nearest(text.chars[start:end]) if end - start > 1 else None
            if guess:
                weights[guess[0]] = WORD * guess[1]
            else:
                yield start, end

    def _nearest(self, word: str) -> tuple[str, float] | None:
        found = self._alike.nearest(letters_of(word), _ALIKE)
        return (found[1], found[0]) if found else None


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The words of a language, made ready.

    :ivar meanings: what each word of command means.
    :ivar inner: what the two words in one mean: 다음 and 노래 in 다음노래.
    :ivar only_at_start: those that must begin a word.
    :ivar only_alone: those that stand behind a space.
    :ivar function: endings, particles and the like.
    :ivar tail: what of the rest of a word is endings.
    """

    meanings: Mapping[str, Sequence[str]]
    inner: Mapping[str, Sequence[str]]
    only_at_start: frozenset[str]
    only_alone: frozenset[str]
    function: frozenset[str]
    tail: re.Pattern[str]


@lru_cache
def _spoken(language: Language) -> _Spoken:
    """Make the words of a language ready, once for all models."""
    meanings: dict[str, list[str]] = {}
    marked: dict[str, set[str]] = {"^": set(), "^^": set(), "": set()}
    for meaning, surfaces in language.meanings.items():
        for surface in surfaces.split():
            word = fold(surface)
            meanings.setdefault(word, []).append(meaning)
            marked[surface[: len(surface) - len(surface.lstrip("^"))]].add(word)
    function = folded(language.function)
    longest_first = sorted(function, key=lambda word: (-len(word), word))
    return _Spoken(
        meanings,
        {word: _meanings_inside(word, meanings) for word in meanings if len(word) > 2},
        frozenset(marked["^"]),
        frozenset(marked["^^"]),
        function,
        re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})+"),
    )


def _meanings_inside(word: str, meanings: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    halves = [(word[:n], word[n:]) for n in range(1, len(word))]
    known = [pair for pair in halves if pair[0] in meanings and pair[1] in meanings]
    return tuple(meaning for pair in known for part in pair for meaning in meanings[part])


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """List how long the words are that begin with a character, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in words:
        lengths[word[0]].add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _between(filled: Sequence[Span], length: int) -> Iterator[Span]:
    place = 0
    for start, end in filled:
        if start > place:
            yield place, start
        place = max(place, end)
    if place < length:
        yield place, length


def _runs(places: Sequence[int]) -> Iterator[Span]:
    start = previous = -2
    for place in places:
        if place != previous + 1:
            if start >= 0:
                yield start, previous + 1
            start = place
        previous = place
    if start >= 0:
        yield start, previous + 1
