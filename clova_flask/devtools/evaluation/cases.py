"""One utterance of a set, with what it is to be understood as."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...errors import ModelError
from ..model.expressions import parse_expression
from ..model.objects import Expression
from ..understanding.built_in import FALLBACK
from ..understanding.text import LONGEST, read

NOTHING = "-"
"""Stands where an intent would, for what is not to be understood, or was not."""

_UNWRITABLE = ("Cc", "Cs")
_INTENT = re.compile(r"[^\s<>]+")


@dataclass(frozen=True, slots=True)
class Case:
    """An utterance and what it is to be understood as.

    :ivar expression: the utterance, its slots tagged as in a model's expressions.
    :ivar intent: the intent; :data:`NOTHING` where none is to be understood.
    :ivar line: its line in the file, from 1; 0 when it was not read from a file.
    """

    expression: Expression
    intent: str
    line: int = 0

    @property
    def utterance(self) -> str:
        """What is said."""
        return self.expression.plain

    @property
    def slots(self) -> Mapping[str, str]:
        """What is said for each slot."""
        return {part.slot: part.text.strip() for part in self.expression.parts if part.slot is not None}


def make_case(text: str, intent: str, line: int = 0) -> Case:
    """Make a case of the two cells of its row.

    :raises ModelError: one of them cannot be what it is to be.
    """
    expression = parse_expression(text.strip(), line)
    problem = _problem(expression, intent.strip())
    if problem:
        raise ModelError(problem, line=line)
    return Case(expression, NOTHING if intent.strip() == FALLBACK else intent.strip(), line)


def _problem(expression: Expression, intent: str) -> str:
    if not read(expression.plain, longest=None).chars:
        return "There is no utterance. Write what is said."
    if any(unicodedata.category(char) in _UNWRITABLE for char in expression.text + intent):
        return "There is a tab, a line break or another control character in it. Remove it."
    if len(expression.plain) > LONGEST:
        return f"An utterance has at most {LONGEST} characters; this one has {len(expression.plain)}."
    if not intent:
        return f"There is no intent. Write its name, or {NOTHING} where none is to be understood."
    if not _INTENT.fullmatch(intent):
        return f"{intent!r} is not the name of an intent. The utterance comes first, then the intent."
    if intent in (NOTHING, FALLBACK) and expression.slots:
        return f"A slot is tagged, but no intent is to be understood: {intent}. Remove the tags."
    twice = [name for name, count in Counter(expression.slots).items() if count > 1]
    return f"The slot {twice[0]!r} is tagged twice; it has one value." if twice else ""


def contradictions(cases: Iterable[Case]) -> list[ModelError]:
    """Find utterances that are there twice with different intents: one of the two can never be right."""
    first: dict[str, Case] = {}
    errors = []
    for case in cases:
        other = first.setdefault(read(case.utterance, longest=None).chars, case)
        if other.intent != case.intent:
            where = f" in line {other.line}" if other.line else ""
            expected = f"{case.intent} here, and {other.intent}{where}"
            text = f"{case.utterance!r} is to be {expected}. Remove one of them."
            errors.append(ModelError(text, line=case.line))
    return errors
