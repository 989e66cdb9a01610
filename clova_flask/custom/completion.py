"""Complete what a handler wrote by hand, a whole response or a directive, as our own answers are complete.

Serializers write null for what is not there, and the guides' examples leave out what their tables require.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from .arguments import is_text
from .speech import as_spoken
from .turn import Turn

_INFOS = ("brief", "values")
"""The keys of an ``outputSpeech`` that hold what is spoken; ``verbose`` is an ``outputSpeech`` itself."""


def complete_answer(message: Any, lang: str) -> Any:
    """Complete a response message by its ``response``, and leave out what is null beside it.

    :param message: as a handler or a hook returned it; it is not changed.
    :param lang: the language of texts that name none.
    """
    if not isinstance(message, Mapping):
        return message
    present = _without_nulls(message)
    if "response" in present:
        present["response"] = _complete_response(present["response"], lang)
    return present


def complete_message(turn: Turn, message: Any, version: str) -> dict[str, Any]:
    """Complete a response message that a handler wrote by hand, with its session and its version."""
    completed: dict[str, Any] = complete_answer(message, turn.lang)
    attributes = {} if ends_session(completed) else turn.session.to_attributes()
    return {"version": turn.message.version or version, "sessionAttributes": attributes, **completed}


def ends_session(message: Mapping[str, Any]) -> bool:
    """Whether a response message, which may be wrong in any way, ends the session."""
    response = message.get("response")
    return isinstance(response, Mapping) and response.get("shouldEndSession") is True


def _complete_response(response: Any, lang: str) -> Any:
    """Fill in the parts of a ``response`` that are null or missing, and that the protocol wants to be there.

    What decides what the user hears, ``shouldEndSession`` for one, is not guessed.

    :param response: ``response`` of a response message; it is not changed.
    :param lang: the language of texts that name none.
    """
    if not isinstance(response, Mapping):
        return response
    completed = {
        **_without_nulls(response),
        "outputSpeech": _complete_speech(response.get("outputSpeech"), lang),
        "card": {} if response.get("card") is None else response["card"],
        "directives": _complete_directives(response.get("directives")),
    }
    reprompt = response.get("reprompt")
    if isinstance(reprompt, Mapping) and not any(reprompt.values()):
        del completed["reprompt"]  # one that says nothing is none
    elif isinstance(reprompt, Mapping):
        completed["reprompt"] = {**reprompt, "outputSpeech": _complete_speech(reprompt["outputSpeech"], lang)}
    return completed


def _complete_speech(speech: Any, lang: str) -> Any:
    if speech is None:
        return {}
    if not isinstance(speech, Mapping):
        return speech
    present = _without_nulls(speech)
    completed = {key: _complete_infos(present[key], lang) for key in _INFOS if key in present}
    if "verbose" in present:
        completed["verbose"] = _complete_speech(present["verbose"], lang)
    return {**present, **completed}


def _complete_infos(infos: Any, lang: str) -> Any:
    if isinstance(infos, (list, tuple)):
        return [_complete_info(info, lang) for info in infos]
    return _complete_info(infos, lang)


def _complete_info(info: Any, lang: str) -> Any:
    if not isinstance(info, Mapping):
        return info
    present = _without_nulls(info)
    if "value" in present and is_text(present["value"]):
        present["value"] = as_spoken(present["value"])
    if info.get("type") == "URL":
        return {**present, "lang": ""}  # audio has no language
    return {**present, "lang": present.get("lang") or lang}


def _complete_directives(directives: Any) -> Any:
    if directives is None:
        return []
    if isinstance(directives, (list, tuple)):
        return [complete_directive(directive) for directive in directives]
    return directives


def complete_directive(directive: Any) -> Any:
    """Fill in the ``messageId`` that the header must have, and a payload that is null or missing."""
    header = directive.get("header") if isinstance(directive, Mapping) else None
    if not isinstance(header, Mapping):
        return directive
    if not header.get("messageId"):
        directive = {**directive, "header": {**header, "messageId": str(uuid.uuid4())}}
    return directive if directive.get("payload") is not None else {**directive, "payload": {}}


def _without_nulls(part: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if value is not None}
