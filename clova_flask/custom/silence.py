"""What nothing to say means: where it was forgotten, where it is right, and where nothing may be said."""

from __future__ import annotations

import inspect
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args, get_origin

from ..errors import AnswerError
from ..injection.annotations import UNIONS
from ..injection.handler import Handler
from ..injection.parameters import Function, describe_function
from .answers import Answer
from .objects import EventRequest
from .registry import CustomRegistry
from .turn import Turn

logger = logging.getLogger("clova_flask")

_NONE_IN_WORDS = re.compile(r"None|None\s*\|.*|.*\|\s*None|(typing\.)?Optional\[.*", re.DOTALL)


class NothingReturned(AnswerError):
    """A handler returned None where a user waits for an answer."""


def answer_with_nothing(
    turn: Turn,
    registry: CustomRegistry,
    on_mistake: Callable[[Exception, str], None],
    nothing: list[Any] | None,
) -> Answer:
    """Answer where a handler returned None, or an empty list.

    :param on_mistake: called where a handler has forgotten to answer what the user said; it may raise.
    :param nothing: what it returned.
    """
    handler = turn.handler
    if isinstance(turn.request, EventRequest):
        # An event may come in the middle of a session, which it must not end.
        running = turn.message.session is not None
        return Answer(ends=not running or turn.session.new)
    if handler is not None and _must_answer(handler, registry) and not returns_none(handler.function):
        told = (
            f"{handler.title}: {describe_function(handler.function)} returned {nothing}, so Clova says "
            "nothing and the session ends. Return tell(…) or ask(…); where nothing is to be said, annotate "
            "the function: -> None."
        )
        on_mistake(NothingReturned(told), told)
    return Answer()


def _must_answer(handler: Handler, registry: CustomRegistry) -> bool:
    """Whether a user who has spoken waits for it."""
    return (
        handler is registry.single.get("launch")
        or any(handler is one for one in registry.intents.values())
        or any(handler is one for one in registry.fallbacks.values())
    )


def returns_none(function: Function) -> bool:
    """Whether a function is annotated as one that returns None, always or sometimes."""
    try:
        annotation: Any = inspect.signature(function).return_annotation
    except (TypeError, ValueError):
        return False
    if isinstance(annotation, str):
        return _NONE_IN_WORDS.fullmatch(annotation.strip()) is not None
    if get_origin(annotation) in UNIONS:
        return type(None) in get_args(annotation)
    return annotation in (None, type(None))


def silenced(turn: Turn, message: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to an event of the skill itself, to which nobody listens: an empty one.

    :param message: the response message that would be sent to any other event.
    """
    response = message.get("response")
    sent = response if isinstance(response, Mapping) else {}
    spoken = [key for key in ("outputSpeech", "reprompt", "card", "directives") if sent.get(key)]
    if spoken and turn.handler is not None:
        logger.warning(
            "%s: %s answers with %s, which nobody hears or sees; an empty answer is sent. Return None.",
            turn.handler.title,
            describe_function(turn.handler.function),
            ", ".join(spoken),
        )
    empty = {"outputSpeech": {}, "card": {}, "directives": [], "shouldEndSession": True}
    return {**message, "sessionAttributes": {}, "response": empty}
