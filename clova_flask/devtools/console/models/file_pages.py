"""The model's files, down and up: an exchange file each, or the whole model as a zip."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ModelError
from ...model.files import INTENTS, SLOT_TYPES, read_intent, read_slot_type
from ...model.objects import CustomIntent, CustomSlotType
from ..downloads import download_of
from ..extensions import note
from ..page import extension_page
from ..records import Version
from ..texts import _
from .archive import MAX_LINES, pack, unpack
from .changes import changed_version, found_part, is_done, replace_part, shown_version
from .editing import Gone, name_problem
from .records import INTENT, SLOT_TYPE
from .store import digest_of_model, parts_of, store_model
from .stored_files import files_of

blueprint = Blueprint("model_files", __name__, url_prefix="/extensions/<int:key>/model/files")

_PARTS = {"intents": INTENT, "slot-types": SLOT_TYPE}
_PAGES = {"intents": "intents.show", "slot-types": "slot_types.show"}


@blueprint.get("/<any(intents, 'slot-types'):folder>/<name>.tsv")
def download(key: int, folder: str, name: str) -> Response:
    """Send an intent or a slot type as an exchange file, named as the vendors' consoles name it."""
    version = shown_version(key)
    row = found_part(version, _PARTS[folder], name)
    before = f"{version.extension.extension_id}_intent_" if folder == "intents" else ""
    return download_of(row.content, f"{before}{name}.tsv", "text/tab-separated-values; charset=utf-8")


@blueprint.get("/model.zip")
def download_all(key: int) -> ResponseReturnValue:
    """Send the whole model in the layout of a project's folder."""
    version = shown_version(key)
    try:
        name = f"{version.extension.extension_id}.zip"
        return download_of(pack(files_of(version)), name, "application/zip")
    except ModelError as error:
        return _refused(version, error)


@blueprint.route("/<any(intents, 'slot-types'):folder>/<name>", methods=["GET", "POST"])
def upload(key: int, folder: str, name: str) -> ResponseReturnValue:
    """Ask for a file, and replace an intent or a slot type by it."""
    version = changed_version(key)
    row = found_part(version, _PARTS[folder], name)
    if request.method == "GET":
        return _page(version, folder=folder, name=name, seen=row.digest)
    try:
        item = _read(_uploaded(), folder, name)
    except ModelError as error:
        return _page(version, error, folder=folder, name=name, seen=row.digest), 422
    if not replace_part(version, item, request.form.get("seen", "")):
        return _changed_elsewhere()
    flash(_("%(name)s is replaced by the file.", name=name), "success")
    return redirect(url_for(_PAGES[folder], key=key, name=name))


@blueprint.route("/all", methods=["GET", "POST"])
def upload_all(key: int) -> ResponseReturnValue:
    """Ask for a zip, and replace the whole model by it."""
    version = changed_version(key)
    seen = digest_of_model(parts_of(version), version)
    if request.method == "GET":
        return _page(version, seen=seen)
    try:
        model = unpack(_uploaded())
        for name in (*model.intents, *model.slot_types):
            if problem := name_problem(name):
                raise ModelError(problem)
    except ModelError as error:
        return _page(version, error, seen=seen), 422

    def action() -> None:
        if request.form.get("seen", "") != digest_of_model(parts_of(version), version):
            raise Gone
        store_model(version, model)
        note(version, "change_model")

    if not is_done(version, action):
        return _changed_elsewhere()
    flash(_("The model is replaced by the file."), "success")
    return redirect(url_for("model.show", key=key))


def _changed_elsewhere() -> ResponseReturnValue:
    text = _("It was changed elsewhere meanwhile, and is not replaced. Send it again to replace it.")
    flash(text, "warning")
    return redirect(url_for(request.endpoint or "model.show", **(request.view_args or {})))


def _uploaded() -> bytes:
    file = request.files.get("file")
    data = file.read() if file else b""
    if not data:
        raise ModelError(_("Choose a file; the one that was sent is empty."))
    if data.count(b"\n") + data.count(b"\r") > MAX_LINES and not zipfile.is_zipfile(io.BytesIO(data)):
        raise ModelError(_("The file has more than %(most)s lines.", most=MAX_LINES))
    return data


def _read(data: bytes, folder: str, name: str) -> CustomIntent | CustomSlotType:
    if folder == "intents":
        return read_intent(data, name, Path(INTENTS, f"{name}.tsv"))
    return read_slot_type(data, name, Path(SLOT_TYPES, f"{name}.tsv"))


def _refused(version: Version, error: ModelError) -> ResponseReturnValue:
    return _page(version, error), 422


def _page(
    version: Version, error: ModelError | None = None, *, folder: str = "", name: str = "", seen: str = ""
) -> str:
    return extension_page(
        "models/upload",
        version,
        folder=folder,
        name=name,
        seen=seen,
        errors=error.problems if error else (),
        back=url_for(_PAGES[folder], key=version.extension.id, name=name)
        if folder
        else url_for("model.show", key=version.extension.id),
    )
