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
}
"""How many of each kind are kept; a model of 200 intents × 200 expressions takes some 50 MB."""


class Kept:
    """Things by their keys; of each kind the one that was not asked for longest is dropped first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_kind: dict[str, OrderedDict[Hashable, Any]] = {kind: OrderedDict() for kind in MAX_KEPT}

    def holds(self, kind: str, key: Hashable) -> bool:
        """Tell whether something is kept under a key."""
        with self._lock:
            return key in self._by_kind[kind]

    def get(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key; make it where nothing is.

        Two who ask at once may both make it, and only one of both is kept.
        """
        things = self._by_kind[kind]
        with self._lock:
            if key in things:
                things.move_to_end(key)
                found: T = things[key]
                return found
        made = make()
        with self._lock:
            made = things.setdefault(key, made)
            things.move_to_end(key)
            while len(things) > MAX_KEPT[kind]:
                things.popitem(last=False)
        return made


def kept() -> Kept:
    """Return what this console keeps."""
    found: Kept = current_app.extensions["clova_console_kept"]
    return found
