"""Air purifiers: dust in the air, and the speed of the fan."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clova_flask.home import ValueNotFoundError, action

from ..tables import DeviceRow
from .base import Reply, Switched, step, within

SLOWEST, FASTEST = 1, 3

# The dust in µg/m³ up to which each index applies; above the last one it is "verybad".
_DUST = ((30, "good"), (80, "normal"), (150, "bad"))
_ULTRA_FINE_DUST = ((15, "good"), (35, "normal"), (75, "bad"))
_WORST_LAST = ("good", "normal", "bad", "verybad")


class AirPurifierRow(DeviceRow, kw_only=True, eq=False):
    """An air purifier; dust in µg/m³, humidity in percent, None while its sensor sends nothing."""

    __tablename__ = "home_air_purifier"
    __mapper_args__ = {"polymorphic_identity": "AIRPURIFIER"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    mode: Mapped[str | None] = mapped_column(default=None)
    fan_speed: Mapped[int] = mapped_column(default=SLOWEST)
    fine_dust: Mapped[int]
    ultra_fine_dust: Mapped[int]
    humidity: Mapped[int | None] = mapped_column(default=None)


class AirPurifier(Switched[AirPurifierRow], type="AIRPURIFIER", model_name="Forest"):
    """An air purifier with sensors."""

    @action("SetMode", values=["auto", "sleep"])
    def set_mode(self, mode: str) -> Reply:
        """Choose the speed automatically, or run quietly."""
        with self.changing() as row:
            row.mode = mode
            row.is_on = True
        return {"mode": mode}

    @action("ReleaseMode", values=["auto", "sleep"])
    def release_mode(self, mode: str) -> Reply | None:
        """End a mode, if the device is in it."""
        with self.changing() as row:
            if row.mode != mode:
                return None
            row.mode = None
        return {"previous_state": mode}

    @action("SetFanSpeed", minimum=SLOWEST, maximum=FASTEST)
    def set_speed(self, fan_speed: int) -> Reply:
        """Set the speed, which ends a mode."""
        with self.changing() as row:
            row.fan_speed = fan_speed
            row.mode = None
        return {"fan_speed": fan_speed}

    @action("IncrementFanSpeed", "DecrementFanSpeed")
    def step_speed(self, interface: str, delta_fan_speed: int) -> Reply:
        """Turn the fan faster or slower."""
        with self.changing() as row:
            before = row.fan_speed
            row.fan_speed = within(before + step(interface, delta_fan_speed), SLOWEST, FASTEST)
            row.mode = None
            return {"fan_speed": row.fan_speed, "previous_state": {"fan_speed": before}}

    @action("GetFineDust")
    def fine_dust(self) -> Reply:
        """Return the fine dust (KR)."""
        dust = self.row.fine_dust
        return {"fine_dust": {"value": dust, "index": _index(dust, _DUST)}}

    @action("GetUltraFineDust")
    def ultra_fine_dust(self) -> Reply:
        """Return the ultra fine dust (KR)."""
        dust = self.row.ultra_fine_dust
        return {"ultra_fine_dust": {"value": dust, "index": _index(dust, _ULTRA_FINE_DUST)}}

    @action("GetAirQuality")
    def air_quality(self) -> Reply:
        """Return the quality of the air: the worse of the two indexes."""
        indexes = (
            _index(self.row.fine_dust, _DUST),
            _index(self.row.ultra_fine_dust, _ULTRA_FINE_DUST),
        )
        return {"air_quality": {"index": max(indexes, key=_WORST_LAST.index)}}

    @action("GetHumidity")
    def humidity(self) -> int:
        """Return the humidity."""
        if self.row.humidity is None:
            raise ValueNotFoundError
        return self.row.humidity


def _index(dust: int, grades: tuple[tuple[int, str], ...]) -> str:
    return next((name for limit, name in grades if dust <= limit), _WORST_LAST[-1])
