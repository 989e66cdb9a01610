"""Outcomes in words, for the terminal and for CI."""

from __future__ import annotations

from .cases import NOTHING
from .comparison import Changed
from .judging import Outcome, SlotOutcome


def in_words(outcome: Outcome) -> str:
    """Tell what was expected and what was understood."""
    said = f"{outcome.case.utterance!r}: "
    if outcome.intent != outcome.case.intent:
        return f"{said}{_intent(outcome.case.intent)} expected, {understood(outcome)}"
    wrong = [_slot(slot) for slot in outcome.slots if not slot.is_right]
    return f"{said}{outcome.intent}, " + ("; ".join(wrong) or "right")


def change_in_words(pair: Changed[Outcome]) -> str:
    """Tell what an utterance was understood as before, and now."""
    before, now = (_with_slots(outcome) for outcome in (pair.before, pair.after))
    expected = _intent(pair.after.case.intent)
    return f"{pair.after.case.utterance!r}: {before} before, {now} now ({expected} expected)"


def understood(outcome: Outcome) -> str:
    """Tell what was understood, and how surely."""
    what = "nothing near enough" if outcome.intent == NOTHING else f"{outcome.intent} understood"
    return f"{what} ({outcome.confidence:.2f})"


def _intent(name: str) -> str:
    return "no intent" if name == NOTHING else name


def _with_slots(outcome: Outcome) -> str:
    filled = ", ".join(f"{slot.name}={slot.value}" for slot in outcome.slots if slot.text is not None)
    return _intent(outcome.intent) + (f" {filled}" if filled else "")


def _slot(slot: SlotOutcome) -> str:
    if slot.expected is None:
        return f"{slot.name} is {slot.text!r} and is not to be filled"
    found = "is not filled" if slot.text is None else f"is {slot.text!r} ({slot.value})"
    return f"{slot.name} {found}, {slot.expected!r} expected"


def where(outcome: Outcome, name: str) -> str:
    """Return the line of an utterance as the beginning of a message."""
    return f"{name}:{outcome.case.line}: " if outcome.case.line else ""
