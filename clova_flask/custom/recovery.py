"""What answers an exception while a custom message is handled."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from werkzeug.exceptions import HTTPException

from ..errors import MAX_SHOWN, AccountLinkingRequired, HandlerTimeout, SlotError
from ..injection.parameters import describe_function
from ..injection.recovery import Recovery, Service, status_of
from .answers import Answer
from .hints import handler_to_paste
from .objects import IntentRequest, LaunchRequest
from .phrases import phrase
from .registry import CustomRegistry
from .silence import NothingReturned
from .turn import Turn

logger = logging.getLogger("clova_flask")

OnMistake = Callable[[Exception, str], None]
"""Takes what is raised in testing, and what is logged elsewhere."""

_OCCASIONS = {404: "not_found", 410: "not_found", 429: "busy", 503: "busy"}
"""What is said of an HTTPException, by its status."""


class CustomRecovery(Recovery):
    """Answers the exceptions of custom messages.

    :param on_mistake: tells of a mistake of the developer's, of which a user should not hear; it may raise.
    :param debug: whether the app is in debug.
    :param options: as for :class:`~clova_flask.injection.recovery.Recovery`.
    """

    def __init__(
        self,
        registry: CustomRegistry,
        service: Service,
        *,
        on_mistake: OnMistake,
        debug: bool,
        **options: Any,
    ) -> None:
        super().__init__(registry, service, **options)
        self._phrases = registry.phrases
        self._intents = dict.fromkeys(name for name, _ in registry.intents)
        self._on_mistake = on_mistake
        self._debug = debug

    def say(self, occasion: str, turn: Turn, *, ends: bool = False) -> Answer:
        """Say the sentence of an occasion, and listen unless the session ends."""
        return Answer(phrase(occasion, turn.lang, self._phrases), ends=ends)

    def answer_unhandled(self, turn: Turn, states: Sequence[str] = ()) -> Answer:
        """Answer what no handler is for, and log one to paste.

        :param states: the dialog states in which the intent has a handler.
        """
        logger.warning("%s", handler_to_paste(turn.request, states, self._intents))
        return self.say("unhandled", turn)

    def _ask_errorhandlers(self, turn: Turn, error: Exception) -> bytes | None:
        # What one says to a user, "link your account", would hide a mistake of which no user should hear.
        return None if _is_mistake(turn, error) else super()._ask_errorhandlers(turn, error)

    def _is_answer(self, result: Any) -> bool:
        kind = result if isinstance(result, type) else type(result)
        return not issubclass(kind, self._foreign)

    def _expected(self, turn: Turn, error: Exception) -> tuple[Any] | None:
        if isinstance(error, SlotError):
            return (self._slot(turn, error),)
        if isinstance(error, AccountLinkingRequired):
            return (self._link(turn),)
        if isinstance(error, HandlerTimeout):
            return (self._too_late(turn),)
        if isinstance(error, HTTPException):
            return (self._http(turn, error),)
        return None

    def _slot(self, turn: Turn, error: SlotError) -> Answer | None:
        """Ask for a slot; of what is no intent, tell the developer that its handler was not called."""
        if not isinstance(turn.request, IntentRequest):
            problem = "is missing" if error.missing else "has a value that is not valid"
            self._on_mistake(
                error,
                f"{_handler(turn)} was not called: {error.name!r} {problem}, and it expects "
                f"{error.expected}. Give the parameter a default, or annotate it as X | None.",
            )
            return None
        logger.info("%s", error)
        speech = error.prompt
        if speech is None:
            speech = phrase("slot_missing" if error.missing else "slot_invalid", turn.lang, self._phrases)
            if self._debug and isinstance(speech, str):
                speech = f"{speech} ({error.name[:MAX_SHOWN]})"
        return Answer(speech, ends=False, slot=error.name)

    def _link(self, turn: Turn) -> Answer | None:
        """Ask the user to link an account, where anybody listens."""
        if not turn.is_skill_event:
            return self.say("account_linking", turn, ends=True)
        told = (
            f"{_handler(turn)} was not called: it needs a user, and the message has no access token that "
            "user_loader knows. Annotate user as X | None, or take the user's id from the parameter context: "
            "context.system.user.id."
        )
        self._on_mistake(AccountLinkingRequired(told), told)
        return None

    def _too_late(self, turn: Turn) -> Answer | None:
        """Ask for patience, with the session as it came: what was cancelled may have changed half of it."""
        turn.session = turn.renewed().session
        is_spoken_to = isinstance(turn.request, (IntentRequest, LaunchRequest))
        return self.say("timeout", turn) if is_spoken_to else None

    def _http(self, turn: Turn, error: HTTPException) -> Answer | None:
        """Say what ``abort(404)`` would show in a browser."""
        status = status_of(error)
        logger.info("A handler ended a %s with the HTTP status %d.", turn.request.type, status)
        if status == 401 and not turn.is_skill_event:
            return self.say("account_linking", turn, ends=True)
        if not isinstance(turn.request, (IntentRequest, LaunchRequest)):
            return None
        return self.say(_OCCASIONS.get(status, "failed" if status >= 500 else "refused"), turn)


def _is_mistake(turn: Turn, error: Exception) -> bool:
    """Whether it is about how a handler was declared, and not about what a user said or has."""
    if isinstance(error, SlotError):
        return error.handler != "" and not isinstance(turn.request, IntentRequest)
    return isinstance(error, NothingReturned) or (
        isinstance(error, AccountLinkingRequired) and turn.is_skill_event
    )


def _handler(turn: Turn) -> str:
    """Name the handler that was called last, with what it handles."""
    handler = turn.handler
    return "The handler" if handler is None else f"{handler.title}: {describe_function(handler.function)}"
