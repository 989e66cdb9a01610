"""What an app's settings and model tell of an extension, as values of the console's fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ....errors import ModelError
from ...model.files import load_model
from ...model.objects import InteractionModel
from ..attached.described import Described
from ..attached.process import AttachedApp
from ..fields.tables import CUSTOM
from ..models.folder import keep_common
from ..models.invocation_names import as_values
from ..models.store import store_model
from ..records import Version
from ..told import told_error

UNNAMED = "clova"
"""What an app calls an extension that its developer gave no name."""


def values_of(described: Described, attached: AttachedApp | None) -> dict[str, Any]:
    """Return the values of an extension that its app tells.

    The URLs are those of the app on this machine; for a review they have to be those of its server.
    """
    values: dict[str, Any] = {"extension_id": described.extension_id, "name": _name_of(described)}
    if attached is not None:
        values["endpoint_url"] = attached.endpoint_url(described)
        values |= linking_values(described, attached.url)
    if described.kind == CUSTOM:
        values["audio_player"] = described.plays_audio
        values |= _from_model(described)
    return values


def _name_of(described: Described) -> str:
    """Return the name that the app's developer gave an extension; empty, to be entered, where none did."""
    return "" if described.name == UNNAMED else described.name


def linking_values(described: Described, base: str) -> dict[str, Any]:
    """Return what an app tells of its account linking.

    :param base: scheme, host and port of the app.
    """
    if not described.linking_path:
        return {"account_linking": described.links}
    url = f"{base}{described.linking_path}"
    return {
        "account_linking": True,
        "authorization_url": f"{url}/authorize",
        "token_url": f"{url}/token?grant_type=authorization_code",
        "refresh_url": f"{url}/token?grant_type=refresh_token",
    }


def _from_model(described: Described) -> dict[str, Any]:
    model = _model(described)
    if model is None or not model.invocation_names:
        return {}
    names = as_values(described.platform, model.invocation_names)
    extension_id = described.extension_id or model.extension_id
    return {"name": model.invocation_names[0], "extension_id": extension_id, **names}


def take_model(version: Version, described: Described) -> str:
    """Take the model of an app's project over; committed by the caller.

    :return: why it cannot be read; empty where it is taken, or where the project has none.
    """
    folder = Path(described.model_folder)
    if described.kind != CUSTOM or not folder.is_dir():
        return ""
    try:
        model = load_model(folder)
        store_model(version, model)
        keep_common(version, model)
    except ModelError as error:
        return told_error(error)
    return ""


def _model(described: Described) -> InteractionModel | None:
    folder = Path(described.model_folder)
    if not folder.is_dir():
        return None
    try:
        return load_model(folder)
    except ModelError:  # its page tells what is wrong with it
        return None
