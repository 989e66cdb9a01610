"""Response messages: their strict schema, and how an answer is written as one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import EXCLUDE, ValidationError, fields, validate

from ..errors import AnswerError, nearest
from ..wire.compiler import CompiledSchema
from ..wire.fields import Object, Polymorphic, StrictBoolean
from ..wire.schema import FieldError, StrictSchema, field_errors
from .answers import Answer
from .directives import Directive, payload_errors
from .speech import AnySpeech, AudioURL, OneSpeech, Speech, SpeechSet, require_speech

logger = logging.getLogger("clova_flask")

MAX_SENTENCE = 200
MAX_TEXT = 1000
MAX_URL_BYTES = 2048

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


_message = CompiledSchema(ResponseMessageSchema)


def is_sendable(answer: Answer) -> bool:
    """Whether what :func:`write_answer` writes is known to pass the checks.

    Most answers are a sentence and nothing else. To check the message made of it against the schema took
    4 % of a request's instructions (2026-11-25).
    """
    speech = answer.speech
    return (
        type(speech) is str
        and len(speech) <= MAX_SENTENCE
        and not speech.isspace()
        and speech != ""
        and answer.reprompt is None
        and answer.card is None
        and not answer.directives
        and type(answer.ends) is bool
    )


def write_answer(answer: Answer, lang: str) -> dict[str, Any]:
    """Write an answer as the ``response`` of a response message.

    :param lang: the language of texts that name none.
    :raises TypeError: the answer holds something that cannot be said.
    """
    response: dict[str, Any] = {
        "outputSpeech": _output_speech(answer.speech, lang),
        "card": _card(answer.card),
        "directives": [_directive(item) for item in answer.directives],
        "shouldEndSession": answer.ends,
    }
    # A reprompt counts only while the session goes on.
    if answer.reprompt is not None and not answer.ends:
        response["reprompt"] = {"outputSpeech": _output_speech(answer.reprompt, lang)}
    return response


def _output_speech(speech: AnySpeech | None, lang: str) -> dict[str, Any]:
    if isinstance(speech, (str, Speech, AudioURL)):
        return {"type": "SimpleSpeech", "values": _info(speech, lang)}
    if speech is None:
        return {}
    if isinstance(speech, SpeechSet):
        verbose = _output_speech(speech.verbose, lang)
        return {"type": "SpeechSet", "brief": _info(speech.brief, lang), "verbose": verbose}
    require_speech("speech", speech)
    values = [_info(item, lang) for item in speech]
    if len(values) == 1:
        return {"type": "SimpleSpeech", "values": values[0]}
    return {"type": "SpeechList", "values": values} if values else {}


def _info(speech: OneSpeech, lang: str) -> dict[str, Any]:
    if isinstance(speech, str):
        return {"type": "PlainText", "lang": lang, "value": speech}
    return speech.to_wire(lang)


def _card(card: Any) -> Any:
    if card is None:
        return {}
    return dict(card) if isinstance(card, Mapping) else card


def _directive(item: Directive | Mapping[str, Any]) -> Mapping[str, Any]:
    return item.to_wire() if isinstance(item, Directive) else item


def response_errors(message: Any) -> list[FieldError]:
    """List what keeps a response message from being sent, in its envelope and speech."""
    try:
        _message.check(message)
    except ValidationError as error:
        return list(field_errors(error.messages))
    return []


def directive_errors(message: Mapping[str, Any]) -> Iterator[FieldError]:
    """List what is wrong with the payloads of directives, in a message that has no other errors."""
    for index, directive in enumerate(message["response"]["directives"]):
        header = directive["header"]
        name, path = f"{header['namespace']}.{header['name']}", f"response.directives[{index}].payload"
        yield from payload_errors(name, directive["payload"], path)


def check_response(message: Any) -> None:
    """See that a response message can be sent.

    The envelope and speech are checked strictly; a directive's payload that lacks a field is logged, since
    the guides' own examples lack some.

    :raises AnswerError: naming each field that cannot be sent, and why.
    """
    errors = response_errors(message)
    if errors:
        text = "; ".join(map(str, errors))
        raise AnswerError(f"The answer cannot be sent: {text}{_spelling(message)}")
    if message["response"]["directives"]:
        for error in directive_errors(message):
            logger.warning("%s", error)


def _spelling(message: Any) -> str:
    """Point at a misspelt key, the usual reason for a field that is both unknown and missing."""
    hints = []
    response = message.get("response") if isinstance(message, dict) else None
    for where, schema in ((message, ResponseMessageSchema), (response, ResponseSchema)):
        known = [field.data_key or name for name, field in schema().fields.items()]
        unknown = [key for key in where if key not in known] if isinstance(where, dict) else []
        hints += [f" {key!r}:{nearest(str(key), known)}" for key in unknown if nearest(str(key), known)]
    return "".join(hints)
