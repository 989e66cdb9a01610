"""Clova Extensions Kit (CEK) extensions for Flask."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import audio, cards, playback
    from .context import current_context, current_request, current_session, current_user
    from .custom.answers import Answer, ask, ask_for, tell
    from .custom.directives import Directive
    from .custom.objects import (
        AudioPlayer,
        AudioStream,
        Context,
        Device,
        Display,
        Event,
        EventRequest,
        Intent,
        IntentRequest,
        LaunchRequest,
        Message,
        ProgressReport,
        Request,
        SessionEndedRequest,
    )
    from .custom.player import control, lyrics, playable_item, player_info
    from .custom.session import Session
    from .custom.speech import AudioURL, Speech, SpeechSet
    from .decorators import HandlerGroup
    from .errors import (
        AccountLinkingRequired,
        AnswerError,
        ClovaError,
        ConfigurationError,
        HandlerTimeout,
        KeySourceError,
        MalformedMessage,
        MessageTooLarge,
        ModelError,
        NoUserLoader,
        RegistrationError,
        ReplayedMessage,
        ReplayGuardUnavailable,
        RequestRefused,
        SignatureError,
        SlotError,
        StaleMessage,
        UserDataConflict,
        UserDataInvalid,
        UserDataUnavailable,
        WrongExtension,
    )
    from .extension import Clova
    from .injection.annotations import NotFilled
    from .injection.durations import Duration
    from .injection.users import User
    from .injection.values import Interval, Quantity, Slot
    from .signals import message_failed, message_handled, message_received, message_refused, message_verified
    from .user_data.data import UserData

__version__ = "0.1.0"

_MODULE_OF = {
    name: module
    for module, names in {
        "context": "current_context current_request current_session current_user",
        "custom.answers": "Answer ask ask_for tell",
        "custom.directives": "Directive",
        "custom.objects": (
            "AudioPlayer AudioStream Context Device Display Event EventRequest Intent "
            "IntentRequest LaunchRequest Message ProgressReport Request SessionEndedRequest"
        ),
        "custom.player": "control lyrics playable_item player_info",
        "custom.session": "Session",
        "custom.speech": "AudioURL Speech SpeechSet",
        "errors": (
            "AccountLinkingRequired AnswerError ClovaError ConfigurationError HandlerTimeout KeySourceError "
            "MalformedMessage MessageTooLarge ModelError NoUserLoader RegistrationError "
            "ReplayGuardUnavailable ReplayedMessage RequestRefused SignatureError SlotError StaleMessage "
            "UserDataConflict UserDataInvalid UserDataUnavailable "
            "WrongExtension"
        ),
        "extension": "Clova",
        "decorators": "HandlerGroup",
        "injection.annotations": "NotFilled",
        "injection.durations": "Duration",
        "injection.values": "Interval Quantity Slot",
        "signals": "message_failed message_handled message_received message_refused message_verified",
        "injection.users": "User",
        "user_data.data": "UserData",
    }.items()
    for name in names.split()
}
_SUBMODULES = ("audio", "cards", "errors", "home", "playback", "signals")


if not TYPE_CHECKING:  # a type checker would take any name for one that exists

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first asked for.

        pytest loads the plugin, and with it this package, in every run; only those that use it should pay.
        """
        if name in _SUBMODULES:
            return import_module(f"{__name__}.{name}")
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_SUBMODULES, *__all__})


__all__ = [
    "AccountLinkingRequired",
    "Answer",
    "AnswerError",
    "AudioPlayer",
    "AudioStream",
    "AudioURL",
    "Clova",
    "ClovaError",
    "ConfigurationError",
    "Context",
    "Device",
    "Directive",
    "Display",
    "Duration",
    "Event",
    "EventRequest",
    "HandlerGroup",
    "HandlerTimeout",
    "Intent",
    "IntentRequest",
    "Interval",
    "KeySourceError",
    "LaunchRequest",
    "MalformedMessage",
    "Message",
    "MessageTooLarge",
    "ModelError",
    "NoUserLoader",
    "NotFilled",
    "ProgressReport",
    "Quantity",
    "RegistrationError",
    "ReplayGuardUnavailable",
    "ReplayedMessage",
    "Request",
    "RequestRefused",
    "Session",
    "SessionEndedRequest",
    "SignatureError",
    "Slot",
    "SlotError",
    "Speech",
    "SpeechSet",
    "StaleMessage",
    "User",
    "UserData",
    "UserDataConflict",
    "UserDataInvalid",
    "UserDataUnavailable",
    "WrongExtension",
    "ask",
    "ask_for",
    "audio",
    "cards",
    "control",
    "current_context",
    "current_request",
    "current_session",
    "current_user",
    "lyrics",
    "message_failed",
    "message_handled",
    "message_received",
    "message_refused",
    "message_verified",
    "playable_item",
    "playback",
    "player_info",
    "tell",
]
