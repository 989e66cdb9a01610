"""The user data of one extension in one app: loaded, saved, updated, deleted."""

from __future__ import annotations

import inspect
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

from ..errors import AccessTokenError, StorageUnavailable, UserDataConflict
from .data import UserData
from .keys import KINDS, Kind, Scope, UserId
from .merging import EMPTY, changes, merge, read, require_size, write
from .stores import Record, UserDataStore

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds that a change is tried again while others are faster; the platforms wait for 8."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05


class Copy:
    """A user's data as it was loaded, for one turn.

    :ivar data: the dict that is changed.
    :ivar record: what it was read from; None where there was nothing.
    """

    __slots__ = ("data", "record")

    def __init__(self, record: Record | None) -> None:
        self.record = record
        self.data = read(self.base)

    @property
    def base(self) -> str:
        """The text that it was read from."""
        return EMPTY if self.record is None else self.record.text


class Keeper:
    """Loads and saves user data.

    :param store: where the records are.
    :param scope: whose they are.
    :param max_size: the longest record, in bytes.
    :param find_account: returns the linked account of an access token, or None; None without linking.
    """

    def __init__(
        self,
        store: UserDataStore,
        scope: Scope,
        max_size: int,
        find_account: Callable[[str], UserId | None] | None = None,
    ) -> None:
        self.store = store
        self.scope = scope
        self._max_size = max_size
        self._find_account = find_account

    def load(self, key: str) -> Copy:
        """Load the data under a key.

        :raises StorageUnavailable: the store is away.
        """
        return Copy(self.store.read(key))

    def save(self, key: str, copy: Copy, access_token: str | None = None) -> None:
        """Save what was changed, if anything was, and whose account it belongs to, if that is new.

        What another turn has saved meanwhile stays: the changes are brought into it by top-level key.

        :param access_token: of the account that the data belongs to as well.
        :raises UserDataConflict: both changed the same key, or the data was deleted; nothing is saved.
        :raises UserDataInvalid: the data has what cannot be kept; nothing is saved.
        :raises StorageUnavailable: the store is away.
        """
        base = copy.base
        text = write(copy.data)
        changed = {} if text == base else changes(base, copy.data)
        if not changed:
            self._attach(key, copy.record, access_token)
            return
        owner = self._owner(access_token)
        if self._write(key, text, copy.record, owner):
            return
        for _ in _tries():
            record = self.store.read(key)
            merged = merge(base, None if record is None else record.text, changed)
            if self._write(key, write(merged), record, owner):
                return
        raise UserDataConflict

    def update(self, key: str, function: Callable[[UserData], T]) -> T:
        """Change the data under a key in one step; the function may be called again.

        :return: what the function returned when its change was saved.
        :raises UserDataConflict: others were faster for :data:`PATIENCE` seconds.
        """
        for _ in _tries():
            copy = self.load(key)
            result = function(copy.data)
            if inspect.iscoroutine(result):
                result.close()
                raise TypeError("The function of user_data.update must not be async.")
            text = write(copy.data)
            if text == copy.base or self._write(key, text, copy.record, None):
                return result
        raise UserDataConflict

    def delete(self, user_id: UserId, kinds: tuple[Kind, ...] = KINDS) -> bool:
        """Delete what is kept under an id, and return whether there was anything."""
        deleted = [self.store.delete(self.scope.key(kind, user_id)) for kind in kinds]
        return any(deleted)

    def delete_account(self, account: UserId) -> int:
        """Delete all that belongs to a linked account, and return how many records there were."""
        return self.store.delete_owned(self.scope.owner(account))

    def _write(self, key: str, text: str, record: Record | None, owner: str | None) -> bool:
        # Only what is written: a record from before the limit was lowered can still be read.
        require_size(text, self._max_size)
        replacing = None if record is None else record.version
        return self.store.write(key, text, replacing=replacing, owner=owner)

    def _attach(self, key: str, record: Record | None, access_token: str | None) -> None:
        """Note which account data belongs to that a turn has only read: it may be linked since it was saved.

        No turn fails for this: the next one tries again.
        """
        with suppress(StorageUnavailable):
            owner = None if record is None else self._owner(access_token)
            for _ in _tries():
                if record is None or owner in (None, record.owner):
                    return
                if self.store.write(key, record.text, replacing=record.version, owner=owner):
                    return
                record = self.store.read(key)

    def _owner(self, access_token: str | None) -> str | None:
        if self._find_account is None or not access_token:
            return None
        try:
            account = self._find_account(access_token)
        except AccessTokenError:
            return None  # the account of a token that is not valid any more is not known
        return None if account is None else self.scope.owner(account)


def _tries() -> Iterator[None]:
    """Yield until there is no more time, with a pause before each try but the first.

    The pauses are random, so that those who met do not meet again, and grow.
    """
    end = time.monotonic() + PATIENCE
    longest = _FIRST_PAUSE
    yield
    while time.monotonic() < end:
        time.sleep(random.uniform(0, longest))  # noqa: S311 - it is no secret
        longest = min(2 * longest, _LONGEST_PAUSE)
        yield
