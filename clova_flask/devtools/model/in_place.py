"""Write a model into a folder that has one, and touch only the files that differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from .files import save_model
from .objects import CustomIntent, CustomSlotType, InteractionModel
from .three_way import intent_digest, slot_type_digest

Item = TypeVar("Item", CustomIntent, CustomSlotType)


def save_in_place(model: InteractionModel, before: InteractionModel, folder: Path) -> None:
    """Write a model, file by file under the names and with the line ends that the files have.

    :param model: its ``source`` is what ``model.toml`` is to be, where that has the same content.
    :param before: the model that the folder has; one without anything where there is none.
    :raises ModelError: a value cannot be in a file, or a file cannot be written.
    """
    intents = {
        name: _in_place_of(before.intents.get(name), intent, intent_digest)
        for name, intent in model.intents.items()
    }
    slot_types = {
        name: _in_place_of(before.slot_types.get(name), item, slot_type_digest)
        for name, item in model.slot_types.items()
    }
    save_model(replace(model, intents=intents, slot_types=slot_types), folder)


def _in_place_of(before: Item | None, item: Item, digest: Callable[[Item], str]) -> Item:
    if before is None:
        return replace(item, path=None)
    if digest(before) == digest(item):
        return before
    return replace(item, path=before.path, source=before.source)
