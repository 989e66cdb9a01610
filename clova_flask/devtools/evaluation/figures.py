"""Figures of an evaluation: precision, recall, F1, and which intents were taken for which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .cases import NOTHING
from .judging import Outcome


@dataclass(frozen=True, slots=True)
class Score:
    """How well one intent or slot is understood.

    :ivar expected: how often it is to be understood.
    :ivar found: how often it was.
    :ivar right: how often it was where it is to be.
    """

    name: str
    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float | None:
        """The share that was right of what was found; None when nothing was."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share that was found of what is expected; None when nothing is."""
        return self.right / self.expected if self.expected else None

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.expected + self.found)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Which intents were taken for which.

    :ivar labels: the intents, custom ones first, and last what is not understood.
    :ivar counts: how often, by what is expected and what was understood.
    """

    labels: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    def confused(self, most: int | None = None) -> Confusion:
        """Return the part of it with the intents of which one was taken for another.

        :param most: how many of them at most, those that are mixed up most often.
        """
        mixed: Counter[str] = Counter()
        for pair, count in self.counts.items():
            if pair[0] != pair[1]:
                mixed.update(dict.fromkeys(pair, count))
        chosen = {name for name, _count in mixed.most_common(most)}
        counts = {pair: count for pair, count in self.counts.items() if chosen >= {*pair}}
        return Confusion(tuple(label for label in self.labels if label in chosen), counts)

    def row(self, label: str) -> list[int]:
        """Return what an intent was understood as, in the order of the labels."""
        return [self.counts.get((label, other), 0) for other in self.labels]


def intent_scores(outcomes: Sequence[Outcome]) -> tuple[Score, ...]:
    """Score each intent."""
    return _scores(
        Counter(outcome.case.intent for outcome in outcomes),
        Counter(outcome.intent for outcome in outcomes),
        Counter(outcome.intent for outcome in outcomes if outcome.intent == outcome.case.intent),
    )


def slot_scores(outcomes: Sequence[Outcome]) -> tuple[Score, ...]:
    """Score each slot, by its name in whatever intents."""
    slots = [slot for outcome in outcomes for slot in outcome.slots]
    return _scores(
        Counter(slot.name for slot in slots if slot.expected is not None),
        Counter(slot.name for slot in slots if slot.text is not None),
        Counter(slot.name for slot in slots if slot.is_right),
    )


def confusion(outcomes: Iterable[Outcome]) -> Confusion:
    """Count which intents were taken for which."""
    return confusion_of(Counter((outcome.case.intent, outcome.intent) for outcome in outcomes))


def confusion_of(counts: Mapping[tuple[str, str], int]) -> Confusion:
    """Return the confusion of counts, with its labels in order."""
    names = {name for pair in counts for name in pair}
    return Confusion(tuple(sorted(names, key=_order)), counts)


def _scores(expected: Counter[str], found: Counter[str], right: Counter[str]) -> tuple[Score, ...]:
    names = sorted({*expected, *found}, key=_order)
    return tuple(Score(name, expected[name], found[name], right[name]) for name in names)


def _order(name: str) -> tuple[bool, bool, str]:
    return name == NOTHING, name.startswith("Clova."), name
