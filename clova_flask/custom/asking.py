"""Slots that are asked for: what is remembered until one comes, and where the dialog goes on then."""

from __future__ import annotations

import logging
from dataclasses import replace

from ..errors import MAX_SHOWN, AnswerError, nearest
from ..injection.handler import Handler
from ..injection.parameters import describe_function
from ..wire.names import find_key
from .objects import IntentRequest
from .session import Pending, write_slot
from .turn import Turn

logger = logging.getLogger("clova_flask")

CANCEL = "Clova.CancelIntent"


def resume(turn: Turn, pending: Pending) -> str | None:
    """Go on with what was asked for, where this message brings it; forget it where the user cancels.

    :return: the dialog state in which a handler is looked for.
    """
    session = turn.session
    state = session.state
    if turn.intent.name == CANCEL:
        session.pending = None
    elif pending.is_answered_by(turn.intent.slots):
        turn.intent = pending.merged(turn.intent.slots)
        turn.request = replace(turn.request, intent=turn.intent)  # type: ignore[call-arg]
        state, session.pending = pending.state, None
    return state


def remember(turn: Turn, slot: str, handler: Handler | None) -> Pending:
    """Keep what is known of an intent until a slot comes.

    :param slot: the slot, or the parameter that takes it.
    :param handler: the intent's handler.
    :raises AnswerError: the message is no intent.
    """
    if not isinstance(turn.request, IntentRequest):
        raise AnswerError(
            f"ask_for({slot!r}) outside an intent has nothing to come back to; use ask(…), and "
            "handle the intent that brings the slot."
        )
    slot = slot if handler is None else _as_on_the_wire(slot, handler)
    filled = {
        name: write_slot(value) for name, value in turn.intent.slots.items() if value.value and name != slot
    }
    return Pending(slot, turn.intent.name, turn.session.state, filled)


def _as_on_the_wire(slot: str, handler: Handler) -> str:
    """Return the name of a slot, where the parameter that takes it was named; warn where nothing takes it."""
    for _, wanted in handler.parameters:
        if find_key([slot], wanted) is not None:
            return slot
    mapped = {parameter.name: wanted[-1] for parameter, wanted in handler.parameters}
    if slot not in mapped and mapped:
        where = describe_function(handler.function)
        hint = nearest(slot, mapped.values())
        logger.warning("ask_for(%r): %s takes no such slot.%s", slot[:MAX_SHOWN], where, hint)
    return mapped.get(slot, slot)
