"""Clova Home extensions: a user's appliances, listed and controlled."""

from __future__ import annotations

from .appliance_types import APPLIANCE_TYPES, ENDPOINTS, LOCATIONS, OPERATION_MODES
from .appliances import Appliance, action
from .discovery import CustomCommand
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
from .payloads import Color, Period, Scene
from .push import (
    PUSH_ERRORS,
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
    "HomeError",
    "HomeRequest",
    "Interface",
    "InvalidAccessTokenError",
    "NoSuchTargetError",
    "NotSupportedInCurrentModeError",
    "Period",
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
    "TargetOfflineError",
    "UnsupportedOperationError",
    "ValueNotFoundError",
    "ValueNotSupportedError",
    "ValueOutOfRangeError",
    "action",
]
