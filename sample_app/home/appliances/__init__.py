"""The appliances: one class for each kind of device, in a module with the table of its state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..tables import DeviceRow
from .air_conditioner import AirConditioner
from .air_purifier import AirPurifier
from .base import Device
from .chores import RobotVacuum, Washer
from .lamp import Lamp
from .openings import Curtain, SmartLock
from .plug import Plug
from .television import Television

_CLASSES: tuple[type[Device[Any]], ...] = (
    AirConditioner,
    AirPurifier,
    Curtain,
    Lamp,
    Plug,
    RobotVacuum,
    SmartLock,
    Television,
    Washer,
)

KINDS: Mapping[str, type[Device[Any]]] = {str(kind.type): kind for kind in _CLASSES}
"""The class of each kind of device."""


def make_appliance(row: DeviceRow) -> Device[Any]:
    """Make the appliance of a row."""
    return KINDS[row.kind](row)
