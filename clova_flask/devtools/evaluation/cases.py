"""One utterance of a set, with what it is to be understood as."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...errors import ModelError
from ...texts.templated import Templated
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
        return Templated("There is no utterance. Write what is said.")
    if any(unicodedata.category(char) in _UNWRITABLE for char in expression.text + intent):
        return Templated("There is a tab, a line break or another control character in it. Remove it.")
    if len(expression.plain) > LONGEST:
        return Templated(
            "An utterance has at most %(longest)s characters; this one has %(count)s.",
            longest=LONGEST,
            count=len(expression.plain),
        )
    if not intent:
        return Templated(
            "There is no intent. Write its name, or %(nothing)s where none is to be understood.",
            nothing=NOTHING,
        )
    if not _INTENT.fullmatch(intent):
        return Templated(
            "%(intent)s is not the name of an intent. The utterance comes first, then the intent.",
            intent=repr(intent),
        )
    if intent in (NOTHING, FALLBACK) and expression.slots:
        return Templated(
            "A slot is tagged, but no intent is to be understood: %(intent)s. Remove the tags.", intent=intent
        )
    twice = [name for name, count in Counter(expression.slots).items() if count > 1]
    return (
        Templated("The slot %(twice)s is tagged twice; it has one value.", twice=repr(twice[0]))
        if twice
        else ""
    )


def contradictions(cases: Iterable[Case]) -> list[ModelError]:
    """Find utterances that are there twice with different intents: one of the two can never be right."""
    first: dict[str, Case] = {}
    errors = []
    for case in cases:
        other = first.setdefault(read(case.utterance, longest=None).chars, case)
        if other.intent != case.intent:
            where = Templated(" in line %(line)s", line=other.line) if other.line else ""
            expected = Templated(
                "%(intent)s here, and %(intent_2)s%(where)s",
                intent=case.intent,
                intent_2=other.intent,
                where=where,
            )
            text = Templated(
                "%(utterance)s is to be %(expected)s. Remove one of them.",
                utterance=repr(case.utterance),
                expected=expected,
            )
            errors.append(ModelError(text, line=case.line))
    return errors
