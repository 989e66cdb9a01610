"""What is odd in the inputs of a message, and what they are called in words."""

from __future__ import annotations

import json
import math

from werkzeug.datastructures import MultiDict

from ...simulator.inputs import Input
from ..texts import N_, _

_WORDS = {
    "brightness": N_("Brightness"),
    "channel": N_("Channel"),
    "channel_name": N_("Name of the channel"),
    "color.brightness": N_("Brightness of the colour"),
    "color.hue": N_("Hue"),
    "color.saturation": N_("Saturation"),
    "color_temperature": N_("Colour temperature"),
    "count": N_("Count"),
    "delta_brightness": N_("Change of brightness"),
    "delta_channel": N_("Channels to go on by"),
    "delta_fan_speed": N_("Change of fan speed"),
    "delta_intensity": N_("Change of intensity"),
    "delta_temperature": N_("Change of temperature"),
    "delta_volume": N_("Change of volume"),
    "direction": N_("Direction"),
    "endpoint": N_("Destination"),
    "fan_speed": N_("Fan speed"),
    "lock_state": N_("State of the lock"),
    "mode": N_("Mode"),
    "period.end": N_("End of the period"),
    "period.start": N_("Begin of the period"),
    "scene.scene_id": N_("ID of the scene"),
    "scene.scene_name": N_("Name of the scene"),
    "source_name": N_("Name of the input source"),
    "sub_channel": N_("Sub-channel"),
    "target_temperature": N_("Target temperature"),
}
"""What the fields of Clova Home's requests are called."""


def word_of(one: Input) -> str:
    """Return what an input is called; empty where it has its name on the wire only."""
    return _(_WORDS[one.name]) if one.name in _WORDS else ""


def problems_of(inputs: list[Input], form: MultiDict[str, str]) -> dict[str, str]:
    """Tell at each input what an endpoint could not take: nothing where something must be, and no number."""
    found = {one.name: _problem(one, form.get(one.name, "").strip()) for one in inputs}
    return {name: problem for name, problem in found.items() if problem}


def _problem(one: Input, text: str) -> str:
    if not text:
        return _("This value is required.") if one.required else ""
    if one.kind == "number" and not _is_number(text):
        return _("This must be a number.")
    return ""


def _is_number(text: str) -> bool:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
