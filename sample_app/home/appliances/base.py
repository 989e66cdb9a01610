"""The base of all appliances: a row with their state, and how to change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from sqlalchemy import select

from clova_flask.home import Appliance, ValueOutOfRangeError, action

from ..database import database
from ..tables import DeviceRow

Row = TypeVar("Row", bound=DeviceRow)
Number = TypeVar("Number", int, float)
Reply = dict[str, Any]


class Device(Appliance, Generic[Row], manufacturer_name="clova-flask sample"):
    """A device of the sample.

    :param row: its state when the request arrived.
    """

    def __init__(self, row: Row, **further: Any) -> None:
        super().__init__(
            row.id,
            friendly_name=row.name,
            location=row.location,
            is_reachable=row.is_online,
            is_on=row.is_on,
            **further,
        )
        self.row = row

    @contextmanager
    def changing(self) -> Iterator[Row]:
        """Return the current row, to be changed; an exception in the block undoes the change."""
        with database().changing(self.row.user_id) as session:
            kind = type(self.row)
            yield session.scalars(select(kind).where(kind.id == self.row.id)).one()


class Switched(Device[Row]):
    """A device that can be turned on and off."""

    @action("TurnOn", "TurnOff")
    def power(self, interface: str) -> Any:
        """Turn it on or off."""
        with self.changing() as row:
            row.is_on = interface == "TurnOn"


def step(interface: str, by: Number) -> Number:
    """Return a difference with its sign: ``DecrementVolume`` by 5 is -5."""
    return by if interface.startswith("Increment") else -by


def within(value: Number, minimum: Number, maximum: Number) -> Number:
    """Return a value that is within the device's limits.

    :raises ValueOutOfRangeError: the value is outside them.
    """
    if not minimum <= value <= maximum:
        raise ValueOutOfRangeError(minimum, maximum)
    return value
