"""What an appliance answers without a handler of its own: ``HealthCheck`` and ``GetDeviceState``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .appliances import Appliance
from .errors import HomeError, TargetOfflineError
from .interfaces import INTERFACES

Query = Callable[[str], Mapping[str, Any]]
Default = Callable[[Appliance, Query], dict[str, Any]]

_UNITS = {
    "Temperature": "celsius",
    "Humidity": "percentage",
    "Battery": "percentage",
    "Percentage": "percentage",
}

_STATES = {
    name: interface
    for name, interface in INTERFACES.items()
    if interface.is_query
    and interface.appliance
    and name not in ("GetDeviceState", "HealthCheck")
    and not any(field.required for field in interface.takes)
}
"""The queries that make up a device's state: those that need nothing to be asked."""


def _health_check(appliance: Appliance, _query: Query) -> dict[str, Any]:
    return {"isReachable": appliance.is_reachable, "isTurnOn": appliance.is_on is not False}


def _device_state(appliance: Appliance, query: Query) -> dict[str, Any]:
    if appliance.is_reachable is False:
        raise TargetOfflineError
    states: list[dict[str, Any]] = []
    if appliance.is_on is not None:
        states.append({"name": "power", "value": "on" if appliance.is_on else "off"})
    for name in _STATES:
        states += _states_of(name, query)
    return {"states": states}


def _states_of(name: str, query: Query) -> list[dict[str, Any]]:
    """Write one query's answer as states; what the device cannot tell now is left out."""
    try:
        payload = query(name)
    except HomeError:
        return []
    states, gives = [], INTERFACES[name].gives
    payload = gives.renamed(payload)
    for field in gives:
        value = payload.get(field.name)
        if isinstance(value, Mapping):
            value = value.get("value", value.get("index"))
        if isinstance(value, bool):
            value = str(value).lower()
        if isinstance(value, (int, float, str)):
            state = {"name": _state_name(name, field.name), "value": value}
            states.append({**state, "unit": _UNITS[field.kind]} if field.kind in _UNITS else state)
    return states


def _state_name(action: str, key: str) -> str:
    """Name a state after what is asked, since several queries answer with a field of one name."""
    asked = action.removeprefix("Get")
    return key if asked.lower() == key.lower() else asked[0].lower() + asked[1:]


_DEFAULTS: dict[str, Default] = {"HealthCheck": _health_check, "GetDeviceState": _device_state}


def default_handler(name: str) -> Default | None:
    """Return what answers an action that has no handler; None when nothing can."""
    return _DEFAULTS.get(name)
