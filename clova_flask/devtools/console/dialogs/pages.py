"""A conversation is saved as a dialog test: into the project of the app beside, or as a download."""

from __future__ import annotations

import difflib
from pathlib import Path

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ...simulator.transcripts import load_transcript
from ..attached.project import (
    FileIsThere,
    ProjectError,
    digest_of,
    path_within,
    project_folder,
    tests_folder,
    write_file,
)
from ..downloads import download_of
from ..extensions import asked_version
from ..page import extension_page
from ..records import Version
from ..testing.turn_records import Turn, first_turns_of
from ..texts import _
from ..told import told_error
from .conversation import MAX_TURNS, file_name, written

blueprint = Blueprint("dialogs", __name__, url_prefix="/extensions/<int:key>/test/dialogs/<conversation>")

END = ".dialog.yaml"
MAX_TEXT = 256 * 1024
"""Characters of a file: YAML is read by Python, and more would take seconds."""


@blueprint.get("/")
def show(key: int, conversation: str) -> ResponseReturnValue:
    """Show a conversation as the text of a test."""
    version, turns = _found(key, conversation)
    dialog = written(turns[:MAX_TURNS], version.extension)
    folder = tests_folder(version.extension.extension_id)
    notes = [*_notes(dialog.left_out, dialog.refused, has_account=dialog.has_account)]
    if len(turns) > MAX_TURNS:
        notes.append(_("The conversation is long; these are its first %(count)s messages.", count=MAX_TURNS))
    return _page(version, conversation, dialog.text, f"{folder}/{file_name(turns)}", notes=notes)


@blueprint.post("/save")
def save(key: int, conversation: str) -> ResponseReturnValue:
    """Save the text as a file of the project."""
    version, _turns = _found(key, conversation)
    project = project_folder()
    if project is None:
        abort(404)
    text, name = _text(), request.form.get("path", "").strip()
    try:
        path = path_within(project, name, END)
        _check(name, text)
    except ProjectError as error:
        return _page(version, conversation, text, name, path_error=told_error(error)), 422
    except ClovaError as error:
        return _page(version, conversation, text, name, error=told_error(error)), 422
    seen = request.form.get("seen", "") if request.form.get("replace") else ""
    try:
        write_file(path, text, seen=seen)
    except FileIsThere as error:
        changes, digest = _changes(path, text), digest_of(path)
        page = _page(
            version, conversation, text, name, path_error=told_error(error), changes=changes, seen=digest
        )
        return page, 409
    except ProjectError as error:
        return _page(version, conversation, text, name, path_error=told_error(error)), 422
    flash(_("Saved. Run it by: pytest %(path)s", path=name), "success")
    return redirect(url_for("tests.show", key=key))


@blueprint.post("/download")
def download(key: int, conversation: str) -> ResponseReturnValue:
    """Send the text as a file."""
    version, turns = _found(key, conversation)
    text, name = _text(), file_name(turns)
    try:
        _check(name, text)
        data = text.encode()
    except ClovaError as error:
        return _page(version, conversation, text, request.form.get("path", ""), error=told_error(error)), 422
    return download_of(data, name, "application/yaml; charset=utf-8")


def _found(key: int, conversation: str) -> tuple[Version, list[Turn]]:
    version = asked_version(key)
    turns = first_turns_of(key, conversation, limit=MAX_TURNS + 1)
    if version.extension.kind != "custom" or not turns:
        abort(404)
    return version, turns


def _text() -> str:
    text = request.form.get("text", "").replace("\r\n", "\n")
    return text if text.endswith("\n") else f"{text}\n"


def _check(name: str, text: str) -> None:
    if len(text) > MAX_TEXT:
        raise ClovaError(_("A test has at most %(count)s characters.", count=MAX_TEXT))
    load_transcript(Path(name), text)


def _changes(path: Path, text: str) -> str:
    before = path.read_text(encoding="utf-8", errors="replace")[:MAX_TEXT].splitlines()
    return "\n".join(difflib.unified_diff(before, text.splitlines(), path.name, path.name, lineterm=""))


def _notes(left_out: tuple[str, ...], refused: tuple[str, ...], *, has_account: bool) -> list[str]:
    notes = []
    if left_out:
        notes.append(_("Left out, since no test can have it: %(lines)s", lines=", ".join(left_out)))
    if refused:
        lines = ", ".join(refused)
        notes.append(_("The platform would refuse the answers to: %(lines)s.", lines=lines))
    if has_account:
        notes.append(_("An account was linked. Its token is not written: name one of your tests under as:."))
    return notes


def _page(
    version: Version,
    conversation: str,
    text: str,
    path: str,
    *,
    notes: list[str] | None = None,
    error: str = "",
    path_error: str = "",
    changes: str = "",
    seen: str = "",
) -> str:
    return extension_page(
        "dialogs/dialog",
        version,
        conversation=conversation,
        text=text,
        path=path,
        project=project_folder(),
        notes=notes or [],
        error=error,
        path_error=path_error,
        changes=changes,
        seen=seen,
    )
