"""Devices for chores: robot vacuums and washing machines."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clova_flask.home import ConditionsNotMetError, action

from ..tables import DeviceRow
from .base import Switched

ENOUGH_BATTERY = 15

_BATTERY_IS_LOW = {"ko": "배터리가 부족해서", "ja": "バッテリーが少ないので"}


class RobotVacuumRow(DeviceRow, kw_only=True, eq=False):
    """A robot vacuum; battery in percent."""

    __tablename__ = "home_robot_vacuum"
    __mapper_args__ = {"polymorphic_identity": "ROBOTVACUUM"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    battery: Mapped[int]
    is_charging: Mapped[bool] = mapped_column(default=False)


class RobotVacuum(Switched[RobotVacuumRow], type="ROBOTVACUUM", model_name="Beetle"):
    """A robot vacuum, which leaves its dock only with enough battery."""

    @action("TurnOn")
    def start(self) -> None:
        """Start cleaning."""
        with self.changing() as row:
            if row.battery < ENOUGH_BATTERY:
                raise ConditionsNotMetError(_BATTERY_IS_LOW[row.user.lang])
            row.is_on, row.is_charging = True, False

    @action("Charge")
    def charge(self) -> None:
        """Go back to the dock."""
        with self.changing() as row:
            row.is_on, row.is_charging = False, True

    @action("GetBatteryInfo")
    def battery(self) -> int:
        """Return the charge of the battery."""
        return self.row.battery


class WasherRow(DeviceRow, kw_only=True, eq=False):
    """A washing machine."""

    __tablename__ = "home_washer"
    __mapper_args__ = {"polymorphic_identity": "CLOTHESWASHER"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    phase: Mapped[str]
    remaining_minutes: Mapped[int]


class Washer(Switched[WasherRow], type="CLOTHESWASHER", model_name="Whirl"):
    """A washing machine."""

    @action("GetPhase")
    def phase(self) -> str:
        """Return what it is doing."""
        return self.row.phase

    @action("GetRemainingTime")
    def remaining_time(self) -> timedelta:
        """Return how long it still takes."""
        return timedelta(minutes=self.row.remaining_minutes)
