"""Televisions: channels and volume."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clova_flask.home import action

from ..tables import DeviceRow
from .base import Reply, Switched, step, within

CHANNELS = {1: "ニュース", 2: "スポーツ", 4: "映画", 7: "アニメ"}
LOUDEST = 100

_NUMBERS = {name: number for number, name in CHANNELS.items()}


class TelevisionRow(DeviceRow, kw_only=True, eq=False):
    """A television."""

    __tablename__ = "home_television"
    __mapper_args__ = {"polymorphic_identity": "SMARTTV"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    channel: Mapped[int]
    volume: Mapped[int]
    is_muted: Mapped[bool] = mapped_column(default=False)


class Television(Switched[TelevisionRow], type="SMARTTV", model_name="Panorama"):
    """A television."""

    @action("SetChannel", values=list(CHANNELS))
    def set_channel(self, channel: int) -> Reply:
        """Change to a channel by its number."""
        with self.changing() as row:
            row.channel = channel
        return {"channel": channel}

    @action("SetChannelByName", values=list(_NUMBERS))
    def set_channel_by_name(self, channel_name: str) -> str:
        """Change to a channel by its name."""
        with self.changing() as row:
            row.channel = _NUMBERS[channel_name]
        return channel_name

    @action("IncrementChannel", "DecrementChannel")
    def step_channel(self, interface: str, delta_channel: int) -> Reply:
        """Go some channels up or down; after the last comes the first."""
        numbers = list(CHANNELS)
        with self.changing() as row:
            before = row.channel
            index = numbers.index(before) + step(interface, delta_channel)
            row.channel = numbers[index % len(numbers)]
            return {"channel": row.channel, "previous_state": {"channel": before}}

    @action("IncrementVolume", "DecrementVolume")
    def step_volume(self, interface: str, delta_volume: int) -> Reply:
        """Make it louder or quieter, and switch its sound on."""
        with self.changing() as row:
            before = row.volume
            row.volume = within(before + step(interface, delta_volume), 0, LOUDEST)
            row.is_muted = False
            return {"target_volume": row.volume, "previous_state": {"target_volume": before}}

    @action("Mute", "Unmute")
    def mute(self, interface: str) -> None:
        """Switch the sound off or on."""
        with self.changing() as row:
            row.is_muted = interface == "Mute"
