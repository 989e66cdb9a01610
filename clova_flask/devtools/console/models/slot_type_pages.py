"""The page of a custom slot type: its words and their synonyms."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, request

from ....errors import ModelError
from ...model.objects import CustomSlotType, SlotEntry
from ..lifecycle import EDITABLE
from ..numbers import whole
from ..page import extension_page
from ..records import Version
from ..texts import N_
from . import editing
from .changes import found_part, rename_slot_type, users_of
from .editing import Gone
from .linting import by_line, check_slot_type
from .paging import page_of
from .part_forms import Form, PartForms, add_forms
from .records import SLOT_TYPE
from .store import parts_of, slot_type_of

blueprint = Blueprint("slot_types", __name__, url_prefix="/extensions/<int:key>/model/slot-types/<name>")


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


add_forms(
    blueprint,
    PartForms(
        kind=CustomSlotType,
        part=SLOT_TYPE,
        page=_page,
        changes=_CHANGES,
        rename=rename_slot_type,
        is_taken=N_("There is a slot type of this name already."),
        removed="line",
    ),
)
