"""The objects that handlers get and return besides plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..wire.objects import nothing


@dataclass(frozen=True, slots=True)
class Color:
    """``ColorInfoObject``, in the numbers that the platform sends."""

    hue: float
    saturation: float
    brightness: float | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """``PeriodInfoObject``, as aware datetimes."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Scene:
    """``SceneInfoObject``: a scene that discovery lists and an action names (JP).

    :ivar needs_confirmation: whether the user is asked before the scene is acted out.
    :ivar details: anything of yours that comes back with the action.
    """

    id: str
    name: str = ""
    needs_confirmation: bool = False
    details: Mapping[str, Any] = field(default_factory=nothing)

    def to_wire(self) -> dict[str, Any]:
        """Write it as a SceneInfoObject."""
        wire: dict[str, Any] = {
            "sceneId": self.id,
            "sceneName": self.name,
            "needsUserConfirmation": self.needs_confirmation,
        }
        if self.details:
            wire["additionalSceneDetails"] = dict(self.details)
        return wire


@dataclass(frozen=True, slots=True)
class CustomCommand:
    """A sentence of the user's own, and what it does.

    :ivar actions: pairs of an appliance's id and an action.
    """

    name: str
    actions: Sequence[tuple[str, str]]

    def to_wire(self) -> dict[str, Any]:
        """Write it as a CustomCommandInfoObject."""
        actions = [{"applianceId": appliance, "action": action} for appliance, action in self.actions]
        return {"name": self.name, "actions": actions}
