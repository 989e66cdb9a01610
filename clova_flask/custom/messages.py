"""The schemas of what CEK sends to a custom extension, and the one way to load it.

The schemas take what real traffic sends, which is more than the guides' tables: see the notes on each.
"""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from ..errors import MalformedMessage
from ..injection.values import Slot
from ..users import User
from ..wire.compiler import CompiledSchema
from ..wire.fields import MapOf, Number, Object, Polymorphic, Scalar
from ..wire.objects import NOTHING
from ..wire.schema import MessageSchema, summary
from . import objects

_NON_EMPTY = validate.Length(min=1)


def _text(**options: Any) -> fields.String:
    return fields.String(**{"load_default": None, **options})


def _number(default: float | None = None, **options: Any) -> Number:
    return Number(lenient=True, load_default=default, **options)


class UserSchema(MessageSchema):
    """``accessToken`` is there only after account linking."""

    model = User
    id = fields.String(data_key="userId", load_default="")
    access_token = _text()


class ApplicationSchema(MessageSchema):
    """Old traffic had no application at all."""

    model = objects.Application
    id = _text(data_key="applicationId")


class ContentLayerSchema(MessageSchema):
    """0×0 on a device without a screen."""

    model = objects.ContentLayer
    width = _number(0)
    height = _number(0)


class DisplaySchema(MessageSchema):
    """``size`` may be a value the tables do not list."""

    model = objects.Display
    size = fields.String(load_default="none")
    content_layer = fields.Nested(ContentLayerSchema, load_default=objects.ContentLayer())
    dpi = _number()
    orientation = _text()


class DeviceSchema(MessageSchema):
    """The device the user speaks to."""

    model = objects.Device
    id = fields.String(data_key="deviceId", load_default="")
    display = fields.Nested(DisplaySchema, load_default=objects.Display())


class SystemSchema(MessageSchema):
    """``context.System``."""

    model = objects.System
    application = fields.Nested(ApplicationSchema, load_default=objects.Application())
    device = fields.Nested(DeviceSchema, load_default=objects.Device())
    user = fields.Nested(UserSchema, load_default=User())


class ProgressReportSchema(MessageSchema):
    """When to report progress."""

    model = objects.ProgressReport
    progress_report_delay_in_milliseconds = _number()
    progress_report_interval_in_milliseconds = _number()
    progress_report_position_in_milliseconds = _number()


class AudioStreamSchema(MessageSchema):
    """``beginAtInMilliseconds`` may be null."""

    model = objects.AudioStream
    url = fields.String(load_default="")
    token = fields.String(load_default="")
    url_playable = fields.Boolean(load_default=True)
    begin_at_in_milliseconds = _number(0)
    custom_data = _text()
    duration_in_milliseconds = _number()
    format = _text()
    progress_report = fields.Nested(ProgressReportSchema, load_default=None)


class AudioPlayerSchema(MessageSchema):
    """``context.AudioPlayer``."""

    model = objects.AudioPlayer
    player_activity = fields.String(load_default="IDLE")
    offset_in_milliseconds = _number()
    total_in_milliseconds = _number()
    stream = fields.Nested(AudioStreamSchema, load_default=None)


class ContextSchema(MessageSchema):
    """``context``."""

    model = objects.Context
    system = fields.Nested(SystemSchema, data_key="System", load_default=objects.System())
    audio_player = fields.Nested(AudioPlayerSchema, data_key="AudioPlayer", load_default=None)


class SessionSchema(MessageSchema):
    """``session``; ``sessionAttributes`` may be missing or null."""

    model = objects.SessionInfo
    id = _text(data_key="sessionId")
    new = fields.Boolean(load_default=False)
    attributes = Object(data_key="sessionAttributes", load_default=NOTHING)
    user = fields.Nested(UserSchema, load_default=User())


class SlotSchema(MessageSchema):
    """One slot; a value may come as a number."""

    model = Slot
    name = fields.String(load_default="")
    value = Scalar(load_default=None)
    unit = _text()
    value_type = _text()


class IntentSchema(MessageSchema):
    """``slots`` may be null; beta traffic wrote ``intent`` for ``name``."""

    model = objects.Intent
    aliases = {"intent": "name"}
    name = fields.String(required=True, validate=_NON_EMPTY)
    slots = MapOf(SlotSchema, name_key="name", load_default=NOTHING)


class EventSchema(MessageSchema):
    """``payload`` may be null."""

    model = objects.Event
    namespace = fields.String(required=True, validate=_NON_EMPTY)
    name = fields.String(required=True, validate=_NON_EMPTY)
    payload = Object(load_default=NOTHING)


class RequestSchema(MessageSchema):
    """A request of a type the tables do not name."""

    model: Any = objects.UnknownRequest
    type = fields.String(required=True, validate=_NON_EMPTY)
    request_id = _text()
    timestamp = _text()
    locale = _text()
    extension_id = _text()


class LaunchRequestSchema(RequestSchema):
    """May carry an empty ``intent`` and ``event``, which stay in ``extra``."""

    model = objects.LaunchRequest


class IntentRequestSchema(RequestSchema):
    """An intent with its slots."""

    model = objects.IntentRequest
    intent = fields.Nested(IntentSchema, required=True)


class EventRequestSchema(RequestSchema):
    """An event with its payload."""

    model = objects.EventRequest
    event = fields.Nested(EventSchema, required=True)


class SessionEndedRequestSchema(RequestSchema):
    """Nothing but the envelope."""

    model = objects.SessionEndedRequest


REQUEST_SCHEMAS: dict[str, type[RequestSchema]] = {
    "LaunchRequest": LaunchRequestSchema,
    "IntentRequest": IntentRequestSchema,
    "EventRequest": EventRequestSchema,
    "SessionEndedRequest": SessionEndedRequestSchema,
}


class RequestMessageSchema(MessageSchema):
    """The whole message; ``session`` is null when a skill is enabled or disabled."""

    model = objects.Message
    request = Polymorphic("type", REQUEST_SCHEMAS, default=RequestSchema, required=True)
    version = _text()
    session = fields.Nested(SessionSchema, load_default=None)
    context = fields.Nested(ContextSchema, load_default=objects.Context())


_message = CompiledSchema(RequestMessageSchema)


def load_message(data: Any) -> objects.Message:
    """Load a custom extension's request message.

    :param data: the parsed JSON of a verified body.
    :raises MalformedMessage: it is no message of a custom extension; the text names each field and its fault,
        and repeats no value.
    """
    try:
        message: objects.Message = _message.load(data)
    except ValidationError as error:
        raise MalformedMessage(summary(error.messages)) from None
    return message
