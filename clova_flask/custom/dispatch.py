"""From a message to its handler, and from what the handler gives back to a response message.

No Flask in here: a message goes in, a dict comes out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, TypeVar

from ..errors import AccountLinkingRequired, AnswerError, SlotError, nearest
from ..injection.current import current_turn
from ..injection.handler import Handler
from ..injection.parameters import describe_function
from ..settings import Settings
from ..users import LoadUser
from ..wire.names import camel_case, snake_case
from .answers import KEEP, Answer, ask, tell
from .hints import handler_to_paste
from .objects import EventRequest, IntentRequest, LaunchRequest, Message, SessionEndedRequest
from .phrases import phrase
from .registry import CustomRegistry
from .responses import check_response, write_answer
from .session import Pending, write_slot
from .speech import AudioURL, Speech, SpeechSet
from .turn import Turn

logger = logging.getLogger("clova_flask")

Written = TypeVar("Written")

CANCEL = "Clova.CancelIntent"


class Dispatcher:
    """Finds handlers, calls them, and writes their answers.

    :param registry: what the extension has declared.
    :param settings: its settings.
    :param load_user: makes a user of an access token; None when there is no ``user_loader``.
    :param ensure_sync: makes an ``async def`` handler callable, ``app.ensure_sync``.
    :param on_failure: told of an exception that no errorhandler answers; it may raise it again.
    """

    def __init__(
        self,
        registry: CustomRegistry,
        settings: Settings,
        *,
        load_user: LoadUser | None,
        ensure_sync: Callable[[Callable[..., Any]], Callable[..., Any]],
        on_failure: Callable[[Any, Exception], None],
    ) -> None:
        self._registry = registry
        self._settings = settings
        self._ensure_sync = ensure_sync
        self._on_failure = on_failure
        self._load_user = load_user

    def dispatch(self, message: Message, write: Callable[[dict[str, Any]], Written]) -> Written:
        """Answer a verified message.

        :param message: what :func:`~clova_flask.custom.messages.load_message` gave.
        :param write: turns the response message into what is sent; when it cannot, that is the handler's
            error as well.
        """
        turn = Turn(message, self._settings.default_lang, self._load_user)
        reset = current_turn.set(turn)
        try:
            try:
                return write(self._finish(turn, self._handle(turn)))
            except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
                return self._recover(turn, error, write)
        finally:
            current_turn.reset(reset)

    def _callable(self, handler: Handler) -> Callable[..., Any]:
        return self._ensure_sync(handler.function) if handler.is_async else handler.function

    def _call(self, handler: Handler, turn: Turn, subject: Any = None) -> Any:
        arguments = handler.arguments(turn)
        if handler.subject is not None:
            arguments[handler.subject] = subject
        return self._callable(handler)(**arguments)

    def _handle(self, turn: Turn) -> Any:
        for hook in self._registry.before:
            answer = self._call(hook, turn)
            if answer is not None:
                return answer
        request = turn.request
        if isinstance(request, IntentRequest):
            return self._handle_intent(turn)
        if isinstance(request, EventRequest):
            return self._handle_event(turn)
        if isinstance(request, LaunchRequest):
            return self._handle_single(turn, "launch", ask(phrase("unhandled", turn.lang)))
        if isinstance(request, SessionEndedRequest):
            return self._handle_single(turn, "session_ended", None)
        logger.warning("A request of the unknown type %r was answered with nothing.", request.type)
        return None

    def _handle_single(self, turn: Turn, kind: str, unhandled: Any) -> Any:
        handler = self._registry.single.get(kind)
        if handler is not None:
            return self._call(handler, turn)
        if unhandled is not None:
            logger.warning("%s", handler_to_paste(turn.request))
        return unhandled

    def _handle_intent(self, turn: Turn) -> Any:
        session = turn.session
        state = session.state
        pending = session.pending
        if pending is not None:
            if turn.intent.name == CANCEL:
                session.pending = None
            elif pending.is_answered_by(turn.intent.slots):
                turn.intent = pending.merged(turn.intent.slots)
                turn.request = replace(turn.request, intent=turn.intent)  # type: ignore[call-arg]
                state = pending.state
                session.pending = None
        handler = self._find_intent(turn.intent.name, state)
        if handler is not None:
            return self._call(handler, turn)
        states = [str(known) for name, known in self._registry.intents if name == turn.intent.name]
        logger.warning("%s", handler_to_paste(turn.request, states))
        return ask(phrase("unhandled", turn.lang))

    def _find_intent(self, name: str, state: str | None) -> Handler | None:
        registry = self._registry
        return (
            registry.intents.get((name, state))
            or registry.intents.get((name, None))
            or registry.fallbacks.get(state)
            or registry.fallbacks.get(None)
        )

    def _handle_event(self, turn: Turn) -> Any:
        events = self._registry.events
        event = turn.event
        handler = events.get(event.full_name) or events.get(f"{event.namespace}.*") or events.get("*")
        if handler is not None:
            return self._call(handler, turn)
        logger.debug("No handler for the event %r.", event.full_name)
        return None

    def _finish(self, turn: Turn, result: Any) -> dict[str, Any]:
        """Write what a handler returned as a response message, and see that it can be sent."""
        message = self._complete(turn, result) if isinstance(result, dict) else self._write(turn, result)
        for hook in self._registry.after:
            message = self._call(hook, turn, message) or message
        if self._settings.validate_responses:
            check_response(message)
        return message

    def _write(self, turn: Turn, result: Any) -> dict[str, Any]:
        answer = self._to_answer(turn, result)
        session = turn.session
        if answer.state is not KEEP:
            # Another state is another part of the dialog: what was asked before is past.
            session.state, session.pending = answer.state, None  # type: ignore[assignment]
        if answer.slot is not None:
            session.pending = self._remember(turn, answer.slot)
        try:
            response = write_answer(answer, turn.lang)
        except TypeError as error:
            raise AnswerError(f"The answer cannot be sent: {error}") from None
        attributes = {} if answer.ends else session.to_attributes()
        return {
            "version": self._version(turn),
            "sessionAttributes": attributes,
            "response": response,
        }

    def _to_answer(self, turn: Turn, result: Any) -> Answer:
        if isinstance(result, Answer):
            return result
        if isinstance(result, (str, Speech, AudioURL, SpeechSet)):
            return Answer(result)
        if result is None:
            # An event may come in the middle of a session, which it must not end.
            running = isinstance(turn.request, EventRequest) and turn.message.session is not None
            return Answer(ends=not running or turn.session.new)
        if isinstance(result, (list, tuple)):
            return Answer(list(result))
        raise AnswerError(
            f"A handler returned {type(result).__name__}; return text, a list of speeches, tell(…), ask(…), "
            "ask_for(…), None, or a dict that is a whole response message."
        )

    def _complete(self, turn: Turn, message: dict[str, Any]) -> dict[str, Any]:
        if self._registry.after:
            message = deepcopy(message)  # a handler may keep the dict, and a hook change what is in it
        response = message.get("response")
        ends = isinstance(response, Mapping) and response.get("shouldEndSession") is True
        attributes = {} if ends else turn.session.to_attributes()
        return {"version": self._version(turn), "sessionAttributes": attributes, **message}

    def _version(self, turn: Turn) -> str:
        platform = self._settings.platform
        return turn.message.version or (platform.version if platform else "1.0")

    def _remember(self, turn: Turn, slot: str) -> Pending:
        if not isinstance(turn.request, IntentRequest):
            raise AnswerError(
                f"ask_for({slot!r}) outside an intent has nothing to come back to; use ask(…), and "
                "handle the intent that brings the slot."
            )
        handler = self._find_intent(turn.intent.name, turn.session.state)
        taken = [camel_case(name) for name in handler.slots] if handler else []
        if handler and taken and snake_case(slot) not in map(snake_case, taken):
            where = describe_function(handler.function)
            logger.warning("ask_for(%r): %s takes no such slot.%s", slot, where, nearest(slot, taken))
        filled = {
            name: write_slot(value)
            for name, value in turn.intent.slots.items()
            if value.value and name != slot
        }
        return Pending(slot, turn.intent.name, turn.session.state, filled)

    def _recover(self, turn: Turn, error: Exception, write: Callable[[dict[str, Any]], Written]) -> Written:
        """Answer an exception: by an errorhandler, by what its kind calls for, or by an apology."""
        handler = next((h for cls in type(error).__mro__ if (h := self._registry.errors.get(cls))), None)
        try:
            if handler is not None:
                return write(self._finish(turn, self._call(handler, turn, error)))
            expected = self._expected(turn, error)
            if expected is not None:
                return write(self._finish(turn, expected[0]))
        except Exception as another:  # noqa: BLE001 - an errorhandler may fail as well
            error = another
        self._on_failure(turn.message, error)
        # What the handler did to the session before it failed is not to be kept.
        fresh = Turn(turn.message, turn.lang, None)
        is_spoken_to = isinstance(turn.request, (IntentRequest, LaunchRequest))
        return write(self._write(fresh, ask(phrase("failed", turn.lang)) if is_spoken_to else None))

    def _expected(self, turn: Turn, error: Exception) -> tuple[Any] | None:
        if isinstance(error, AccountLinkingRequired):
            return (tell(phrase("account_linking", turn.lang)),)
        if not isinstance(error, SlotError):
            return None
        logger.info("%s", error if error.missing else f"{error.name!r} was not {error.expected}.")
        if not isinstance(turn.request, IntentRequest):
            return (None,)
        occasion = "slot_missing" if error.missing else "slot_invalid"
        return (Answer(phrase(occasion, turn.lang), ends=False, slot=error.name),)
