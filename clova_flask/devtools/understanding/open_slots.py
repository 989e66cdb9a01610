"""Slots filled by words that no list has, where the frame of the expressions makes them clear.

From the guides' custom slot types: their entries are examples, and other words fill the slot too.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model.catalogue import slot_kind
from ..model.objects import InteractionModel
from .assign import Filling
from .frames import Frame, SlotFrame
from .results import FilledSlot
from .text import Text
from .tokens import Span, Tokens


def open_slots(
    frame: Frame, model: InteractionModel, text: Text, filled: Sequence[Filling], tokens: Tokens
) -> dict[str, FilledSlot]:
    """Fill slots with what nothing else explains.

    :param filled: the slots that are filled already.
    :param tokens: the tokens of the rest of the utterance.
    """
    taken = {filling.slot.name for filling in filled}
    unfilled = [slot for slot in frame.slots.values() if slot.name not in taken and _takes_words(slot, model)]
    slots: dict[str, FilledSlot] = {}
    for start, end in _joined(text, tokens.unexplained):
        after = frame.language.one_form(text.chars[end:])
        before = text.chars[:start][::-1]
        choices = [(fit, slot.name) for slot in unfilled if (fit := _fit(slot, before, after)) > 0]
        if choices and end - start > 1:
            name = max(choices)[1]
            said = text.original(start, end).strip()
            slots[name] = FilledSlot(name, said, said)
            unfilled = [slot for slot in unfilled if slot.name != name]
    return slots


def _takes_words(slot: SlotFrame, model: InteractionModel) -> bool:
    return slot.type in model.slot_types or slot_kind(slot.type) == "words"


def _joined(text: Text, spans: Sequence[Span]) -> list[Span]:
    """Join unknown words that stand side by side."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _fit(slot: SlotFrame, before: str, after: str) -> float:
    """Judge by what stands behind and before whether unknown words stand where the slot stands."""
    return _known(slot.after, after) + 0.5 * _known(slot.before, before)


def _known(heads: dict[str, float], beside: str) -> float:
    if not beside:
        return heads.get("", 0.0)
    return max((n + heads[beside[:n]] for n in (1, 2, 3) if beside[:n] in heads), default=0.0)
