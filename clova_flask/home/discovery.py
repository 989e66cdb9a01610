"""Discovery: appliances as CEK wants to hear of them, each checked by itself.

One malformed appliance makes the Clova app show none at all, so one that is wrong is left out and logged with
what is wrong and how to mend it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from ..errors import nearest
from ..schema import describe
from .appliances import Appliance
from .handlers import HomeRegistry
from .interfaces import REGIONS
from .messages import APPLIANCE_SCHEMA
from .types import APPLIANCE_TYPES, LOCATIONS
from .values import Scene

logger = logging.getLogger("clova_flask")

DEFAULT_ACTIONS = frozenset({"GetDeviceState", "HealthCheck"})
"""What every appliance can do whose type allows it."""


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


class Discoverer:
    """Writes appliances for discovery.

    :param registry: the functions that handle actions.
    :param regions: ``KR``, ``JP`` or both: whose tables count.
    """

    def __init__(self, registry: HomeRegistry, regions: Sequence[str] = REGIONS) -> None:
        self._registry = registry
        self._regions = tuple(regions)
        self._kinds: dict[Any, _Kind] = {}

    def discover(self, appliances: Iterable[Any]) -> tuple[list[dict[str, Any]], list[str]]:
        """Write a user's appliances.

        :return: those that can be sent, and a line for each fault of those that cannot.
        """
        written: dict[str, dict[str, Any]] = {}
        faults: list[str] = []
        for appliance in appliances:
            wire, wrong = self._write(appliance)
            if wrong or wire is None:
                faults += [f"{appliance!r} is left out: {fault}" for fault in wrong]
            elif wire["applianceId"] in written:
                faults.append(
                    f"{appliance!r} is left out: another appliance has the id {wire['applianceId']!r}."
                )
            else:
                written[wire["applianceId"]] = wire
        return list(written.values()), faults

    def actions(self, appliance: Appliance) -> list[str]:
        """List what an appliance can do, of what its types allow."""
        return self._kind(appliance).actions

    def _kind(self, appliance: Appliance) -> _Kind:
        key = (type(appliance), appliance.types, appliance.is_ir)
        try:
            return self._kinds[key]
        except KeyError:
            kind = self._kinds[key] = _Kind(appliance, self._registry, self._regions)
            return kind

    def _write(self, appliance: Any) -> tuple[dict[str, Any] | None, list[str]]:
        if not isinstance(appliance, Appliance):
            return None, ["home.discover gives appliances; make an Appliance of it."]
        try:
            kind = self._kind(appliance)
        except TypeError:
            return None, ["its type is no text."]
        if kind.faults:
            return None, kind.faults
        wire = self._wire(appliance, kind)
        faults = _faults(appliance, kind)
        try:
            APPLIANCE_SCHEMA.check(wire)
        except ValidationError as error:
            faults += describe(error.messages)
        return wire, faults

    def _wire(self, appliance: Appliance, kind: _Kind) -> dict[str, Any]:
        name = appliance.friendly_name or kind.default_name
        wire: dict[str, Any] = {
            "applianceId": appliance.id,
            "manufacturerName": appliance.manufacturer_name,
            "modelName": appliance.model_name or kind.default_name,
            "version": appliance.version,
            "friendlyName": name,
            "friendlyDescription": appliance.friendly_description or name,
            "isIr": appliance.is_ir,
            "actions": kind.actions if appliance.actions is None else list(appliance.actions),
            "applianceTypes": kind.types,
            "tags": list(appliance.tags) if appliance.tags else [],
        }
        if appliance.location is not None:
            wire["location"] = appliance.location
        if kind.action_details or appliance.details:
            own = appliance.details
            wire["additionalApplianceDetails"] = {**kind.details, **own} if own else kind.details
        if "JP" in self._regions:
            wire["isReachable"] = appliance.is_reachable
            if appliance.confirm:
                wire["actionsNeededUserConfirmation"] = list(appliance.confirm)
        return wire


def _faults(appliance: Appliance, kind: _Kind) -> list[str]:
    faults = []
    if not appliance.id:
        faults.append("it has no id.")
    if appliance.location is not None and appliance.location not in LOCATIONS:
        hint = nearest(str(appliance.location).upper(), LOCATIONS)
        faults.append(f"{appliance.location!r} is not a location.{hint}")
    if appliance.actions or appliance.confirm:
        for action in (*(appliance.actions or ()), *appliance.confirm):
            if action not in kind.allowed:
                hint = nearest(str(action), kind.allowed)
                faults.append(f"{'/'.join(appliance.types)} does not allow {action!r}.{hint}")
    return faults


class _Kind:
    """What all appliances of a class, with the same types, have in common."""

    def __init__(self, appliance: Appliance, registry: HomeRegistry, regions: Sequence[str]) -> None:
        self.faults: list[str] = []
        self.allowed: frozenset[str] = frozenset()
        for type_ in appliance.types:
            if type_ in APPLIANCE_TYPES:
                self.allowed |= APPLIANCE_TYPES[type_].allowed(regions)
            else:
                self.faults.append(f"{type_!r} is not a type.{nearest(str(type_).upper(), APPLIANCE_TYPES)}")
        if not appliance.types:
            self.faults.append('it has no type: class Lamp(Appliance, type="LIGHT").')
        elif not self.allowed and not self.faults:
            self.faults.append(f"{'/'.join(appliance.types)} is not known in {'/'.join(regions)}.")
        handled = {*appliance.handlers, *registry.named_actions(appliance.types), *DEFAULT_ACTIONS}
        if appliance.is_ir:
            handled -= {"HealthCheck"}
        self.types = list(appliance.types)
        self.default_name = self.types[0] if self.types else ""
        self.actions = sorted(handled & self.allowed)
        self.action_details = [
            handler.limits.detail(name)
            for name in self.actions
            if (handler := _handler(appliance, registry, name)) and handler.limits
        ]
        self.details = {"actionDetails": self.action_details} if self.action_details else {}


def _handler(appliance: Appliance, registry: HomeRegistry, action: str) -> Any:
    return appliance.handlers.get(action) or registry.find(action, appliance.types)


def write_scene(scene: Scene) -> dict[str, Any]:
    """Write a scene as a SceneInfoObject."""
    wire: dict[str, Any] = {
        "sceneId": scene.id,
        "sceneName": scene.name,
        "needsUserConfirmation": scene.needs_confirmation,
    }
    return {**wire, "additionalSceneDetails": dict(scene.details)} if scene.details else wire
