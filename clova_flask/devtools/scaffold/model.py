"""Make a first model from the handlers that there are."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, get_args, get_origin

from ...custom.catalogue import BUILT_IN_INTENTS
from ...custom.registry import CustomRegistry
from ...injection.annotations import list_choices, members
from ...injection.durations import Duration
from ...injection.handler import Handler
from ...injection.parameters import Parameter
from ...injection.values import Interval, Quantity
from ...wire.names import snake_case
from ..model.objects import CustomIntent, CustomSlotType, IntentSlot, InteractionModel, SlotEntry

_TYPES: dict[Any, str] = {
    int: "CLOVA.NUMBER",
    float: "CLOVA.NUMBER",
    Decimal: "CLOVA.NUMBER",
    Quantity: "CLOVA.NUMBER",  # the platforms have no slot type for a quantity of any unit
    date: "CLOVA.DATETIME",
    time: "CLOVA.DATETIME",
    datetime: "CLOVA.DATETIME",
    Interval: "CLOVA.DATETIME",
    timedelta: "CLOVA.DURATION",
    Duration: "CLOVA.DURATION",
}


def start_model(
    registry: CustomRegistry,
    *,
    extension_id: str = "",
    language: str = "ko",
    regions: Iterable[str] = ("KR", "JP"),
) -> InteractionModel:
    """Make a model from handlers: their intents, with slots guessed from their parameters.

    The entries of a custom slot type are the choices of an Enum or a Literal. A parameter that accepts any
    words has a slot type that you still have to write, as you have the expressions and invocation names.

    :param language: ``ko``, ``ja`` or ``en``.
    :param regions: the platforms it is for, ``KR`` and ``JP``; what the other one alone has is left out.
    """
    slots: dict[str, dict[str, IntentSlot]] = {}
    entries: dict[str, dict[str, SlotEntry]] = {}
    for (name, _), handler in registry.intents.items():
        if name.startswith("Clova."):
            continue
        own = slots.setdefault(name, {})
        for slot, words in _slots(handler):
            own.setdefault(slot.name, slot)
            for word in words:
                entries.setdefault(slot.type, {}).setdefault(word, SlotEntry(word))
    built_in_types = {slot.type for own in slots.values() for slot in own.values() if _is_built_in(slot)}
    handled, wanted = {name for name, _ in registry.intents}, set(regions)
    return InteractionModel(
        extension_id=extension_id,
        language=language,
        built_in_intents=tuple(
            name for name, having in BUILT_IN_INTENTS.items() if name in handled and wanted & set(having)
        ),
        built_in_slot_types=tuple(sorted(built_in_types)),
        intents={name: CustomIntent(name, tuple(own.values())) for name, own in sorted(slots.items())},
        slot_types={
            name: CustomSlotType(name, tuple(rows.values())) for name, rows in sorted(entries.items())
        },
    )


def _slots(handler: Handler) -> Iterator[tuple[IntentSlot, list[str]]]:
    for parameter, wanted in handler.parameters:
        name = wanted[-1]
        words = _words(parameter)
        type_name = None if words else _built_in_type(parameter)
        yield IntentSlot(name, type_name or snake_case(name).upper()), words


def _built_in_type(parameter: Parameter) -> str | None:
    known = (_TYPES.get(get_origin(member) or member) for member in members(parameter.annotation))
    return next((name for name in known if name), None)


def _words(parameter: Parameter) -> list[str]:
    """List the words of a Literal or an Enum: its values, or the names of those that are not text."""
    if not list_choices(parameter.annotation):
        return []
    words: list[str] = []
    for member in members(parameter.annotation):
        if isinstance(member, type) and issubclass(member, enum.Enum):
            words += [item.value if isinstance(item.value, str) else item.name for item in member]
        else:
            words += [str(value) for value in get_args(member) if value is not None]
    return words


def _is_built_in(slot: IntentSlot) -> bool:
    return slot.type.startswith("CLOVA.")
