"""The first rows of the database: 보라's home in Korean, 健太's in Japanese."""

from __future__ import annotations

import functools

import click
from flask.cli import with_appcontext
from werkzeug.security import generate_password_hash

from .appliances.air_conditioner import AirConditionerRow
from .appliances.air_purifier import AirPurifierRow
from .appliances.chores import RobotVacuumRow, WasherRow
from .appliances.lamp import LampRow
from .appliances.openings import CurtainRow, SmartLockRow
from .appliances.plug import PlugRow
from .appliances.television import TelevisionRow
from .database import database
from .tables import Base, UserRow

BORA, KENTA = "bora", "kenta"
PASSWORDS = {BORA: "bora-1234", KENTA: "kenta-1234"}
"""Passwords for trying it out: everybody can read them here."""


def seed_rows() -> list[Base]:
    """Make the first rows."""
    return [
        UserRow(id=BORA, name="보라", lang="ko", password_hash=_hash(BORA)),
        UserRow(id=KENTA, name="健太", lang="ja", password_hash=_hash(KENTA)),
        *_home_of_bora(),
        *_home_of_kenta(),
    ]


@functools.cache  # it takes its time, on purpose
def _hash(user_id: str) -> str:
    return generate_password_hash(PASSWORDS[user_id])


def _home_of_bora() -> list[Base]:
    return [
        LampRow(
            id="lamp-1", user_id=BORA, name="거실 조명", location="LIVING_ROOM", is_on=False, brightness=60
        ),
        LampRow(
            id="lamp-2",
            user_id=BORA,
            name="서재 조명",
            location="LIBRARY",
            is_on=True,
            is_online=False,
            brightness=30,
        ),
        AirConditionerRow(
            id="aircon-1",
            user_id=BORA,
            name="거실 에어컨",
            location="LIVING_ROOM",
            is_on=False,
            mode="cool",
            target_temperature=24,
            current_temperature=27.5,
        ),
        AirPurifierRow(
            id="purifier-1",
            user_id=BORA,
            name="안방 공기청정기",
            location="MAIN_ROOM",
            is_on=True,
            mode="auto",
            fine_dust=45,
            ultra_fine_dust=38,
            humidity=41,
        ),
        CurtainRow(id="curtain-1", user_id=BORA, name="거실 커튼", location="LIVING_ROOM", is_open=False),
        PlugRow(
            id="plug-1", user_id=BORA, name="전기장판 플러그", location="MAIN_ROOM", is_on=True, watts=120
        ),
    ]


def _home_of_kenta() -> list[Base]:
    return [
        LampRow(
            id="lamp-3",
            user_id=KENTA,
            name="リビングの照明",
            location="LIVING_ROOM",
            is_on=True,
            brightness=80,
            hue=200,
            saturation=60,
        ),
        CurtainRow(id="curtain-2", user_id=KENTA, name="寝室のカーテン", location="BED_ROOM", is_open=True),
        RobotVacuumRow(
            id="vacuum-1",
            user_id=KENTA,
            name="お掃除ロボット",
            location="HALLWAY",
            is_on=False,
            battery=80,
            is_charging=True,
        ),
        TelevisionRow(
            id="tv-1", user_id=KENTA, name="テレビ", location="LIVING_ROOM", is_on=True, channel=2, volume=25
        ),
        SmartLockRow(id="lock-1", user_id=KENTA, name="玄関の鍵", location="ENTRANCE", is_locked=True),
        WasherRow(
            id="washer-1",
            user_id=KENTA,
            name="洗濯機",
            location="BATH_ROOM",
            is_on=True,
            is_faulty=True,
            phase="rinsing",
            remaining_minutes=18,
        ),
    ]


@click.command("seed-home")
@with_appcontext
def seed_home() -> None:
    """Make the tables of the smart home, and add the users and devices that are missing."""
    added = database().fill()
    click.echo(f"{added} rows added to {database().engine.url.render_as_string()}.")
