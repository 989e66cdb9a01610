"""What a store of user data does, whatever it keeps the records in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """The data of one user, as a store has it.

    :ivar text: a JSON object, the user's whole dict.
    :ivar version: another one after each write, and never the same again: not even where the record was
        deleted meanwhile and made anew.
    :ivar changed_at: when it was written, in seconds since 1970.
    :ivar owner: the linked account that it belongs to as well; None where no write has told one.
    """

    text: str
    version: str
    changed_at: int
    owner: str | None


class UserDataStore(Protocol):
    """Keeps records by key. A key, and an owner, is a digest of 64 characters: ids of users are in no store.

    Each method raises :class:`~clova_flask.errors.StorageUnavailable` where the store is away.
    """

    def read(self, key: str) -> Record | None:
        """Return the record of a key; None when there is none."""

    def write(self, key: str, text: str, *, replacing: str | None, owner: str | None = None) -> bool:
        """Write a record, in one step with the comparison of its version.

        :param replacing: the version that the record must still have; None where there must be none.
        :param owner: the linked account that the record belongs to as well; None leaves it as it is.
        :return: whether it was written; False where another write, or a deletion, was faster.
        """

    def delete(self, key: str) -> bool:
        """Delete the record of a key, and return whether there was one."""

    def owned(self, owner: str) -> list[str]:
        """List the keys of an owner's records."""

    def delete_owned(self, owner: str) -> int:
        """Delete every record of an owner, and return how many there were."""

    def check(self) -> None:
        """Check that the store can be used: that it is up, and has what it needs."""
