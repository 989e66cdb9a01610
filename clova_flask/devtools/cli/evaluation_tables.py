"""An evaluation in the terminal: its errors, figures and confusion matrix, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from ..evaluation import Comparison, Evaluation, Outcome, Verdict
from ..evaluation.comparison import Changed
from ..evaluation.figures import Confusion, Score
from ..evaluation.wording import change_in_words, in_words, where
from .columns import in_columns

_COLORS = {Verdict.NOT_UNDERSTOOD: "red", Verdict.WRONG_INTENT: "red", Verdict.WRONG_SLOTS: "yellow"}
_WIDTH = max(map(len, Verdict))
MAX_LABELS = 24
"""Intents of a matrix; more do not fit beside each other, and ``--json`` has them all."""


def percent(share: float) -> str:
    """Write a share; one that is not whole is never rounded up to the whole."""
    shown = f"{share:.1%}"
    return "99.9%" if shown == "100.0%" and share < 1 else shown


def evaluation_lines(evaluation: Evaluation, model: str, file: str) -> Iterator[str]:
    """Write an evaluation.

    :param model: what names the model.
    :param file: what names the set.
    """
    total = len(evaluation.outcomes)
    counts = ", ".join(f"{count} {verdict}" for verdict, count in evaluation.verdicts.items() if count)
    yield click.style(f"{file}, {total} utterances, by {model}: {counts}", bold=True)
    for outcome in evaluation.errors():
        verdict = click.style(f"{outcome.verdict:<{_WIDTH}}", fg=_COLORS[outcome.verdict])
        yield f"  {verdict}  {where(outcome, file)}{in_words(outcome)}"
    yield from _scores("intent", evaluation.intents)
    if evaluation.judges_slots:
        yield from _scores("slot", evaluation.slots)
    else:
        yield "  Slots are not judged: no utterance of the set tags one."
    yield from _matrix(evaluation.confusion)
    by_intent = f"right intent {percent(evaluation.intent_accuracy)}"
    yield f"  Accuracy {percent(evaluation.accuracy)} ({evaluation.right} of {total}), {by_intent}"


def comparison_lines(comparison: Comparison[Outcome], other: str) -> Iterator[str]:
    """Write what changed.

    :param other: what names the model before.
    """
    counts = f"{len(comparison.better)} better, {len(comparison.worse)} worse"
    yield click.style(f"Against {other}: {counts}, {len(comparison.other)} wrong in another way", bold=True)
    yield from _changes("worse", "red", comparison.worse)
    yield from _changes("better", "green", comparison.better)
    yield from _changes("other", "yellow", comparison.other)


def _changes(title: str, color: str, pairs: Sequence[Changed[Outcome]]) -> Iterator[str]:
    mark = click.style(f"{title:<6}", fg=color)
    return (f"  {mark}  {change_in_words(pair)}" for pair in pairs)


def _scores(title: str, scores: Sequence[Score]) -> Iterator[str]:
    rows = [(title, "expected", "precision", "recall", "F1")]
    rows += [
        (score.name, str(score.expected), _share(score.precision), _share(score.recall), _share(score.f1))
        for score in scores
    ]
    yield ""
    yield from (f"  {line}" for line in in_columns(rows))


def _share(share: float | None) -> str:
    return "–" if share is None else percent(share)


def _matrix(confusion: Confusion) -> Iterator[str]:
    """Write the matrix; of many intents only those of which one was taken for another."""
    yield ""
    shown = confusion if len(confusion.labels) <= MAX_LABELS else confusion.confused()
    if not shown.labels or len(shown.labels) > MAX_LABELS:
        yield f"  The matrix has {len(confusion.labels)} intents: too many for here; --json has it."
        return
    numbers = [str(number) for number in range(1, len(shown.labels) + 1)]
    rows = [["expected, and by number understood as", *numbers]]
    for number, label in zip(numbers, shown.labels, strict=True):
        counts = [str(count) if count else "·" for count in shown.row(label)]
        rows.append([f"{number:>2} {label}", *counts])
    yield from (f"  {line}" for line in in_columns(rows))
