"""Run a set of utterances against a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

from ..model.objects import InteractionModel
from ..understanding.progress import Tell
from .cases import Case
from .figures import Confusion, Score, confusion, intent_scores, slot_scores
from .judging import Outcome, Verdict, judge

if TYPE_CHECKING:
    from ..understanding import Understander


@dataclass(frozen=True)
class Evaluation:
    """What came of a run.

    :ivar outcomes: one for each utterance, in the order of the set.
    """

    outcomes: tuple[Outcome, ...]

    @cached_property
    def verdicts(self) -> dict[Verdict, int]:
        """How many utterances had which verdict."""
        counts = Counter(outcome.verdict for outcome in self.outcomes)
        return {verdict: counts[verdict] for verdict in Verdict}

    @property
    def right(self) -> int:
        """How many utterances were understood as they are to be, slots included."""
        return self.verdicts[Verdict.RIGHT]

    @property
    def accuracy(self) -> float:
        """The share of them."""
        return self.right / max(1, len(self.outcomes))

    @property
    def intent_accuracy(self) -> float:
        """The share of utterances with the right intent, whatever their slots."""
        return (self.right + self.verdicts[Verdict.WRONG_SLOTS]) / max(1, len(self.outcomes))

    @property
    def judges_slots(self) -> bool:
        """Whether slots were judged, see :func:`judges_slots`."""
        return judges_slots([outcome.case for outcome in self.outcomes])

    @cached_property
    def intents(self) -> tuple[Score, ...]:
        """The score of each intent."""
        return intent_scores(self.outcomes)

    @cached_property
    def slots(self) -> tuple[Score, ...]:
        """The score of each slot."""
        return slot_scores(self.outcomes)

    @cached_property
    def confusion(self) -> Confusion:
        """Which intents were taken for which."""
        return confusion(self.outcomes)

    def errors(self) -> list[Outcome]:
        """List what was not understood as it is to be."""
        return [outcome for outcome in self.outcomes if not outcome.is_right]


def judges_slots(cases: Sequence[Case]) -> bool:
    """Tell whether the slots of a set are judged: where one utterance tags a slot.

    A set without any tag tells intents alone; in one with tags, what is not tagged is not to be filled.
    """
    return any(case.expression.slots for case in cases)


def evaluate(cases: Sequence[Case], model: InteractionModel, progress: Tell | None = None) -> Evaluation:
    """Run a set of utterances against a model. The same set and model always give the same.

    :param progress: is told how far it is to make the model ready, where that is not kept.

    :raises ConfigurationError: the extra ``clova-flask[local]`` is not installed.
    """
    from ..understanding import Understander  # which needs an extra

    understander = Understander(model, zone=UTC, keep=True, progress=progress)
    return Evaluation(tuple(outcomes_of(cases, understander)))


def outcomes_of(cases: Sequence[Case], understander: Understander) -> Iterator[Outcome]:
    """Judge one utterance after another, for those who show how far it is."""
    judge_slots = judges_slots(cases)
    for case in cases:
        yield judge(case, understander, judge_slots=judge_slots)
