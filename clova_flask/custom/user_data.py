"""Whose user data a custom message is about."""

from __future__ import annotations

from ..user_data.keeper import Keeper
from ..user_data.turn import TurnData
from .objects import Message


class SpeakerData(TurnData):
    """The data of who speaks."""

    __slots__ = ("_message",)

    kind = "custom"

    def __init__(self, keeper: Keeper, message: Message) -> None:
        super().__init__(keeper)
        self._message = message

    def user_id(self) -> str:
        """Return the platform's id of the speaker."""
        return self._message.user.id

    def access_token(self) -> str | None:
        """Return the speaker's access token."""
        return self._message.user.access_token
