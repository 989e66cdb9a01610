"""What an action of an appliance takes: enforced before its method runs, and told to CEK at discovery.

From the guides' ``additionalApplianceDetails.actionDetails``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import RegistrationError, nearest
from .errors import UnsupportedOperationError, ValueNotSupportedError, ValueOutOfRangeError
from .interfaces import INTERFACES
from .shared_objects import OBJECTS

Number = int | float
Choice = str | int | float


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of an action's value.

    :ivar minimum: the least number, with ``maximum``; None when there are no bounds.
    :ivar values: the values there are; empty when any will do.
    """

    minimum: Number | None = None
    maximum: Number | None = None
    values: tuple[Choice, ...] = ()

    def __bool__(self) -> bool:
        return self.minimum is not None or bool(self.values)

    def check(self, field: str, value: Any) -> None:
        """Refuse a value that the appliance does not take.

        :param field: its name on the wire; a mode that is not there is an operation that is not supported.
        :raises HomeError: the error message that fits.
        """
        if (
            self.minimum is not None
            and self.maximum is not None
            and not self.minimum <= value <= self.maximum
        ):
            raise ValueOutOfRangeError(self.minimum, self.maximum)
        if self.values and value not in self.values:
            raise UnsupportedOperationError if field == "mode" else ValueNotSupportedError

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
        raise RegistrationError(f"{where}: values is a list of values, not one text.")
    limits = Limits(minimum, maximum, tuple(values or ()))
    if (minimum is None) != (maximum is None) or (values is not None and not values):
        raise RegistrationError(
            f"{where} are incomplete: give minimum and maximum, or values, or none of them."
        )
    for name in names if limits else ():
        _require_fitting(where, name, limits)
    if minimum is not None and maximum is not None and (values or minimum > maximum):
        raise RegistrationError(f"{where} contradict each other.")
    return limits


def _require_fitting(where: str, name: str, limits: Limits) -> None:
    interface = INTERFACES[name]
    field = interface.value_field
    if field is None:
        raise RegistrationError(f"{where}: {name} has no value that could have limits.")
    row, _, choices = interface.takes[field].partition(" ")
    kind = row.removesuffix("!")
    scalar, _, shared = (OBJECTS[kind]["value"] if kind in OBJECTS else kind).partition(" ")
    given: tuple[Any, ...] = limits.values or (limits.minimum, limits.maximum)
    is_text = scalar.startswith("string")
    if not all(isinstance(value, str) if is_text else _is_number(value) for value in given):
        raise RegistrationError(f"{where}: {field} of {name} is a {scalar.removesuffix('!')}.")
    known = (choices or shared).split("|") if choices or shared else []
    for value in given:
        if known and str(value) not in known:
            hint = nearest(str(value), known) or f" It may be {', '.join(known)}."
            raise RegistrationError(f"{where}: {field} of {name} is never {value!r}.{hint}")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
