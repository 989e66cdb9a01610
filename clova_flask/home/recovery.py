"""What answers an exception while a Clova Home request is handled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.exceptions import HTTPException

from ..errors import AccessTokenError, AccountLinkingRequired, HandlerTimeout
from ..injection.recovery import Recovery, status_of
from .errors import (
    ActionFailedError,
    ActionTemporarilyBlockedError,
    DriverInternalError,
    HomeError,
    InvalidAccessTokenError,
    NoSuchTargetError,
)
from .hooks import is_home_answer
from .turn import HomeTurn

_BY_STATUS: Mapping[int, type[HomeError]] = {
    401: InvalidAccessTokenError,
    404: NoSuchTargetError,
    429: ActionTemporarilyBlockedError,
}
"""The error message for an HTTPException; any other is an ``ActionFailedError``."""


def as_home_error(error: Exception) -> HomeError | None:
    """Return the error message that answers an exception; None when it is a failure."""
    if isinstance(error, HomeError):
        return error
    if isinstance(error, (AccessTokenError, AccountLinkingRequired)):
        return InvalidAccessTokenError(str(error))
    if isinstance(error, HandlerTimeout):
        # Whether the device has done it nobody knows, so it is neither offline nor broken.
        return DriverInternalError(str(error))
    if isinstance(error, HTTPException):
        return _BY_STATUS.get(status_of(error), ActionFailedError)(str(error))
    return None


class HomeRecovery(Recovery):
    """Answers the exceptions of Clova Home requests."""

    as_answer = staticmethod(as_home_error)

    def _is_answer(self, result: Any) -> bool:
        return is_home_answer(result)

    def _expected(self, turn: HomeTurn, error: Exception) -> tuple[Any] | None:
        answer = as_home_error(error)
        return None if answer is None else (answer,)
