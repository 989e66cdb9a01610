"""Codes of what is found in a set of utterances that a model is evaluated with."""

from __future__ import annotations

from .rows import Code, Severity

EVALUATION_CODES = (
    Code(
        "evaluation.unknown-intent",
        Severity.WARNING,
        "A set of utterances expects an intent that the model does not have, so it is never understood.",
        "Correct the name, or add the intent to the model.",
    ),
    Code(
        "evaluation.unknown-slot",
        Severity.WARNING,
        "A set of utterances expects a slot that the intent does not have, so it is never filled.",
        "Correct the tag, or declare the slot in the intent.",
    ),
)
