"""What an utterance is understood as, and what else was considered, without any endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ...model.objects import InteractionModel
from ...simulator.listener import Listener
from ...understanding import Understander
from ...understanding.results import Understanding

INTENT, LAUNCH, END = "intent", "launch", "end"
_KINDS = {"LaunchRequest": LAUNCH, "SessionEndedRequest": END}


def slots_of(model: InteractionModel) -> list[str]:
    """List the names of a model's slots, which the extension may have asked for."""
    return sorted({slot.name for intent in model.intents.values() for slot in intent.slots})


@dataclass(frozen=True, slots=True)
class Profile:
    """An utterance, analysed.

    :ivar kind: :data:`INTENT`; :data:`LAUNCH` or :data:`END` where it starts or ends the extension, and no
        intent is looked for.
    :ivar heard: what of the utterance is for the extension, without the name that it is called by.
    :ivar understood: what it is understood as.
    :ivar considered: the intents beside it, the most likely first, each as it would be understood.
    """

    kind: str
    heard: str = ""
    understood: Understanding | None = None
    considered: Sequence[Understanding] = ()


def profile(
    model: InteractionModel, understander: Understander, utterance: str, asked: str | None
) -> Profile:
    """Analyse an utterance that is said in a session.

    :param asked: the slot that the extension has asked for.
    """
    noting = _Noting(understander, asked)
    request = Listener(model, noting).hear(utterance, in_session=True, asked=asked).request
    if noting.results:
        return Profile(INTENT, noting.heard, noting.results[0], noting.results[1:])
    return Profile(_KINDS[request["type"]])


class _Noting:
    """Understands for the listener, and notes what was left to be understood and all that was considered."""

    def __init__(self, understander: Understander, asked: str | None) -> None:
        self._understander, self._asked = understander, asked
        self.heard = ""
        self.results: list[Understanding] = []

    def understand(
        self, utterance: str, *, now: datetime | None = None, asked: str | None = None
    ) -> Understanding:
        """Understand an utterance, and note it."""
        self.heard = utterance
        self.results = self._understander.consider(utterance, now=now, asked=self._asked)
        return self.results[0]
