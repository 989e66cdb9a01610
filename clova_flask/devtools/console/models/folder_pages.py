"""The page of the project's folder: how it and the stored model differ, and bringing them in step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ModelError
from ...model.diff import Change
from ...model.three_way import FIRST, Difference, changes_of
from ..lifecycle import EDITABLE
from ..page import extension_page
from ..records import Version, db
from ..texts import _
from ..told import told
from .changes import shown_version
from .folder import Standing, bring_in_step, folder_of, standing_of

blueprint = Blueprint("model_folder", __name__, url_prefix="/extensions/<int:key>/model/folder")

TAKE, WRITE, CHOSEN = "take", "write", "chosen"
"""What the buttons do: all as the folder has it, all as it is stored, or part by part as it is chosen."""
HERE, THERE = "here", "there"
"""The choices of a part: as it is stored, or as the folder has it."""


@blueprint.get("")
def show(key: int) -> ResponseReturnValue:
    """Show how the stored model and the folder differ."""
    version, folder = _found(key)
    return _page(version, folder)


@blueprint.post("")
def bring(key: int) -> ResponseReturnValue:
    """Make the two one, as it is chosen."""
    version, folder = _found(key)
    try:
        standing = standing_of(version, folder)
        if request.form.get("seen", "") != standing.seen:
            return _changed_meanwhile(version, folder)
        from_folder, open_ = _choices(standing, request.form.get("do", ""))
        if open_:
            text = _("Choose for each part which of the two it is to be.")
            return _page(version, folder, problem=text, open_=open_), 422
        if not bring_in_step(version, standing, from_folder):
            return _changed_meanwhile(version, folder)
    except ModelError as error:
        db.session.rollback()
        return _page(version, folder, error=error), 422
    flash(_("The stored model and the project's folder are in step."), "success")
    return redirect(url_for(".show", key=key))


def _found(key: int) -> tuple[Version, Path]:
    version = shown_version(key)
    folder = folder_of(version)
    if version is not version.extension.test_version or folder is None:
        abort(404, _("The app beside the console has no such extension, so there is no folder of its model."))
    return version, folder


def _choices(standing: Standing, do: str) -> tuple[list[str], list[str]]:
    """Return the parts that are to be as the folder has them, and those of which nothing is chosen."""
    keys = [one.key for one in standing.differences]
    if do == WRITE:
        return [], []
    if not standing.is_there:
        abort(409, _("The folder is not there any more, so nothing can be taken from it."))
    if do == TAKE:
        return keys, []
    if do != CHOSEN:
        abort(400)
    chosen = {key: request.form.get(f"part-{key}", "") for key in keys}
    return [key for key in keys if chosen[key] == THERE], [
        key for key in keys if chosen[key] not in (HERE, THERE)
    ]


def _changed_meanwhile(version: Version, folder: Path) -> ResponseReturnValue:
    text = _(
        "Meanwhile the stored model or the folder was changed, and nothing is done yet. Look at it again."
    )
    return _page(version, folder, problem=text), 409


def _page(
    version: Version,
    folder: Path,
    *,
    problem: str = "",
    error: ModelError | None = None,
    open_: list[str] | None = None,
) -> str:
    standing, changes = None, {}
    try:
        standing = standing_of(version, folder)
        changes = _changes(standing)
    except ModelError as unreadable:
        error = error or unreadable
    return extension_page(
        "models/folder",
        version,
        folder=folder,
        standing=standing,
        changes=changes,
        chosen={one.key: _usual(one) for one in standing.differences} if standing else {},
        given=request.form,
        problem=problem,
        errors=error.problems if error else (),
        open=open_ or [],
        editable=version.state in EDITABLE,
    )


def _changes(standing: Standing) -> dict[str, list[str]]:
    keys = [one.key for one in standing.differences]
    here, there = standing.here.with_parts(keys), standing.there.with_parts(keys)
    return {key: [_line(one) for one in changes_of(key, here, there)] for key in keys}


def _line(change: Change) -> str:
    return str(replace(change, text=told(change.text)))


def _usual(one: Difference) -> str:
    """Return the side that a part is usually taken from: the one that changed it; none where both did."""
    if one.is_conflict:
        return ""
    return HERE if FIRST in one.changed_by else THERE
