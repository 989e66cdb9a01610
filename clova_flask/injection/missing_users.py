"""Which functions are passed over where a message tells no user."""

from __future__ import annotations

from typing import Any

from .handler import REQUIRED_USER, Handler
from .user_data import data_of, required_data


def needs_missing_user(handler: Handler, turn: Any) -> bool:
    """Whether a function that runs on an answer or an error takes a user, or user data, where there is none.

    It is then passed over: the answer is mostly that there is no user.
    """
    for _, resolve in handler.resolvers:
        if resolve is REQUIRED_USER and turn.user is None:
            return True
        if resolve is required_data and turn.data_of is not None and not data_of(turn).is_of_somebody:
            return True
    return False
