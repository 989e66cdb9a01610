"""How near an utterance is to the expressions of each intent."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .frames import Frame, Shape
from .tokens import Lexicon, Tokens

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


class Scorer:
    """Compares utterances with the expressions of intents.

    :param frames: the intents.
    :param lexicon: splits the expressions into tokens.
    """

    def __init__(self, frames: Sequence[Frame], lexicon: Lexicon) -> None:
        self._shapes: list[tuple[Shape, float]] = []
        self._having: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._shares: dict[str, dict[str, float]] = defaultdict(dict)
        self._intents = len(frames)
        weights = {frame.name: _distinct(frame, lexicon) for frame in frames}
        for name, distinct in weights.items():
            total = sum(count for _, _, count in distinct)
            counted: Counter[str] = Counter()
            for _, tokens, count in distinct:
                counted.update(dict.fromkeys(tokens, count))
            for token in sorted(counted):
                self._shares[token][name] = counted[token] / total
        for name, distinct in weights.items():
            for shape, tokens, _ in distinct:
                self._add(name, shape, tokens)

    def _add(self, name: str, shape: Shape, tokens: Mapping[str, float]) -> None:
        weighed = {token: weight * self._rarity(token) for token, weight in tokens.items()}
        for token in weighed:
            self._having[name, token].append(len(self._shapes))
        self._shapes.append((shape, sum(weighed.values())))

    def _rarity(self, token: str) -> float:
        """Weigh a token by how few intents have it."""
        intents = len(self._shares.get(token, ())) or 1
        return 0.4 + 0.6 * math.log((self._intents + 1) / intents) / math.log(self._intents + 1)

    def nearest(
        self, tokens: Tokens, slots: Mapping[str, float], intents: frozenset[str]
    ) -> dict[str, Nearest]:
        """Compare an utterance with the intents whose slots it fills alike.

        :param tokens: the tokens of the utterance.
        :param slots: tokens for the slots that are filled.
        :param intents: the names of the intents.
        """
        weighed = {
            token: weight * self._rarity(token) for token, weight in {**tokens.weights, **slots}.items()
        }
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
        shared: dict[int, float] = defaultdict(float)
        for token, weight in weighed.items():
            for number in self._having.get((name, token), ()):
                shared[number] += weight
        best, shape = 0.0, None
        for number, common in shared.items():
            candidate, own = self._shapes[number]
            alike = 2 * common / (total + own)
            if alike > best:
                best, shape = alike, candidate
        return min(best, 1.0), shape

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


def _distinct(frame: Frame, lexicon: Lexicon) -> list[tuple[Shape, dict[str, float], int]]:
    """Split an intent's expressions into tokens; those with the same tokens are counted."""
    distinct: dict[frozenset[str], tuple[Shape, dict[str, float], int]] = {}
    for shape in frame.shapes:
        types = [frame.slots[name].type for name, _, _ in shape.spans if name in frame.slots]
        tokens = {**lexicon.take_apart(shape.text, shape.filled).weights, **slot_tokens(types)}
        if not tokens:
            continue
        key = frozenset(tokens)
        first, _, count = distinct.get(key, (shape, tokens, 0))
        distinct[key] = first, tokens, count + 1
    return list(distinct.values())
