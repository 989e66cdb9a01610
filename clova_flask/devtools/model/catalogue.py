"""What is built in: the slot types, one row each, and the platforms that have an intent or a slot type.

From the guides' tables of built-in slot types.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...custom.catalogue import BUILT_IN_INTENTS


@dataclass(frozen=True, slots=True)
class BuiltInSlotType:
    """A built-in slot type.

    :ivar kind: ``datetime``, ``duration``, ``number``, ``quantity``, ``money`` or ``words``.
    :ivar regions: the platforms that have it.
    """

    name: str
    kind: str
    regions: tuple[str, ...]


_BOTH, _KR, _JP = ("KR", "JP"), ("KR",), ("JP",)

_QUANTITIES = ("AREA", "INFORMATION", "LENGTH", "RATIO", "SPEED", "VOLUME", "WEIGHT", "TEMPERATURE")
_UNITS = ("GENERAL", "CURRENCY", *_QUANTITIES)

BUILT_IN_SLOT_TYPES: dict[str, BuiltInSlotType] = {
    row.name: row
    for row in (
        BuiltInSlotType("CLOVA.DATETIME", "datetime", _BOTH),
        BuiltInSlotType("CLOVA.DATETIME_RECENT", "datetime", _JP),
        BuiltInSlotType("CLOVA.DURATION", "duration", _BOTH),
        BuiltInSlotType("CLOVA.RELATIVETIME", "words", _BOTH),
        BuiltInSlotType("CLOVA.ORDER", "words", _BOTH),
        BuiltInSlotType("CLOVA.OFFICIALDATE", "words", _BOTH),
        BuiltInSlotType("CLOVA.NUMBER", "number", _BOTH),
        BuiltInSlotType("CLOVA.WHOLE_NUMBER", "number", _JP),
        BuiltInSlotType("CLOVA.GENERIC_NUMBER", "number", _JP),
        BuiltInSlotType("CLOVA.MONEY", "money", _JP),
        *(BuiltInSlotType(f"CLOVA.{name}", "quantity", _JP) for name in _QUANTITIES),
        BuiltInSlotType("CLOVA.UNIT", "words", _BOTH),
        *(
            BuiltInSlotType(f"CLOVA.UNIT_{name}", "words", _JP)
            for name in ("GENERAL", "CURRENCY", *_QUANTITIES)
        ),
        BuiltInSlotType("CLOVA.CURRENCY", "words", _KR),
        *(BuiltInSlotType(f"CLOVA.JP_ADDRESS_{name}", "words", _JP) for name in ("KEN", "SHI", "KU")),
        BuiltInSlotType("CLOVA.WORLD_COUNTRY", "words", _BOTH),
        BuiltInSlotType("CLOVA.WORLD_CITY", "words", _BOTH),
    )
}
"""Built-in slot types by name; the members of ``CLOVA.KO_ADDRESS_*`` (KR) are left open by the guides."""

_OPEN_FAMILIES = (
    BuiltInSlotType("CLOVA.KO_ADDRESS_", "words", _KR),
    BuiltInSlotType("CLOVA.UNIT_", "words", _JP),
)
"""Types that the guides name by the beginning of their names only."""


def slot_kind(name: str) -> str | None:
    """Return the kind of values that a built-in slot type has; None when there is no such type."""
    row = _find_slot_type(name)
    return row.kind if row else None


def slot_type_regions(name: str) -> tuple[str, ...]:
    """List the platforms that have a built-in slot type; empty when none has."""
    row = _find_slot_type(name)
    return row.regions if row else ()


def intent_regions(name: str) -> tuple[str, ...]:
    """List the platforms that have a built-in intent; empty when none has."""
    return BUILT_IN_INTENTS.get(name, ())


def _find_slot_type(name: str) -> BuiltInSlotType | None:
    if name in BUILT_IN_SLOT_TYPES:
        return BUILT_IN_SLOT_TYPES[name]
    families = (row for row in _OPEN_FAMILIES if name.startswith(row.name) and name != row.name)
    return next(families, None)
