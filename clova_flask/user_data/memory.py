"""User data in the memory of one process, for tests: it is gone with the process."""

from __future__ import annotations

import threading
import time
from secrets import token_hex

from .stores import Record


class MemoryStore:
    """A :class:`~.stores.UserDataStore` without a database."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._owners: dict[str, str] = {}
        self._lock = threading.Lock()

    def read(self, key: str) -> Record | None:
        """Return the record of a key; None when there is none."""
        return self._records.get(key)

    def write(self, key: str, text: str, *, replacing: str | None, owner: str | None = None) -> bool:
        """Write a record where its version is still the one that is replaced."""
        with self._lock:
            record = self._records.get(key)
            if (None if record is None else record.version) != replacing:
                return False
            if owner is not None:
                self._owners[key] = owner
            self._records[key] = Record(text, token_hex(8), int(time.time()), self._owners.get(key))
            return True

    def delete(self, key: str) -> bool:
        """Delete the record of a key, and return whether there was one."""
        with self._lock:
            self._owners.pop(key, None)
            return self._records.pop(key, None) is not None

    def owned(self, owner: str) -> list[str]:
        """List the keys of an owner's records."""
        return [key for key, one in list(self._owners.items()) if one == owner]

    def delete_owned(self, owner: str) -> int:
        """Delete every record of an owner, and return how many there were."""
        return sum(self.delete(key) for key in self.owned(owner))

    def check(self) -> None:
        """Do nothing: it is there."""
