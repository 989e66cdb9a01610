"""Two runs of a set compared: what got better, and what got worse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .evaluation import Evaluation
from .judging import Outcome, Verdict

_RANKS = {Verdict.NOT_UNDERSTOOD: 0, Verdict.WRONG_INTENT: 0, Verdict.WRONG_SLOTS: 1, Verdict.RIGHT: 2}


@dataclass(frozen=True, slots=True)
class Changed:
    """An utterance that was understood in another way the second time."""

    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference between two runs.

    :ivar better: utterances that came nearer to what they are to be.
    :ivar worse: utterances that were nearer before.
    :ivar other: utterances that are wrong in another way.
    :ivar compared: how many utterances are in both runs; the others are in neither list.
    """

    better: tuple[Changed, ...]
    worse: tuple[Changed, ...]
    other: tuple[Changed, ...]
    compared: int


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """Compare two runs, by the utterances with the same intent expected in both."""
    former = {_key(outcome): outcome for outcome in before.outcomes}
    pairs = [Changed(former[_key(outcome)], outcome) for outcome in after.outcomes if _key(outcome) in former]
    return Comparison(
        tuple(pair for pair in pairs if _gain(pair) > 0),
        tuple(pair for pair in pairs if _gain(pair) < 0),
        tuple(_differing(pair for pair in pairs if _gain(pair) == 0)),
        len(pairs),
    )


def _key(outcome: Outcome) -> tuple[str, str]:
    return outcome.case.expression.text, outcome.case.intent


def _gain(pair: Changed) -> int:
    return _RANKS[pair.after.verdict] - _RANKS[pair.before.verdict]


def _differing(pairs: Iterable[Changed]) -> Iterable[Changed]:
    """Leave out what is understood as it was."""
    return (pair for pair in pairs if _said(pair.before) != _said(pair.after) and not pair.after.is_right)


def _said(outcome: Outcome) -> tuple[str, list[tuple[str, str]]]:
    return outcome.intent, [(slot.name, slot.value) for slot in outcome.slots if slot.text is not None]
