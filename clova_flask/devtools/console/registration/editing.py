"""The steps of an extension's form: shown, and changed where the state allows it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ....platforms import PLATFORMS
from ..evaluating.jobs import jobs
from ..extensions import asked_version, find_extension, history, remove
from ..fields.checks import remark_of
from ..fields.rows import Step
from ..fields.tables import form_of
from ..linking.walking import forget_walk
from ..models.building import build_of, is_edited_since
from ..models.invocation_names import names_of
from ..page import actions_of, extension_page, next_step
from ..records import Version
from ..review.transitions import why_refused
from ..testing.conversations import conversations
from ..texts import _
from . import appliances
from .forms import StepForm, step_form
from .saving import is_saved

blueprint = Blueprint("editing", __name__, url_prefix="/extensions/<int:key>")


@blueprint.get("/")
def show(key: int) -> ResponseReturnValue:
    """Go to the first step that lacks something, or to the first."""
    version = asked_version(key)
    steps = form_of(version.extension.kind, version.extension.platform)
    first = next((step for step in steps if step.missing(version.values)), steps[0])
    return redirect(url_for(".edit", key=key, name=first.name))


@blueprint.route("/<name>", methods=["GET", "POST"])
def edit(key: int, name: str) -> ResponseReturnValue:
    """Show a step, and store what is entered."""
    version = asked_version(key)
    step = _step(version, name)
    form = step_form(step, version.values)
    names = names_of(version)
    if request.method == "POST" and is_saved(form, step, version):
        if names != names_of(asked_version(key)):
            _tell_unbuilt(version)
        return _after(version, step)
    return _page(form, step, version)


def _step(version: Version, name: str) -> Step:
    steps = form_of(version.extension.kind, version.extension.platform)
    found = next((step for step in steps if step.name == name), None)
    if found is None:
        abort(404)
    return found


def _tell_unbuilt(version: Version) -> None:
    """Tell that the built model has other names than the form; nothing where none was built."""
    build = build_of(version)
    if build is not None and build.built_at is not None and is_edited_since(version):
        text = _("The invocation names are part of the model, which was built with other ones.")
        href = url_for("model.show", key=version.extension.id, _anchor="build")
        link = Markup('{} <a class="alert-link" href="{}">{}</a>')
        flash(link.format(text, href, _("Build it again")), "warning")


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
    status = 409 if form.conflicts else 200
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
    return page, 422 if form.errors or form.own_problems else status


@blueprint.get("/history")
def show_history(key: int) -> ResponseReturnValue:
    """Show who did what."""
    version = asked_version(key)
    return extension_page("history", version, acts=history(version.extension))


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
    # Nothing of it is asked for any more, and memory is for what is.
    jobs().forget_all(key)
    conversations().forget(key)
    forget_walk(key)
    flash(_("%(name)s is deleted.", name=title), "success")
    return redirect(url_for("extension_list.show"))
