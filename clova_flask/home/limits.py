"""Limits of an action's value: enforced when a request is read, and sent to CEK in discovery.

From the guides' ``additionalApplianceDetails.actionDetails``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import RegistrationError, nearest, type_name
from ..wire.numbers import as_number
from .interfaces import INTERFACES

Number = int | float
Choice = str | int | float


class Limits(NamedTuple):
    """The limits of an action's value.

    :ivar minimum: the least number, with ``maximum``; None when there are no bounds.
    :ivar values: the values that it may have; empty when any will do.
    """

    minimum: Number | None = None
    maximum: Number | None = None
    values: tuple[Choice, ...] = ()

    def __bool__(self) -> bool:
        return self.minimum is not None or bool(self.values)

    def detail(self, name: str) -> dict[str, Any]:
        """Write the ``actionDetails`` entry of an action."""
        allowed: dict[str, Any]
        if self.minimum is not None:
            allowed = {"type": "boundedNumber", "minValue": self.minimum, "maxValue": self.maximum}
        else:
            kind = "string" if isinstance(self.values[0], str) else "number"
            allowed = {"type": kind, "enumValues": list(self.values)}
        return {"action": name, "allowableValue": allowed}


NO_LIMITS = Limits()


def make_limits(
    names: Sequence[str], minimum: Number | None, maximum: Number | None, values: Sequence[Choice] | None
) -> Limits:
    """Make the limits that a decorator declares.

    :param names: the actions they are for.
    :raises RegistrationError: they contradict each other or the actions' values.
    """
    where = f"The limits of {', '.join(names)}"
    if isinstance(values, str):
        raise RegistrationError(f"{where}: values must be a list, not the str {values!r}.")
    if (minimum is None) != (maximum is None) or (values is not None and not values):
        raise RegistrationError(f"{where} are incomplete: pass minimum and maximum, or values, or neither.")
    minimum, maximum = as_number(minimum), as_number(maximum)
    limits = Limits(minimum, maximum, tuple(map(as_number, values or ())))
    for name in names if limits else ():
        _require_fitting(where, name, limits)
    if minimum is not None and maximum is not None and (values or minimum > maximum):
        raise RegistrationError(f"{where} contradict each other.")
    return limits


def own_limits(given: Any) -> tuple[dict[str, Limits], list[str]]:
    """Make the limits of one appliance.

    :param given: by action: a tuple of the least and the greatest number, or a list of values.
    :return: those that fit their actions, and what is wrong with the others.
    """
    if not isinstance(given, Mapping):
        return {}, [] if given is None else [f"limits must be a dict, not {type_name(given)}."]
    limits: dict[str, Limits] = {}
    problems: list[str] = []
    for name, value in given.items():
        try:
            limits[name] = _make_own(name, value)
        except RegistrationError as error:
            problems.append(str(error))
    return limits, problems


def _make_own(name: Any, value: Any) -> Limits:
    """Make the limits of one action.

    :raises RegistrationError: there is no such action, or they do not fit it.
    """
    if not isinstance(name, str) or name not in INTERFACES:
        raise RegistrationError(f"{name!r} is not an action.{nearest(name, INTERFACES, or_list=True)}")
    if not isinstance(value, (tuple, list)):
        wanted = "a tuple of the least and the greatest, or a list of values"
        raise RegistrationError(f"The limits of {name} must be {wanted}, not {type_name(value)}.")
    if isinstance(value, tuple) and len(value) == 2 and all(map(_is_number, value)):
        return make_limits([name], value[0], value[1], None)
    return make_limits([name], None, None, value)


def _require_fitting(where: str, name: str, limits: Limits) -> None:
    field = INTERFACES[name].value_field
    if field is None:
        raise RegistrationError(f"{where}: {name} has no value that could have limits.")
    given: tuple[Any, ...] = limits.values or (limits.minimum, limits.maximum)
    for value in given:
        if not (isinstance(value, str) if field.scalar == "string" else _is_number(value)):
            wanted = f"{field.name} of {name} must be a {field.scalar}"
            raise RegistrationError(f"{where}: {wanted}, not {value!r}.")
        if field.choices and value not in field.choices:
            hint = nearest(value, map(str, field.choices), or_list=True)
            raise RegistrationError(f"{where}: {value!r} is not a valid {field.name} of {name}.{hint}")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
