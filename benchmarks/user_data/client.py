"""A client: a process that updates the data of users, one after another, until it is killed."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask

from clova_flask import Clova, UserData, UserDataConflict
from clova_flask.storage.user_data import open_user_data_store
from clova_flask.testing import CekClient
from clova_flask.user_data.keeper import Keeper
from clova_flask.user_data.keys import Scope
from clova_flask.user_data.stores import UserDataStore

from .log import Entry, Log
from .plain import plain_writes

PADDING = "페퍼로니 피자 라지 하나, 콜라 하나. " * 12
"""What makes a record about a kilobyte, as that of a user's last orders."""


CONFLICT = "다시 말씀해 주세요."

SCOPE = Scope("clova", "naver")

Once = Callable[[int, int], object]
"""Changes the data of a user; the number is that of the change."""


def user_id_of(run: str, user: int) -> str:
    """Return the id of a user, who is this run's alone."""
    return f"{run} {user}"


def key_of(run: str, user: int) -> str:
    """Return the key of a user's data."""
    return SCOPE.key("custom", user_id_of(run, user))


def open_store(url: str) -> UserDataStore:
    """Open the store of a URL."""
    return open_user_data_store(url, folder=Path(), may_upgrade=lambda: False)


def close_store(store: Any) -> None:
    """Close what a store has open."""
    if hasattr(store, "database"):
        store.database.engine.dispose()
    else:
        with store.server.use() as client:
            client.close()


def add(data: dict[str, Any], client: str, number: int) -> None:
    """Count up, and note who did it last."""
    data["count"] = data.get("count", 0) + 1
    data["by"] = {**data.get("by", {}), client: number}
    data["order"] = PADDING


def update(run: str, url: str, client: str) -> Once:
    """Return what counts up a user as ``clova.user_data.update`` does."""
    keeper = Keeper(open_store(url), SCOPE, 65_536)
    return lambda user, number: keeper.update(key_of(run, user), lambda data: add(data, client, number))


def update_carelessly(run: str, url: str, client: str) -> Once:
    """Return what counts up as whoever looks only before the write: to see that it is found out."""
    store = open_store(url)

    def once(user: int, number: int) -> None:
        key = key_of(run, user)
        record = store.read(key)
        data = {} if record is None else json.loads(record.text)
        add(data, client, number)
        text = json.dumps(data, ensure_ascii=False)
        while not store.write(key, text, replacing=None if record is None else record.version):
            record = store.read(key)

    return once


def speak(run: str, url: str, client: str) -> Once:
    """Return what has a user say something, in signed messages, until no other turn has changed the same."""
    app = Flask("counting")
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.counting")
    clova = Clova(app, user_data_url=url)

    @clova.intent("Count")
    def count(data: UserData, number: int) -> str:
        add(data, client, number)
        return "세었어요."

    @clova.errorhandler(UserDataConflict)
    def conflict(error: UserDataConflict) -> str:
        return CONFLICT

    cek = CekClient(app, user_id=f"{run} {client}")
    template = json.dumps(cek.intent("Count", number=0).request)

    def once(user: int, number: int) -> int:
        said = json.loads(template)
        said["session"]["user"]["userId"] = user_id_of(run, user)
        said["request"]["intent"]["slots"]["number"]["value"] = str(number)
        tries = 1
        while cek.send(said).speech == CONFLICT:
            tries += 1
        return tries

    return once


def write_plainly(run: str, url: str, client: str) -> Once:
    """Return what writes as much without looking at what is there."""
    write = plain_writes(url)
    text = json.dumps({"count": 1, "by": {client: 1}, "order": PADDING}, ensure_ascii=False)
    return lambda user, _number: write(key_of(run, user), text)


WAYS: dict[str, Callable[[str, str, str], Once]] = {
    "update": update,
    "turns": speak,
    "careless": update_carelessly,
    "plain": write_plainly,
}


def main(run: str, url: str, way: str, path: Path, users: int, updates: int) -> None:
    """Update users at random, and log each update before and after."""
    once, log, chosen = WAYS[way](run, url, path.name), Log(path), random.Random(path.name)
    for number in range(updates):
        user = chosen.randrange(users)
        log.write(Entry(False, user, number, 0))
        began = perf_counter()
        once(user, number)
        log.write(Entry(True, user, number, perf_counter() - began))


if __name__ == "__main__":
    _run, _url, _way, _log, _users, _updates = sys.argv[1:]
    main(_run, _url, _way, Path(_log), int(_users), int(_updates))
