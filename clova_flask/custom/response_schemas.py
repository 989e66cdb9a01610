"""The strict schemas of response messages: envelope and speech, with their limits."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import EXCLUDE, ValidationError, fields, validate

from ..errors import nearest
from ..wire.fields import Object, Polymorphic, StrictBoolean
from ..wire.schema import FieldError, StrictSchema
from .speech import MAX_SENTENCE, MAX_TEXT, MAX_URL_BYTES

_UNKNOWN = "Unknown field."  # marshmallow's
_SENTENCE_END = re.compile(r"(?<=[.!?。！？…\n])")
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z", re.IGNORECASE)


class _SpeechText:
    """The limits of spoken text: 200 characters a sentence, 1000 in all."""

    pure = True

    def __call__(self, text: str) -> None:
        if len(text) > MAX_TEXT:
            raise ValidationError(f"{len(text)} characters; at most {MAX_TEXT} can be spoken.")
        if len(text) > MAX_SENTENCE:
            longest = max(len(sentence.strip()) for sentence in _SENTENCE_END.split(text))
            if longest > MAX_SENTENCE:
                raise ValidationError(f"A sentence of {longest} characters; at most {MAX_SENTENCE} fit one.")
        if not text.strip():
            raise ValidationError("Empty; leave the speech out when there is nothing to say.")


class _SpeechURL:
    """The limit of a URL: 2048 bytes."""

    pure = True

    def __call__(self, url: str) -> None:
        if not url.strip():
            raise ValidationError("Empty; leave the speech out when there is nothing to play.")
        if len(url.encode(errors="replace")) > MAX_URL_BYTES:
            raise ValidationError(f"Longer than {MAX_URL_BYTES} bytes.")


def _token() -> fields.String:
    return fields.String(validate=validate.Regexp(_UUID4, error="Not a UUID v4."))


class PlainTextSchema(StrictSchema):
    """A SpeechInfoObject with text."""

    type = fields.String(required=True)
    lang = fields.String(required=True, validate=validate.OneOf(["ko", "ja", "en"]))
    value = fields.String(required=True, validate=_SpeechText())
    token = _token()


class URLSchema(StrictSchema):
    """A SpeechInfoObject with a URL."""

    type = fields.String(required=True)
    lang = fields.String(required=True, validate=validate.OneOf([""]))
    value = fields.String(required=True, validate=_SpeechURL())
    token = _token()
    content_type = fields.String()


_INFO = {"PlainText": PlainTextSchema, "URL": URLSchema}


class SimpleSpeechSchema(StrictSchema):
    """One SpeechInfoObject."""

    type = fields.String(required=True)
    values = Polymorphic("type", _INFO, required=True)


class SpeechListSchema(StrictSchema):
    """Several SpeechInfoObjects."""

    type = fields.String(required=True)
    values = fields.List(Polymorphic("type", _INFO), required=True, validate=validate.Length(min=1))


_VERBOSE = {"SimpleSpeech": SimpleSpeechSchema, "SpeechList": SpeechListSchema}


class SpeechSetSchema(StrictSchema):
    """A short speech and a long one."""

    type = fields.String(required=True)
    brief = Polymorphic("type", _INFO, required=True)
    verbose = Polymorphic("type", _VERBOSE, required=True)


_OUTPUT_SPEECH = {**_VERBOSE, "SpeechSet": SpeechSetSchema}


class RepromptSchema(StrictSchema):
    """What is said when the user keeps silent."""

    output_speech = Polymorphic("type", _OUTPUT_SPEECH, required=True, empty=True)


class DirectiveHeaderSchema(StrictSchema):
    """The header of a directive; the platform may know more fields than the guides."""

    class Meta(StrictSchema.Meta):
        unknown = EXCLUDE

    namespace = fields.String(required=True, validate=validate.Length(min=1))
    name = fields.String(required=True, validate=validate.Length(min=1))
    message_id = fields.String(required=True, validate=validate.Length(min=1))


class DirectiveSchema(StrictSchema):
    """The envelope of a directive."""

    header = fields.Nested(DirectiveHeaderSchema, required=True)
    payload = Object(required=True)


class ResponseSchema(StrictSchema):
    """``response``: every field is there, empty when there is nothing in it."""

    output_speech = Polymorphic("type", _OUTPUT_SPEECH, required=True, empty=True)
    card = Object(required=True)
    directives = fields.List(fields.Nested(DirectiveSchema), required=True)
    should_end_session = StrictBoolean(required=True)
    reprompt = fields.Nested(RepromptSchema)


class ResponseMessageSchema(StrictSchema):
    """The whole response message."""

    version = fields.String(required=True, validate=validate.Length(min=1))
    session_attributes = Object(required=True)
    response = fields.Nested(ResponseSchema, required=True)


_KNOWN = [
    field.data_key or name
    for schema in (ResponseMessageSchema, ResponseSchema, SpeechSetSchema, SimpleSpeechSchema, URLSchema)
    for name, field in schema().fields.items()
]


def is_harmless(error: FieldError) -> bool:
    """Whether an error is an unknown field that has not the looks of a misspelt one."""
    return error.text == _UNKNOWN and not nearest(error.path.rpartition(".")[2], _KNOWN)


def misspelt(message: Any) -> str:
    """Point at a misspelt key, the usual reason for a field that is both unknown and missing."""
    hints = []
    response = message.get("response") if isinstance(message, dict) else None
    for where, schema in ((message, ResponseMessageSchema), (response, ResponseSchema)):
        known = [field.data_key or name for name, field in schema().fields.items()]
        unknown = [key for key in where if key not in known] if isinstance(where, dict) else []
        hints += [f" {key!r}:{nearest(str(key), known)}" for key in unknown if nearest(str(key), known)]
    return "".join(hints)
