"""Parameters that are annotated with ``UserData``."""

from __future__ import annotations

from typing import Any

from ..errors import UserDataUnavailable
from ..user_data.data import UserData
from .annotations import allows_none, members
from .handler import Handler
from .parameters import MISSING, Parameter, Resolver


def data_of(turn: Any) -> Any:
    """Return what a turn has of its user's data; it is made when it is first asked for.

    :raises UserDataUnavailable: there is no store.
    """
    if turn.data is None:
        if turn.data_of is None:
            raise UserDataUnavailable(
                "There is no store of user data. Set CLOVA_USER_DATA_URL, for instance to "
                "sqlite:///clova_data.db."
            )
        turn.data = turn.data_of(turn)
    return turn.data


def required_data(turn: Any) -> UserData:
    """Return the data of a turn's user.

    :raises UserDataUnavailable: there is none.
    """
    data: UserData = data_of(turn).required()
    return data


def optional_data(turn: Any) -> UserData | None:
    """Return the data of a turn's user, or None."""
    data: UserData | None = data_of(turn).optional()
    return data


def fill_user_data(parameter: Parameter) -> Resolver | None:
    """Fill a parameter that is annotated with ``UserData``; None for any other."""
    if parameter.annotation is MISSING or UserData not in members(parameter.annotation):
        return None
    is_optional = parameter.default is None or allows_none(parameter.annotation)
    return optional_data if is_optional else required_data


def is_of_user_data(resolve: Resolver) -> bool:
    """Whether it is what fills such a parameter."""
    return resolve is required_data or resolve is optional_data


def takes_user_data(handler: Handler) -> bool:
    """Whether a handler has such a parameter."""
    return any(is_of_user_data(resolve) for _, resolve in handler.resolvers)
