"""An interaction model: intents with their expressions, and slot types with their entries.

From the guides' sections on interaction models and their exchange files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

INTENTS, SLOT_TYPES = "intents", "slot_types"
"""The folders of a model's exchange files."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an expression: plain text, or the text that stands for a slot.

    :ivar slot: name of the slot whose tags surround it; None for plain text.
    """

    text: str
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """One way of saying an intent: ``<pizzaType>페퍼로니</pizzaType> 주문해 줘``.

    :ivar text: the line as it is in the file.
    :ivar parts: the parsed line.
    :ivar line: its line in the file, from 1; 0 when it was not read from a file.
    """

    text: str
    parts: tuple[Part, ...]
    line: int = 0

    @property
    def plain(self) -> str:
        """The words, without the tags."""
        return "".join(part.text for part in self.parts)

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots it fills, in order."""
        return tuple(part.slot for part in self.parts if part.slot is not None)


@dataclass(frozen=True, slots=True)
class IntentSlot:
    """A slot that an intent declares: its name, and its type, built-in or custom."""

    name: str
    type: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class CustomIntent:
    """A custom intent, one file.

    :ivar source: the file as it was read, so that it can be written as it was.
    """

    name: str
    slots: tuple[IntentSlot, ...] = ()
    expressions: tuple[Expression, ...] = ()
    path: Path | None = None
    source: bytes = field(default=b"", repr=False, compare=False)

    def slot_type(self, name: str) -> str | None:
        """Return the type of one of its slots; None when it has no such slot."""
        return next((slot.type for slot in self.slots if slot.name == name), None)


@dataclass(frozen=True, slots=True)
class SlotEntry:
    """One entry of a custom slot type: the representative word, and its synonyms."""

    value: str
    synonyms: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class CustomSlotType:
    """A custom slot type, one file.

    :ivar source: the file as it was read, so that it can be written as it was.
    """

    name: str
    entries: tuple[SlotEntry, ...] = ()
    path: Path | None = None
    source: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class InteractionModel:
    """A whole model.

    :ivar language: ``ko``, ``ja`` or ``en``.
    :ivar invocation_names: what users call the extension, one to three.
    :ivar built_in_intents: the built-in intents in use, ``Clova.YesIntent``.
    :ivar built_in_slot_types: the built-in slot types in use, ``CLOVA.NUMBER``.
    :ivar intents: custom intents by name, in the order of their files' names.
    :ivar slot_types: custom slot types by name, likewise.
    :ivar folder: where it was read from.
    :ivar source: ``model.toml`` as it was read, so that it can be written as it was.
    """

    extension_id: str = ""
    language: str = "ko"
    invocation_names: tuple[str, ...] = ()
    built_in_intents: tuple[str, ...] = ()
    built_in_slot_types: tuple[str, ...] = ()
    intents: Mapping[str, CustomIntent] = field(default_factory=dict)
    slot_types: Mapping[str, CustomSlotType] = field(default_factory=dict)
    folder: Path | None = None
    source: bytes = field(default=b"", repr=False, compare=False)
