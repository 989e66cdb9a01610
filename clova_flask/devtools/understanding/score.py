"""How near an utterance is to the expressions of each intent."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from .frames import Frame, Shape
from .progress import Progress
from .tokens import Lexicon, Tokens

Counts = NDArray[np.int32]

SLOT = 0.9
"""What a filled slot weighs beside meanings and words."""

LEFT_OVER = "+"
"""How tokens end that stand for values the intent has no slot for."""

_RUN, _CHARACTER = 0.45, 0.12  # what an unknown stretch weighs, and each of its characters
_STRANGE = 0.5  # what a meaning that no intent has weighs besides
_LIKELIEST = 8  # intents whose expressions are looked at one by one
_BEST, _COVERED = 0.5, 0.5  # what the nearest expression counts, and how much any of them has


@dataclass(frozen=True, slots=True)
class Nearest:
    """How near an intent is, and its nearest expression.

    :ivar known: how much of the utterance is something known, 0 to 1.
    """

    score: float
    shape: Shape | None
    known: float = 1.0


@dataclass(frozen=True, slots=True)
class Compared:
    """What utterances are compared with: the expressions of all intents that differ in their tokens.

    :ivar shares: by token and intent, the share of the intent's expressions that have it.
    :ivar tokens: the tokens of each intent's expressions.
    :ivar having: for each token of each intent, how many expressions have it.
    :ivar places: which ones, as places among those of the intent that differ.
    :ivar counts: how many of an intent differ.
    :ivar numbers: of those, which one of the intent's expressions it is.
    :ivar weights: what the tokens of each weigh together.
    """

    shares: dict[str, dict[str, float]]
    tokens: dict[str, tuple[str, ...]]
    having: Counts
    places: Counts
    counts: dict[str, int]
    numbers: Counts
    weights: NDArray[np.float64]


def compared(frames: Sequence[Frame], lexicon: Lexicon, progress: Progress, share: float) -> Compared:
    """Make the expressions of intents ready to be compared.

    :param frames: the intents.
    :param lexicon: splits the expressions into tokens.
    :param share: what that is of the whole progress.
    """
    distinct = {frame.name: _distinct(frame, lexicon) for frame in progress.over(frames, share)}
    shares = _shares(distinct)
    rarity = {token: _rarity(len(names), len(frames)) for token, names in shares.items()}
    tokens: dict[str, tuple[str, ...]] = {}
    having: list[int] = []
    places: list[int] = []
    for name, rows in distinct.items():
        by_token: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for token in row.tokens:
                by_token[token].append(place)
        tokens[name] = tuple(by_token)
        having += map(len, by_token.values())
        places += chain.from_iterable(by_token.values())
    every = [row for rows in distinct.values() for row in rows]
    return Compared(
        shares,
        tokens,
        np.array(having, np.int32),
        np.array(places, np.int32),
        {name: len(rows) for name, rows in distinct.items()},
        np.array([row.number for row in every], np.int32),
        np.array([sum(weight * rarity[token] for token, weight in row.tokens.items()) for row in every]),
    )


class _Expressions:
    """The expressions of an intent that differ."""

    def __init__(self, shapes: Sequence[Shape], numbers: Counts, weights: NDArray[np.float64]) -> None:
        self.shapes, self.numbers, self.weights = shapes, numbers, weights
        self.having: dict[str, Counts] = {}


class Scorer:
    """Compares utterances with the expressions of intents.

    :param frames: the intents.
    :param known: their expressions, made ready.
    """

    def __init__(self, frames: Sequence[Frame], known: Compared) -> None:
        self._shares = known.shares
        self._intents = len(frames)
        self._expressions: dict[str, _Expressions] = {}
        lasts = iter(np.cumsum(known.having).tolist())
        first = start = 0
        for frame in frames:
            end = start + known.counts[frame.name]
            one = _Expressions(frame.shapes, known.numbers[start:end], known.weights[start:end])
            for token, last in zip(known.tokens[frame.name], lasts, strict=False):
                one.having[token] = known.places[first:last]
                first = last
            self._expressions[frame.name] = one
            start = end

    def _weigh(self, tokens: Mapping[str, float]) -> dict[str, float]:
        return {
            token: weight * _rarity(len(self._shares.get(token, ())), self._intents)
            for token, weight in tokens.items()
        }

    def nearest(
        self, tokens: Tokens, slots: Mapping[str, float], intents: frozenset[str]
    ) -> dict[str, Nearest]:
        """Compare an utterance with the intents whose slots it fills alike.

        :param tokens: the tokens of the utterance.
        :param slots: tokens for the slots that are filled.
        :param intents: the names of the intents.
        """
        weighed = self._weigh({**tokens.weights, **slots})
        strange = [token for token in weighed if token.startswith("=") and token not in self._shares]
        unknown = unknown_weight(tokens) + _STRANGE * len(strange)
        total = sum(weighed.values()) + unknown
        covered = self._covered(weighed, intents)
        likeliest = sorted(covered, key=lambda name: -covered[name])[:_LIKELIEST]
        foreign = sum(weight for token, weight in weighed.items() if token.endswith(LEFT_OVER))
        nearest: dict[str, Nearest] = {}
        for name in likeliest:
            alike, shape = self._most_alike(name, weighed, total)
            score = _BEST * alike + _COVERED * covered[name] / total
            nearest[name] = Nearest(score, shape, 1 - (unknown + foreign) / total)
        return nearest

    def _most_alike(
        self, name: str, weighed: Mapping[str, float], total: float
    ) -> tuple[float, Shape | None]:
        """Find the expression of an intent that shares most with an utterance."""
        own = self._expressions[name]
        having = [(own.having[token], weight) for token, weight in weighed.items() if token in own.having]
        if not having:
            return 0.0, None
        places = [one for one, _ in having]
        weights = np.repeat([weight for _, weight in having], [len(one) for one in places])
        common = np.bincount(np.concatenate(places), weights, len(own.weights))
        alike = 2 * common / (total + own.weights)
        best = int(alike.argmax())
        return min(float(alike[best]), 1.0), own.shapes[int(own.numbers[best])]

    def _covered(self, weighed: Mapping[str, float], intents: frozenset[str]) -> dict[str, float]:
        """Return how much of an utterance each intent has in any expression, next to the others."""
        covered: dict[str, float] = defaultdict(float)
        for token, weight in weighed.items():
            shares = self._shares.get(token)
            if shares:
                most = max(shares.values())
                for name, share in shares.items():
                    if name in intents:
                        covered[name] += weight * math.sqrt(share / most)
        return covered


def unknown_weight(tokens: Tokens) -> float:
    """Weigh what of an utterance is nothing known."""
    return sum(_RUN + _CHARACTER * min(end - start, 6) for start, end in tokens.unexplained)


def slot_token(type_: str) -> str:
    """Name the token that stands for a filled slot."""
    return f"<{type_}>"


def slot_tokens(types: Sequence[str]) -> dict[str, float]:
    """Return the tokens for filled slots; the second slot of a type is another token."""
    counted: Counter[str] = Counter()
    tokens: dict[str, float] = {}
    for type_ in types:
        counted[type_] += 1
        tokens[slot_token(type_) + "'" * (counted[type_] - 1)] = SLOT
    return tokens


class _Distinct:
    """An expression, and how many of its intent have the same tokens."""

    __slots__ = ("count", "number", "tokens")

    def __init__(self, number: int, tokens: Mapping[str, float]) -> None:
        self.number, self.tokens, self.count = number, tokens, 0


def _distinct(frame: Frame, lexicon: Lexicon) -> list[_Distinct]:
    """Split an intent's expressions into tokens; those with the same tokens are counted."""
    distinct: dict[frozenset[str], _Distinct] = {}
    for number, shape in enumerate(frame.shapes):
        types = [frame.slots[name].type for name, _, _ in shape.spans if name in frame.slots]
        tokens = {**lexicon.take_apart(shape.text, shape.filled).weights, **slot_tokens(types)}
        if tokens:
            distinct.setdefault(frozenset(tokens), _Distinct(number, tokens)).count += 1
    return list(distinct.values())


def _shares(distinct: Mapping[str, Sequence[_Distinct]]) -> dict[str, dict[str, float]]:
    """Return by token and intent the share of the intent's expressions that have it."""
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for name, rows in distinct.items():
        total = sum(row.count for row in rows)
        counted: Counter[str] = Counter()
        for row in rows:
            for token in row.tokens:
                counted[token] += row.count
        for token in sorted(counted):
            shares[token][name] = counted[token] / total
    return dict(shares)


@lru_cache(1 << 12)
def _rarity(having: int, intents: int) -> float:
    """Weigh a token by how few intents have it."""
    return 0.4 + 0.6 * math.log((intents + 1) / (having or 1)) / math.log(intents + 1)
