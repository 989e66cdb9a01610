"""What all appliances of a class, with the same types, have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..wire.json import encode
from .appliance_types import APPLIANCE_TYPES, OPERATION_MODES
from .appliances import Appliance
from .interfaces import INTERFACES, REGIONS
from .limits import Limits
from .registry import HomeRegistry
from .requirements import unknown_type

_DEFAULT_ACTIONS = frozenset({"GetDeviceState", "HealthCheck"})
"""What every appliance can do whose type allows it."""

_PLATFORMS = {"KR": "NAVER", "JP": "LINE"}

Problem = tuple[str, str]
"""The code of a finding, and its message."""


class Kind:
    """What all appliances of a class, with the same types, have in common.

    :param appliance: one of them.
    :param registry: the functions that handle actions.
    :param regions: ``KR``, ``JP`` or both: whose tables count.
    :ivar problems: why none of them can be sent.
    :ivar warnings: what they have handlers for that only the other platform has.
    :ivar allowed: the actions that their types allow.
    :ivar actions: those of them that have handlers.
    :ivar action_details: the limits of these actions, as discovery sends them.
    :ivar shared: their actions, types and details, as discovery sends them.
    :ivar written: the same as the end of a JSON object, ``,"actions":[…],…}``; empty when it holds a text
        that UTF-8 cannot carry.
    """

    def __init__(self, appliance: Appliance, registry: HomeRegistry, regions: Sequence[str]) -> None:
        types = appliance.types
        tables = [APPLIANCE_TYPES[name].allowed(regions) for name in types if name in APPLIANCE_TYPES]
        self.allowed: frozenset[str] = frozenset().union(*tables)
        self.problems = _problems(types, self.allowed, regions)
        declared = {*appliance.clova_handlers, *registry.typed_actions(types)}
        self.warnings = _warnings(declared - self.allowed, types)
        handled = {*appliance.clova_handlers, *registry.named_actions(types), *_DEFAULT_ACTIONS}
        if appliance.is_ir:
            handled -= {"HealthCheck"}
        self.types = list(types)
        self.default_name = self.types[0] if self.types else ""
        self.actions = sorted(handled & self.allowed)
        self.action_details = []
        for name in self.actions:
            handler = appliance.clova_handlers.get(name) or registry.find(name, types)
            limits = _sent(handler.limits, name, types, regions) if handler is not None else None
            if limits:
                self.action_details.append(limits.detail(name))
        self.details = {"actionDetails": self.action_details} if self.action_details else {}
        self.shared: dict[str, Any] = {"actions": self.actions, "applianceTypes": self.types}
        if self.details:
            self.shared["additionalApplianceDetails"] = self.details
        self.written = _end_of_object(self.shared)


def _end_of_object(values: dict[str, Any]) -> bytes:
    try:
        return b"," + encode(values)[1:]
    except UnicodeEncodeError:  # each appliance finds out which text it is
        return b""


def describe_platforms(regions: Iterable[str]) -> str:
    """Name the platforms of regions: ``NAVER``."""
    return " and ".join(_PLATFORMS[region] for region in regions)


def _warnings(names: set[str], types: Sequence[str]) -> list[Problem]:
    """Tell which actions have handlers that this platform never asks for."""
    warnings = []
    tables = [APPLIANCE_TYPES[name] for name in types if name in APPLIANCE_TYPES]
    for name in sorted(names):
        regions = [region for region in REGIONS if any(name in table.allowed([region]) for table in tables)]
        if regions:
            text = (
                f"{name} has a handler, but {'/'.join(types)} has it only on {describe_platforms(regions)}'s"
            )
            warnings.append(("home.other-platform-action", f"{text} platform."))
    return warnings


def _problems(types: Sequence[str], allowed: frozenset[str], regions: Sequence[str]) -> list[Problem]:
    if not types:
        text = 'The appliance has no type. Write class Lamp(Appliance, type="LIGHT").'
        return [("home.no-type", text)]
    unknown = [("home.unknown-type", unknown_type(name)) for name in types if name not in APPLIANCE_TYPES]
    if unknown or allowed:
        return unknown
    text = f"{'/'.join(types)} is not an appliance type of {'/'.join(regions)}."
    return [("home.other-platform", text)]


def _sent(limits: Limits, action: str, types: Sequence[str], regions: Sequence[str]) -> Limits:
    """Return the limits as discovery sends them: of modes, those that the platform has."""
    field = INTERFACES[action].value_field
    if not limits.values or field is None or field.name != "mode":
        return limits
    tables = [OPERATION_MODES[type_].allowed(regions) for type_ in types if type_ in OPERATION_MODES]
    known = tuple(mode for mode in limits.values if not tables or any(mode in table for table in tables))
    return Limits(values=known)
