"""Storing what was entered in a step, beside whatever others store in the same moment."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Conflict

from .. import images
from ..extensions import change, find_version
from ..fields.rows import Kind, Step
from ..lifecycle import CHANGE, refusal
from ..records import Version, db
from ..texts import _
from . import appliances, push
from .conflicts import chosen, meanwhile, seen_of
from .forms import StepForm, entered

OWN_PAGES = {Kind.APPLIANCES: appliances, Kind.PUSH: push}
"""What reads a field that is not a plain input."""
TRIES = 5
"""Times that it is stored again because somebody else stored something in the same moment."""


def is_saved(form: StepForm, step: Step, version: Version) -> bool:
    """Store what was entered.

    :return: whether it is stored; else the form tells why it is not.
    """
    key, number = version.extension.id, version.number
    is_valid = form.validate()
    given = {**entered(form, step), **_images(form, step)}
    for _try in range(TRIES):
        _require_editable(version)
        values = chosen({**given, **_own(form, step, version)}, request.form)
        if not is_valid or form.own_problems:
            _show(form, step, version, values)
            return False
        found = meanwhile(step, version.values, values, form.seen.data or "")
        if found.open:
            form.conflicts = found.open
            _show(form, step, version, values)
            form.seen.process_data(seen_of(step, version.values))
            return False
        try:
            change(version, {name: values[name] for name in values.keys() - found.left}, step.title)
        except StaleDataError:
            db.session.rollback()
            version = find_version(key, number)
            continue
        _tell_left(step, found.left)
        return True
    raise Conflict(_("Others are changing the same at this moment. Go back and send it again."))


def _require_editable(version: Version) -> None:
    refused = refusal(CHANGE, version.state)
    if refused:
        abort(409, _(refused))


def _images(form: StepForm, step: Step) -> dict[str, str]:
    """Keep the images that were uploaded, also where another field cannot be stored; return their digests."""
    for row in step.fields:
        if row.kind is Kind.IMAGE:
            digest, problem = images.entered(row, request.files.get(row.name), request.form)
            form.images |= {row.name: digest} if digest else {}
            form.own_problems |= {row.name: problem} if problem else {}
    if form.images:
        db.session.commit()
    return form.images


def _own(form: StepForm, step: Step, version: Version) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for row in step.fields:
        if row.kind in OWN_PAGES:
            stored = version.values.get(row.name)
            values[row.name], problem = OWN_PAGES[row.kind].entered(row, request.form, stored)
            form.own_problems |= {row.name: problem} if problem else {}
    return values


def _show(form: StepForm, step: Step, version: Version, values: dict[str, Any]) -> None:
    """Show in the form what was entered, and of what is not stored yet only that.

    A secret is not shown: its field tells that it is to be entered again.
    """
    form.shown = dict(version.values)
    for row in step.fields:
        if row.kind is Kind.PUSH:
            form.shown[row.name] = push.not_stored(version.values.get(row.name), values.get(row.name))
        elif row.kind in OWN_PAGES and row.name in values:
            form.shown[row.name] = values[row.name]
        elif row.kind is Kind.SECRET and row.name in values and row.name not in form.conflicts:
            form.own_problems[row.name] = _("Enter it again; it is not stored yet.")


def _tell_left(step: Step, left: frozenset[str]) -> None:
    if left:
        labels = ", ".join(_(row.label) for row in step.fields if row.name in left)
        flash(_("Changed elsewhere meanwhile, and kept so: %(fields)s", fields=labels), "info")
