"""What a developer may name: actions, types and modes; anything else is refused with the nearest there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import RegistrationError, nearest
from .appliance_types import APPLIANCE_TYPES, OPERATION_MODES
from .interfaces import INTERFACES, REGIONS
from .limits import Limits

_MODE_ACTIONS = ("SetMode", "ReleaseMode", "ChangeMode")


def require_interfaces(names: Sequence[Any]) -> None:
    """See that these are actions of appliances.

    :raises RegistrationError: one is not, with the nearest that is.
    """
    if not names:
        raise RegistrationError('Name the actions that are handled: @action("TurnOn", "TurnOff").')
    known = [name for name, interface in INTERFACES.items() if interface.appliance]
    for name in names:
        if name not in known:
            hint = nearest(str(name).removesuffix("Request"), known)
            raise RegistrationError(f"{name!r} is not an action of an appliance.{hint}")


def require_type(name: Any) -> None:
    """See that this is a type of appliance.

    :raises RegistrationError: it is not, with the nearest that is.
    """
    if not isinstance(name, str) or name not in APPLIANCE_TYPES:
        hint = nearest(str(name).upper(), APPLIANCE_TYPES)
        raise RegistrationError(f"{name!r} is not a type of appliance.{hint}")


def require_fitting(type_: str, names: Sequence[str], limits: Limits, *, who: str = "") -> None:
    """See that a type of appliance allows these actions, and has the modes that their limits name.

    :param who: what stands before each fault.
    :raises RegistrationError: with each fault.
    """
    faults = [f"{who}{fault}" for name in names for fault in _faults(type_, name, limits)]
    if faults:
        raise RegistrationError(" ".join(faults))


def _faults(type_: str, name: str, limits: Limits) -> Iterator[str]:
    allowed = APPLIANCE_TYPES[type_].allowed(REGIONS)
    if name not in allowed:
        hint = nearest(name, allowed) or f" It allows {', '.join(sorted(allowed))}."
        yield f"a {type_} does not allow {name}.{hint}"
    if name in _MODE_ACTIONS and type_ in OPERATION_MODES:
        modes = OPERATION_MODES[type_].allowed(REGIONS)
        for mode in limits.values:
            if mode not in modes:
                hint = nearest(str(mode), modes) or f" It has {', '.join(sorted(modes))}."
                yield f"a {type_} has no mode {mode!r}.{hint}"
