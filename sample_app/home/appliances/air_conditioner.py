"""Air conditioners: modes, and a temperature within limits."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clova_flask.home import NotSupportedInCurrentModeError, action

from ..tables import DeviceRow
from .base import Reply, Switched, step, within

COLDEST, WARMEST = 18.0, 30.0


class AirConditionerRow(DeviceRow, kw_only=True, eq=False):
    """An air conditioner; temperatures in degrees Celsius."""

    __tablename__ = "home_air_conditioner"
    __mapper_args__ = {"polymorphic_identity": "AIRCONDITIONER"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    mode: Mapped[str]
    target_temperature: Mapped[float]
    current_temperature: Mapped[float]


class AirConditioner(Switched[AirConditionerRow], type="AIRCONDITIONER", model_name="Breeze 2"):
    """An air conditioner."""

    @action("TurnOn")
    def turn_on(self) -> Reply:
        """Turn it on, and return its mode and target temperature."""
        with self.changing() as row:
            row.is_on = True
            return {"mode": row.mode, "target_temperature": row.target_temperature}

    @action("SetMode", values=["auto", "cool", "dehumidify", "heat", "sleep"])
    def set_mode(self, mode: str) -> Reply:
        """Set the mode, which turns it on."""
        with self.changing() as row:
            row.mode = mode
            row.is_on = True
        return {"mode": mode}

    @action("SetTargetTemperature", minimum=COLDEST, maximum=WARMEST)
    def set_temperature(self, target_temperature: float) -> Reply:
        """Set the target temperature."""
        with self.changing() as row:
            _require_temperature(row)
            row.target_temperature = target_temperature
        return {"target_temperature": target_temperature}

    @action("IncrementTargetTemperature", "DecrementTargetTemperature")
    def step_temperature(self, interface: str, delta_temperature: float) -> Reply:
        """Make it warmer or colder."""
        with self.changing() as row:
            _require_temperature(row)
            before = row.target_temperature
            row.target_temperature = within(before + step(interface, delta_temperature), COLDEST, WARMEST)
            return {
                "target_temperature": row.target_temperature,
                "previous_state": {"target_temperature": before},
            }

    @action("GetTargetTemperature")
    def target(self) -> float:
        """Return the target temperature."""
        return self.row.target_temperature

    @action("GetCurrentTemperature")
    def current(self) -> float:
        """Return the temperature of the room."""
        return self.row.current_temperature


def _require_temperature(row: AirConditionerRow) -> None:
    """Refuse to change the temperature while the device only dehumidifies."""
    if row.mode == "dehumidify":
        raise NotSupportedInCurrentModeError
