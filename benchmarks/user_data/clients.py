"""The clients of a run: started, killed, replaced; and what they left in the store."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from .client import close_store, key_of, open_store
from .log import Told, confirmed, read_all

ROOT = Path(__file__).parents[2]
_LOOK_INTERVAL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the clients do together.

    :ivar url: the store's.
    :ivar way: one of :data:`~.client.WAYS`.
    :ivar kills: how many clients are killed on the way, evenly; each is replaced by another one.
    """

    url: str
    way: str = "update"
    updates: int
    users: int
    clients: int
    kills: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it.

    :ivar lost: users whose counter is less than what was confirmed.
    :ivar doubled: users whose counter is more than what was written.
    :ivar unconfirmed: updates that were written, whose client was killed before it was told.
    :ivar failed: what clients that were not killed said when they ended with an error.
    """

    told: Told
    elapsed: float
    lost: list[int]
    doubled: list[int]
    unconfirmed: int
    killed: int
    failed: list[str]


class _Client:
    """A process, with its log."""

    def __init__(self, load: Load, run: str, log: Path, updates: int) -> None:
        self.log = log
        self._updates = updates
        arguments = [run, load.url, load.way, str(log), str(load.users), str(updates)]
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "benchmarks.user_data.client", *arguments],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )

    def runs(self) -> bool:
        return self._process.poll() is None

    def left(self) -> int:
        return self._updates - confirmed(self.log)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()

    def failure(self) -> str:
        """Return what it said when it ended with an error; empty when it did not."""
        _out, said = self._process.communicate()
        return said.strip().rpartition("\n")[2] if self._process.returncode else ""


def run(load: Load, folder: Path) -> Outcome:
    """Run a load, and compare what is in the store with what was confirmed."""
    name = uuid4().hex
    started: list[_Client] = []

    def start(updates: int) -> None:
        started.append(_Client(load, name, folder / f"{name[:8]}-{len(started)}", updates))

    share, rest = divmod(load.updates, load.clients)
    for index in range(load.clients):
        start(share + (index < rest))
    killed: list[_Client] = []
    while not any(confirmed(client.log) for client in started) and any(client.runs() for client in started):
        time.sleep(_LOOK_INTERVAL)  # until the first has started
    began = time.perf_counter()
    while any(client.runs() for client in started):
        time.sleep(_LOOK_INTERVAL)
        running = [client for client in started if client.runs() and confirmed(client.log)]
        done = sum(confirmed(client.log) for client in started)
        if running and len(killed) < load.kills * done // load.updates + 1 <= load.kills:
            client = random.choice(running)
            client.kill()
            killed.append(client)
            start(client.left())
    elapsed = time.perf_counter() - began
    failed = [client.failure() for client in started if client not in killed]
    told = read_all([client.log for client in started])
    lost, doubled, unconfirmed = _compare(load, name, told) if load.way != "plain" else ([], [], 0)
    return Outcome(
        told=told,
        elapsed=elapsed,
        lost=lost,
        doubled=doubled,
        unconfirmed=unconfirmed,
        killed=len(killed),
        failed=[text for text in failed if text],
    )


def _compare(load: Load, name: str, told: Told) -> tuple[list[int], list[int], int]:
    """Compare counters with what was confirmed, and with what was written and not confirmed."""
    store = open_store(load.url)
    lost, doubled, unconfirmed = [], [], 0
    for user in range(load.users):
        record = store.read(key_of(name, user))
        data = {} if record is None else json.loads(record.text)
        by, count = data.get("by", {}), data.get("count", 0)
        # A client notes its number in each write: one that was killed has written its last one, or not.
        flying = [
            client
            for client, entry in told.in_flight.items()
            if entry.user == user and by.get(client) == entry.number
        ]
        expected = told.confirmed[user] + len(flying)
        unconfirmed += len(flying)
        if count < expected:
            lost.append(user)
        if count > expected:
            doubled.append(user)
        store.delete(key_of(name, user))
    close_store(store)
    return lost, doubled, unconfirmed
