"""The interaction model that an extension's utterances are understood with."""

from __future__ import annotations

from pathlib import Path

from ...model.files import load_model, stamp_of
from ...model.objects import InteractionModel
from ..attached.process import attached_app
from ..kept import kept
from ..models.building import built_model_of
from ..records import Version


def model_of(version: Version) -> InteractionModel | None:
    """Return the model that was built in the console; where none was, that of the app beside.

    :return: the same object until it is built again, or a file of it changes; None where the extension is not
        the app's either.
    :raises ModelError: it cannot be read.
    """
    built = built_model_of(version)
    return built if built is not None else _model_beside(version.extension.extension_id)


def _model_beside(extension_id: str) -> InteractionModel | None:
    attached = attached_app()
    described = attached.described() if attached else []
    folder = next((one.model_folder for one in described if one.extension_id == extension_id), "")
    if not folder or not Path(folder).is_dir():
        return None
    return kept().get("models", stamp_of(folder), lambda: load_model(folder))
