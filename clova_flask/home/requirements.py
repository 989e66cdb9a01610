"""What the decorators and classes of Home accept; anything else is refused with what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import RegistrationError, nearest, type_name
from ..injection.parameters import describe_function
from .appliance_types import APPLIANCE_TYPES, LOCATIONS, OPERATION_MODES
from .interfaces import INTERFACES, REGIONS
from .limits import Limits
from .places import find_location

_ACTIONS = tuple(name for name, interface in INTERFACES.items() if interface.appliance)
_MODE_ACTIONS = ("SetMode", "ReleaseMode", "ChangeMode")


def require_interfaces(names: Sequence[Any], decorator: str) -> None:
    """Require the names of actions of appliances.

    :param decorator: the decorator that is written, ``@action``.
    :raises RegistrationError: one is not.
    """
    remedy = f'Write {decorator}("TurnOn").'
    if not names:
        raise RegistrationError(f"{decorator}() must name the actions that it handles. {remedy}")
    for name in names:
        if callable(name):
            raise RegistrationError(
                f"{decorator} above {describe_function(name)} has no parentheses and names nothing. {remedy}"
            )
        if not isinstance(name, str):
            raise RegistrationError(f"The name of an action must be a str, not {type_name(name)}. {remedy}")
        if name not in _ACTIONS:
            hint = nearest(name.removesuffix("Request"), _ACTIONS, or_list=True)
            raise RegistrationError(f"{name!r} is not an action of an appliance.{hint}")


def require_type(name: Any) -> None:
    """Require an appliance type.

    :raises RegistrationError: it is not one.
    """
    if not isinstance(name, str):
        raise RegistrationError(f"An appliance type must be a str, not {type_name(name)}.")
    if name not in APPLIANCE_TYPES:
        raise RegistrationError(unknown_type(name))


def unknown_type(name: object) -> str:
    """Write that this is not an appliance type, with the nearest one."""
    return f"{name!r} is not an appliance type.{nearest(name, APPLIANCE_TYPES, or_list=True)}"


def require_location(name: Any) -> None:
    """Require a location.

    :raises RegistrationError: it is not one.
    """
    if find_location(name) is None:
        raise RegistrationError(unknown_location(name))


def unknown_location(name: object) -> str:
    """Write that this is not a location, with the nearest one."""
    return f"{name!r} is not a valid location.{nearest(name, sorted(LOCATIONS), or_list=True)}"


def require_fitting(type_: str, names: Sequence[str], limits: Limits, *, who: str = "") -> None:
    """Require that an appliance type allows these actions, and has the modes that their limits name.

    :param who: what stands before each problem.
    :raises RegistrationError: with each problem.
    """
    problems = [f"{who}{problem}" for name in names for problem in _problems(type_, name, limits)]
    if problems:
        raise RegistrationError(" ".join(problems))


def _problems(type_: str, name: str, limits: Limits) -> Iterator[str]:
    allowed = APPLIANCE_TYPES[type_].allowed(REGIONS)
    if name not in allowed:
        yield f"{type_} does not allow {name}.{nearest(name, sorted(allowed), or_list=True)}"
    if name in _MODE_ACTIONS and type_ in OPERATION_MODES:
        modes = OPERATION_MODES[type_].allowed(REGIONS)
        for mode in limits.values:
            if mode not in modes:
                hint = nearest(mode, sorted(modes), or_list=True)
                yield f"{mode!r} is not a mode of {type_}.{hint}"
