"""Where an extension keeps user data, by its settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from ..custom.objects import Message
from ..custom.user_data import SpeakerData
from ..home.user_data import ResidentData
from ..injection.handler import Handler
from ..settings import Settings
from ..user_data.keeper import Keeper
from ..user_data.keys import Kind, Scope
from ..user_data.memory import MemoryStore
from ..user_data.stores import UserDataStore
from ..user_data.turn import TurnData


def make_keeper(app: Flask, name: str, settings: Settings, find_account: Callable[[str], Any]) -> Keeper:
    """Make what loads and saves the user data of an extension.

    :param find_account: returns the linked account of an access token, or None.
    :raises ConfigurationError: the URL is not valid, or what it takes is not installed.
    """
    platform = "" if settings.platform is None else settings.platform.name
    return Keeper(
        _open(app, name, settings), Scope(name, platform), settings.user_data_max_size, find_account
    )


def data_of(kind: Kind, keeper: Keeper, find_id: Callable[[Any], Any] | None) -> Callable[[Any], TurnData]:
    """Make what finds the user data of a turn.

    :param find_id: what ``@clova.user_data.key`` makes of a user of Clova Home.
    """
    if kind == "custom":
        return lambda turn: SpeakerData(keeper, turn.message)
    return partial(ResidentData, keeper, find_id=find_id)


def forgetting(keeper: Keeper) -> Handler:
    """Make what deletes the data of a user who has disabled the skill."""

    def forget(message: Message) -> None:
        SpeakerData(keeper, message).delete()

    return Handler("user data", forget, ())


def _open(app: Flask, name: str, settings: Settings) -> UserDataStore:
    if settings.user_data_url is None and settings.user_data_engine is None:
        return MemoryStore()  # in testing, where a test's data is gone with its app
    from ..storage.user_data import open_user_data_store

    store = open_user_data_store(
        settings.user_data_url,
        engine=settings.user_data_engine,
        folder=Path(app.instance_path),
        may_upgrade=lambda: bool(app.debug or app.testing),
    )
    database = getattr(store, "database", None)
    if database is not None:  # for flask clova db upgrade
        app.extensions.setdefault("clova_storage", {}).setdefault(name, []).append(database)
    return store
