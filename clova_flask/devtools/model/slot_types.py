"""One custom slot type, one ``.tsv``: an entry a row, the representative word and its synonyms.

From the guides' sections on custom slot types and their exchange files.
"""

from __future__ import annotations

from pathlib import Path

from ...errors import ModelError
from ...texts.templated import Templated
from .findings import raise_all
from .intents import EXPRESSIONS, SLOTS
from .objects import CustomSlotType, SlotEntry
from .text import cells, content_lines, write_back


def read_slot_type(data: bytes, name: str, path: Path | None = None) -> CustomSlotType:
    """Read the file of a custom slot type.

    :param data: the file's bytes.
    :param name: the type's name, which the file does not hold.
    :param path: where it was read from.
    :raises ModelError: with every problem of the file.
    """
    lines = content_lines(data, path)
    if not lines:
        raise ModelError(Templated("The file is empty. Write a row for each word of the slot type."), path)
    entries: list[SlotEntry] = []
    errors: list[ModelError] = []
    for number, line in lines:
        word, *synonyms = cells(line)
        if word in (SLOTS, EXPRESSIONS):
            raise ModelError(Templated("This is the file of an intent. Move it to intents/."), path, number)
        if word:
            entries.append(SlotEntry(word, tuple(filter(None, synonyms)), number))
        else:
            text = Templated(
                "The entry has synonyms but no representative word. Write it in the first column."
            )
            errors.append(ModelError(text, path, number))
    raise_all(errors)
    return CustomSlotType(name, tuple(entries), path, data)


def write_slot_type(slot_type: CustomSlotType) -> bytes:
    """Write the file of a custom slot type; one that was read and not changed is written byte for byte.

    :raises ModelError: the slot type has a value that the format cannot hold.
    """
    lines = ("\t".join((entry.value, *entry.synonyms)) for entry in slot_type.entries)
    return write_back(slot_type, lines, lambda data: read_slot_type(data, slot_type.name), _content)


def _content(slot_type: CustomSlotType) -> object:
    return [(entry.value, entry.synonyms) for entry in slot_type.entries]
