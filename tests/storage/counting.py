"""Counting up in a store of user data, as whoever changes a record does: read, change, write, and again."""

import contextlib
import json
import sys
from pathlib import Path

from clova_flask.storage.user_data import open_user_data_store


def open_store(url, *, engine=None, may_upgrade=False):
    """Open a store; its table is there, or may be made."""
    return open_user_data_store(url, engine=engine, folder=Path(), may_upgrade=lambda: may_upgrade)


def close_store(store):
    """Close what a store has open."""
    database, server = getattr(store, "database", None), getattr(store, "server", None)
    if database is not None and database._engine is not None:
        database._engine.dispose()
    if server is not None and server._client is not None:
        server._client.connection_pool.disconnect()


@contextlib.contextmanager
def impatient(store, seconds):
    """Have a store wait for an answer no longer than that, within the block."""
    holder, name = (
        (store.database._patience, "seconds") if hasattr(store, "database") else (store.server, "_seconds")
    )
    before = getattr(holder, name)
    setattr(holder, name, seconds)
    yield
    setattr(holder, name, before)


def count(store, key, times):
    """Add one to a record, so many times."""
    for _ in range(times):
        while True:
            record = store.read(key)
            number = 0 if record is None else json.loads(record.text)["셈"]
            version = None if record is None else record.version
            if store.write(key, json.dumps({"셈": number + 1}), replacing=version):
                break


if __name__ == "__main__":
    count(open_store(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
