"""Comparing what was understood with what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter

from clova_flask.devtools.understanding import FilledSlot, Understander, Understanding

from .cases import OUTSIDE, Case, EvaluationSet, Value
from .moment import NOW


@dataclass(frozen=True, slots=True)
class Fault:
    """An utterance that was not understood as it should be."""

    case: Case
    got: Understanding
    wrong: tuple[str, ...]
    """What is wrong: ``intent``, or the names of slots."""


@dataclass(slots=True)
class Tally:
    """Counts over some utterances.

    :ivar utterances: those that an intent of the model is for.
    :ivar intents_right: those of them whose intent is right.
    :ivar outside: utterances that no intent is for.
    :ivar refused: those of them that were not understood.
    :ivar slots: slot values expected.
    :ivar slots_right: those that came; none does where the intent is wrong.
    :ivar extra: slots that came and were not expected, whatever the intent.
    """

    utterances: int = 0
    intents_right: int = 0
    outside: int = 0
    refused: int = 0
    slots: int = 0
    slots_right: int = 0
    extra: int = 0

    @property
    def intent_share(self) -> float:
        """Intents right, of the utterances that one is for."""
        return self.intents_right / self.utterances

    @property
    def refused_share(self) -> float:
        """Not understood, of the utterances that no intent is for."""
        return self.refused / self.outside if self.outside else 1.0

    @property
    def slot_share(self) -> float:
        """Slot values right, of those expected."""
        return self.slots_right / self.slots if self.slots else 1.0

    def add(self, other: Tally) -> None:
        """Count others in."""
        self.utterances += other.utterances
        self.intents_right += other.intents_right
        self.outside += other.outside
        self.refused += other.refused
        self.slots += other.slots
        self.slots_right += other.slots_right
        self.extra += other.extra


@dataclass(frozen=True, slots=True)
class Guess:
    """What an utterance is taken for, however unlikely.

    :ivar is_outside: whether no intent is for it.
    """

    confidence: float
    is_right: bool
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one set went, with the seconds of each utterance.

    :ivar guesses: what each utterance is taken for when nothing is refused.
    """

    set: EvaluationSet
    tally: Tally
    faults: list[Fault] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)


def evaluate(row: EvaluationSet) -> Outcome:
    """Have all utterances of a set understood: as it is shipped, and then with nothing refused."""
    understander = Understander(row.model)
    outcome = Outcome(row, Tally())
    for case in row.cases:
        start = perf_counter()
        got = understander.understand(case.utterance, now=NOW)
        outcome.times.append(perf_counter() - start)
        _count(outcome, case, got)
    understander.threshold = 0.0
    for case in row.cases:
        got = understander.understand(case.utterance, now=NOW)
        is_outside = case.heading == OUTSIDE
        outcome.guesses.append(Guess(got.confidence, got.intent in case.intents, is_outside))
    return outcome


def _count(outcome: Outcome, case: Case, got: Understanding) -> None:
    right = got.intent in case.intents
    missed = tuple(_missed(case, got))
    extra = tuple(name for name in got.slots if name not in case.slots)
    slots = len(case.slots), len(case.slots) - len(missed), len(extra)
    if case.heading == OUTSIDE:
        outcome.tally.add(Tally(0, 0, 1, int(right), *slots))
    else:
        outcome.tally.add(Tally(1, int(right), 0, 0, *slots))
    if not right or missed or extra:
        wrong = (() if right else ("intent",)) + (missed if right else ()) + extra
        outcome.faults.append(Fault(case, got, wrong))


def _missed(case: Case, got: Understanding) -> Iterator[str]:
    for name, values in case.slots.items():
        slot = got.slots.get(name) if got.intent in case.intents else None
        if slot is None or not any(_is(slot, value) for value in values):
            yield name


def _is(slot: FilledSlot, expected: Value) -> bool:
    return Value(slot.value, slot.unit, slot.value_type) == expected
