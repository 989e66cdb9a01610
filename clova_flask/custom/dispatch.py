"""From a message to its handler, and from what the handler gives back to a response message.

No Flask in here: a message goes in, a dict comes out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError

from ..errors import AccountLinkingRequired, AnswerError, MalformedMessage, SlotError, WrongExtension, nearest
from ..injection.current import current_turn
from ..injection.handler import Handler
from ..injection.parameters import describe_function
from ..settings import Settings
from ..signals import Notifier, message_handled
from ..users import LoadUser
from ..wire.derive import compiled
from ..wire.json import all_scalar, encode_answer, is_deep
from ..wire.json_values import MAX_DEPTH
from ..wire.names import camel_case, snake_case
from ..wire.schema import summary
from .answers import KEEP, Answer, as_answer, ask, tell
from .hints import handler_to_paste
from .messages import require_fresh
from .objects import EventRequest, IntentRequest, LaunchRequest, Message, SessionEndedRequest
from .phrases import phrase
from .registry import CustomRegistry
from .responses import check_response, is_sendable, require_kept, write_answer
from .session import Pending, write_slot
from .turn import Turn

logger = logging.getLogger("clova_flask")

CANCEL = "Clova.CancelIntent"
_LIMIT = MAX_DEPTH - 10  # what goes out comes back a few levels further in


class CustomService:
    """Answers custom messages: finds handlers, calls them, and writes their answers.

    :param registry: what the extension has declared.
    :param settings: its settings.
    :param load_user: makes a user of an access token; None when there is no ``user_loader``.
    :param ensure_sync: makes an ``async def`` handler callable, ``app.ensure_sync``.
    :param on_failure: told of an exception that no errorhandler answers; it may raise it again.
    :param notify: sends signals.
    """

    def __init__(
        self,
        registry: CustomRegistry,
        settings: Settings,
        *,
        load_user: LoadUser | None,
        ensure_sync: Callable[[Callable[..., Any]], Callable[..., Any]],
        on_failure: Callable[[Any, Exception], None],
        notify: Notifier,
    ) -> None:
        self._registry = registry
        self._settings = settings
        self._ensure_sync = ensure_sync
        self._on_failure = on_failure
        self._load_user = load_user
        self._notify = notify
        self._schema = compiled(Message)

    def load(self, data: dict[str, Any]) -> Message:
        """Load a message that is for this extension, and not too old.

        :param data: the parsed JSON of a verified body.
        :raises MalformedMessage: it is not a message of a custom extension.
        :raises WrongExtension: it is for another extension.
        :raises StaleMessage: it is older than ``CLOVA_TIMESTAMP_TOLERANCE``.
        """
        try:
            message: Message = self._schema.load(data)
        except ValidationError as error:
            raise MalformedMessage(summary(error.messages)) from None
        ids = self._settings.extension_ids
        if ids and message.extension_id not in ids:
            raise WrongExtension(
                "The message is for another extension: its applicationId is not in CLOVA_EXTENSION_ID."
            )
        tolerance = self._settings.timestamp_tolerance
        if tolerance is not None:
            require_fresh(message.request, tolerance)
        return message

    def answer(self, message: Message) -> bytes:
        """Answer a verified message.

        :return: the response message, JSON in UTF-8; an apology when the handler's own answer cannot be sent.
        """
        turn = Turn(message, self._settings.default_lang, self._load_user)
        reset = current_turn.set(turn)
        try:
            try:
                return self._write(turn, *self._respond(turn, self._handle(turn)))
            except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
                return self._recover(turn, error)
        finally:
            current_turn.reset(reset)

    def _write(self, turn: Turn, answer: dict[str, Any], is_sure: bool, limit: int = _LIMIT) -> bytes:
        """Write a response message, whose session attributes must be accepted with the next request.

        :param is_sure: whether nothing but its session attributes can be nested deeply.
        :param limit: how deeply it may nest.
        """
        is_flat = is_sure and all_scalar(answer["sessionAttributes"])
        if not is_flat:
            require_kept(answer)
        written = encode_answer(answer)
        if not is_flat and is_deep(written, limit):
            raise AnswerError(
                f"sessionAttributes, or another part of the answer, nests deeper than {limit} levels; "
                "what comes back with the next message could not be accepted."
            )
        if message_handled.receivers:
            self._notify(message_handled, message=turn.message, answer=answer)
        return written

    def _call(self, handler: Handler, turn: Turn, subject: Any = None) -> Any:
        turn.handler = handler
        arguments = {name: resolve(turn) for name, resolve in handler.resolvers}
        if handler.subject is not None:
            arguments[handler.subject] = subject
        function = self._ensure_sync(handler.called) if handler.is_async else handler.called
        return function(**arguments)

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
        logger.warning("A request of the unknown type %.80r was answered with nothing.", request.type)
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
        logger.debug("No handler for the event %.80r.", event.full_name)
        return None

    def _respond(self, turn: Turn, result: Any) -> tuple[dict[str, Any], bool]:
        """Make a response message of what a handler returned, and check that it can be sent.

        :return: the message, and whether it is one that needs no check: a plain sentence.
        """
        if isinstance(result, dict):
            message, is_sure = self._complete(turn, result), False
        else:
            answer = self._to_answer(turn, result)
            message, is_sure = self._message(turn, answer), is_sendable(answer)
        for hook in self._registry.after:
            message, is_sure = self._call(hook, turn, message) or message, False
        if self._settings.validate_responses and not is_sure:
            check_response(message)
        return message, is_sure

    def _message(self, turn: Turn, answer: Answer) -> dict[str, Any]:
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
        return {
            "version": self._version(turn),
            "sessionAttributes": {} if answer.ends else session.to_attributes(),
            "response": response,
        }

    def _to_answer(self, turn: Turn, result: Any) -> Answer:
        if result is None:
            # An event may come in the middle of a session, which it must not end.
            running = isinstance(turn.request, EventRequest) and turn.message.session is not None
            return Answer(ends=not running or turn.session.new)
        return as_answer(result)

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

    def _recover(self, turn: Turn, error: Exception) -> bytes:
        """Answer an exception: by an errorhandler, by what its kind calls for, or by an apology."""
        if isinstance(error, AnswerError) and turn.handler is not None:
            error.add_note(f"The answer is that of {describe_function(turn.handler.function)}.")
        handler = next((h for cls in type(error).__mro__ if (h := self._registry.errors.get(cls))), None)
        try:
            if handler is not None:
                return self._write(turn, *self._respond(turn, self._call(handler, turn, error)))
            expected = self._expected(turn, error)
            if expected is not None:
                return self._write(turn, *self._respond(turn, expected[0]))
        except Exception as another:  # noqa: BLE001 - an errorhandler may fail as well
            error = another
        self._on_failure(turn.message, error)
        # What the handler did to the session before it failed is not kept.
        fresh = Turn(turn.message, turn.lang, None)
        is_spoken_to = isinstance(turn.request, (IntentRequest, LaunchRequest))
        apology = ask(phrase("failed", turn.lang)) if is_spoken_to else None
        # The session attributes are those that came, which may be deeper than what a handler may add.
        return self._write(fresh, self._message(fresh, self._to_answer(fresh, apology)), True, MAX_DEPTH)

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
