"""The interaction model that an extension's utterances are understood with."""

from __future__ import annotations

from pathlib import Path

from ...model.files import load_model
from ...model.objects import InteractionModel
from ..attached.process import attached_app
from ..models.building import built_model_of
from ..records import Version


def model_of(version: Version) -> InteractionModel | None:
    """Return the model that was built in the console; where none was, that of the app beside.

    :return: None where the extension is not the app's either.
    :raises ModelError: it cannot be read.
    """
    built = built_model_of(version)
    if built is not None:
        return built
    attached = attached_app()
    if attached is None:
        return None
    wanted = version.extension.extension_id
    folders = [Path(one.model_folder) for one in attached.described() if one.extension_id == wanted]
    return load_model(folders[0]) if folders and folders[0].is_dir() else None
