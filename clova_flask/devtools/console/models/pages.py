"""The interaction model of a version: what it has, what is built in, and building it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....custom.catalogue import BUILT_IN_INTENTS
from ....errors import ModelError
from ....platforms import PLATFORMS
from ...model.catalogue import BUILT_IN_SLOT_TYPES
from ...model.objects import CustomIntent, CustomSlotType, InteractionModel
from ..lifecycle import EDITABLE
from ..numbers import whole
from ..page import extension_page
from ..records import Version
from ..testing.known_models import source_of
from ..texts import _
from ..told import told_error
from .building import build, build_of, findings_of, is_edited_since
from .built_in_texts import ALWAYS_ON, INTENTS, SLOT_TYPES
from .changes import add, change_config, changed_version, shown_version
from .editing import name_problem, with_entries
from .folder import summary_of
from .invocation_names import field_of_names
from .paging import page_of
from .places import place_of
from .records import INTENT, SLOT_TYPE
from .store import config_of, parts_of

blueprint = Blueprint("model", __name__, url_prefix="/extensions/<int:key>/model")
blueprint.add_app_template_global(is_edited_since, "is_model_unbuilt")


@blueprint.get("")
def show(key: int) -> ResponseReturnValue:
    """Show the intents and slot types, and what the last build found."""
    return _page(shown_version(key))


@blueprint.post("/add-intent")
def add_intent(key: int) -> ResponseReturnValue:
    """Add an intent without anything in it."""
    version = changed_version(key)
    name = request.form.get("intent", "").strip()
    problem = name_problem(name)
    if not problem and not add(version, CustomIntent(name)):
        problem = _("There is an intent of this name already.")
    if problem:
        return _page(version, problems={"intent": problem}), 422
    return redirect(url_for("intents.show", key=key, name=name))


@blueprint.post("/add-type")
def add_slot_type(key: int) -> ResponseReturnValue:
    """Add a slot type with its first words."""
    version = changed_version(key)
    name, words = request.form.get("type", "").strip(), request.form.get("words", "")
    problem, where = name_problem(name), "type"
    slot_type = CustomSlotType(name)
    if not problem:
        try:
            slot_type, _count = with_entries(slot_type, words)
        except ModelError as error:
            problem, where = told_error(error), "words"
    if not problem and not slot_type.entries:
        problem, where = _("Enter at least one word."), "words"
    if not problem and not add(version, slot_type):
        problem = _("There is a slot type of this name already.")
    if problem:
        return _page(version, problems={where: problem}), 422
    return redirect(url_for("slot_types.show", key=key, name=name))


@blueprint.post("/built-in")
def choose_built_in(key: int) -> ResponseReturnValue:
    """Store which intents and slot types that are built in the model uses."""
    version = changed_version(key)
    always = ALWAYS_ON[PLATFORMS[version.extension.platform].region]
    shown, chosen = set(request.form.get("shown", "").split()), set(request.form.getlist("chosen"))

    def choose(config: InteractionModel) -> InteractionModel:
        """Change those that the user has changed: of the others another may have stored some meanwhile."""
        stored = {*config.built_in_intents, *config.built_in_slot_types}
        wanted = {*(stored | (chosen - shown)) - (shown - chosen), *always}
        others = [name for name in config.built_in_slot_types if name not in BUILT_IN_SLOT_TYPES]
        return replace(
            config,
            built_in_intents=tuple(name for name in BUILT_IN_INTENTS if name in wanted),
            built_in_slot_types=(*(name for name in BUILT_IN_SLOT_TYPES if name in wanted), *others),
        )

    change_config(version, choose)
    flash(_("Saved."), "success")
    return redirect(url_for(".show", key=key))


@blueprint.post("/build")
def build_model(key: int) -> ResponseReturnValue:
    """Build the model that tests use."""
    version = changed_version(key)
    outcome = build(version)
    if outcome.problem:
        flash(_("The handlers of your app could not be looked at: %(why)s", why=outcome.problem), "warning")
    errors = sum(finding.is_error for finding in findings_of(build_of(version)))
    if outcome.is_built and errors:
        flash(
            _("The model is built. Problems that its users would meet: %(count)s.", count=errors), "warning"
        )
    elif outcome.is_built:
        flash(_("The model is built. Tests use it from now on."), "success")
    else:
        flash(_why_not(version), "danger")
    # The result stands at the top of the page, and what is found right below it.
    return redirect(url_for(".show", key=key))


def _why_not(version: Version) -> str:
    """Tell that a model is not built, and by what tests understand meanwhile."""
    source = source_of(version)
    if source.is_built:
        return _("The model has errors, and is not built. Tests use the one before.")
    if source.folder:
        return _("The model has errors, and is not built. Tests use the one in the app's folder until it is.")
    return _("The model has errors, and is not built. Tests have no model until it is.")


def _page(version: Version, problems: dict[str, str] | None = None) -> str:
    parts = parts_of(version)
    config = config_of(version)
    region = PLATFORMS[version.extension.platform].region
    made = build_of(version)
    names = {row.name for row in parts}
    # A model of 200 intents may have thousands; the errors come first.
    findings = sorted(findings_of(made), key=lambda finding: not finding.is_error)
    found = page_of(findings, request.args.get("found", 1, type=whole))
    return extension_page(
        "models/model",
        version,
        intents=[row for row in parts if row.part == INTENT],
        slot_types=[row for row in parts if row.part == SLOT_TYPE],
        used={type_ for row in parts if row.part == INTENT for type_ in row.summary["slots"].values()},
        config=config,
        region=region,
        all_intents=[name for name, regions in BUILT_IN_INTENTS.items() if region in regions],
        always_on=ALWAYS_ON[region],
        intent_texts=INTENTS,
        type_texts=SLOT_TYPES,
        all_types=[row for row in BUILT_IN_SLOT_TYPES.values() if region in row.regions],
        build=made,
        folder=summary_of(version),
        found=found,
        places=[place_of(one, names) for one in found.rows],
        names_field=field_of_names(version),
        is_edited_since=is_edited_since(version),
        editable=version.state in EDITABLE,
        problems=problems or {},
        entered=request.form,
    )
