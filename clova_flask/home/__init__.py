"""Clova Home extensions: a user's appliances, listed and controlled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..wire.rows import Field, Shape
from .appliance_types import APPLIANCE_TYPES, ENDPOINTS, LOCATIONS, OPERATION_MODES
from .appliances import Appliance, action
from .errors import (
    ERRORS,
    ActionFailedError,
    ActionTemporarilyBlockedError,
    ConditionsNotMetError,
    DeviceFailureError,
    DriverInternalError,
    ExpiredAccessTokenError,
    HomeError,
    InvalidAccessTokenError,
    NoSuchTargetError,
    NotSupportedInCurrentModeError,
    TargetOfflineError,
    UnsupportedOperationError,
    ValueNotFoundError,
    ValueNotSupportedError,
    ValueOutOfRangeError,
)
from .interfaces import INTERFACES, Interface
from .messages import HomeRequest
from .objects import Color, CustomCommand, Period, Scene

if TYPE_CHECKING:
    from .push import (
        PUSH_ERRORS,
        Push,
        PushApplianceLimit,
        PushBadBody,
        PushBadKey,
        PushBadMessageId,
        PushClient,
        PushEmptyAppliance,
        PushError,
        PushExtensionLimit,
        PushExtensionNotFound,
        PushNotEnabled,
        PushReceipt,
        PushUnavailable,
    )

__all__ = [
    "APPLIANCE_TYPES",
    "ENDPOINTS",
    "ERRORS",
    "INTERFACES",
    "LOCATIONS",
    "OPERATION_MODES",
    "PUSH_ERRORS",
    "ActionFailedError",
    "ActionTemporarilyBlockedError",
    "Appliance",
    "Color",
    "ConditionsNotMetError",
    "CustomCommand",
    "DeviceFailureError",
    "DriverInternalError",
    "ExpiredAccessTokenError",
    "Field",
    "HomeError",
    "HomeRequest",
    "Interface",
    "InvalidAccessTokenError",
    "NoSuchTargetError",
    "NotSupportedInCurrentModeError",
    "Period",
    "Push",
    "PushApplianceLimit",
    "PushBadBody",
    "PushBadKey",
    "PushBadMessageId",
    "PushClient",
    "PushEmptyAppliance",
    "PushError",
    "PushExtensionLimit",
    "PushExtensionNotFound",
    "PushNotEnabled",
    "PushReceipt",
    "PushUnavailable",
    "Scene",
    "Shape",
    "TargetOfflineError",
    "UnsupportedOperationError",
    "ValueNotFoundError",
    "ValueNotSupportedError",
    "ValueOutOfRangeError",
    "action",
]


def __getattr__(name: str) -> Any:
    """Import what is about pushes when it is first asked for: few apps push."""
    if name.lower().startswith("push") and name in __all__:
        from . import push

        return getattr(push, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
