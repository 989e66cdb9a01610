"""Changes of a stored model, safe against two browsers: each is made to what is stored in that moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

from flask import abort, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ...model.catalogue import slot_type_regions
from ...model.objects import CustomIntent, CustomSlotType
from ..extensions import find_version, note
from ..fields.tables import CUSTOM
from ..lifecycle import CHANGE, refusal
from ..records import Version, db
from ..texts import _
from .records import INTENT, SLOT_TYPE, ModelPart
from .store import config_of, intent_of, part_of, parts_of, slot_type_of, store_config, store_part

TRIES = 5
"""Times that a change is made again because somebody else stored another in the same moment."""

Item = TypeVar("Item", CustomIntent, CustomSlotType)
_KINDS = {CustomIntent: (INTENT, intent_of), CustomSlotType: (SLOT_TYPE, slot_type_of)}


def shown_version(key: int) -> Version:
    """Return the version that a page shows: the one of its address, or the test version; or answer 404."""
    version = find_version(key, request.args.get("version", type=int))
    if version.extension.kind != CUSTOM:
        abort(404, _("A Clova Home extension has no interaction model."))
    return version


def changed_version(key: int) -> Version:
    """Return the version that a form changes; or answer 404 or 409."""
    version = shown_version(key)
    refused = refusal(CHANGE, version.state)
    if refused:
        abort(409, _(refused))
    return version


def found_part(version: Version, kind: str, name: str) -> ModelPart:
    """Return the row of an intent or a slot type; or answer 404."""
    row = part_of(version, kind, name)
    if row is None:
        abort(404, _("The model has no %(name)s; it may have been renamed or deleted.", name=name))
    return row


def committed(action: Callable[[], None]) -> None:
    """Do something and store it; again when somebody else was quicker; or answer 409."""
    for _try in range(TRIES):
        try:
            action()
            db.session.commit()
            return
        except (StaleDataError, IntegrityError):
            db.session.rollback()
    abort(409, _("Others are changing the same at this moment. Go back and send it again."))


def apply(version: Version, kind: type[Item], name: str, change: Callable[[Item], Item]) -> Item:
    """Change an intent or a slot type, and store it.

    :raises Gone: what is to be changed is not there any more.
    :raises ModelError: the change cannot be made.
    """
    part, read = _KINDS[kind]
    done: list[Item] = []

    def action() -> None:
        row = found_part(version, part, name)
        done[:] = [change(cast(Item, read(row)))]
        store_part(version, done[0], row)
        if isinstance(done[0], CustomIntent):
            _list_built_in(version, done[0])
        note(version, "change_model", done[0].name)

    committed(action)
    return done[0]


def add(version: Version, item: CustomIntent | CustomSlotType) -> bool:
    """Add an intent or a slot type.

    :return: whether it was added; False where the name is taken.
    """
    part = _KINDS[type(item)][0]
    if part_of(version, part, item.name) is not None:
        return False

    def action() -> None:
        store_part(version, item)
        note(version, "change_model", item.name)

    committed(action)
    return True


def replace_part(version: Version, item: CustomIntent | CustomSlotType, seen: str) -> bool:
    """Put an intent or a slot type in the place of the stored one.

    :param seen: the digest of what the page showed.
    :return: whether it was stored; False where somebody else has changed it since.
    """
    row = found_part(version, _KINDS[type(item)][0], item.name)
    if row.digest != seen:
        return False
    store_part(version, item, row)
    if isinstance(item, CustomIntent):
        _list_built_in(version, item)
    return _stored(version, item.name)


def delete_part(version: Version, row: ModelPart, seen: str) -> bool:
    """Delete an intent or a slot type.

    :return: whether it was deleted; False where somebody else has changed it since the page was shown.
    """
    if row.digest != seen:
        return False
    db.session.delete(row)
    return _stored(version, row.name)


def rename_slot_type(version: Version, old: str, new: str) -> None:
    """Rename a slot type, in the intents that use it as well."""

    def action() -> None:
        row = found_part(version, SLOT_TYPE, old)
        store_part(version, replace(slot_type_of(row), name=new), row)
        for user in users_of(parts_of(version), old):
            intent = intent_of(user)
            slots = (replace(slot, type=new) if slot.type == old else slot for slot in intent.slots)
            store_part(version, replace(intent, slots=tuple(slots)), user)
        note(version, "change_model", f"{old} → {new}")

    committed(action)


def users_of(parts: list[ModelPart], type_: str) -> list[ModelPart]:
    """List the intents with a slot of a type."""
    return [row for row in parts if row.part == INTENT and type_ in row.summary["slots"].values()]


def change_config(version: Version, **values: Any) -> None:
    """Store what is in no exchange file, such as the built-in intents."""

    def action() -> None:
        store_config(version, replace(config_of(version), **values))
        note(version, "change_model")

    committed(action)


def _list_built_in(version: Version, intent: CustomIntent) -> None:
    """List the built-in types of an intent's slots: who chooses one wants it in the model."""
    config = config_of(version)
    wanted = [slot.type for slot in intent.slots if slot_type_regions(slot.type)]
    new = [name for name in dict.fromkeys(wanted) if name not in config.built_in_slot_types]
    if new:
        listed = (*config.built_in_slot_types, *new)
        store_config(version, replace(config, built_in_slot_types=listed))


def _stored(version: Version, name: str) -> bool:
    try:
        note(version, "change_model", name)
        db.session.commit()
    except StaleDataError:
        db.session.rollback()
        return False
    return True
