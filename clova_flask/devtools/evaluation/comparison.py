"""Two runs of a set compared: what got better, and what got worse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from .evaluation import Evaluation
from .judging import Outcome, Verdict

_RANKS: dict[str, int] = {
    Verdict.NOT_UNDERSTOOD: 0,
    Verdict.WRONG_INTENT: 0,
    Verdict.WRONG_SLOTS: 1,
    Verdict.RIGHT: 2,
}


class Comparable(Protocol):
    """An outcome as far as it is compared: :class:`~.judging.Outcome`, or as it is kept."""

    @property
    def key(self) -> tuple[str, str]:
        """What two runs know the utterance by."""

    @property
    def verdict(self) -> str:
        """What became of it."""

    @property
    def is_right(self) -> bool:
        """Whether it was understood as it is to be."""

    @property
    def said(self) -> tuple[str, list[tuple[str, str]]]:
        """What it was understood as: the intent, and the values of its slots."""


T = TypeVar("T", bound=Comparable)


@dataclass(frozen=True, slots=True)
class Changed(Generic[T]):
    """An utterance that was understood in another way the second time."""

    before: T
    after: T


@dataclass(frozen=True, slots=True)
class Comparison(Generic[T]):
    """The difference between two runs.

    :ivar better: utterances that came nearer to what they are to be.
    :ivar worse: utterances that were nearer before.
    :ivar other: utterances that are wrong in another way.
    :ivar compared: how many utterances are in both runs; the others are in neither list.
    """

    better: tuple[Changed[T], ...]
    worse: tuple[Changed[T], ...]
    other: tuple[Changed[T], ...]
    compared: int


def compare(before: Evaluation, after: Evaluation) -> Comparison[Outcome]:
    """Compare two runs, by the utterances with the same intent expected in both."""
    return compare_outcomes(before.outcomes, after.outcomes)


def compare_outcomes(before: Iterable[T], after: Iterable[T]) -> Comparison[T]:
    """Compare the outcomes of two runs in the same way."""
    former = {outcome.key: outcome for outcome in before}
    pairs = [Changed(former[key], outcome) for outcome in after if (key := outcome.key) in former]
    return Comparison(
        tuple(pair for pair in pairs if _gain(pair) > 0),
        tuple(pair for pair in pairs if _gain(pair) < 0),
        tuple(_differing(pair for pair in pairs if _gain(pair) == 0)),
        len(pairs),
    )


def _gain(pair: Changed[T]) -> int:
    return _RANKS[pair.after.verdict] - _RANKS[pair.before.verdict]


def _differing(pairs: Iterable[Changed[T]]) -> Iterable[Changed[T]]:
    """Leave out what is understood as it was."""
    return (pair for pair in pairs if not pair.after.is_right and pair.before.said != pair.after.said)
