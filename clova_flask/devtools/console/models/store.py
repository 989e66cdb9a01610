"""The interaction model of a version, in the console's database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from ....platforms import PLATFORMS
from ...model.config import CONFIG_NAME
from ...model.file_names import intent_file, slot_type_file
from ...model.files import (
    INTENTS,
    SLOT_TYPES,
    read_config,
    read_intent,
    read_slot_type,
    write_config,
    write_intent,
    write_slot_type,
)
from ...model.objects import CustomIntent, CustomSlotType, IntentSlot, InteractionModel
from ..kept import kept
from ..records import Extension, Version, db
from .built_in_texts import ALWAYS_ON
from .invocation_names import names_of
from .records import CONFIG, INTENT, SLOT_TYPE, ModelBuild, ModelFolder, ModelPart
from .understanders import Known, outdated

FIRST_BUILT_IN = ("Clova.GuideIntent", "Clova.CancelIntent", "Clova.YesIntent", "Clova.NoIntent")
"""The built-in intents with which a model begins, as on both vendors' consoles."""


def parts_of(version: Version) -> list[ModelPart]:
    """List the rows of a version's model by name, without the files in them."""
    query = select(ModelPart).where(ModelPart.version_key == version.id).order_by(ModelPart.name)
    return list(db.session.scalars(query))


def part_of(version: Version, part: str, name: str = "") -> ModelPart | None:
    """Return the row of an intent, a slot type or the config."""
    if "\0" in name:  # which not every database can look for
        return None
    query = select(ModelPart).options(undefer(ModelPart.content))
    is_it = (ModelPart.version_key == version.id, ModelPart.part == part, ModelPart.name == name)
    return db.session.scalar(query.where(*is_it))


def config_of(version: Version) -> InteractionModel:
    """Return what is in no exchange file: language, names, what is built in. Names are those of the form."""
    row = part_of(version, CONFIG)
    return _config(version, row.content if row else b"")


def model_of(version: Version) -> InteractionModel:
    """Return the model as it is edited; without anything in it where none has been begun."""
    return _model_in(version, whole_parts(version))


def edited_model(version: Version) -> tuple[str, InteractionModel]:
    """Return the digest of the model as it is edited, and the model, the same object until it is changed."""
    rows = whole_parts(version)
    digest = digest_of_model(rows, version)
    return digest, kept().get("models", ("edited", version.id, digest), lambda: _model_in(version, rows))


def edited_of(version: Version) -> Known:
    """Return the model as it is edited and as it would be built, to be read when it is needed."""
    digest = digest_of_model(parts_of(version), version)
    return Known(("would be built", version.id, digest), partial(_read_edited, version.id, digest))


def _read_edited(version_key: int, digest: str) -> InteractionModel:
    version = db.session.get(Version, version_key)
    found, model = model_to_build(version) if version is not None else ("", InteractionModel())
    if found != digest:
        raise outdated()
    return model


def outline_of(version: Version) -> InteractionModel:
    """Return the model as it is edited without its expressions and words: none of its files is read."""
    parts = parts_of(version)
    return replace(
        config_of(version),
        intents={row.name: _outline(row) for row in parts if row.part == INTENT},
        slot_types={row.name: CustomSlotType(row.name) for row in parts if row.part == SLOT_TYPE},
    )


def _outline(row: ModelPart) -> CustomIntent:
    return CustomIntent(row.name, tuple(IntentSlot(*slot) for slot in row.summary["slots"].items()))


def differing_models(first: Version, second: Version) -> tuple[InteractionModel, InteractionModel]:
    """Return the models of two versions with nothing in them of what is the same, to be compared."""
    one, other = ({(row.part, row.name): row for row in parts_of(version)} for version in (first, second))
    same = {key for key, row in one.items() if key in other and row.digest == other[key].digest}
    return (
        _model_in(first, [row for key, row in one.items() if key not in same]),
        _model_in(second, [row for key, row in other.items() if key not in same]),
    )


def model_to_build(version: Version) -> tuple[str, InteractionModel]:
    """Return the same as :func:`edited_model`, with the built-in intents that the platform always gives."""
    digest, model = edited_model(version)
    always = ALWAYS_ON[PLATFORMS[version.extension.platform].region]
    missing = tuple(name for name in always if name not in model.built_in_intents)
    if not missing:
        return digest, model
    wanted = (*model.built_in_intents, *missing)
    key = ("to build", version.id, digest)
    return digest, kept().get("models", key, lambda: replace(model, built_in_intents=wanted))


def whole_parts(version: Version) -> list[ModelPart]:
    """List the rows of a version's model by name, with the files in them."""
    query = select(ModelPart).options(undefer(ModelPart.content)).order_by(ModelPart.name)
    # A row that was read before without its file would get the file of now beside the digest of then.
    query = query.execution_options(populate_existing=True)
    return list(db.session.scalars(query.where(ModelPart.version_key == version.id)))


def _model_in(version: Version, rows: list[ModelPart]) -> InteractionModel:
    content = next((row.content for row in rows if row.part == CONFIG), b"")
    return replace(
        _config(version, content),
        intents={row.name: intent_of(row) for row in rows if row.part == INTENT},
        slot_types={row.name: slot_type_of(row) for row in rows if row.part == SLOT_TYPE},
    )


def intent_of(row: ModelPart) -> CustomIntent:
    """Read the intent of a row."""
    return read_intent(row.content, row.name, Path(INTENTS, f"{row.name}.tsv"))


def slot_type_of(row: ModelPart) -> CustomSlotType:
    """Read the slot type of a row."""
    return read_slot_type(row.content, row.name, Path(SLOT_TYPES, f"{row.name}.tsv"))


def kept_slot_type_of(row: ModelPart) -> CustomSlotType:
    """Return the same as :func:`slot_type_of`, kept until it is changed: it may have 200,000 words."""
    return kept().get("slot types", (row.name, row.digest), lambda: slot_type_of(row))


def digest_of_model(parts: Iterable[ModelPart], version: Version) -> str:
    """Return the digest of a whole model with the names that the form has."""
    names = "\n".join(names_of(version))
    rows = sorted(f"{row.part}/{row.name}/{row.digest}" for row in parts)
    return hashlib.sha256("\n".join((*rows, names)).encode()).hexdigest()


def store_model(version: Version, model: InteractionModel) -> None:
    """Replace the model of a version; committed by the caller, who rolls back where it cannot be stored.

    :raises ModelError: a value cannot be in a file.
    """
    wanted = {(INTENT, name) for name in model.intents} | {(SLOT_TYPE, name) for name in model.slot_types}
    for row in parts_of(version):
        if row.part != CONFIG and (row.part, row.name) not in wanted:
            db.session.delete(row)
    store_config(version, model)
    items: list[CustomIntent | CustomSlotType] = [*model.intents.values(), *model.slot_types.values()]
    for item in items:
        store_part(version, item)


def store_config(version: Version, model: InteractionModel) -> None:
    """Store what is in no exchange file."""
    row = part_of(version, CONFIG) or _new_row(version, CONFIG, "")
    row.fill(write_config(model), {})


def store_part(version: Version, item: CustomIntent | CustomSlotType, row: ModelPart | None = None) -> None:
    """Store an intent or a slot type.

    :param row: where it has been; None for its name's.
    :raises ModelError: a value cannot be in a file.
    """
    content = _bytes_of(item)
    kind = INTENT if isinstance(item, CustomIntent) else SLOT_TYPE
    row = row or part_of(version, kind, item.name) or _new_row(version, kind, item.name)
    row.name = item.name
    row.fill(content, _summary(item))


def copy_model(source: Version, target: Version) -> None:
    """Give a new version the model of another, its build, and what it last had in common with the folder.

    Committed by the caller.
    """
    db.session.flush()
    for row in parts_of(source):
        copied = ModelPart(version_key=target.id, part=row.part, name=row.name)
        copied.fill(row.content, dict(row.summary))
        db.session.add(copied)
    built = db.session.get(ModelBuild, source.id)
    if built is not None:
        names = ("tried_at", "findings", "conflicts", "built_at", "archive", "digest", "slots")
        db.session.add(ModelBuild(version_key=target.id, **{name: getattr(built, name) for name in names}))
    folder = db.session.get(ModelFolder, source.id)
    if folder is not None:
        db.session.add(ModelFolder(version_key=target.id, common=folder.common))


def _new_row(version: Version, part: str, name: str) -> ModelPart:
    row = ModelPart(version_key=version.id, part=part, name=name)
    db.session.add(row)
    return row


def _bytes_of(item: CustomIntent | CustomSlotType) -> bytes:
    if isinstance(item, CustomIntent):
        intent_file(item, "")
        return write_intent(item)
    slot_type_file(item)
    return write_slot_type(item)


def _summary(item: CustomIntent | CustomSlotType) -> dict[str, Any]:
    if isinstance(item, CustomSlotType):
        return {"count": len(item.entries)}
    return {"count": len(item.expressions), "slots": {slot.name: slot.type for slot in item.slots}}


def _config(version: Version, content: bytes) -> InteractionModel:
    config = read_config(content, Path(CONFIG_NAME)) if content else _first_config(version.extension)
    return replace(
        config,
        extension_id=version.extension.extension_id,
        invocation_names=names_of(version) or config.invocation_names,
    )


def _first_config(extension: Extension) -> InteractionModel:
    language = PLATFORMS[extension.platform].language
    return InteractionModel(language=language, built_in_intents=FIRST_BUILT_IN)
