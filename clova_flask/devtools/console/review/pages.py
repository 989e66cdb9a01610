"""The pages of a review: the developer's side, and the reviewer's."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ....wire.objects import NOTHING
from ..extensions import asked_version, find_extension, find_version, in_review
from ..fields.tables import form_of
from ..lifecycle import ACTIONS, DEVELOPER
from ..numbers import whole
from ..page import actions_of, extension_page
from ..records import Extension, Version, db
from ..texts import N_, _
from .checklist import checklist, tick
from .findings import findings_of, try_endpoint
from .transitions import MAX_REQUEST, Refused, perform, why_refused

blueprint = Blueprint("review", __name__)

_DECISIONS = ("approve", "reject")
"""What the reviewer does with the checklist's form: the ticks are kept with it."""


@blueprint.get("/review")
def desk() -> ResponseReturnValue:
    """List what waits for the reviewer."""
    return render_template("console/desk.html", versions=in_review())


@blueprint.get("/extensions/<int:key>/release")
def show(key: int) -> ResponseReturnValue:
    """Show the developer what a review would find, and what can be done."""
    return _developers_page(asked_version(key))


@blueprint.get("/extensions/<int:key>/reviewing")
def reviewing(key: int) -> ResponseReturnValue:
    """Show the reviewer the checklist."""
    return _reviewers_page(find_extension(key))


@blueprint.post("/extensions/<int:key>/tries")
def store_try(key: int) -> ResponseReturnValue:
    """Try the endpoint as a review does, and keep what is found."""
    version = find_version(key, None)
    problem = try_endpoint(version, tries_actions="actions" in request.form)
    flash(problem or _("The endpoint was tried."), "warning" if problem else "success")
    return redirect(url_for(".reviewing" if "reviewer" in request.form else ".show", key=key))


@blueprint.post("/extensions/<int:key>/ticks")
def store_ticks(key: int) -> ResponseReturnValue:
    """Keep what the reviewer has ticked."""
    extension = find_extension(key)
    problem = why_refused("approve", extension) or _changed_meanwhile(extension.test_version)
    if problem:
        return _refused_page(extension, problem, is_developer=False, ticks=request.form.getlist("rule"))
    tick(extension.test_version, request.form.getlist("rule"))
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for(".reviewing", key=key))


@blueprint.post("/extensions/<int:key>/acts/<action>")
def act(key: int, action: str) -> ResponseReturnValue:
    """Do something with an extension."""
    extension = find_extension(key)
    if action not in ACTIONS or action == "delete":
        abort(404)
    is_developer = ACTIONS[action].actor == DEVELOPER
    try:
        _perform(extension, action)
    except Refused as refused:
        ticks = request.form.getlist("rule") if action in _DECISIONS else None
        return _refused_page(
            extension, str(refused), is_developer=is_developer, ticks=ticks, fields=refused.fields
        )
    flash(_(_DONE[action]), "success")
    return redirect(url_for(".show" if is_developer else ".reviewing", key=key))


def _perform(extension: Extension, action: str) -> None:
    problem = why_refused(action, extension) or _changed_meanwhile(extension.test_version)
    if not problem and action in _DECISIONS:
        tick(extension.test_version, request.form.getlist("rule"))
    if not problem and action == "approve" and "despite" not in request.form and _is_open(extension):
        problem = _(
            "The checklist is not complete. Complete it, or tick that you approve although it is not."
        )
    if problem:
        raise Refused(problem)
    # The one form of a decision has the message for the developer, which belongs to a rejection.
    given = "" if action == "approve" else request.form.get("message", "")
    message = given.replace("\r\n", "\n").strip()
    perform(extension, action, message=message, conforms="conforms" in request.form)


def _is_open(extension: Extension) -> bool:
    version = extension.test_version
    return any(point.is_open for point in checklist(version, findings_of(version, waits=True)))


def _changed_meanwhile(version: Version) -> str:
    """Tell that the page showed another state of the version; empty where it did not."""
    if request.form.get("revision", type=whole) == version.revision:
        return ""
    return _("Meanwhile it was changed elsewhere, and nothing is done yet. Look at it again.")


def _refused_page(
    extension: Extension,
    problem: str,
    *,
    is_developer: bool,
    ticks: list[str] | None = None,
    fields: Mapping[str, str] = NOTHING,
) -> ResponseReturnValue:
    """Show the page again, with what is wrong beside its fields, or above where it is wrong with none."""
    db.session.rollback()
    if not fields:
        flash(problem, "danger")
    if is_developer:
        return _developers_page(extension.test_version, fields), 409
    return _reviewers_page(extension, ticks, fields), 409


def _developers_page(version: Version, problems: Mapping[str, str] = NOTHING) -> str:
    extension = version.extension
    is_reviewed = version is extension.test_version  # the others were released, and can only be looked at
    return extension_page(
        "review",
        version,
        findings=findings_of(version),
        step_of=_steps_of(extension),
        is_reviewed=is_reviewed,
        actions=actions_of(extension) if is_reviewed else [],
        max_request=MAX_REQUEST.get(extension.platform),
        given=request.form,
        problems=problems,
    )


def _reviewers_page(
    extension: Extension, ticks: list[str] | None = None, problems: Mapping[str, str] = NOTHING
) -> str:
    """Show the reviewer the checklist.

    :param ticks: what was ticked and could not be stored; None for what is stored.
    """
    version = extension.test_version
    return extension_page(
        "reviewing",
        version,
        points=checklist(version, findings_of(version)),
        ticks=version.ticked if ticks is None else ticks,
        acted=(request.view_args or {}).get("action", ""),
        step_of=_steps_of(extension),
        actions=actions_of(extension),
        given=request.form,
        problems=problems,
    )


def _steps_of(extension: Extension) -> dict[str, str]:
    """Name the step of each field."""
    steps = form_of(extension.kind, extension.platform)
    return {field.name: step.name for step in steps for field in step.fields}


_DONE = {
    "request_review": N_("The review is requested. The version cannot be changed until it is decided."),
    "cancel_review": N_("The review is cancelled. The version can be changed again."),
    "reject": N_("Rejected. The developer sees your message."),
    "approve": N_("Approved. It can be deployed now."),
    "deploy": N_("Deployed. A copy of it is the next test version."),
    "stop": N_("The service is stopped."),
    "suspend": N_("The service is suspended."),
}
"""What is told when an action is done."""
