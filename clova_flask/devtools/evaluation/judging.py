"""Whether an utterance was understood as it is to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ..understanding import FilledSlot, Understanding
from ..understanding.text import fold
from .cases import NOTHING, Case

if TYPE_CHECKING:
    from ..understanding import Understander

SAID_AT = datetime(2024, 1, 15, 10, tzinfo=UTC)
"""When everything is said: a Monday at ten, so that each run finds the same, also for "tomorrow"."""


class Verdict(StrEnum):
    """What became of an utterance, the worst first."""

    NOT_UNDERSTOOD = "not understood"
    WRONG_INTENT = "wrong intent"
    WRONG_SLOTS = "wrong slots"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class SlotOutcome:
    """A slot that is to be filled, or was.

    :ivar expected: what is said for it; None where it is not to be filled.
    :ivar text: what it was filled from; None where it was not filled.
    :ivar value: the value that it was filled with; empty where it was not.
    """

    name: str
    expected: str | None
    text: str | None
    value: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an utterance was understood.

    :ivar intent: the intent; :data:`~.cases.NOTHING` where nothing was near enough.
    :ivar confidence: 0 to 1, also of what was not near enough.
    :ivar slots: those that are to be filled and those that were; empty where slots are not judged.
    """

    case: Case
    verdict: Verdict
    intent: str
    confidence: float
    slots: tuple[SlotOutcome, ...] = field(default=())

    @property
    def key(self) -> tuple[str, str]:
        """What two runs know the utterance by."""
        return self.case.expression.text, self.case.intent

    @property
    def is_right(self) -> bool:
        """Whether it was understood as it is to be."""
        return self.verdict is Verdict.RIGHT

    @property
    def said(self) -> tuple[str, list[tuple[str, str]]]:
        """What it was understood as: the intent, and the values of its slots."""
        return self.intent, [(slot.name, slot.value) for slot in self.slots if slot.text is not None]


def judge(case: Case, understander: Understander, *, judge_slots: bool) -> Outcome:
    """Understand an utterance, and judge how."""
    understood = understander.understand(case.utterance, now=SAID_AT)
    # What nothing is near enough to goes to the guide where the model has no fallback.
    is_as_expected = understood.intent == case.intent
    intent = understood.intent if understood.is_near or is_as_expected else NOTHING
    slots = _slots(case, understood, understander) if judge_slots else ()
    return Outcome(case, _verdict(case, intent, slots), intent, understood.confidence, slots)


def _verdict(case: Case, intent: str, slots: tuple[SlotOutcome, ...]) -> Verdict:
    if intent != case.intent:
        return Verdict.NOT_UNDERSTOOD if intent == NOTHING else Verdict.WRONG_INTENT
    return Verdict.RIGHT if all(slot.is_right for slot in slots) else Verdict.WRONG_SLOTS


def _slots(case: Case, understood: Understanding, understander: Understander) -> tuple[SlotOutcome, ...]:
    expected: Mapping[str, str] = case.slots
    return tuple(
        _slot(
            name,
            expected.get(name),
            understood.slots.get(name),
            _type_of(case, name, understander),
            understander,
        )
        for name in dict.fromkeys((*expected, *understood.slots))
    )


def _slot(
    name: str, expected: str | None, filled: FilledSlot | None, type_: str, understander: Understander
) -> SlotOutcome:
    text = filled.text if filled else None
    value = filled.value if filled else ""
    is_right = expected is not None and filled is not None
    if is_right and fold(expected or "") != fold(text or ""):
        # "두" and "두 판" are the same number, and the extension gets the number.
        is_right = value == understander.value_of(type_, expected or "", now=SAID_AT)
    return SlotOutcome(name, expected, text, value, is_right)


def _type_of(case: Case, slot: str, understander: Understander) -> str:
    intent = understander.model.intents.get(case.intent)
    return (intent.slot_type(slot) if intent else None) or ""
