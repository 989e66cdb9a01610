"""How an answer is written as a response message, and whether one can be sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError

from ..errors import AnswerError
from ..wire.json import all_scalar, encode_answer, is_deep
from ..wire.json_values import MAX_DEPTH, describe_changed
from ..wire.schema import FieldError, field_errors
from .answers import Answer
from .completion import complete_directive
from .directives import Directive
from .speech import AnySpeech, AudioURL, OneSpeech, Speech, SpeechSet, as_spoken, require_speech

if TYPE_CHECKING:
    from .rules import AnswerRules

logger = logging.getLogger("clova_flask")

SHORT = 200
"""Characters that any platform speaks in one sentence."""

MAX_SENT_DEPTH = MAX_DEPTH - 10
"""How deeply a response message may nest: what goes out comes back a few levels further in."""


def is_sendable(answer: Answer) -> bool:
    """Whether what :func:`write_answer` writes is known to pass the checks.

    Most answers are a sentence and nothing else. To check the message made of it against the schema took
    4 % of a request's instructions (2026-11-25).
    """
    speech = answer.speech
    return (
        type(speech) is str
        and len(speech) <= SHORT
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
    if not isinstance(speech, (list, tuple)):
        return {"type": "SimpleSpeech", "values": _info(as_spoken(speech), lang)}
    values = [_info(item, lang) for item in speech]
    if len(values) == 1:
        return {"type": "SimpleSpeech", "values": values[0]}
    return {"type": "SpeechList", "values": values} if values else {}


def _info(speech: OneSpeech, lang: str) -> dict[str, Any]:
    if type(speech) is str:
        return {"type": "PlainText", "lang": lang, "value": speech}
    if isinstance(speech, (Speech, AudioURL)):
        return speech.to_wire(lang)
    return {"type": "PlainText", "lang": lang, "value": as_spoken(speech)}


def _card(card: Any) -> Any:
    return dict(card) if isinstance(card, Mapping) else card


def _directive(item: Directive | Mapping[str, Any]) -> Mapping[str, Any]:
    return item.to_wire() if isinstance(item, Directive) else complete_directive(item)


def response_errors(message: Any, rules: AnswerRules) -> list[FieldError]:
    """List what keeps a response message from being sent, in its envelope and speech."""
    try:
        rules.schema.check(message)
    except ValidationError as error:
        return list(field_errors(error.messages))
    return []


def check_response(message: Any, rules: AnswerRules, answer: Answer | None = None) -> None:
    """Check that a response message can be sent.

    The envelope and speech are checked strictly. Logged are what is wrong with the card and with
    directives that are dicts, since the guides' own examples lack some fields; a field that is unknown
    and no misspelt one, which is not heard; and, while the app is being developed, what the platform
    has not.

    :param answer: what the handler returned, unless that was the message itself.
    :raises AnswerError: naming each field that cannot be sent, and why.
    """
    errors = response_errors(message, rules)
    if errors:
        _refuse(message, errors)
    response = message["response"]
    if response["card"] or response["directives"]:
        from .parts import check_parts  # with their tables, where an answer has them

        check_parts(response, rules, answer.directives if answer else ())
    if rules.is_developed:
        from .lacks import warn_of_lacks

        warn_of_lacks(response, rules)


_AS_IT_IS = "It is sent as it is; the guides do not define it."


def _refuse(message: Any, errors: list[FieldError]) -> None:
    from .parts import warn
    from .response_schemas import is_harmless, misspelt

    refused = [error for error in errors if not is_harmless(error)]
    if refused:
        text = "; ".join(map(str, refused))
        raise AnswerError(f"The answer cannot be sent: {text}{misspelt(message)}")
    warn(FieldError(error.path, f"{error.text} {_AS_IT_IS}") for error in errors)


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
