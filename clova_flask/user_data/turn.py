"""The user data of one turn."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import ClassVar

from ..errors import AccessTokenError, UserDataUnavailable, failures
from .data import UserData
from .keeper import Copy, Keeper
from .keys import Kind, UserId

logger = logging.getLogger("clova_flask")

_NOBODY = (AccessTokenError, UserDataUnavailable)
"""What tells that there is nobody whose data it could be."""


class TurnData(ABC):
    """What one turn has of its user's data: loaded once, when it is first asked for.

    :cvar kind: of which kind of message it is.
    :param keeper: loads and saves it.
    """

    __slots__ = ("_copy", "_keeper", "_key")

    kind: ClassVar[Kind]

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._key = ""
        self._copy: Copy | None = None

    @abstractmethod
    def user_id(self) -> UserId | None:
        """Return whose data it is; None or empty where the message does not tell."""

    @abstractmethod
    def access_token(self) -> str | None:
        """Return the access token of the message."""

    @property
    def is_of_somebody(self) -> bool:
        """Whether the message tells whose data it is."""
        try:
            return self._copy is not None or bool(self._keeper.scope.key(self.kind, self.user_id()))
        except _NOBODY:
            return False

    def required(self) -> UserData:
        """Return the data.

        :raises UserDataUnavailable: the message tells no user.
        :raises StorageUnavailable: the store is away.
        """
        if self._copy is None:
            self._key = self._keeper.scope.key(self.kind, self.user_id())
            self._copy = self._keeper.load(self._key)
        return self._copy.data

    def optional(self) -> UserData | None:
        """Return the data; None where the message tells no user."""
        try:
            return self.required()
        except _NOBODY:
            return None

    def save(self) -> None:
        """Save what was changed.

        :raises UserDataConflict: another turn changed the same; it is loaded anew when it is next asked for.
        """
        if self._copy is not None:
            copy, self._copy = self._copy, None
            self._keeper.save(self._key, copy, self.access_token())

    def discard(self) -> None:
        """Forget what was changed; it is loaded anew when it is next asked for."""
        self._copy = None

    def delete(self) -> None:
        """Delete the user's data; what fails is logged, since nobody sends the message again."""
        self.discard()
        key = ""
        try:
            key = self._keeper.scope.key(self.kind, self.user_id())
            self._keeper.store.delete(key)
        except UserDataUnavailable:
            return
        except failures():
            logger.exception(
                "The data of a user who has disabled the skill could not be deleted. When the store can be "
                "used again, run: flask clova data delete --key %s",
                key,
            )
