"""The fourteen error messages of Clova Home, as exceptions.

::

    ClovaError
    └── HomeError                       answered as an error message of the class's name
        ├── ActionFailedError               the action broke (KR)
        ├── ActionTemporarilyBlockedError   too many requests, or it would be unsafe
        ├── ConditionsNotMetError           a condition is not met; its state is spoken
        ├── DeviceFailureError              the device is defective
        ├── DriverInternalError             the extension failed
        ├── ExpiredAccessTokenError         the token has expired
        ├── InvalidAccessTokenError         the token is revoked or unknown
        ├── NoSuchTargetError               the user has no such device
        ├── NotSupportedInCurrentModeError  not in the mode the device is in
        ├── TargetOfflineError              the device cannot be reached
        ├── UnsupportedOperationError       the device cannot do that, or has no such mode
        ├── ValueNotFoundError              there is no measured value
        ├── ValueNotSupportedError          a value that the device does not know
        └── ValueOutOfRangeError            a value outside the limits of the device
"""

from __future__ import annotations

from typing import Any

from ..errors import AccessTokenError, ClovaError
from ..wire.numbers import as_number


class HomeError(ClovaError):
    """The root of what a handler raises for an error message.

    Raise one of its fourteen classes, or of a class of your own that derives from one.
    """

    @property
    def name(self) -> str:
        """The name of the error message: of a class of your own, that of the one it derives from."""
        return next((cls.__name__ for cls in type(self).__mro__ if cls.__name__ in ERRORS), "HomeError")

    @property
    def payload(self) -> dict[str, Any]:
        """The payload of the error message."""
        return {}


class ActionFailedError(HomeError):
    """The action broke (KR)."""


class ActionTemporarilyBlockedError(HomeError):
    """There are too many requests, or the action would be unsafe now."""


class ConditionsNotMetError(HomeError):
    """A condition is not met.

    :param state: the condition, spoken to the user: ``"문이 열려 있어서"``.
    """

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state

    @property
    def payload(self) -> dict[str, Any]:
        """The payload of the error message."""
        return {"state": self.state}


class DeviceFailureError(HomeError):
    """The device is defective."""


class DriverInternalError(HomeError):
    """The extension failed; also the answer to any other exception."""


class ExpiredAccessTokenError(HomeError, AccessTokenError):
    """The access token has expired."""


class InvalidAccessTokenError(HomeError, AccessTokenError):
    """The access token is missing, revoked or unknown."""


class NoSuchTargetError(HomeError):
    """The user has no device of this id."""


class NotSupportedInCurrentModeError(HomeError):
    """The device cannot do it in the mode it is in."""


class TargetOfflineError(HomeError):
    """The device cannot be reached."""


class UnsupportedOperationError(HomeError):
    """The device cannot do it at all, or has no such mode."""


class ValueNotFoundError(HomeError):
    """There is no measured value."""


class ValueNotSupportedError(HomeError):
    """The device does not know the value."""


class ValueOutOfRangeError(HomeError):
    """The value is outside the limits of the device.

    :param minimum: the least value that it accepts.
    :param maximum: the greatest.
    """

    def __init__(self, minimum: float, maximum: float) -> None:
        super().__init__(f"The value must be from {minimum} to {maximum}.")
        self.minimum = minimum
        self.maximum = maximum

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.minimum, self.maximum)

    @property
    def payload(self) -> dict[str, Any]:
        """The payload of the error message."""
        return {"minimumValue": as_number(self.minimum), "maximumValue": as_number(self.maximum)}


ERRORS: dict[str, type[HomeError]] = {error.__name__: error for error in HomeError.__subclasses__()}
"""Every error by the name of its message."""
