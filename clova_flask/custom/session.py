"""The session as handlers see it: a dict of the session attributes that goes back with the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..injection.users import User
from ..injection.values import Slot
from ..wire.names import find_key, spellings
from ..wire.objects import NOTHING
from .objects import Intent, SessionInfo

MEMORY_KEY = "clova_flask"
"""The session attribute that carries the dialog state and the slot that was asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """A slot that was asked for, and the intent that is to go on when it comes.

    :ivar slots: the slots filled so far, name to the slot in wire form.
    """

    slot: str
    intent: str
    state: str | None
    slots: Mapping[str, Mapping[str, Any]]

    def is_answered_by(self, slots: Mapping[str, Slot]) -> bool:
        """Whether the slot is there, in whichever spelling."""
        key = find_key(slots, spellings(self.slot))
        return key is not None and bool(slots[key].value)

    def merged(self, slots: Mapping[str, Slot]) -> Intent:
        """Return the remembered intent with its slots and the new ones that were filled."""
        remembered = {name: read_slot(name, wire) for name, wire in self.slots.items()}
        filled = {name: slot for name, slot in slots.items() if slot.value}
        return Intent(self.intent, {**remembered, **filled})


class Session(dict[str, Any]):
    """``sessionAttributes``: what is put in here comes back with the user's next request.

    It goes back with every answer that keeps the session open. Values must be what JSON has: text, numbers,
    True, False, None, and lists and dicts of these, whose keys are text. A tuple comes back as a list. An
    answer with anything else in the session is refused, with its path and what to store instead.

    :ivar info: the session as it was received; without one in the message, an empty one with its user.
    :ivar state: the dialog state; :func:`clova_flask.ask` sets it too.
    :ivar pending: the slot that was asked for; None forgets it.
    """

    __slots__ = ("info", "pending", "state")

    def __init__(self, info: SessionInfo | None) -> None:
        self.info = info or SessionInfo()
        self.state: str | None = None
        self.pending: Pending | None = None
        attributes = self.info.attributes
        if attributes:
            for key, value in attributes.items():
                self[key] = value if type(value) is str else copy_json(value)
            memory = self.pop(MEMORY_KEY, None)
            if isinstance(memory, dict):
                self._recall(memory)

    @property
    def id(self) -> str | None:
        """``sessionId``; None when the message has no session."""
        return self.info.id

    @property
    def new(self) -> bool:
        """Whether the session starts with this request."""
        return self.info.new

    @property
    def user(self) -> User:
        """Who speaks; where the message has no session, whom it is about."""
        return self.info.user

    def to_attributes(self) -> dict[str, Any]:
        """Write what goes into the answer's ``sessionAttributes``."""
        memory: dict[str, Any] = {}
        if self.state is not None:
            memory["state"] = self.state
        if self.pending is not None:
            pending = self.pending
            asked = {"slot": pending.slot, "intent": pending.intent, "slots": dict(pending.slots)}
            memory["asked"] = asked if pending.state is None else {**asked, "state": pending.state}
        return {**self, MEMORY_KEY: memory} if memory else dict(self)

    def _recall(self, memory: Mapping[str, Any]) -> None:
        state, asked = memory.get("state"), memory.get("asked")
        self.state = state if isinstance(state, str) else None
        match asked:
            case {"slot": str(slot), "intent": str(intent), "slots": dict(slots), **rest}:
                state = rest.get("state")
                wire = {name: entry for name, entry in slots.items() if isinstance(entry, dict)}
                self.pending = Pending(slot, intent, state if isinstance(state, str) else None, wire)


def write_slot(slot: Slot) -> dict[str, Any]:
    """Write a slot as it is on the wire, to remember it."""
    wire = {"value": slot.value, "unit": slot.unit, "valueType": slot.value_type}
    return {key: value for key, value in wire.items() if value is not None}


def read_slot(name: str, wire: Mapping[str, Any]) -> Slot:
    """Read what :func:`write_slot` wrote."""
    text = {key: value for key, value in wire.items() if isinstance(value, str)}
    return Slot(name, text.get("value"), text.get("unit"), text.get("valueType"), extra=NOTHING)


def copy_json(value: Any) -> Any:
    """Copy parsed JSON, so that a handler that changes it does not change the message."""
    if isinstance(value, dict):
        return {key: copy_json(inner) for key, inner in value.items()}
    return [copy_json(item) for item in value] if isinstance(value, list) else value
