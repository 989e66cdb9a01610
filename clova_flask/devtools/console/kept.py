"""What is costly to make, kept in memory: models that were read, and what understands by them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import current_app

T = TypeVar("T")

MAX_KEPT = {
    "models": 8,
    "understanders": 4,
    "outcomes": 4,
    "digests": 5000,
    "claims": 1000,
    "slot types": 50,
    "failures": 50,
}
"""How many of each kind are kept; a model of 200 intents × 200 expressions takes some 50 MB."""


class Kept:
    """Things by their keys; of each kind the one that was not asked for longest is dropped first.

    A key is another one as soon as the thing would be: nothing that is kept gets old, but failures, which
    are kept with their end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_kind: dict[str, OrderedDict[Hashable, Any]] = {kind: OrderedDict() for kind in MAX_KEPT}
        self._being_made: dict[tuple[str, Hashable], threading.Event] = {}

    def holds(self, kind: str, key: Hashable) -> bool:
        """Tell whether something is kept under a key."""
        with self._lock:
            return key in self._by_kind[kind]

    def peek(self, kind: str, key: Hashable) -> Any:
        """Return what is kept under a key; None where nothing is. Whoever looks at it uses it."""
        things = self._by_kind[kind]
        with self._lock:
            if key in things:
                things.move_to_end(key)
            return things.get(key)

    def put(self, kind: str, key: Hashable, thing: Any) -> None:
        """Keep something under a key."""
        things = self._by_kind[kind]
        with self._lock:
            things[key] = thing
            things.move_to_end(key)
            while len(things) > MAX_KEPT[kind]:
                things.popitem(last=False)

    def get(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key; make it where nothing is.

        Of two who ask at once one makes it, and the other waits for that.
        """
        things = self._by_kind[kind]
        while True:
            with self._lock:
                if key in things:
                    things.move_to_end(key)
                    found: T = things[key]
                    return found
                other = self._being_made.get((kind, key))
                if other is None:
                    done = self._being_made[kind, key] = threading.Event()
                    break
            other.wait()
        try:
            made = make()
            self.put(kind, key, made)
        finally:
            with self._lock:
                del self._being_made[kind, key]
            done.set()
        return made


def kept() -> Kept:
    """Return what this console keeps."""
    found: Kept = current_app.extensions["clova_console_kept"]
    return found
