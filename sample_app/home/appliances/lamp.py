"""Lamps: brightness, colour, and modes for reading and resting."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clova_flask.home import Color, action

from ..tables import DeviceRow
from .base import Reply, Switched, step, within

FULL = 100
FULL_CIRCLE = 360


class LampRow(DeviceRow, kw_only=True, eq=False):
    """A lamp; hue in degrees, the rest in percent."""

    __tablename__ = "home_lamp"
    __mapper_args__ = {"polymorphic_identity": "LIGHT"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    brightness: Mapped[int]
    hue: Mapped[float] = mapped_column(default=40)
    saturation: Mapped[float] = mapped_column(default=30)
    mode: Mapped[str | None] = mapped_column(default=None)

    @property
    def color(self) -> str:
        """The hue and saturation, as the page shows them."""
        return f"{self.hue:g}° {self.saturation:g}%"


class Lamp(Switched[LampRow], type="LIGHT", model_name="Lamp 1"):
    """A lamp of any colour."""

    @action("SetBrightness", minimum=0, maximum=FULL)
    def set_brightness(self, brightness: int) -> Reply:
        """Set the brightness; 0 is dark, and off."""
        with self.changing() as row:
            row.brightness = brightness
            row.is_on = brightness > 0
        return {"brightness": brightness}

    @action("IncrementBrightness", "DecrementBrightness", minimum=1, maximum=FULL)
    def step_brightness(self, interface: str, delta_brightness: int) -> Reply:
        """Make it brighter or darker than it is."""
        with self.changing() as row:
            before = row.brightness
            row.brightness = within(before + step(interface, delta_brightness), 0, FULL)
            return {"brightness": row.brightness, "previous_state": {"brightness": before}}

    @action("SetColor")
    def set_color(self, color: Color) -> Reply:
        """Set the colour, which ends a mode."""
        with self.changing() as row:
            row.hue = within(color.hue, 0, FULL_CIRCLE)
            row.saturation = within(color.saturation, 0, FULL)
            if color.brightness is not None:
                row.brightness = round(within(color.brightness, 0, FULL))
            row.mode = None
        return {"color": color}

    @action("SetMode", values=["reading", "rest", "sleep"])
    def set_mode(self, mode: str) -> Reply:
        """Set the light for reading or for rest."""
        with self.changing() as row:
            row.mode = mode
            row.is_on = True
        return {"mode": mode}
