"""One custom slot type, one ``.tsv``: an entry a row, the representative word and its synonyms.

From the guides' sections on custom slot types and their exchange files.
"""

from __future__ import annotations

from pathlib import Path

from ...errors import ModelError
from .findings import raise_all
from .intents import EXPRESSIONS, SLOTS
from .objects import CustomSlotType, SlotEntry
from .text import cells, content_lines, write_back


def read_slot_type(data: bytes, name: str, path: Path | None = None) -> CustomSlotType:
    """Read the file of a custom slot type.

    :param data: the file's bytes.
    :param name: the type's name, which the file does not hold.
    :param path: where it was read from.
    :raises ModelError: with every fault of the file.
    """
    lines = content_lines(data, path)
    if not lines:
        raise ModelError("The file is empty; a slot type has a row for each of its words.", path)
    entries: list[SlotEntry] = []
    faults: list[ModelError] = []
    for number, line in lines:
        word, *synonyms = cells(line)
        if word in (SLOTS, EXPRESSIONS):
            raise ModelError("This is the file of an intent; it belongs into intents/.", path, number)
        if word:
            entries.append(SlotEntry(word, tuple(filter(None, synonyms)), number))
        else:
            text = "The entry has synonyms and no representative word; that is the first column."
            faults.append(ModelError(text, path, number))
    raise_all(faults)
    return CustomSlotType(name, tuple(entries), path, data)


def write_slot_type(slot_type: CustomSlotType) -> bytes:
    """Write the file of a custom slot type; one that was read and not changed, to the byte.

    :raises ModelError: it holds what the format cannot.
    """
    lines = ("\t".join((entry.value, *entry.synonyms)) for entry in slot_type.entries)
    return write_back(slot_type, lines, lambda data: read_slot_type(data, slot_type.name), _content)


def _content(slot_type: CustomSlotType) -> object:
    return [(entry.value, entry.synonyms) for entry in slot_type.entries]
