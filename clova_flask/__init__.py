"""Clova Extensions Kit (CEK) extensions for Flask."""

from __future__ import annotations

from .context import current_context, current_request, current_session, current_user
from .custom import audio, cards, playback
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
    Slot,
    User,
)
from .custom.player import control, lyrics, playable_item, player_info
from .custom.session import Session
from .custom.speech import AudioURL, Speech, SpeechSet
from .errors import (
    AccountLinkingRequired,
    AnswerError,
    ClovaError,
    ConfigurationError,
    KeySourceError,
    MalformedMessage,
    MessageTooLarge,
    ModelError,
    RegistrationError,
    RequestRefused,
    SignatureError,
    SlotError,
    StaleMessage,
    WrongExtension,
)
from .extension import Clova
from .groups import HandlerGroup
from .injection.values import Interval, Quantity
from .signals import message_failed, message_handled, message_received, message_refused, message_verified

__version__ = "0.1.0"

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
    "Event",
    "EventRequest",
    "HandlerGroup",
    "Intent",
    "IntentRequest",
    "Interval",
    "KeySourceError",
    "LaunchRequest",
    "MalformedMessage",
    "Message",
    "MessageTooLarge",
    "ModelError",
    "ProgressReport",
    "Quantity",
    "RegistrationError",
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
