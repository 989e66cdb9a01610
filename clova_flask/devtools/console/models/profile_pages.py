"""The profiler: what an utterance is understood as by the model, and what else was considered."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ...model.objects import InteractionModel
from ...understanding.understander import THRESHOLD
from ..page import extension_page
from ..records import Version
from ..told import told_error
from .building import build_of, built_of, is_edited_since
from .changes import shown_version
from .preparing import failure_of, is_ready
from .profiling import Profile, profile, slots_of
from .store import edited_of, outline_of
from .understanders import Known, understander_of, zone_of

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
    known = edited_of(version) if by == EDITED else built_of(version)
    if utterance and known is not None and not is_ready(known, zone_of(version)):
        return extension_page("models/preparing", version)
    model, shown, problem = _profile(version, known, utterance, asked)
    return extension_page(
        "models/profile",
        version,
        by=by,
        is_there=known is not None,
        model=model,
        is_edited_since=is_edited_since(version),
        utterance=utterance,
        asked=asked,
        slots=_slots(version, by),
        profile=shown,
        problem=problem,
        threshold=THRESHOLD,
    )


def _slots(version: Version, by: str) -> list[str]:
    if by == EDITED:
        return slots_of(outline_of(version))
    build = build_of(version)
    return build.slots if build is not None else []


def _profile(
    version: Version, known: Known | None, utterance: str, asked: str
) -> tuple[InteractionModel | None, Profile | None, str]:
    if known is None or not utterance:
        return None, None, ""
    if problem := failure_of(known):
        return None, None, problem
    try:
        model = known.model()
        understander = understander_of(model, zone_of(version))
    except ClovaError as error:  # the extra that understands is not installed
        return None, None, told_error(error)
    return model, profile(model, understander, utterance, asked or None), ""
