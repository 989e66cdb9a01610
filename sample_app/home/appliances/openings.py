"""Devices that open and close: curtains and locks."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clova_flask.home import action

from ..tables import DeviceRow
from .base import Device


class CurtainRow(DeviceRow, kw_only=True, eq=False):
    """A curtain."""

    __tablename__ = "home_curtain"
    __mapper_args__ = {"polymorphic_identity": "SMARTCURTAIN"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    is_open: Mapped[bool]

    @property
    def condition(self) -> str:
        """Whether the curtain is open."""
        return "opened" if self.is_open else "closed"


class Curtain(Device[CurtainRow], type="SMARTCURTAIN", model_name="Drape"):
    """A curtain."""

    @action("Open", "Close")
    def move(self, interface: str) -> None:
        """Open or close it."""
        with self.changing() as row:
            row.is_open = interface == "Open"

    @action("GetOpenState")
    def open_state(self) -> str:
        """Return whether it is open (JP)."""
        return "OPENED" if self.row.is_open else "CLOSED"


class SmartLockRow(DeviceRow, kw_only=True, eq=False):
    """A lock."""

    __tablename__ = "home_smart_lock"
    __mapper_args__ = {"polymorphic_identity": "SMARTLOCK"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    is_locked: Mapped[bool]

    @property
    def condition(self) -> str:
        """Whether the lock is locked."""
        return "locked" if self.is_locked else "unlocked"


class SmartLock(Device[SmartLockRow], type="SMARTLOCK", model_name="Bolt"):
    """A lock; on LINE's platform the user has to confirm each change."""

    def __init__(self, row: SmartLockRow) -> None:
        super().__init__(row, confirm=["SetLockState"])

    @action("SetLockState")
    def set_lock(self, lock_state: Literal["LOCKED", "UNLOCKED"]) -> str:
        """Lock or unlock it."""
        with self.changing() as row:
            row.is_locked = lock_state == "LOCKED"
        return lock_state

    @action("GetLockState")
    def lock_state(self) -> str:
        """Return whether it is locked."""
        return "LOCKED" if self.row.is_locked else "UNLOCKED"
