"""Discovery: appliances as CEK wants to hear of them, each checked by itself.

One malformed appliance makes the Clova app show none at all, so one that is wrong is left out and logged with
what is wrong and how to mend it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from types import NoneType
from typing import Any

from marshmallow import ValidationError

from ..errors import nearest
from ..wire.json import MAX_DEPTH, encode, is_deep
from ..wire.schema import describe
from .appliance_types import APPLIANCE_TYPES, LOCATIONS, OPERATION_MODES
from .appliances import Appliance
from .interfaces import INTERFACES, REGIONS
from .limits import Limits
from .messages import APPLIANCE_SCHEMA, CUSTOM_COMMAND_SCHEMA
from .objects import CustomCommand
from .registry import HomeRegistry

logger = logging.getLogger("clova_flask")

_MAX_DETAILS_DEPTH = MAX_DEPTH - 10  # they come back with each request, a few levels further in
_MOST_KINDS = 1000

DEFAULT_ACTIONS = frozenset({"GetDeviceState", "HealthCheck"})
"""What every appliance can do whose type allows it."""


def write_commands(commands: Iterable[Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """Write a user's custom commands, each checked by itself.

    :return: those that can be sent, and a line for each fault of those that cannot.
    """
    written, faults = [], []
    for command in commands:
        try:
            if not isinstance(command, CustomCommand):
                raise TypeError(f"make a CustomCommand of it, not {type(command).__name__}")
            wire = command.to_wire()
            CUSTOM_COMMAND_SCHEMA.check(wire)
            encode(wire)
        except ValidationError as error:
            faults += [f"{command!r} is left out: {fault}" for fault in describe(error.messages)]
        except (TypeError, ValueError) as error:
            faults.append(f"{command!r} is left out: {error}.")
        else:
            written.append(wire)
    return written, faults


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
        key = (type(appliance), appliance.types, bool(appliance.is_ir))
        try:
            return self._kinds[key]
        except KeyError:
            if len(self._kinds) >= _MOST_KINDS:
                self._kinds.clear()  # classes that are made as they go
            kind = self._kinds[key] = _Kind(appliance, self._registry, self._regions)
            return kind

    def _write(self, appliance: Any) -> tuple[dict[str, Any] | None, list[str]]:
        if not isinstance(appliance, Appliance):
            return None, ["home.discover gives appliances; make an Appliance of it."]
        try:
            kind = self._kind(appliance)
            if kind.faults:
                return None, kind.faults
            faults = _faults(appliance, kind)
            wire = self._wire(appliance, kind)
            APPLIANCE_SCHEMA.check(wire)
            _require_sendable(wire)
        except ValidationError as error:
            return None, [*faults, *describe(error.messages)]
        except (AttributeError, TypeError, ValueError) as error:
            return None, [*_wrong_types(appliance), f"{type(error).__name__}: {error}."]
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
            "tags": _texts(appliance.tags) if appliance.tags else [],
        }
        if appliance.location is not None:
            wire["location"] = appliance.location
        details = _details(appliance, kind)
        if details:
            wire["additionalApplianceDetails"] = details
        if "JP" in self._regions:
            wire["isReachable"] = appliance.is_reachable
            wire["actionsNeededUserConfirmation"] = list(appliance.confirm)
        return wire


def _require_sendable(wire: Mapping[str, Any]) -> None:
    """See that UTF-8 can carry an appliance's texts: a lone surrogate cannot be sent.

    :raises TypeError: naming the field.
    """
    for key, value in wire.items():
        try:
            if type(value) is str:
                value.encode()
            elif key == "tags":
                "".join(value).encode()
        except UnicodeEncodeError:
            raise TypeError(f"{key} holds a lone surrogate") from None


def _is_one_of(value: Any, known: frozenset[str]) -> bool:
    return isinstance(value, str) and value in known


def _texts(given: Any) -> list[Any]:
    if isinstance(given, str):
        raise TypeError("a text in place of a list")
    return list(given)


def _details(appliance: Appliance, kind: _Kind) -> dict[str, Any]:
    """Write what comes back with each request: the limits of what it can do, and the user's own details.

    :raises TypeError: JSON cannot hold the details.
    """
    details = kind.details
    if appliance.actions is not None:
        told = [detail for detail in kind.action_details if detail["action"] in appliance.actions]
        details = {"actionDetails": told} if told else {}
    if not appliance.details:
        return details
    if not isinstance(appliance.details, Mapping):
        raise TypeError("additionalApplianceDetails is no mapping")
    try:
        if is_deep(encode(dict(appliance.details)), _MAX_DETAILS_DEPTH):
            raise ValueError(f"it nests deeper than {_MAX_DETAILS_DEPTH} levels")
    except (TypeError, ValueError, RecursionError) as error:
        raise TypeError(f"additionalApplianceDetails: {error}") from None
    return {**details, **appliance.details}


_LISTS = ("types", "tags", "actions", "confirm")


def _wrong_types(appliance: Appliance) -> list[str]:
    """Name the lists that are none, the usual reason for a device that cannot be written at all."""
    return [
        f"{name} is {type(value).__name__}; it is a list of texts."
        for name in _LISTS
        if not isinstance(value := getattr(appliance, name, ()), (list, tuple, set, frozenset, NoneType))
    ]


def _faults(appliance: Appliance, kind: _Kind) -> list[str]:
    faults = []
    if not appliance.id:
        faults.append("it has no id.")
    if appliance.location is not None and not _is_one_of(appliance.location, LOCATIONS):
        hint = nearest(str(appliance.location).upper(), LOCATIONS)
        faults.append(f"{appliance.location!r} is not a location.{hint}")
    if appliance.actions or appliance.confirm:
        for given in (appliance.actions, appliance.confirm):
            if isinstance(given, str):
                raise TypeError("a text in place of a list")
        for action in (*(appliance.actions or ()), *appliance.confirm):
            if not _is_one_of(action, kind.allowed):
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
            limits.detail(name)
            for name in self.actions
            if (handler := _handler(appliance, registry, name))
            and (limits := _told(handler.limits, name, appliance.types, regions))
        ]
        self.details = {"actionDetails": self.action_details} if self.action_details else {}


def _handler(appliance: Appliance, registry: HomeRegistry, action: str) -> Any:
    return appliance.handlers.get(action) or registry.find(action, appliance.types)


def _told(limits: Limits, action: str, types: Sequence[str], regions: Sequence[str]) -> Limits:
    """Give the limits that the platform is told: of modes, those that it knows."""
    field = INTERFACES[action].value_field
    if not limits.values or field is None or field.name != "mode":
        return limits
    tables = [OPERATION_MODES[type_].allowed(regions) for type_ in types if type_ in OPERATION_MODES]
    known = tuple(mode for mode in limits.values if not tables or any(mode in table for table in tables))
    return Limits(values=known)
