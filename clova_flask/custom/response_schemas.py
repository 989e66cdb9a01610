"""The strict schemas of response messages: envelope and speech, with their limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from ..errors import nearest
from ..platforms import Platform
from ..wire.fields import Object, Polymorphic, StrictBoolean
from ..wire.schema import FieldError, StrictSchema

_UNKNOWN = "Unknown field."  # marshmallow's
_SENTENCE_END = re.compile(r"(?<=[.!?。！？…\n])")
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z", re.IGNORECASE)


Problem = Callable[[str], str | None]
"""Explains what is wrong with a URL; returns None when nothing is."""


class _SpeechText:
    """The limits of spoken text, which a platform may have: of a sentence, and of all."""

    pure = True

    def __init__(self, platform: Platform) -> None:
        self._sentence = platform.max_sentence
        self._text = platform.max_text

    def __call__(self, text: str) -> None:
        if self._text is not None and len(text) > self._text:
            raise ValidationError(f"{len(text)} characters; at most {self._text} can be spoken.")
        if self._sentence is not None and len(text) > self._sentence:
            longest = max(len(sentence.strip()) for sentence in _SENTENCE_END.split(text))
            if longest > self._sentence:
                raise ValidationError(
                    f"A sentence of {longest} characters; at most {self._sentence} fit one."
                )
        if not text.strip():
            raise ValidationError("Empty; leave the speech out when there is nothing to say.")


class _SpeechURL:
    """Whether a device can fetch a URL."""

    pure = True

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._problems = tuple(problems)

    def __call__(self, url: str) -> None:
        if not url.strip():
            raise ValidationError("Empty; leave the speech out when there is nothing to play.")
        for problem in self._problems:
            text = problem(url)
            if text:
                raise ValidationError(text)


def _token() -> fields.String:
    return fields.String(validate=validate.Regexp(_UUID4, error="Not a UUID v4."))


def _schema(name: str, **declared: Any) -> type[StrictSchema]:
    return type(name, (StrictSchema,), declared)


def _spoken(text: Any, url: Any) -> Mapping[str, type[StrictSchema]]:
    """Make the schemas of ``outputSpeech`` by its types.

    :param text: the validator of a text.
    :param url: the validator of a URL.
    """
    kind = fields.String(required=True)
    plain = _schema(
        "PlainText",
        type=kind,
        lang=fields.String(required=True, validate=validate.OneOf(["ko", "ja", "en"])),
        value=fields.String(required=True, validate=text),
        token=_token(),
    )
    audio = _schema(
        "URL",
        type=kind,
        lang=fields.String(required=True, validate=validate.OneOf([""])),
        value=fields.String(required=True, validate=url),
        token=_token(),
        content_type=fields.String(),
    )
    info = {"PlainText": plain, "URL": audio}
    items = fields.List(Polymorphic("type", info), required=True, validate=validate.Length(min=1))
    one = _schema("SimpleSpeech", type=kind, values=Polymorphic("type", info, required=True))
    verbose = {"SimpleSpeech": one, "SpeechList": _schema("SpeechList", type=kind, values=items)}
    both = _schema(
        "SpeechSet",
        type=kind,
        brief=Polymorphic("type", info, required=True),
        verbose=Polymorphic("type", verbose, required=True),
    )
    return {**verbose, "SpeechSet": both}


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


def message_schema(platform: Platform, problems: Iterable[Problem]) -> Schema:
    """Make the schema of a whole response message: every field is there, empty when there is nothing in it.

    :param platform: the platform, whose limits hold.
    :param problems: what may be wrong with the URL of a speech.
    """
    spoken = _spoken(_SpeechText(platform), _SpeechURL(problems))
    speech = {"output_speech": Polymorphic("type", spoken, required=True, empty=True)}
    response = _schema(
        "Response",
        **speech,
        card=Object(required=True),
        directives=fields.List(fields.Nested(DirectiveSchema), required=True),
        should_end_session=StrictBoolean(required=True),
        reprompt=fields.Nested(_schema("Reprompt", **speech)),
    )
    return _schema(
        "ResponseMessage",
        version=fields.String(required=True, validate=validate.Length(min=1)),
        session_attributes=Object(required=True),
        response=fields.Nested(response, required=True),
    )()


_ENVELOPE = ("version", "sessionAttributes", "response")
_RESPONSE = ("outputSpeech", "card", "directives", "shouldEndSession", "reprompt")
_SPEECH = ("type", "values", "brief", "verbose", "lang", "value", "token", "contentType")


def is_harmless(error: FieldError) -> bool:
    """Whether an error is an unknown field that has not the looks of a misspelt one."""
    return error.text == _UNKNOWN and not nearest(
        error.path.rpartition(".")[2], (*_ENVELOPE, *_RESPONSE, *_SPEECH)
    )


def misspelt(message: Any) -> str:
    """Point at a misspelt key, the usual reason for a field that is both unknown and missing."""
    hints = []
    response = message.get("response") if isinstance(message, dict) else None
    for where, known in ((message, _ENVELOPE), (response, _RESPONSE)):
        unknown = [key for key in where if key not in known] if isinstance(where, dict) else []
        hints += [f" {key!r}:{nearest(str(key), known)}" for key in unknown if nearest(str(key), known)]
    return "".join(hints)
