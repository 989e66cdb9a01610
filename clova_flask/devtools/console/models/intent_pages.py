"""The page of a custom intent: its expressions and slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, request

from ....errors import ModelError
from ....platforms import PLATFORMS
from ...model.catalogue import BUILT_IN_SLOT_TYPES
from ...model.expression_counts import ADVISED, ADVISED_OF_A_SLOT
from ...model.objects import CustomIntent
from ..lifecycle import EDITABLE
from ..numbers import whole
from ..page import extension_page
from ..records import Version
from ..texts import N_, _
from . import editing
from .building import build_of
from .built_in_texts import SLOT_TYPES
from .changes import apply, found_part
from .editing import Gone
from .linting import by_line, check_intent
from .paging import page_of
from .part_forms import Form, PartForms, add_forms
from .records import INTENT, SLOT_TYPE
from .store import intent_of, parts_of

blueprint = Blueprint("intents", __name__, url_prefix="/extensions/<int:key>/model/intents/<name>")

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


def _renamed(version: Version, old: str, new: str) -> None:
    apply(version, CustomIntent, old, lambda intent: replace(intent, name=new))


def _undeclared(version: Version, name: str) -> str:
    """Tell which tags of the expressions are no slots, and where they are made slots."""
    intent = intent_of(found_part(version, INTENT, name))
    declared = {slot.name for slot in intent.slots}
    tags = dict.fromkeys(tag for item in intent.expressions for tag in item.slots if tag not in declared)
    if not tags:
        return ""
    names = ", ".join(f"<{tag}>" for tag in tags)
    return _(
        "tags that are no slots: %(tags)s. Make them slots under Slots, or correct the expressions.",
        tags=names,
    )


add_forms(
    blueprint,
    PartForms(
        kind=CustomIntent,
        part=INTENT,
        page=_page,
        changes=_CHANGES,
        rename=_renamed,
        is_taken=N_("There is an intent of this name already."),
        removed="old",
        adding=("add", "edit"),
        wrong=_undeclared,
    ),
)
