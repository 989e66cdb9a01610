"""Scenes: several devices at once (JP)."""

from __future__ import annotations

from sqlalchemy import select

from clova_flask import HandlerGroup
from clova_flask.home import NoSuchTargetError, Scene

from .appliances.openings import CurtainRow, SmartLockRow
from .database import database
from .tables import DeviceRow, UserRow

group = HandlerGroup()

AWAY = "away"

_NAMES = {"ko": "외출", "ja": "おでかけ"}


@group.home.scenes
def scenes(user: UserRow) -> list[Scene]:
    return [Scene(AWAY, _NAMES[user.lang], needs_confirmation=True)]


@group.home.scene_action
def act(user: UserRow, scene_id: str) -> None:
    if scene_id != AWAY:
        raise NoSuchTargetError(scene_id)
    working = select(DeviceRow).where(
        DeviceRow.user_id == user.id, DeviceRow.is_online.is_(True), DeviceRow.is_faulty.is_(False)
    )
    with database().changing(user.id) as session:
        for row in session.scalars(working):
            _leave(row)


def _leave(row: DeviceRow) -> None:
    """Turn a device off, close a curtain, lock a lock."""
    if row.is_on is not None:
        row.is_on = False
    match row:
        case CurtainRow():
            row.is_open = False
        case SmartLockRow():
            row.is_locked = True
