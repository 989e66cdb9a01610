"""What a message of the test page was understood as, for a set or as an expression of its intent."""

from __future__ import annotations

from dataclasses import dataclass

from ....errors import ClovaError
from ...evaluation.cases import NOTHING
from ...evaluation.tagging import tag
from ...understanding import FilledSlot
from ...understanding.built_in import FALLBACK
from ..models.preparing import failure_of
from ..models.profiling import INTENT, profile
from ..models.understanders import understander_of, zone_of
from ..records import Version
from ..testing.known_models import known_of
from ..testing.turn_records import Turn


@dataclass(frozen=True, slots=True)
class Collected:
    """An utterance of a conversation.

    :ivar text: what of it was for the extension, with its slots tagged.
    :ivar intent: the intent that was sent; ``-`` where nothing was understood.
    """

    text: str
    intent: str


def collected(version: Version, turn: Turn) -> Collected | None:
    """Return what a message was understood as.

    The message has the values of slots and not the words: these are found by understanding the utterance
    again. Where the model has been changed since, and it is another intent now, no slot is tagged.

    :return: None where the message is not of an utterance that has an intent.
    """
    name = turn.intent
    if not name or not turn.line:
        return None
    heard, is_near = " ".join(turn.line.split()), True
    slots: tuple[FilledSlot, ...] = ()
    try:
        known = known_of(version)
        if known is not None and not failure_of(known):
            model = known.model()
            made = profile(model, understander_of(model, zone_of(version)), turn.line, None)
            if made.kind == INTENT and made.understood is not None:
                heard, understood = made.heard, made.understood
                if understood.intent == name:
                    slots, is_near = tuple(understood.slots.values()), understood.is_near
    except ClovaError:  # the model cannot be read, or the extra that understands is not installed
        pass
    return Collected(tag(heard, slots), NOTHING if name == FALLBACK or not is_near else name)
