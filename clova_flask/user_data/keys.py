"""Under which keys data is kept: digests, so that no store has the ids of users."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

from ..errors import UserDataUnavailable, type_name

Kind = Literal["custom", "home"]
"""Of which kind of message a user is; each has ids of its own."""

KINDS: tuple[Kind, ...] = get_args(Kind)

UserId = str | int | UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose data it is.

    :ivar extension: the extension's name.
    :ivar platform: ``naver``, ``line``, or empty; each has users of its own.
    """

    extension: str
    platform: str

    def key(self, kind: Kind, user_id: UserId | None) -> str:
        """Return the key of a user's data.

        :raises UserDataUnavailable: the id is empty.
        :raises TypeError: it is not an id.
        """
        return _digest("data", self.extension, self.platform, kind, written(user_id))

    def owner(self, account: UserId) -> str:
        """Return what the records of a linked account are found by, of whichever kind."""
        return _digest("account", self.extension, written(account))


def written(user_id: object) -> str:
    """Write an id as text: 7 is the same as ``"7"``.

    :raises UserDataUnavailable: it is empty.
    :raises TypeError: it is not an id; the text of another object would be that of no user.
    """
    if user_id is None or user_id == "":
        raise UserDataUnavailable("There is no id of a user that data could be kept for.")
    if isinstance(user_id, bool) or not isinstance(user_id, (str, int, UUID)):
        raise TypeError(f"The id of a user must be a str, an int or a UUID, not {type_name(user_id)}.")
    return str(user_id)


def require_kind(kind: str) -> Kind:
    """Return a kind of message.

    :raises ValueError: it is not one.
    """
    for known in KINDS:
        if kind == known:
            return known
    raise ValueError(f"kind must be 'custom' or 'home', not {kind!r}.")


def _digest(*parts: str) -> str:
    # As a list, whose parts cannot run into one another; escaped, since an id may have a lone surrogate.
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
