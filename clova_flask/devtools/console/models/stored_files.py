"""The files of a stored model, as they are in the rows: nothing of them is read to be written again."""

from __future__ import annotations

from pathlib import Path

from ...model.config import CONFIG_NAME
from ...model.file_names import intent_file, slot_type_file
from ...model.files import INTENTS, SLOT_TYPES, write_config
from ...model.objects import CustomIntent, CustomSlotType, InteractionModel
from ..records import Version
from .records import INTENT, SLOT_TYPE
from .store import config_of, whole_parts

Files = dict[str, bytes]
"""What is in files, by their paths in the folder of a model, or by the names of what they are of."""


def files_of(version: Version) -> Files:
    """Return the files of the model that is edited, in the layout of a project's folder.

    :raises ModelError: a name cannot be that of a file.
    """
    rows = whole_parts(version)
    intents = {row.name: row.content for row in rows if row.part == INTENT}
    slot_types = {row.name: row.content for row in rows if row.part == SLOT_TYPE}
    return _files(config_of(version), intents, slot_types)


def files_as_read(model: InteractionModel) -> Files:
    """Return the files of a model whose parts are as they were read from the rows.

    :raises ModelError: a name cannot be that of a file.
    """
    intents = {name: intent.source for name, intent in model.intents.items()}
    return _files(model, intents, {name: slot_type.source for name, slot_type in model.slot_types.items()})


def _files(config: InteractionModel, intents: Files, slot_types: Files) -> Files:
    id_ = config.extension_id
    return {
        CONFIG_NAME: write_config(config),
        **{f"{INTENTS}/{intent_file(CustomIntent(name), id_)}": data for name, data in intents.items()},
        **{f"{SLOT_TYPES}/{slot_type_file(CustomSlotType(name))}": data for name, data in slot_types.items()},
    }


def write_files(files: Files, folder: Path) -> None:
    """Write files into an empty folder."""
    for kind in (INTENTS, SLOT_TYPES):
        (folder / kind).mkdir()
    for path, content in files.items():
        (folder / path).write_bytes(content)
