"""Registering an extension: by its platform's form, or taken over from the app beside."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from ..attached.process import attached_app
from ..extensions import add_extension, is_taken
from ..fields.rows import Step
from ..fields.tables import FORMS, form_of
from ..records import Extension, db
from ..texts import _
from .forms import StepForm, entered, step_form
from .taking_over import take_model, values_of

blueprint = Blueprint("registering", __name__)

_NEEDED = ("extension_id", "name")
"""What an extension has from the start; all else may follow until its review."""


@blueprint.get("/register")
def choose() -> ResponseReturnValue:
    """Ask for kind and platform."""
    return render_template("console/choose.html", forms=list(FORMS))


@blueprint.route("/register/<platform>/<kind>", methods=["GET", "POST"])
def register(platform: str, kind: str) -> ResponseReturnValue:
    """Show the first step of a form, and register what is entered."""
    if (kind, platform) not in FORMS:
        abort(404)
    step = form_of(kind, platform)[0]
    form = step_form(step, {}, needed=_NEEDED)
    if form.validate_on_submit() and _is_new(form):
        extension = _added(form, kind, platform, entered(form, step))
        if extension is not None:
            flash(_("%(name)s is registered.", name=extension.test_version.title), "success")
            return redirect(url_for("editing.edit", key=extension.id, name="server"))
    return _page(form, step, kind, platform)


@blueprint.post("/take-over/<int:index>")
def take_over(index: int) -> ResponseReturnValue:
    """Register an extension of the app beside, with what its settings and model tell."""
    attached = attached_app()
    known = attached.described() if attached else []
    if index >= len(known):
        abort(404, _("The app has no such extension any more."))
    values = values_of(known[index], attached)
    if not values.get("extension_id"):
        flash(_("The app must set CLOVA_EXTENSION_ID first; it can never be changed later."), "warning")
        return redirect(url_for("extension_list.show"))
    if is_taken(values["extension_id"]):
        flash(_("%(id)s is registered already.", id=values["extension_id"]), "warning")
        return redirect(url_for("extension_list.show"))
    extension = add_extension(known[index].kind, known[index].platform, values)
    problem = take_model(extension.test_version, known[index])
    db.session.commit()
    if problem:
        text = _("The interaction model of your project could not be read: %(why)s", why=problem)
        flash(text, "warning")
    flash(_("%(name)s is registered, with what the app tells.", name=extension.test_version.title), "success")
    return redirect(url_for("editing.edit", key=extension.id, name="info"))


def _is_new(form: StepForm) -> bool:
    given = form["extension_id"]
    if not is_taken(given.data):
        return True
    given.errors = [*given.errors, _("Another extension has this id.")]
    return False


def _added(form: StepForm, kind: str, platform: str, values: dict[str, Any]) -> Extension | None:
    try:
        return add_extension(kind, platform, values)
    except IntegrityError:  # another browser was quicker
        db.session.rollback()
        _is_new(form)
        return None


def _page(form: StepForm, step: Step, kind: str, platform: str) -> ResponseReturnValue:
    page = render_template(
        "console/register.html", form=form, step=step, kind=kind, platform=platform, needed=_NEEDED
    )
    return page, 422 if form.errors else 200
