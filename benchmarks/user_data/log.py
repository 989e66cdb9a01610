"""What a client did, written down before and after each update: a kill loses nothing that the system has."""

from __future__ import annotations

import os
import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_ENTRY = struct.Struct(">?HId")


class Entry(NamedTuple):
    """An update that is confirmed, or about to be made."""

    is_confirmed: bool
    user: int
    number: int
    seconds: float


class Log:
    """The log of one client, in a file: one system call an entry, whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, entry: Entry) -> None:
        """Write an entry, which the system has when this returns."""
        os.write(self._file, _ENTRY.pack(*entry))


def entries(path: Path) -> Iterator[Entry]:
    """Read what a client wrote; nothing where it was killed before it began."""
    if path.exists():
        yield from (Entry(*values) for values in _ENTRY.iter_unpack(path.read_bytes()))


def confirmed(path: Path) -> int:
    """Count a client's confirmed updates: every other entry."""
    return path.stat().st_size // _ENTRY.size // 2 if path.exists() else 0


class Told(NamedTuple):
    """What all clients wrote.

    :ivar confirmed: how many updates of each user.
    :ivar in_flight: by client, the update that it was killed in.
    :ivar seconds: of each update.
    """

    confirmed: Counter[int]
    in_flight: dict[str, Entry]
    seconds: list[float]


def read_all(paths: list[Path]) -> Told:
    """Read the logs of all clients."""
    told = Told(Counter(), {}, [])
    for path in paths:
        last = None
        for last in entries(path):
            if last.is_confirmed:
                told.confirmed[last.user] += 1
                told.seconds.append(last.seconds)
        if last is not None and not last.is_confirmed:
            told.in_flight[path.name] = last
    return told
