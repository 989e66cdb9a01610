"""Changes of a stored model, safe against two browsers: each is made to what is stored in that moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from flask import abort
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ....errors import ModelError
from ...model.catalogue import slot_type_regions
from ...model.objects import CustomIntent, CustomSlotType, InteractionModel
from ..extensions import asked_version, note
from ..fields.tables import CUSTOM
from ..lifecycle import CHANGE, refusal
from ..records import Version, db, now
from ..texts import _
from .editing import Gone
from .records import INTENT, SLOT_TYPE, ModelPart
from .store import (
    config_of,
    intent_of,
    part_of,
    parts_of,
    slot_type_of,
    store_config,
    store_part,
)

TRIES = 5
"""Times that a change is made again because somebody else stored another in the same moment."""

Item = TypeVar("Item", CustomIntent, CustomSlotType)
_KINDS = {CustomIntent: (INTENT, intent_of), CustomSlotType: (SLOT_TYPE, slot_type_of)}


def shown_version(key: int) -> Version:
    """Return the version that a page shows: the one of its address, or the test version; or answer 404."""
    version = asked_version(key)
    if version.extension.kind != CUSTOM:
        abort(404, _("A Clova Home extension has no interaction model."))
    return version


def changed_version(key: int) -> Version:
    """Return the version that a form changes; or answer 404 or 409."""
    version = shown_version(key)
    _require_editable(version)
    return version


def _require_editable(version: Version) -> None:
    refused = refusal(CHANGE, version.state)
    if refused:
        abort(409, _(refused))


def found_part(version: Version, kind: str, name: str) -> ModelPart:
    """Return the row of an intent or a slot type; or answer 404."""
    row = part_of(version, kind, name)
    if row is None:
        abort(404, _("The model has no %(name)s; it may have been renamed or deleted.", name=name))
    return row


def committed(version: Version, action: Callable[[], None]) -> None:
    """Change the model of a version; again when somebody else was quicker; or answer 404 or 409.

    The version counts it as a change of its own: a review that is requested in the same moment is refused, or
    refuses the change.
    """
    key = version.id
    for _try in range(TRIES):
        if db.session.get(Version, key) is None:
            abort(404, _("There is no such extension; it may have been deleted."))
        _require_editable(version)
        try:
            action()
            version.changed_at, version.tried = now(), None
            db.session.commit()
            return
        except (StaleDataError, IntegrityError):
            db.session.rollback()
        except ModelError:
            db.session.rollback()
            raise
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
        _put(version, done[0], row)

    committed(version, action)
    return done[0]


def add(version: Version, item: CustomIntent | CustomSlotType) -> bool:
    """Add an intent or a slot type.

    :return: whether it was added; False where the name is taken.
    """

    def action() -> None:
        if part_of(version, _KINDS[type(item)][0], item.name) is not None:
            raise Gone
        _put(version, item, None)

    return is_done(version, action)


def replace_part(version: Version, item: CustomIntent | CustomSlotType, seen: str) -> bool:
    """Put an intent or a slot type in the place of the stored one.

    :param seen: the digest of what the page showed.
    :return: whether it was stored; False where somebody else has changed it since.
    """

    def action() -> None:
        _put(version, item, _seen_part(version, _KINDS[type(item)][0], item.name, seen))

    return is_done(version, action)


def delete_part(version: Version, kind: str, name: str, seen: str) -> bool:
    """Delete an intent or a slot type.

    :return: whether it was deleted; False where somebody else has changed it since the page was shown.
    """

    def action() -> None:
        db.session.delete(_seen_part(version, kind, name, seen))
        note(version, "change_model", name)

    return is_done(version, action)


def _put(version: Version, item: CustomIntent | CustomSlotType, row: ModelPart | None) -> None:
    store_part(version, item, row)
    if isinstance(item, CustomIntent):
        _list_built_in(version, item)
    note(version, "change_model", item.name)


def _seen_part(version: Version, kind: str, name: str, seen: str) -> ModelPart:
    row = found_part(version, kind, name)
    if row.digest != seen:
        raise Gone
    return row


def is_done(version: Version, action: Callable[[], None]) -> bool:
    """Change the model like :func:`committed`.

    :return: whether it was done; False where the action has raised :exc:`Gone`.
    """
    try:
        committed(version, action)
    except Gone:
        return False
    return True


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

    committed(version, action)


def users_of(parts: list[ModelPart], type_: str) -> list[ModelPart]:
    """List the intents with a slot of a type."""
    return [row for row in parts if row.part == INTENT and type_ in row.summary["slots"].values()]


def change_config(version: Version, change: Callable[[InteractionModel], InteractionModel]) -> None:
    """Change what is in no exchange file, such as the built-in intents."""

    def action() -> None:
        store_config(version, change(config_of(version)))
        note(version, "change_model")

    committed(version, action)


def _list_built_in(version: Version, intent: CustomIntent) -> None:
    """List the built-in types of an intent's slots: who chooses one wants it in the model."""
    config = config_of(version)
    wanted = [slot.type for slot in intent.slots if slot_type_regions(slot.type)]
    new = [name for name in dict.fromkeys(wanted) if name not in config.built_in_slot_types]
    if new:
        listed = (*config.built_in_slot_types, *new)
        store_config(version, replace(config, built_in_slot_types=listed))
