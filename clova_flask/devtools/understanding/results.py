"""What an utterance was understood as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...texts.templated import Templated, listed


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """A slot with what fills it.

    :ivar name: the slot's name.
    :ivar value: its value, as the protocol writes it: a representative word, a number, ISO 8601.
    :ivar text: what was said for it.
    :ivar unit: unit of a number, a quantity or money.
    :ivar value_type: ``DATE``, ``TIME.INTERVAL``… for dates and times.
    """

    name: str
    value: str
    text: str
    unit: str | None = None
    value_type: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What an utterance was understood as.

    :ivar intent: the intent; ``Clova.FallbackIntent`` or ``Clova.GuideIntent`` when nothing is near enough.
    :ivar slots: the slots that were filled, by name.
    :ivar confidence: 0 to 1; 1 when it was said as an expression has it.
    :ivar why: the nearest expression, how near it is, and what filled which slot.
    :ivar candidates: the next best intents with their scores.
    :ivar nearest: the expression that it is nearest to.
    :ivar is_near: whether it is near enough to one; if not, it is the intent for what is not understood.
    """

    intent: str
    slots: Mapping[str, FilledSlot] = field(default_factory=dict)
    confidence: float = 0.0
    why: str = ""
    candidates: tuple[tuple[str, float], ...] = ()
    nearest: str = ""
    is_near: bool = True


def why(nearest: str | None, score: float, slots: Mapping[str, FilledSlot]) -> str:
    """Tell why something was understood: the nearest expression, how near it is, and what filled slots."""
    expression = repr(nearest) if nearest else Templated("no expression")
    filled = listed(
        Templated("%(name)s=%(value)s from %(text)s", name=slot.name, value=slot.value, text=repr(slot.text))
        for slot in slots.values()
    )
    return Templated(
        "nearest to %(expression)s (%(score)s); %(slots)s",
        expression=expression,
        score=f"{score:.2f}",
        slots=filled or Templated("no slots filled"),
    )
