"""The handler that is missing, ready to paste."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Sequence
from itertools import islice

from ..errors import MAX_SHOWN, nearest
from ..wire.names import snake_case
from .objects import IntentRequest, Request

_MAX_SLOTS = 20
"""Slots that the handler takes at most; a message may have any number."""


def handler_to_paste(request: Request, states: Sequence[str] = (), known: Iterable[str] = ()) -> str:
    """Write a handler for a request that has none.

    :param states: the dialog states in which the intent has a handler; none of them is the session's.
    :param known: the intents that have handlers.
    """
    if not isinstance(request, IntentRequest):
        return 'No handler for launch. Add one:\n\n@clova.launch\ndef launch():\n    return ask("…")\n'
    name = request.intent.name[:MAX_SHOWN]
    function = _identifier(name.rpartition(".")[2]) or "handle"
    slots = [_identifier(slot) for slot in islice(request.intent.slots, _MAX_SLOTS)]
    parameters = ", ".join(f"{slot}: str | None" for slot in slots if slot)
    where = f" in this dialog state; it has one in: {', '.join(states)}" if states else ""
    meant = "" if states else nearest(name, known)
    return (
        f"No handler for the intent {name!r}{where}.{meant} Add one:\n\n"
        f'@clova.intent("{_printable(name)}")\ndef {function}({parameters}):\n    return tell("…")\n'
    )


def _identifier(name: str) -> str:
    plain = snake_case(name[:MAX_SHOWN]).strip("_")
    return plain if plain.isidentifier() and not keyword.iskeyword(plain) else ""


def _printable(name: str) -> str:
    return re.sub(r"[^\w.\- ]", "?", name)
