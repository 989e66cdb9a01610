"""A client: a process that updates the data of users, one after another, until it is killed."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from clova_flask.storage.user_data import open_user_data_store
from clova_flask.user_data.stores import UserDataStore

from .log import Entry, Log
from .plain import plain_writes

PADDING = "페퍼로니 피자 라지 하나, 콜라 하나. " * 12
"""What makes a record about a kilobyte, as that of a user's last orders."""


Change = Callable[[dict[str, Any]], dict[str, Any]]


def key_of(run: str, user: int) -> str:
    """Return the key of a user, who is this run's alone."""
    return sha256(f"{run} {user}".encode()).hexdigest()


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


def update(store: UserDataStore, key: str, change: Change) -> None:
    """Change a user's data in one step: read, write if nobody else has, or all of it again."""
    while True:
        record = store.read(key)
        changed = change({} if record is None else json.loads(record.text))
        text = json.dumps(changed, ensure_ascii=False)
        if store.write(key, text, replacing=None if record is None else record.version):
            return


def update_carelessly(store: UserDataStore, key: str, change: Change) -> None:
    """Change a user's data as whoever looks at it only before the write: to see that it is found out."""
    record = store.read(key)
    text = json.dumps(change({} if record is None else json.loads(record.text)), ensure_ascii=False)
    while not store.write(key, text, replacing=None if record is None else record.version):
        record = store.read(key)


def count(
    run: str, url: str, client: str, update: Callable[[UserDataStore, str, Change], None] = update
) -> Callable[[int, int], None]:
    """Return what counts up a user, and notes in the same write who did it last."""
    store = open_store(url)

    def once(user: int, number: int) -> None:
        def add(data: dict[str, Any]) -> dict[str, Any]:
            by = {**data.get("by", {}), client: number}
            return {"count": data.get("count", 0) + 1, "by": by, "order": PADDING}

        update(store, key_of(run, user), add)

    return once


def write_plainly(run: str, url: str, client: str) -> Callable[[int, int], object]:
    """Return what writes as much without looking at what is there."""
    write = plain_writes(url)
    text = json.dumps({"count": 1, "by": {client: 1}, "order": PADDING}, ensure_ascii=False)
    return lambda user, _number: write(key_of(run, user), text)


WAYS: dict[str, Callable[[str, str, str], Callable[[int, int], object]]] = {
    "update": count,
    "careless": partial(count, update=update_carelessly),
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
