"""How an answer is written as a response message, and whether one can be sent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from ..errors import AnswerError
from ..wire.compiler import CompiledSchema
from ..wire.json import all_scalar, encode_answer, is_deep
from ..wire.json_values import MAX_DEPTH, describe_changed
from ..wire.schema import FieldError, field_errors
from .answers import Answer
from .completion import complete_directive
from .directives import Directive, payload_errors
from .speech import MAX_SENTENCE, AnySpeech, AudioURL, OneSpeech, Speech, SpeechSet, require_speech

logger = logging.getLogger("clova_flask")


MAX_SENT_DEPTH = MAX_DEPTH - 10
"""How deeply a response message may nest: what goes out comes back a few levels further in."""


def _make_schema() -> Schema:
    # To make these schemas takes a tenth of the package's import, and not every answer needs them.
    from .response_schemas import ResponseMessageSchema

    return ResponseMessageSchema()


_message = CompiledSchema(_make_schema)


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
        "card": {} if answer.card is None else _card(answer.card),
        "directives": [_directive(item) for item in answer.directives] if answer.directives else [],
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
    return dict(card) if isinstance(card, Mapping) else card


def _directive(item: Directive | Mapping[str, Any]) -> Mapping[str, Any]:
    return item.to_wire() if isinstance(item, Directive) else complete_directive(item)


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
    """Check that a response message can be sent.

    The envelope and speech are checked strictly. Logged are a directive's payload that lacks a field, since
    the guides' own examples lack some, and a field that is unknown and no misspelt one, which is not heard.

    :raises AnswerError: naming each field that cannot be sent, and why.
    """
    errors = response_errors(message)
    if errors:
        _refuse(message, errors)
    if message["response"]["directives"]:
        for error in directive_errors(message):
            logger.warning("%s", error)


def _refuse(message: Any, errors: list[FieldError]) -> None:
    from .response_schemas import is_harmless, misspelt

    refused = [error for error in errors if not is_harmless(error)]
    if refused:
        text = "; ".join(map(str, refused))
        raise AnswerError(f"The answer cannot be sent: {text}{misspelt(message)}")
    for error in errors:
        logger.warning("%s: Unknown field. It is sent as it is; the guides do not define it.", error.path)


def _require_kept(message: Any) -> None:
    """Check that the session attributes of a response message come back as they are.

    :raises AnswerError: naming the first that would not, and what to store instead.
    """
    attributes = message.get("sessionAttributes") if isinstance(message, dict) else None
    changed = describe_changed(attributes, "sessionAttributes")
    if changed is not None:
        raise AnswerError(f"A session attribute cannot be kept: {changed}.")


def encode_message(message: dict[str, Any], is_sure: bool, limit: int) -> bytes:
    """Encode a response message, whose session attributes must be accepted with the next request.

    :param is_sure: whether nothing but its session attributes can be nested deeply.
    :param limit: how deeply it may nest.
    :raises AnswerError: it is not JSON, or nests deeper.
    """
    is_flat = is_sure and all_scalar(message["sessionAttributes"])
    if not is_flat:
        _require_kept(message)
    written = encode_answer(message)
    if not is_flat and is_deep(written, limit):
        raise AnswerError(
            f"sessionAttributes, or another part of the answer, nests deeper than {limit} levels; "
            "what comes back with the next message could not be accepted."
        )
    return written
