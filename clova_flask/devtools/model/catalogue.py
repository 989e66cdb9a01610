"""The built-in slot types, one row each, with the platforms that have them.

From the guides' tables of built-in slot types.
"""

from __future__ import annotations

from dataclasses import dataclass


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
        *(BuiltInSlotType(f"CLOVA.UNIT_{name}", "words", _JP) for name in _QUANTITIES),
        BuiltInSlotType("CLOVA.CURRENCY", "words", _KR),
        *(BuiltInSlotType(f"CLOVA.JP_ADDRESS_{name}", "words", _JP) for name in ("KEN", "SHI", "KU")),
        BuiltInSlotType("CLOVA.WORLD_COUNTRY", "words", _BOTH),
        BuiltInSlotType("CLOVA.WORLD_CITY", "words", _BOTH),
    )
}
"""Built-in slot types by name; the members of ``CLOVA.KO_ADDRESS_*`` (KR) are left open by the guides."""

OPEN_FAMILIES: dict[str, str] = {"CLOVA.KO_ADDRESS_": "words", "CLOVA.UNIT_": "words"}
"""Prefixes of built-in slot types that are known by family only, with their kind."""


def slot_kind(name: str) -> str | None:
    """Say how the values of a built-in slot type are; None when it is none."""
    if name in BUILT_IN_SLOT_TYPES:
        return BUILT_IN_SLOT_TYPES[name].kind
    return next((kind for prefix, kind in OPEN_FAMILIES.items() if name.startswith(prefix)), None)
