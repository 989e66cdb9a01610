"""The pages of recordings: which there are, one of them whole, and what came of sending them again."""

from __future__ import annotations

import json

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ...simulator.recorded import MAX_RECORDING, RecordingError, read_recording
from ..attached.project import project_folder
from ..extensions import asked_version
from ..masking import masked_json, repeats_names, tokens_in
from ..models.paging import page_of
from ..numbers import whole
from ..page import extension_page
from ..records import Version
from ..testing.trying import pretty
from ..texts import _
from ..told import told_error
from .records import MAX_UPLOADED, count_uploaded, drop_uploaded, keep_uploaded
from .sending import MAX_SENT, Outcome, read, send_again
from .sources import UPLOADS, Source, folders, source_of

blueprint = Blueprint("recordings", __name__, url_prefix="/extensions/<int:key>/recordings")

_USER = ("access_token", "user_id")


@blueprint.get("/")
def show(key: int) -> ResponseReturnValue:
    """List where there are recordings."""
    return _list(asked_version(key))


def _list(version: Version, problems: list[str] | None = None) -> str:
    return extension_page(
        "recordings/list",
        version,
        project=project_folder(),
        folders=folders(),
        uploaded=count_uploaded(version.extension.id),
        problems=problems or [],
        UPLOADS=UPLOADS,
    )


@blueprint.post("/upload")
def upload(key: int) -> ResponseReturnValue:
    """Keep recordings that are uploaded: all of them, or none."""
    version = asked_version(key)
    files: dict[str, bytes] = {}
    problems: list[str] = []
    for file in request.files.getlist("files"):
        if not file.filename:
            continue
        try:
            files[_name(file)] = _recording(file)
        except RecordingError as error:
            problems.append(told_error(error))
    if not files and not problems:
        problems.append(_("Choose files that flask clova record has written."))
    if problems:
        return _list(version, problems), 422
    removed = keep_uploaded(key, files)
    flash(_("%(count)s recordings are uploaded.", count=len(files)), "success")
    if removed:
        text = _("The newest %(most)s are kept; %(count)s were removed.", most=MAX_UPLOADED, count=removed)
        flash(text, "warning")
    return redirect(url_for(".open_source", key=key, source=UPLOADS))


def _name(file: FileStorage) -> str:
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in name if character.isprintable())[:200] or "recording.json"


def _recording(file: FileStorage) -> bytes:
    content = file.stream.read(MAX_RECORDING + 1)
    message, answer = read_recording(content, _name(file))
    tokens = tokens_in([message, answer])
    if not tokens and not repeats_names(content):
        return content
    # One that was not made by flask clova record may have a token, which the console keeps nowhere.
    return masked_json(
        json.dumps({"request": message, "answer": answer}, ensure_ascii=False), tokens
    ).encode()


@blueprint.post("/remove")
def remove(key: int) -> ResponseReturnValue:
    """Remove the uploads."""
    asked_version(key)
    drop_uploaded(key)
    flash(_("The uploaded recordings are removed."), "success")
    return redirect(url_for(".show", key=key))


@blueprint.get("/open")
def open_source(key: int) -> ResponseReturnValue:
    """Show the recordings of a place as a conversation, and one of them whole."""
    version, source = _found(key, request.args.get("source", ""))
    page = page_of(source.files, request.args.get("page", 1, type=whole))
    recordings = [read(version.extension, name, source.read) for name in page.rows]
    wanted = request.args.get("name", "")
    chosen = next((one for one in recordings if one.name == wanted), recordings[0])
    return extension_page(
        "recordings/open",
        version,
        source=source,
        page=page,
        recordings=recordings,
        chosen=chosen,
        pretty=pretty,
        UPLOADS=UPLOADS,
        MAX_SENT=MAX_SENT,
    )


@blueprint.post("/send")
def send(key: int) -> ResponseReturnValue:
    """Send one recording again, or those of a place."""
    version, source = _found(key, request.form.get("source", ""))
    wanted = request.form.get("name", "")
    names = [name for name in source.files if name == wanted] if wanted else source.files[:MAX_SENT]
    if not names:
        abort(404)
    user = {name: request.form.get(name, "").strip() for name in _USER}
    given = {name: value for name, value in user.items() if value}
    recordings = (read(version.extension, name, source.read) for name in names)
    outcomes = list(send_again(version, recordings, given))
    return extension_page(
        "recordings/outcomes",
        version,
        source=source,
        outcomes=outcomes,
        same=sum(map(_is_same, outcomes)),
        left=len(source.files) - len(names) if not wanted else 0,
    )


def _is_same(outcome: Outcome) -> bool:
    turn = outcome.turn
    return turn is not None and turn.status == 200 and not outcome.differences and not turn.has_errors


def _found(key: int, name: str) -> tuple[Version, Source]:
    version = asked_version(key)
    source = source_of(key, name)
    if source is None:
        abort(404, _("There are no recordings here any more."))
    return version, source
