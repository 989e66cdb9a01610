"""Outcomes as rows of JSON, as they are kept: compared as they are, and read whole when they are shown."""

from __future__ import annotations

import json
from typing import NamedTuple

from ..model.expressions import parse_expression
from .cases import Case
from .judging import Outcome, SlotOutcome, Verdict


class Row(NamedTuple):
    """An outcome in JSON, a list of these values.

    :ivar utterance: with its slots tagged.
    :ivar expected: the intent that is expected.
    :ivar understood: the intent that it was understood as.
    :ivar verdict: a value of :class:`~.judging.Verdict`.
    :ivar line: its line in the file.
    :ivar slots: JSON in its turn, since most of them are never looked at: a list for each slot, of the values
        of a :class:`~.judging.SlotOutcome`.
    """

    utterance: str
    expected: str
    understood: str
    verdict: str
    confidence: float
    line: int
    slots: str

    @property
    def key(self) -> tuple[str, str]:
        """What two runs know the utterance by."""
        return self.utterance, self.expected

    @property
    def is_right(self) -> bool:
        """Whether it was understood as it is to be."""
        return self.verdict == Verdict.RIGHT

    @property
    def said(self) -> tuple[str, list[tuple[str, str]]]:
        """What it was understood as: the intent, and the values of its slots."""
        slots = [(slot.name, slot.value) for slot in self._slots() if slot.text is not None]
        return self.understood, slots

    def outcome(self) -> Outcome:
        """Read the outcome."""
        case = Case(parse_expression(self.utterance, self.line), self.expected, self.line)
        return Outcome(case, Verdict(self.verdict), self.understood, self.confidence, tuple(self._slots()))

    def _slots(self) -> list[SlotOutcome]:
        return [SlotOutcome(*slot) for slot in json.loads(self.slots)]


def row_of(outcome: Outcome) -> Row:
    """Write an outcome."""
    case = outcome.case
    slots = [[slot.name, slot.expected, slot.text, slot.value, slot.is_right] for slot in outcome.slots]
    return Row(
        case.expression.text,
        case.intent,
        outcome.intent,
        str(outcome.verdict),
        outcome.confidence,
        case.line,
        json.dumps(slots, ensure_ascii=False),
    )
