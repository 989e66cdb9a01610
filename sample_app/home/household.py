"""The appliances of a user, and a custom command."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from clova_flask import HandlerGroup
from clova_flask.home import CustomCommand, DeviceFailureError, HomeRequest, TargetOfflineError

from .appliances import make_appliance
from .appliances.base import Device
from .database import database
from .tables import DeviceRow, UserRow

group = HandlerGroup()

_ALL_OFF = {"ko": "다 꺼 줘", "ja": "全部消して"}


@group.home.discover
def discover(user: UserRow) -> list[Device[Any]]:
    return [make_appliance(row) for row in _rows(user)]


@group.home.load
def load(user: UserRow, appliance_id: str, request: HomeRequest) -> Device[Any] | None:
    query = select(DeviceRow).where(DeviceRow.user_id == user.id, DeviceRow.id == appliance_id)
    with database().reading() as session:
        row = session.scalar(query)
    if row is None:
        return None
    # HealthCheck asks whether a device can be reached, so it is answered for one that cannot.
    if request.name != "HealthCheckRequest":
        _require_working(row)
    return make_appliance(row)


@group.home.custom_commands
def custom_commands(user: UserRow) -> list[CustomCommand]:
    switched = [row.id for row in _rows(user) if row.is_on is not None]
    return [CustomCommand(_ALL_OFF[user.lang], [(device, "TurnOff") for device in switched])]


def _rows(user: UserRow) -> list[DeviceRow]:
    query = select(DeviceRow).where(DeviceRow.user_id == user.id).order_by(DeviceRow.id)
    with database().reading() as session:
        return list(session.scalars(query))


def _require_working(row: DeviceRow) -> None:
    if not row.is_online:
        raise TargetOfflineError
    if row.is_faulty:
        raise DeviceFailureError
