"""The page of a custom slot type: its words and their synonyms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ModelError
from ...model.objects import CustomSlotType, SlotEntry
from ..lifecycle import EDITABLE
from ..numbers import whole
from ..page import extension_page
from ..records import Version
from ..texts import _
from . import editing
from .changes import (
    apply,
    changed_version,
    delete_part,
    found_part,
    rename_slot_type,
    shown_version,
    users_of,
)
from .editing import Gone
from .linting import by_line, check_slot_type
from .paging import page_of
from .records import SLOT_TYPE
from .store import part_of, parts_of, slot_type_of

blueprint = Blueprint("slot_types", __name__, url_prefix="/extensions/<int:key>/model/slot-types/<name>")

Form = Any


def _require_seen(slot_type: CustomSlotType, form: Form) -> None:
    """Require that the synonyms of the entry are those that the page has shown.

    :raises Gone: somebody else has changed them, or removed the entry.
    """
    stored = [entry for entry in slot_type.entries if entry.value == form.get("old", "")]
    if not stored or form.get("was", _joined(stored[0])) != _joined(stored[0]):
        raise Gone


def _joined(entry: SlotEntry) -> str:
    return ", ".join(entry.synonyms)


def _removed(slot_type: CustomSlotType, form: Form) -> CustomSlotType:
    _require_seen(slot_type, form)
    return editing.without_entry(slot_type, form.get("old", ""))


def _edited(slot_type: CustomSlotType, form: Form) -> CustomSlotType:
    _require_seen(slot_type, form)
    old, value, synonyms = (form.get(name, "") for name in ("old", "value", "synonyms"))
    return editing.with_entry(slot_type, old, value, synonyms)


_CHANGES: dict[str, Callable[[CustomSlotType, Form], CustomSlotType]] = {
    "add": lambda slot_type, form: editing.with_entries(slot_type, form.get("lines", ""))[0],
    "edit": _edited,
    "remove": _removed,
}
"""What the forms of the page do, by the value of their button."""


@blueprint.get("")
def show(key: int, name: str) -> ResponseReturnValue:
    """Show a slot type."""
    return _page(shown_version(key), name)


@blueprint.post("")
def change(key: int, name: str) -> ResponseReturnValue:
    """Make one change of a slot type."""
    version = changed_version(key)
    do = request.form.get("do", "")
    if do not in _CHANGES:
        return _page(version, name), 400
    try:
        apply(version, CustomSlotType, name, lambda item: _CHANGES[do](item, request.form))
    except Gone:
        flash(_("It was changed or removed elsewhere meanwhile. The page shows what is stored."), "warning")
        return _page(version, name, do, is_gone=True), 409
    except ModelError as error:
        return _page(version, name, do, error), 422
    removed = request.form.get("line") if do == "remove" else None
    flash(_("Removed.") if removed else _("Saved."), "success")
    query, page = request.form.get("q") or None, request.args.get("page", type=whole)
    return redirect(url_for(".show", key=key, name=name, removed=removed, q=query, page=page))


@blueprint.post("/rename")
def rename(key: int, name: str) -> ResponseReturnValue:
    """Give a slot type another name, in the intents that use it as well."""
    version = changed_version(key)
    new = request.form.get("name", "").strip()
    problem = editing.name_problem(new)
    if not problem and new != name and part_of(version, SLOT_TYPE, new) is not None:
        problem = _("There is a slot type of this name already.")
    if problem:
        return _page(version, name, "rename", ModelError(problem)), 422
    rename_slot_type(version, name, new)
    flash(_("Saved."), "success")
    return redirect(url_for(".show", key=key, name=new))


@blueprint.post("/delete")
def delete(key: int, name: str) -> ResponseReturnValue:
    """Delete a slot type, as the page showed it."""
    version = changed_version(key)
    if not delete_part(version, SLOT_TYPE, name, request.form.get("seen", "")):
        flash(_("It was changed elsewhere meanwhile, and is not deleted. Look at it once more."), "warning")
        return redirect(url_for(".show", key=key, name=name))
    flash(_("%(name)s is deleted.", name=name), "success")
    return redirect(url_for("model.show", key=key))


def _page(
    version: Version, name: str, do: str = "", error: ModelError | None = None, *, is_gone: bool = False
) -> str:
    row = found_part(version, SLOT_TYPE, name)
    slot_type = slot_type_of(row)
    query = request.values.get("q", "")
    wanted = [one for one in slot_type.entries if editing.matches(query, (one.value, *one.synonyms))]
    users = users_of(parts_of(version), name)
    return extension_page(
        "models/slot_type",
        version,
        slot_type=slot_type,
        digest=row.digest,
        query=query,
        shown=page_of(wanted, request.args.get("page", 1, type=whole)),
        users=[user.name for user in users],
        by_line=by_line(check_slot_type(slot_type, users)),
        do=do,
        errors=error.problems if error else (),
        entered=request.form,
        is_gone=is_gone,
        words={entry.value for entry in slot_type.entries},
        removed=request.args.get("removed", ""),
        editable=version.state in EDITABLE,
    )
