"""The request message of a custom extension, as immutable objects.

The schema that loads it is made from these classes by :mod:`clova_flask.wire.derive`. It accepts what real
traffic sends, which is more than the guides' tables. Every object keeps the fields that the tables do not
name in ``extra``, under their wire names. Where a message lacks a part there is an empty object or None, so
that code can walk down without checking each step.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from ..injection.users import User
from ..injection.values import Slot
from ..wire.iso8601 import parse_datetime
from ..wire.objects import Kinds, WireObject, nothing, on_wire, wire_object


@wire_object
class Application(WireObject):
    """``context.System.application``.

    :ivar id: the extension id; None in old traffic, which had no application.
    """

    id: str | None = field(default=None, metadata=on_wire("applicationId"))


@wire_object
class ContentLayer(WireObject):
    """The part of a display that shows content, in pixels; 0×0 on a device without a screen."""

    width: float = 0
    height: float = 0


@wire_object
class Display(WireObject):
    """``context.System.device.display``.

    :ivar size: ``none``, ``s100``, ``m100``, ``l100``, ``xl100``, ``custom``, or what the platform adds.
    :ivar orientation: ``landscape`` or ``portrait``.
    """

    size: str = "none"
    content_layer: ContentLayer = ContentLayer()
    dpi: float | None = None
    orientation: str | None = None

    @property
    def has_screen(self) -> bool:
        """Whether the device can show anything."""
        return self.size != "none"


@wire_object
class Device(WireObject):
    """``context.System.device``: the device that the user speaks to."""

    id: str = field(default="", metadata=on_wire("deviceId"))
    display: Display = Display()


@wire_object
class System(WireObject):
    """``context.System``."""

    application: Application = Application()
    device: Device = Device()
    user: User = User()


@wire_object
class ProgressReport(WireObject):
    """When the client is to report progress while it plays; all in milliseconds."""

    progress_report_delay_in_milliseconds: float | None = None
    progress_report_interval_in_milliseconds: float | None = None
    progress_report_position_in_milliseconds: float | None = None


@wire_object
class AudioStream(WireObject):
    """``AudioStreamInfoObject``: something to play, received in events and sent in directives.

    :ivar url: where the audio is; any URI of your own while ``url_playable`` is False.
    :ivar token: your id of the stream, which comes back in the client's reports.
    :ivar url_playable: False makes the client ask with ``AudioPlayer.StreamRequested`` before it plays.
    :ivar begin_at_in_milliseconds: where to start.
    :ivar custom_data: any string of yours, which comes back as it is.
    :ivar format: MIME type; ``audio/mpeg`` when None.
    """

    url: str = ""
    token: str = field(default_factory=lambda: str(uuid.uuid4()), metadata=on_wire(absent=""))
    url_playable: bool = True
    begin_at_in_milliseconds: float = 0
    custom_data: str | None = None
    duration_in_milliseconds: float | None = None
    format: str | None = None
    progress_report: ProgressReport | None = None


@wire_object
class AudioPlayer(WireObject):
    """``context.AudioPlayer``: what the client was playing when the user spoke.

    :ivar player_activity: ``IDLE``, ``PLAYING``, ``PAUSED``, ``STOPPED``, or what the platform adds.
    """

    player_activity: str = "IDLE"
    offset_in_milliseconds: float | None = None
    total_in_milliseconds: float | None = None
    stream: AudioStream | None = None


@wire_object
class Context(WireObject):
    """``context``: the device, its user, and what it plays; ``audio_player`` is None when not sent."""

    system: System = field(default=System(), metadata=on_wire("System"))
    audio_player: AudioPlayer | None = field(default=None, metadata=on_wire("AudioPlayer"))


@wire_object
class SessionInfo(WireObject):
    """``session`` as it was received; handlers work on a :class:`~clova_flask.Session`."""

    id: str | None = field(default=None, metadata=on_wire("sessionId"))
    new: bool = False
    attributes: Mapping[str, Any] = field(default_factory=nothing, metadata=on_wire("sessionAttributes"))
    user: User = User()


@wire_object
class Intent(WireObject):
    """``request.intent``; beta traffic wrote ``intent`` for ``name``."""

    name: str = field(default="", metadata=on_wire(required=True, older_key="intent"))
    slots: Mapping[str, Slot] = field(default_factory=nothing, metadata=on_wire(name_key="name"))


@wire_object
class Event(WireObject):
    """``request.event``."""

    namespace: str = field(default="", metadata=on_wire(required=True))
    name: str = field(default="", metadata=on_wire(required=True))
    payload: Mapping[str, Any] = field(default_factory=nothing)

    @property
    def full_name(self) -> str:
        """``AudioPlayer.PlayFinished``, the name handlers are registered under."""
        return f"{self.namespace}.{self.name}"


@wire_object
class Request(WireObject):
    """What the four kinds of ``request`` have in common.

    :ivar type: ``LaunchRequest``, ``IntentRequest``, ``EventRequest``, ``SessionEndedRequest``, or a new one.
    :ivar timestamp: when CEK sent it, as ISO 8601; see :attr:`sent_at`.
    :ivar locale: ``ja-JP``.
    """

    type: str = field(default="", metadata=on_wire(required=True))
    request_id: str | None = None
    timestamp: str | None = None
    locale: str | None = None
    extension_id: str | None = None

    @property
    def sent_at(self) -> datetime | None:
        """:attr:`timestamp` as an aware datetime; None when it is missing or not ISO 8601."""
        return parse_datetime(self.timestamp) if self.timestamp else None


@wire_object
class LaunchRequest(Request):
    """The user started the extension; an empty ``intent`` and ``event`` may be in ``extra``."""


@wire_object
class IntentRequest(Request):
    """The user said something."""

    intent: Intent = field(default=Intent(), metadata=on_wire(required=True))


@wire_object
class EventRequest(Request):
    """The client reports something."""

    event: Event = field(default=Event(), metadata=on_wire(required=True))


SKILL = "ClovaSkill"
"""The namespace of events of the skill itself."""


def is_skill_event(request: Request) -> bool:
    """Whether the user has enabled or disabled the skill in an app."""
    return isinstance(request, EventRequest) and request.event.namespace == SKILL


@wire_object
class SessionEndedRequest(Request):
    """The session is over; the answer is not spoken."""


@wire_object
class UnknownRequest(Request):
    """A type of request that the protocol's tables do not name."""


REQUESTS: Mapping[str, type[Request]] = {
    "LaunchRequest": LaunchRequest,
    "IntentRequest": IntentRequest,
    "EventRequest": EventRequest,
    "SessionEndedRequest": SessionEndedRequest,
}
"""The class of each type of request."""


@wire_object
class Message(WireObject):
    """A whole request message; it has no session when a skill is enabled or disabled."""

    request: Request = field(metadata=on_wire(kinds=Kinds("type", REQUESTS, other=UnknownRequest)))
    version: str | None = None
    session: SessionInfo | None = None
    context: Context = Context()

    @property
    def extension_id(self) -> str | None:
        """The extension the message is meant for."""
        return self.context.system.application.id or self.request.extension_id

    @property
    def user(self) -> User:
        """Who speaks: ``session.user``.

        ``context.System.user``, whom the device belongs to, is another person where a guest speaks. It counts
        only where there is no session, as when a skill is enabled.
        """
        return self.context.system.user if self.session is None else self.session.user
