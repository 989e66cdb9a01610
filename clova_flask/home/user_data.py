"""Whose user data a Clova Home request is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import UserDataUnavailable
from ..user_data.keeper import Keeper
from ..user_data.keys import UserId
from ..user_data.turn import TurnData
from .turn import HomeTurn


class ResidentData(TurnData):
    """The data of the user whose home it is.

    :param find_id: what ``@clova.user_data.key`` makes of a user; None where nothing is declared.
    """

    __slots__ = ("_find_id", "_turn")

    kind = "home"

    def __init__(
        self, keeper: Keeper, turn: HomeTurn, find_id: Callable[[Any], UserId | None] | None
    ) -> None:
        super().__init__(keeper)
        self._turn = turn
        self._find_id = find_id

    def user_id(self) -> UserId | None:
        """Return the id of the user.

        :raises UserDataUnavailable: nothing tells it.
        """
        if self._find_id is None:
            raise UserDataUnavailable(
                "A message of Clova Home names no user. Decorate a function with @clova.user_data.key that "
                "returns the id of what the user_loader has made."
            )
        return self._find_id(self._turn.required_user)

    def access_token(self) -> str | None:
        """Return the user's access token."""
        return self._turn.access_token
