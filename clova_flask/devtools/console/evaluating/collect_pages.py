"""An utterance of the test page's history goes into a set, or into the expressions of its intent."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ModelError
from ...evaluation.cases import make_case
from ...model.objects import CustomIntent
from ..lifecycle import EDITABLE
from ..models.changes import apply, changed_version, shown_version
from ..models.editing import with_expressions
from ..models.preparing import is_ready
from ..models.records import INTENT
from ..models.store import part_of, parts_of
from ..models.understanders import zone_of
from ..numbers import whole
from ..page import extension_page
from ..records import Extension, Version, db
from ..testing.known_models import known_of
from ..testing.turn_records import Turn
from ..texts import _
from .collecting import Collected, collected
from .records import UtteranceSet
from .store import add_cases, add_set, find_set, set_named, sets_of

blueprint = Blueprint("collecting", __name__, url_prefix="/extensions/<int:key>/evaluate/turns/<int:number>")


@blueprint.get("")
def show(key: int, number: int) -> ResponseReturnValue:
    """Show what an utterance was understood as, to be corrected before it is kept."""
    version = shown_version(key)
    known = known_of(version)
    if known is not None and not is_ready(known, zone_of(version)):
        return extension_page("models/preparing", version)
    return _page(version, number, _collected(version, number))


@blueprint.post("")
def keep(key: int, number: int) -> ResponseReturnValue:
    """Keep an utterance, as the form has it or as it was understood."""
    version = shown_version(key)
    was = _collected(version, number)
    form = request.form
    entered = Collected(form.get("text", was.text), form.get("intent", was.intent))
    if form.get("do") != "expression" and "set" not in form and len(sets_of(version.extension)) > 1:
        return redirect(url_for(".show", key=key, number=number))  # to be told which one
    try:
        if form.get("do") == "expression":
            return _as_expression(changed_version(key), entered)
        return _into_set(version, entered)
    except ModelError as error:
        return _page(version, number, entered, error), 422


def _into_set(version: Version, entered: Collected) -> ResponseReturnValue:
    case = make_case(entered.text, entered.intent)
    extension = version.extension
    found = _chosen_set(extension)
    count = add_cases(found, [case])
    text = _("It is in the set %(name)s now.", name=found.name)
    flash(text if count else _("It was in the set %(name)s already.", name=found.name), "success")
    return redirect(url_for("evaluation.show_set", key=extension.id, number=found.id, q=case.utterance))


def _chosen_set(extension: Extension) -> UtteranceSet:
    """Return the set that was chosen, or the only one; where there is none, one is begun."""
    if "set" not in request.form and (sets := sets_of(extension)):
        return sets[0]
    if chosen := request.form.get("set", 0, type=whole):
        return find_set(extension, chosen)
    name = _("Utterances of tests")
    # Somebody else may add it in the same moment.
    found = set_named(extension, name) or add_set(extension, name) or set_named(extension, name)
    if found is None:
        abort(409, _("Others are changing the same at this moment. Go back and send it again."))
    return found


def _as_expression(version: Version, entered: Collected) -> ResponseReturnValue:
    if part_of(version, INTENT, entered.intent) is None:
        raise ModelError(_("The model has no intent %(name)s of your own.", name=entered.intent))
    added = []

    def change(intent: CustomIntent) -> CustomIntent:
        changed, count = with_expressions(intent, entered.text)
        added.append(count)
        return changed

    apply(version, CustomIntent, entered.intent, change)
    name = entered.intent
    text = _("It is an expression of %(name)s now. Build the model, and tests use it.", name=name)
    flash(text if added[-1] else _("It was an expression of %(name)s already.", name=name), "success")
    return redirect(url_for("intents.show", key=version.extension.id, name=entered.intent, q=entered.text))


def _collected(version: Version, number: int) -> Collected:
    turn = db.session.get(Turn, number)
    found = collected(version, turn) if turn and turn.extension_key == version.extension.id else None
    if found is None:
        abort(404, _("There is no such message of an utterance with an intent."))
    return found


def _page(version: Version, number: int, entered: Collected, error: ModelError | None = None) -> str:
    return extension_page(
        "evaluating/collect",
        version,
        number=number,
        entered=entered,
        sets=sets_of(version.extension),
        intents=[row.name for row in parts_of(version) if row.part == INTENT],
        editable=version.state in EDITABLE,
        errors=error.problems if error else (),
    )
