"""Slots that a test misspells: CEK sends only those of the model, so such a message never comes."""

from __future__ import annotations

from collections.abc import Iterable

from ...custom.registry import CustomRegistry
from ...texts.spelling import misspelt
from ...texts.templated import Templated
from .requests import UnknownName


def require_slots(registry: CustomRegistry, intent: str, slots: Iterable[str]) -> None:
    """Require that no slot is surely a misspelling of one that the handlers of an intent take.

    Handlers that take the whole request may read any slot.
    :raises UnknownName: one is; the text has the slot that was meant.
    """
    handlers = [handler for (name, _), handler in registry.intents.items() if name == intent]
    if any(name == "request" for handler in handlers for name, _ in handler.resolvers):
        return
    taken = {_plain(name): name for handler in handlers for _, names in handler.parameters for name in names}
    for slot in slots:
        meant = misspelt(slot, taken.values()) if _plain(slot) not in taken else None
        if meant is not None:
            raise UnknownName(
                Templated(
                    "%(slot)s is not a slot of %(intent)s. Did you mean %(meant)s?",
                    slot=repr(slot),
                    intent=intent,
                    meant=repr(meant),
                )
            )


def _plain(name: str) -> str:
    """Write a name without what its spellings differ in: ``pizzaType``, ``pizza_type``."""
    return "".join(char for char in name if char.isalnum()).lower()
