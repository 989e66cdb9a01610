"""The project's folder with the model of an extension, kept in step with the one that is edited here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from ....errors import ModelError
from ...model.files import load_model, stamp_of
from ...model.in_place import save_in_place
from ...model.objects import InteractionModel
from ...model.three_way import CONFIG, NAMES, Difference, differences, digests, merged
from ..attached.process import attached_app
from ..extensions import note
from ..fields.tables import CUSTOM
from ..kept import kept
from ..records import Version, db
from ..told import told_error
from .changes import is_done
from .commented import with_comments
from .editing import Gone
from .invocation_names import problem_of_names, store_names
from .records import ModelFolder
from .sides import Side, digests_of, folder_side, stored_side
from .store import model_of, store_model


@dataclass(frozen=True, slots=True)
class Standing:
    """How the stored model and the folder stand to each other.

    :ivar folder: the folder.
    :ivar is_there: whether it has a model.
    :ivar differences: the parts that differ; the stored model is the first, the folder the second.
    :ivar seen: a digest of both, by which a later change of either is noticed.
    :ivar here: the stored model.
    :ivar there: the folder's.
    :ivar is_new: whether the folder has intents, and nothing of a model was ever stored.
    """

    folder: Path
    is_there: bool
    differences: list[Difference]
    seen: str
    here: Side
    there: Side
    is_new: bool

    @property
    def conflicts(self) -> int:
        """The parts that were changed on both sides."""
        return sum(one.is_conflict for one in self.differences)


def folder_of(version: Version) -> Path | None:
    """Return the folder of a version's extension in the project beside; None where it is not that app's."""
    attached, wanted = attached_app(), version.extension.extension_id
    for one in attached.described() if attached else ():
        if one.kind == CUSTOM and one.extension_id == wanted and one.model_folder:
            return Path(one.model_folder)
    return None


def standing_of(version: Version, folder: Path) -> Standing:
    """Compare the stored model with the folder.

    :raises ModelError: the folder's model cannot be read.
    """
    stored, found_there = stored_side(version), folder_side(folder)
    here, there = digests_of(stored, found_there)
    row = db.session.get(ModelFolder, version.id)
    found = differences(here, there, row.common if row else None)
    seen = hashlib.sha256(repr((sorted(here.items()), sorted(there.items()))).encode()).hexdigest()
    is_new = row is None and bool(_parts(there)) and not _parts(here)
    return Standing(folder, bool(there), found, seen, stored, found_there, is_new)


def _parts(side: Collection[str]) -> list[str]:
    """Return the intents and slot types of a side, which has names and what is built in from the start."""
    return [key for key in side if key not in (NAMES, CONFIG)]


@dataclass(frozen=True, slots=True)
class Summary:
    """The same in short.

    :ivar problem: why the folder cannot be read; empty where it can.
    :ivar is_new: whether the folder has a model, and nothing was ever stored.
    :ivar seen: the digest of both.
    """

    differences: int = 0
    conflicts: int = 0
    problem: str = ""
    is_new: bool = False
    seen: str = ""


def summary_of(version: Version) -> Summary | None:
    """Tell in short whether a version's model and the folder are in step; None where there is no folder."""
    folder = folder_of(version)
    if folder is None or version is not version.extension.test_version:
        return None
    try:
        standing = standing_of(version, folder)
    except ModelError as error:
        return Summary(problem=told_error(error))
    return Summary(len(standing.differences), standing.conflicts, is_new=standing.is_new, seen=standing.seen)


def _model_of_folder(folder: Path) -> InteractionModel:
    """Return the folder's model; one without anything where there is no folder.

    :raises ModelError: it cannot be read.
    """
    if not folder.exists():
        return InteractionModel()
    return kept().get("models", stamp_of(folder), lambda: load_model(folder))


def bring_in_step(version: Version, standing: Standing, from_folder: Collection[str]) -> bool:
    """Make the stored model and the folder one, part by part.

    :param standing: what the page showed.
    :param from_folder: the parts that are as the folder has them; of the others it gets what is stored.
    :return: whether it was done; False where one of the two was changed since.
    :raises ModelError: the folder cannot be read or written, or its names cannot be those of the form.
    """
    folder = standing.folder
    there = _model_of_folder(folder)
    joined = merged(model_of(version), there, from_folder)
    if not _is_stored(version, standing, joined, from_folder):
        return False
    if len(from_folder) < len(standing.differences):
        _write(joined, there, folder)
        note(version, "write_model", str(folder))
    keep_common(version, joined)
    try:
        db.session.commit()
    except IntegrityError:  # in the same moment somebody else has brought both in step, and noted it
        db.session.rollback()
    return True


def _is_stored(
    version: Version, standing: Standing, joined: InteractionModel, from_folder: Collection[str]
) -> bool:
    """Store what is taken from the folder, if anything is; tell whether both are as the page showed them."""
    if not from_folder:
        return standing_of(version, standing.folder).seen == standing.seen
    if NAMES in from_folder and (problem := problem_of_names(version, joined.invocation_names)):
        raise ModelError(problem, standing.folder)

    def take() -> None:
        if standing_of(version, standing.folder).seen != standing.seen:
            raise Gone
        store_model(version, joined)
        if NAMES in from_folder:
            store_names(version, joined.invocation_names)
        note(version, "take_model", ", ".join(sorted(from_folder)))

    return is_done(version, take)


def _write(model: InteractionModel, before: InteractionModel, folder: Path) -> None:
    config = replace(model, extension_id=before.extension_id or model.extension_id, source=b"")
    if before.source:
        config = replace(config, source=with_comments(before.source, config))
    save_in_place(config, before, folder)


def keep_common(version: Version, model: InteractionModel) -> None:
    """Note a model as the one that both the console and the folder have; committed by the caller."""
    row = db.session.get(ModelFolder, version.id) or ModelFolder(version_key=version.id)
    row.common = digests(model)
    db.session.add(row)
