"""An utterance with its slots tagged as it was understood, to be kept as an expression or in a set."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ..model.expressions import tagged
from ..model.objects import Part
from ..understanding import FilledSlot


def tag(utterance: str, slots: Iterable[FilledSlot]) -> str:
    """Tag what was said for each slot, where it is first; what is not found stays untagged."""
    # What was said for a slot is told in one width.
    text = unicodedata.normalize("NFKC", utterance).replace("<", " ").replace(">", " ")
    parts = [Part(text)]
    # The longest first, since it may have the words of others in it.
    for slot in sorted(slots, key=lambda slot: -len(slot.text)):
        at = next((n for n, part in enumerate(parts) if part.slot is None and slot.text in part.text), None)
        if slot.text and at is not None:
            before, _said, after = parts[at].text.partition(slot.text)
            parts[at : at + 1] = [Part(before), Part(slot.text, slot.name), Part(after)]
    return tagged(tuple(part for part in parts if part.text))
