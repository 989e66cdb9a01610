"""An evaluation as JSON: for other programs, and its scores to be kept and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from .comparison import Changed, Comparison
from .evaluation import Evaluation
from .figures import Confusion, Score, confusion_of
from .judging import Outcome


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation as JSON."""
    return {
        **figures_as_json(evaluation),
        **scores_as_json(evaluation),
        "utterances": [_outcome(outcome) for outcome in evaluation.outcomes],
    }


def figures_as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the figures of the whole set."""
    return {
        "total": len(evaluation.outcomes),
        "verdicts": {str(verdict): count for verdict, count in evaluation.verdicts.items()},
        "accuracy": round(evaluation.accuracy, 4),
        "intent_accuracy": round(evaluation.intent_accuracy, 4),
    }


def comparison_as_json(comparison: Comparison[Outcome]) -> dict[str, Any]:
    """Return a comparison as JSON."""
    kinds = {"better": comparison.better, "worse": comparison.worse, "other": comparison.other}
    changed = {kind: [_changed(pair) for pair in pairs] for kind, pairs in kinds.items()}
    return {"compared": comparison.compared, **changed}


def scores_as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the scores of the intents and slots, and which intents were taken for which."""
    return {
        "intents": [_score(score) for score in evaluation.intents],
        "slots": [_score(score) for score in evaluation.slots],
        "confusion": [
            {"expected": expected, "understood": understood, "count": count}
            for (expected, understood), count in sorted(evaluation.confusion.counts.items())
        ],
    }


class Scores(NamedTuple):
    """The scores of an evaluation, as it has them."""

    intents: tuple[Score, ...]
    slots: tuple[Score, ...]
    confusion: Confusion


def scores_from_json(written: Mapping[str, Any]) -> Scores:
    """Read what :func:`scores_as_json` has written."""
    counts = {(row["expected"], row["understood"]): row["count"] for row in written["confusion"]}
    intents, slots = (tuple(map(_read_score, written[kind])) for kind in ("intents", "slots"))
    return Scores(intents, slots, confusion_of(counts))


def _score(score: Score) -> dict[str, Any]:
    figures = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return asdict(score) | {name: None if one is None else round(one, 4) for name, one in figures.items()}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "utterance": outcome.case.expression.text,
        "line": outcome.case.line,
        "expected": outcome.case.intent,
        "understood": outcome.intent,
        "confidence": outcome.confidence,
        "verdict": str(outcome.verdict),
        "slots": [asdict(slot) for slot in outcome.slots],
    }


def _changed(pair: Changed[Outcome]) -> dict[str, Any]:
    return {"before": _outcome(pair.before), "after": _outcome(pair.after)}


def _read_score(row: Mapping[str, Any]) -> Score:
    return Score(row["name"], row["expected"], row["found"], row["right"])
