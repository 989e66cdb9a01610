"""The interaction model that an extension's utterances are understood with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...model.files import load_model, stamp_of
from ...model.objects import InteractionModel
from ..attached.process import attached_app
from ..fields.tables import CUSTOM
from ..models.building import built_of, is_edited_since
from ..models.understanders import Known
from ..records import Version


def known_of(version: Version) -> Known | None:
    """Return the model that was built in the console; where none was, that of the app beside.

    :return: the same until it is built again, or a file of it changes; None where the extension is not the
        app's either.
    """
    if version.extension.kind != CUSTOM:
        return None
    return built_of(version) or _beside(version.extension.extension_id)


def model_of(version: Version) -> InteractionModel | None:
    """Return the same, read.

    :raises ModelError: it cannot be read.
    """
    known = known_of(version)
    return known.model() if known is not None else None


def _beside(extension_id: str) -> Known | None:
    folder = _folder_beside(extension_id)
    return Known(stamp_of(folder), partial(load_model, folder)) if folder else None


def _folder_beside(extension_id: str) -> str:
    attached = attached_app()
    described = attached.described() if attached else []
    folder = next((one.model_folder for one in described if one.extension_id == extension_id), "")
    return folder if folder and Path(folder).is_dir() else ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the model is from that tests use.

    :ivar is_built: whether it was built in the console.
    :ivar is_old: whether the stored model was edited after that.
    :ivar folder: the folder of the app beside, where none was built; empty where that has none either.
    """

    is_built: bool
    is_old: bool = False
    folder: str = ""


def source_of(version: Version) -> Source:
    """Tell where the model is from that tests of a version use."""
    if built_of(version) is not None:
        return Source(True, is_edited_since(version))
    return Source(False, folder=_folder_beside(version.extension.extension_id))
