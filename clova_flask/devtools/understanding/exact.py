"""The slots of an utterance that is an expression, word by word."""

from __future__ import annotations

from datetime import datetime

from .assign import Filling
from .found import Found
from .frames import Frame, Shape
from .slots import SlotFinders
from .text import read


def exact_filling(frame: Frame, shape: Shape, finders: SlotFinders, now: datetime) -> tuple[Filling, ...]:
    """Fill the slots from the stretches that the expression's tags enclose.

    What the slot's type does not know is its own value.
    """
    parts = [part for part in shape.expression.parts if part.slot is not None]
    fillings: list[Filling] = []
    for part, (name, start, end) in zip(parts, shape.spans, strict=False):
        if name in frame.slots:
            slot = frame.slots[name]
            text = read(part.text)
            last = start + len(text.chars)
            value = finders.value_in(slot.type, text, now)
            found = (
                Found(
                    start,
                    last,
                    value.value,
                    value.value_type,
                    value.unit,
                    head=start + (value.head or len(text.chars)),
                )
                if value and value.end == len(text.chars)
                else Found(start, last, part.text.strip())
            )
            fillings.append(Filling(slot, found, end, 1.0))
    return tuple(fillings)
