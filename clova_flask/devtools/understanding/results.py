"""What an utterance was understood as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
