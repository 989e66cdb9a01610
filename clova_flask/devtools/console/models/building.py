"""Building a model: what tests use, what is found in it, and which intent gets what two of them claim."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import select

from ....errors import ClovaError, ConfigurationError
from ....findings import Finding, Place
from ....platforms import PLATFORMS
from ....texts.templated import as_json, restored
from ...model.checks import check_model
from ...model.expression_counts import check_for_review
from ...model.objects import InteractionModel
from ..attached.process import AttachedApp, attached_app
from ..extensions import note
from ..kept import kept
from ..records import Version, db, now
from ..told import told_error
from .archive import pack, unpack
from .changes import committed
from .conflicts import conflicts
from .linting import keep_claims
from .profiling import slots_of
from .records import ModelBuild
from .store import digest_of_model, model_to_build, parts_of
from .stored_files import Files, files_as_read, write_files
from .understanders import Known, outdated, understander_of, zone_of

MAX_CONFLICTS = 200
"""Conflicts that are listed; whoever has more begins with these."""


def build_of(version: Version) -> ModelBuild | None:
    """Return the last build of a version; None when it was never built."""
    return db.session.get(ModelBuild, version.id)


def built_model_of(version: Version) -> InteractionModel | None:
    """Return the model that tests use, as it was built last; None when it never was."""
    known = built_of(version)
    return known.model() if known is not None else None


def built_of(version: Version) -> Known | None:
    """Return the same, to be read when it is needed."""
    build = build_of(version)
    if build is None or build.built_at is None:
        return None
    key = _key(build)
    return Known(key, partial(_unpacked, key))


def _key(build: ModelBuild) -> tuple[Any, ...]:
    return build.version_key, build.digest, build.built_at


def _unpacked(key: tuple[Any, ...]) -> InteractionModel:
    # In one statement, so that the archive is the one of its key whoever builds meanwhile.
    columns = (ModelBuild.version_key, ModelBuild.digest, ModelBuild.built_at, ModelBuild.archive)
    row = db.session.execute(select(*columns).where(ModelBuild.version_key == key[0])).one_or_none()
    if row is None or tuple(row[:3]) != key:
        raise outdated()
    return unpack(row.archive or b"")


def is_edited_since(version: Version) -> bool:
    """Tell whether the model was changed after it was built."""
    build = build_of(version)
    return build is None or build.digest != digest_of_model(parts_of(version), version)


class Outcome(NamedTuple):
    """What came of a build.

    :ivar is_built: whether the model is the one that tests use now; what was found is kept in either case.
    :ivar problem: why the handlers of the app beside could not be looked at; empty when they were.
    """

    is_built: bool
    problem: str = ""


def build(version: Version) -> Outcome:
    """Check the model and, where it has no error, make it the one that tests use; or answer 409."""
    digest, model = model_to_build(version)
    files = files_as_read(model)
    attached = attached_app()
    # The handlers are looked at by another process, which has a processor of its own meanwhile.
    with ThreadPoolExecutor(max_workers=1) as beside:
        looking = beside.submit(_of_handlers, attached, version.extension.extension_id, files)
        region = PLATFORMS[version.extension.platform].region
        findings = [*check_model(model, regions=[region]), *check_for_review(model)]
        has_errors = any(finding.is_error for finding in findings)
        claimed = [] if has_errors else _claimed(version, model)
        handlers, problem = looking.result()
    archive = b"" if has_errors else pack(files)
    stored: list[tuple[Any, ...]] = []

    def store() -> None:
        row = build_of(version) or ModelBuild(version_key=version.id)
        row.tried_at, row.conflicts = now(), claimed
        row.findings = [_as_json(finding) for finding in (*findings, *handlers)]
        if archive:
            row.archive, row.built_at, row.digest = archive, row.tried_at, digest
            row.slots = slots_of(model)
            stored[:] = [_key(row)]
            note(version, "build_model")
        db.session.add(row)

    committed(version, store)
    for key in stored:  # the same object, by which what understands by it is kept as well
        kept().put("models", key, model)
    keep_claims(model)
    return Outcome(not has_errors, problem)


def _claimed(version: Version, model: InteractionModel) -> list[dict[str, Any]]:
    """Return what two intents claim. What understands by the model is made for that, and kept for tests."""
    try:
        understander = understander_of(model, zone_of(version))
    except ConfigurationError:  # the extra that understands is not installed
        return []
    return list(itertools.islice(conflicts(model, understander), MAX_CONFLICTS))


def _of_handlers(attached: AttachedApp | None, extension_id: str, files: Files) -> tuple[list[Finding], str]:
    """Return what the handlers of the app beside lack of a model; nothing where it is not that app's."""
    name = _name_in(attached, extension_id) if attached else None
    if attached is None or name is None:
        return [], ""
    with TemporaryDirectory() as folder:
        write_files(files, Path(folder))
        try:
            found = attached.check("--name", name, "--model", folder).get(name, [])
        except ClovaError as error:
            return [], told_error(error)
        return [_moved(one, Path(folder)) for one in found if one.code.startswith("handlers.")], ""


def _moved(finding: Finding, folder: Path) -> Finding:
    """Give a finding in a file of the model the place that the editor knows."""
    path = finding.where.path
    if path is None or not path.is_relative_to(folder):
        return finding
    return replace(finding, where=finding.where._replace(path=path.relative_to(folder)))


def _name_in(attached: AttachedApp, extension_id: str) -> str | None:
    return next((one.name for one in attached.described() if one.extension_id == extension_id), None)


def _as_json(finding: Finding) -> dict[str, Any]:
    where = finding.where
    path = str(where.path) if where.path else ""
    message = as_json(finding.message)
    return {
        "code": finding.code, "message": message, "name": where.name, "path": path, "line": where.line
    }  # fmt: skip


def findings_of(build: ModelBuild | None) -> list[Finding]:
    """Return what the last build found."""
    rows = build.findings if build is not None else []
    return [_finding(row) for row in rows]


def _finding(row: dict[str, Any]) -> Finding:
    path = Path(row["path"]) if row["path"] else None
    return Finding(row["code"], restored(row["message"]), Place(row["name"], path, row["line"]))
