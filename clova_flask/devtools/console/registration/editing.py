"""The steps of an extension's form: shown, and changed where the state allows it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from ....platforms import PLATFORMS
from .. import images
from ..evaluating.jobs import jobs
from ..extensions import change, find_extension, find_version, history, remove
from ..fields.checks import remark_of
from ..fields.rows import Kind, Step
from ..fields.tables import form_of
from ..lifecycle import CHANGE, refusal
from ..linking.walking import forget_walk
from ..numbers import whole
from ..page import actions_of, extension_page, next_step
from ..records import Version, db
from ..review.transitions import why_refused
from ..testing.conversations import conversations
from ..texts import _
from . import appliances, push
from .forms import StepForm, digest_of, entered, step_form

blueprint = Blueprint("editing", __name__, url_prefix="/extensions/<int:key>")

_OWN_PAGES = {Kind.APPLIANCES: appliances, Kind.PUSH: push}
"""What reads a field that is not a plain input."""


@blueprint.get("/")
def show(key: int) -> ResponseReturnValue:
    """Go to the first step that lacks something, or to the first."""
    version = find_version(key, None)
    steps = form_of(version.extension.kind, version.extension.platform)
    first = next((step for step in steps if step.missing(version.values)), steps[0])
    return redirect(url_for(".edit", key=key, name=first.name))


@blueprint.route("/<name>", methods=["GET", "POST"])
def edit(key: int, name: str) -> ResponseReturnValue:
    """Show a step, and store what is entered."""
    version = find_version(key, request.args.get("version", type=whole))
    step = _step(version, name)
    form = step_form(step, version.values)
    if request.method == "POST":
        refused = refusal(CHANGE, version.state)
        if refused:
            abort(409, _(refused))
        if form.validate() and _is_current(form, step, version):
            values = _entered(form, step, version)
            if values is not None and _is_stored(version, values, step):
                return _after(version, step)
    return _page(form, step, version)


def _step(version: Version, name: str) -> Step:
    steps = form_of(version.extension.kind, version.extension.platform)
    found = next((step for step in steps if step.name == name), None)
    if found is None:
        abort(404)
    return found


def _is_current(form: StepForm, step: Step, version: Version) -> bool:
    """Tell whether the page showed what is stored now; if not, show the page again with both."""
    stored = digest_of(step, version.values)
    if form.seen.data == stored:
        return True
    form.seen.process_data(stored)
    flash(
        _(
            "Meanwhile this page was changed elsewhere, and nothing of yours is stored yet. "
            "Compare, and save again."
        ),
        "warning",
    )
    return False


def _entered(form: StepForm, step: Step, version: Version) -> dict[str, Any] | None:
    """Collect what was entered; None where an image or a list cannot be stored."""
    values = entered(form, step)
    problems: dict[str, str] = {}
    for row in step.fields:
        if row.kind is Kind.IMAGE:
            digest, problem = images.uploaded(row, request.files.get(row.name))
            problems |= {row.name: problem} if problem else {}
            values |= {row.name: digest} if digest else {}
        elif row.kind in _OWN_PAGES:
            value, problem = _OWN_PAGES[row.kind].entered(row, request.form, version.values.get(row.name))
            problems |= {row.name: problem} if problem else {}
            values[row.name] = value
    form.own_problems = problems
    form.shown.update(values)
    return None if problems else values


def _is_stored(version: Version, values: dict[str, Any], step: Step) -> bool:
    try:
        change(version, values, step.title)
    except StaleDataError:
        db.session.rollback()
        flash(_("Somebody else saved in the same moment. Save again."), "warning")
        return False
    return True


def _after(version: Version, step: Step) -> ResponseReturnValue:
    extension = version.extension
    following = next_step(form_of(extension.kind, extension.platform), step)
    go_on = "next" in request.form and following is not None
    flash(_("Saved."), "success")
    name = following.name if go_on and following else step.name
    return redirect(url_for(".edit", key=extension.id, name=name))


def _page(form: StepForm, step: Step, version: Version) -> ResponseReturnValue:
    extension = version.extension
    region = PLATFORMS[extension.platform].region
    has_problems = bool(form.errors or form.own_problems)
    page = extension_page(
        "step",
        version,
        form=form,
        step=step,
        values=form.shown,
        following=next_step(form_of(extension.kind, extension.platform), step),
        remarks={row.name: remark_of(row, version.values.get(row.name), region) for row in step.fields},
        problems=form.own_problems,
        appliances=appliances,
        actions=actions_of(extension),
    )
    return page, 422 if has_problems else 200


@blueprint.get("/history")
def show_history(key: int) -> ResponseReturnValue:
    """Show who did what."""
    extension = find_extension(key)
    return extension_page("history", extension.test_version, acts=history(extension))


@blueprint.route("/delete", methods=["GET", "POST"])
def delete(key: int) -> ResponseReturnValue:
    """Ask, then delete the extension."""
    extension = find_extension(key)
    refused = why_refused("delete", extension)
    if refused:
        abort(409, refused)
    if request.method == "GET":
        return extension_page("delete", extension.test_version)
    title = extension.test_version.title
    remove(extension)
    # What is in memory is known by the extension's number, which the next one that is registered may get.
    jobs().forget_all(key)
    conversations().forget(key)
    forget_walk(key)
    flash(_("%(name)s is deleted.", name=title), "success")
    return redirect(url_for("extension_list.show"))
