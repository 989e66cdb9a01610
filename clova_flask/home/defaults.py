"""What an appliance answers without a handler of its own: ``HealthCheck`` and ``GetDeviceState``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .appliances import Appliance
from .errors import TargetOfflineError

Query = Callable[[str], Mapping[str, Any]]
Default = Callable[[Appliance, Query, str], dict[str, Any]]
"""Makes the payload of an appliance's reply, in a language."""


def _health_check(appliance: Appliance, _query: Query, _lang: str) -> dict[str, Any]:
    return {"isReachable": appliance.is_reachable, "isTurnOn": appliance.is_on is not False}


def _device_state(appliance: Appliance, query: Query, lang: str) -> dict[str, Any]:
    if appliance.is_reachable is False:
        raise TargetOfflineError
    from .states import list_states  # a table in three languages, which few requests need

    return {"states": list_states(appliance.is_on, query, lang)}


_DEFAULTS: dict[str, Default] = {"HealthCheck": _health_check, "GetDeviceState": _device_state}


def default_handler(name: str) -> Default | None:
    """Return what answers an action that has no handler; None when nothing can."""
    return _DEFAULTS.get(name)
