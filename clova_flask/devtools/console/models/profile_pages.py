"""The profiler: what an utterance is understood as by the model, and what else was considered."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ....platforms import PLATFORMS
from ....settings.zones import zone
from ...model.objects import InteractionModel
from ...understanding.understander import THRESHOLD
from ..page import extension_page
from ..records import Version
from ..told import told_error
from .building import built_model_of, is_edited_since
from .changes import shown_version
from .profiling import Profile, profile
from .store import model_to_build
from .understanders import understander_of

blueprint = Blueprint("profiler", __name__, url_prefix="/extensions/<int:key>/model/profile")

EDITED, BUILT = "edited", "built"
MAX_UTTERANCE = 300
"""Characters that are understood."""


@blueprint.get("")
def show(key: int) -> ResponseReturnValue:
    """Ask for an utterance, and show what it is understood as."""
    version = shown_version(key)
    by = request.args.get("by", BUILT)
    utterance = " ".join(request.args.get("utterance", "").split())[:MAX_UTTERANCE]
    asked = request.args.get("asked", "")
    model = _model(version, by)
    shown, problem = _profile(version, model, utterance, asked) if utterance and model else (None, "")
    return extension_page(
        "models/profile",
        version,
        by=by,
        model=model,
        is_edited_since=is_edited_since(version),
        utterance=utterance,
        asked=asked,
        slots=_slots(model) if model else [],
        profile=shown,
        problem=problem,
        threshold=THRESHOLD,
    )


def _slots(model: InteractionModel) -> list[str]:
    return sorted({slot.name for intent in model.intents.values() for slot in intent.slots})


def _model(version: Version, by: str) -> InteractionModel | None:
    return model_to_build(version)[1] if by == EDITED else built_model_of(version)


def _profile(
    version: Version, model: InteractionModel, utterance: str, asked: str
) -> tuple[Profile | None, str]:
    try:
        understander = understander_of(model, zone(PLATFORMS[version.extension.platform].timezone))
    except ClovaError as error:  # the extra that understands is not installed
        return None, told_error(error)
    return profile(model, understander, utterance, asked or None), ""
