"""The page of a custom intent: its expressions and slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ModelError
from ....platforms import PLATFORMS
from ...model.catalogue import BUILT_IN_SLOT_TYPES
from ...model.expression_counts import ADVISED, ADVISED_OF_A_SLOT
from ...model.objects import CustomIntent
from ..lifecycle import EDITABLE
from ..numbers import whole
from ..page import extension_page
from ..records import Version
from ..texts import _
from . import editing
from .building import build_of
from .built_in_texts import SLOT_TYPES
from .changes import apply, changed_version, delete_part, found_part, shown_version
from .editing import Gone
from .linting import by_line, check_intent
from .paging import page_of
from .records import INTENT, SLOT_TYPE
from .store import intent_of, part_of, parts_of

blueprint = Blueprint("intents", __name__, url_prefix="/extensions/<int:key>/model/intents/<name>")

Form = Any
Change = Callable[[CustomIntent, Form], CustomIntent]


def _slot(intent: CustomIntent, form: Form) -> CustomIntent:
    old, new = form.get("slot", ""), form.get("new", "").strip()
    if intent.slot_type(old) is None or form.get("was", intent.slot_type(old)) != intent.slot_type(old):
        raise Gone
    changed = editing.with_slot(intent, old, form.get("type", ""))
    return editing.with_slot_renamed(changed, old, new) if new != old else changed


def _new_slot(intent: CustomIntent, form: Form) -> CustomIntent:
    name = form.get("new-slot", "").strip()
    if intent.slot_type(name) is not None:
        raise ModelError(_("Another slot has this name."))
    return editing.with_slot(intent, name, form.get("type", ""))


def _added(intent: CustomIntent, form: Form) -> CustomIntent:
    """Add expressions, and the slot that is new in them where one is named."""
    name = form.get("with-slot", "").strip()
    if name and intent.slot_type(name) is None:
        intent = editing.with_slot(intent, name, form.get("with-type", ""))
    return editing.with_expressions(intent, form.get("lines", ""))[0]


_CHANGES: dict[str, Change] = {
    "add": _added,
    "edit": lambda intent, form: editing.with_expression(intent, form.get("old", ""), form.get("text", "")),
    "remove": lambda intent, form: editing.without_expression(intent, form.get("old", "")),
    "new-slot": _new_slot,
    "slot": _slot,
    "remove-slot": lambda intent, form: editing.without_slot(intent, form.get("slot", "")),
}
"""What the forms of the page do, by the value of their button."""


@blueprint.get("")
def show(key: int, name: str) -> ResponseReturnValue:
    """Show an intent."""
    return _page(shown_version(key), name)


@blueprint.post("")
def change(key: int, name: str) -> ResponseReturnValue:
    """Make one change of an intent."""
    version = changed_version(key)
    do = request.form.get("do", "")
    if do not in _CHANGES:
        return _page(version, name), 400
    try:
        apply(version, CustomIntent, name, lambda intent: _CHANGES[do](intent, request.form))
    except Gone:
        flash(_("It was changed or removed elsewhere meanwhile. The page shows what is stored."), "warning")
        return _page(version, name, do, is_gone=True), 409
    except ModelError as error:
        return _page(version, name, do, error), 422
    removed = request.form.get("old") if do == "remove" else None
    flash(_("Removed.") if removed else _("Saved."), "success")
    query, page = request.form.get("q") or None, request.args.get("page", type=whole)
    return redirect(url_for(".show", key=key, name=name, removed=removed, q=query, page=page))


@blueprint.post("/rename")
def rename(key: int, name: str) -> ResponseReturnValue:
    """Give an intent another name."""
    version = changed_version(key)
    new = request.form.get("name", "").strip()
    problem = editing.name_problem(new)
    if not problem and new != name and part_of(version, INTENT, new) is not None:
        problem = _("There is an intent of this name already.")
    if problem:
        return _page(version, name, "rename", ModelError(problem)), 422
    apply(version, CustomIntent, name, lambda intent: replace(intent, name=new))
    flash(_("Saved."), "success")
    return redirect(url_for(".show", key=key, name=new))


@blueprint.post("/delete")
def delete(key: int, name: str) -> ResponseReturnValue:
    """Delete an intent, as the page showed it."""
    version = changed_version(key)
    if not delete_part(version, INTENT, name, request.form.get("seen", "")):
        flash(_("It was changed elsewhere meanwhile, and is not deleted. Look at it once more."), "warning")
        return redirect(url_for(".show", key=key, name=name))
    flash(_("%(name)s is deleted.", name=name), "success")
    return redirect(url_for("model.show", key=key))


def _page(
    version: Version, name: str, do: str = "", error: ModelError | None = None, *, is_gone: bool = False
) -> str:
    row = found_part(version, INTENT, name)
    intent = intent_of(row)
    query = request.values.get("q", "")
    wanted = [item for item in intent.expressions if editing.matches(query, (item.plain, item.text))]
    parts = parts_of(version)
    findings = check_intent(version, intent, parts)
    filled = Counter(slot for item in intent.expressions for slot in set(item.slots))
    declared = [slot.name for slot in intent.slots]
    region = PLATFORMS[version.extension.platform].region
    return extension_page(
        "models/intent",
        version,
        intent=intent,
        digest=row.digest,
        query=query,
        shown=page_of(wanted, request.args.get("page", 1, type=whole)),
        types=[part.name for part in parts if part.part == SLOT_TYPE],
        built_in_types=[one.name for one in BUILT_IN_SLOT_TYPES.values() if region in one.regions],
        built_in_texts=SLOT_TYPES,
        colours={name: index % 8 for index, name in enumerate(declared)},
        filled=filled,
        undeclared=[name for name in filled if name not in declared],
        advised=(ADVISED, ADVISED_OF_A_SLOT),
        by_line=by_line(findings),
        general=[finding for finding in findings if not finding.where.line],
        claimed=_claimed(version, intent),
        do=do,
        errors=error.problems if error else (),
        entered=request.form,
        is_gone=is_gone,
        removed=request.args.get("removed", ""),
        editable=version.state in EDITABLE,
    )


def _claimed(version: Version, intent: CustomIntent) -> dict[str, dict[str, Any]]:
    """Return what the last build found other intents to claim, by the expression of this one."""
    made = build_of(version)
    return {
        claim["expression"]: conflict
        for conflict in (made.conflicts if made else [])
        for claim in conflict["claims"]
        if claim["intent"] == intent.name
    }
