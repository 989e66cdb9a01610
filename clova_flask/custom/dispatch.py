"""From a message to its handler, and from what the handler gives back to a response message.

No Flask in here: a message goes in, a dict comes out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from ..errors import AnswerError, MalformedMessage, WrongExtension, failures
from ..injection.current import current_turn
from ..injection.handler import Handler
from ..injection.missing_users import needs_missing_user
from ..injection.refusals import call_before_hook
from ..injection.users import LoadUser
from ..settings import Settings
from ..signals import Notifier
from ..wire.derive import compiled
from ..wire.json_values import MAX_DEPTH
from ..wire.schema import summary
from .answers import KEEP, Answer, as_answer
from .completion import complete_message
from .hooks import changed
from .messages import require_fresh
from .objects import EventRequest, IntentRequest, LaunchRequest, Message, SessionEndedRequest
from .registry import CustomRegistry
from .responses import MAX_SENT_DEPTH, check_response, encode_message, is_sendable, write_answer
from .turn import Turn

if TYPE_CHECKING:
    from ..injection.watching import Watch
    from ..telemetry.trace import Trace
    from ..user_data.turn import TurnData
    from .rules import AnswerRules

logger = logging.getLogger("clova_flask")


class CustomService:
    """Answers custom messages: finds handlers, calls them, and writes their answers.

    :param registry: what the extension has declared.
    :param settings: its settings.
    :param rules: what an answer may be.
    :param load_user: makes a user of an access token; None when there is no ``user_loader``.
    :param ensure_sync: makes an ``async def`` handler callable, ``app.ensure_sync``.
    :param on_failure: called with an exception that nothing but an apology answers; it may raise it again.
    :param is_trapped: whether the app treats an HTTPException as any other exception.
    :param on_mistake: tells of a mistake of the developer's, of which a user should not hear; it may raise.
    :param debug: whether the app is in debug.
    :param notify: sends signals.
    :param watch: watches how long turns take; None where no time is too long.
    :param foreign: exceptions that are answers of the other kind of message.
    :param data_of: finds the user data of a turn; None where there is no store.
    """

    def __init__(
        self,
        registry: CustomRegistry,
        settings: Settings,
        *,
        rules: AnswerRules,
        load_user: LoadUser | None,
        ensure_sync: Callable[[Callable[..., Any]], Callable[..., Any]],
        on_failure: Callable[[Any, Exception], None],
        is_trapped: Callable[[HTTPException], bool],
        on_mistake: Callable[[Exception, str], None],
        debug: bool,
        notify: Notifier,
        watch: Watch | None,
        foreign: tuple[type[Exception], ...] = (),
        data_of: Callable[[Turn], TurnData] | None = None,
    ) -> None:
        self._registry = registry
        self._settings = settings
        self._version = settings.platform.version if settings.platform else "1.0"
        self._rules = rules
        self._watch = watch
        self._ensure_sync = ensure_sync
        self._load_user = load_user
        self._notify = notify
        self._on_mistake = on_mistake
        self._schema = compiled(Message)
        self._data_of = data_of
        from .recovery import CustomRecovery  # it is made when the app opens; an import need not wait for it

        self._recovery = CustomRecovery(
            registry,
            self,
            on_failure=on_failure,
            is_trapped=is_trapped,
            on_mistake=on_mistake,
            debug=debug,
            notify=notify,
            foreign=foreign,
        )

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

    def answer(self, message: Message, trace: Trace | None = None) -> bytes:
        """Answer a verified message.

        :param trace: notes how it goes; None where nobody watches.
        :return: the response message, JSON in UTF-8; an apology when the handler's own answer cannot be sent.
        """
        turn = Turn(message, self._settings.default_lang, self._load_user, trace)
        turn.data_of = self._data_of
        reset = current_turn.set(turn)
        turn.clock = None if self._watch is None else self._watch.start()
        try:
            try:
                return self._write(turn, *self._respond(turn, self._handle(turn)))
            except failures() as error:
                return self._recovery.answer(turn, error)
        finally:
            current_turn.reset(reset)
            if turn.clock is not None:
                turn.clock.end("ends the dialogue, so nobody heard it")

    def finish(self, turn: Turn, result: Any) -> bytes:
        """Write the answer that a handler returned."""
        return self._write(turn, *self._respond(turn, result))

    def apologize(self, turn: Turn) -> bytes:
        """Write the answer that can always be sent, with the session as it came."""
        fresh = turn.renewed()
        current_turn.set(fresh)  # what a hook sees; answer() resets it
        spoken_to = isinstance(turn.request, (IntentRequest, LaunchRequest))
        apology = self._recovery.say("failed", turn) if spoken_to else None
        message = self._message(fresh, self._to_answer(fresh, apology))
        hooks = self._registry.after
        message = self._recovery.change_apology(message, hooks, partial(self._changed_apology, fresh))
        if fresh.data is not None:
            fresh.data.discard()  # to save it could fail, and this answer may not
        # The session attributes are those that came, which may be deeper than what a handler may add.
        return self._write(fresh, message, not hooks, MAX_DEPTH)

    def _changed_apology(self, turn: Turn, hook: Handler, message: dict[str, Any]) -> dict[str, Any]:
        message = changed(self.call, [hook], turn, message)
        self._check(message)
        encode_message(message, False, MAX_DEPTH)
        return message

    def _write(self, turn: Turn, answer: dict[str, Any], is_sure: bool, limit: int = MAX_SENT_DEPTH) -> bytes:
        if turn.trace is not None:
            turn.trace.ended("handle")
        if type(turn.request) is EventRequest and turn.is_skill_event:
            from .skill import conclude  # nearly all that comes is something else

            answer = conclude(turn, answer, self._registry.farewells)
        written = encode_message(answer, is_sure, limit)
        if turn.data is not None:
            turn.save(turn.data)
        if turn.trace is not None:
            turn.trace.handled(self._notify, turn.message, answer)
        return written

    def call(self, handler: Handler, turn: Turn, subject: Any = None) -> Any:
        """Call a handler with what its parameters ask for.

        :param subject: the error or the response message that it is about.
        """
        turn.handler = handler
        arguments = {name: resolve(turn) for name, resolve in handler.resolvers}
        if handler.subject is not None:
            arguments[handler.subject] = subject
        if turn.clock is not None:
            turn.clock.mark(handler.function)
        function = self._ensure_sync(handler.called) if handler.is_async else handler.called
        return function(**arguments)

    def _handle(self, turn: Turn) -> Any:
        for hook in self._registry.before:
            if turn.is_skill_event and needs_missing_user(hook, turn):
                continue  # no account is linked any more, and the handler must run
            answer = call_before_hook(self.call, hook, turn)
            if answer is not None:
                return answer
        request = turn.request
        if isinstance(request, IntentRequest):
            return self._handle_intent(turn)
        if isinstance(request, EventRequest):
            return self._handle_event(turn)
        if isinstance(request, LaunchRequest):
            handler = self._registry.single.get("launch")
            return self._recovery.answer_unhandled(turn) if handler is None else self.call(handler, turn)
        if isinstance(request, SessionEndedRequest):
            handler = self._registry.single.get("session_ended")
            return None if handler is None else self.call(handler, turn)
        logger.warning("A request of the unknown type %.80r was answered with nothing.", request.type)
        return None

    def _handle_intent(self, turn: Turn) -> Any:
        state = turn.session.state
        if turn.session.pending is not None:
            from .asking import resume  # loaded with the first dialog

            state = resume(turn, turn.session.pending)
        handler = self._find_intent(turn.intent.name, state)
        if handler is not None:
            return self.call(handler, turn)
        states = [str(known) for name, known in self._registry.intents if name == turn.intent.name]
        return self._recovery.answer_unhandled(turn, states)

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
        if handler is None:
            logger.debug("No handler for the event %.80r.", event.full_name)
        return None if handler is None else self.call(handler, turn)

    def _respond(self, turn: Turn, result: Any) -> tuple[dict[str, Any], bool]:
        """Make a response message of what a handler returned, and check that it can be sent.

        :return: the message, and whether it is one that needs no check: a plain sentence.
        """
        if isinstance(result, dict):
            # A handler may keep the dict, and a hook change what is in it.
            own = deepcopy(result) if self._registry.after else result
            message, is_sure = complete_message(turn, own, self._version), False
            answer = None
        else:
            answer = self._to_answer(turn, result)
            message, is_sure = self._message(turn, answer), is_sendable(answer)
        if self._registry.after:
            message, is_sure = changed(self.call, self._registry.after, turn, message), False
        if not is_sure:
            self._check(message, answer)
        return message, is_sure

    def _check(self, message: dict[str, Any], answer: Answer | None = None) -> None:
        if self._settings.validate_responses:
            check_response(message, self._rules, answer)

    def _message(self, turn: Turn, answer: Answer) -> dict[str, Any]:
        session = turn.session
        if answer.state is not KEEP:
            # Another state is another part of the dialog: what was asked before is past.
            session.state, session.pending = answer.state, None  # type: ignore[assignment]
        if answer.slot is not None:
            from .asking import remember

            handler = self._find_intent(turn.intent.name, session.state)
            session.pending = remember(turn, answer.slot, handler)
        try:
            response = write_answer(answer, turn.lang)
        except TypeError as error:
            raise AnswerError(f"The answer cannot be sent: {error}") from None
        return {
            "version": turn.message.version or self._version,
            "sessionAttributes": {} if answer.ends else session.to_attributes(),
            "response": response,
        }

    def _to_answer(self, turn: Turn, result: Any) -> Answer:
        if result is None or (type(result) is list and not result):
            from .silence import answer_with_nothing

            return answer_with_nothing(turn, self._registry, self._on_mistake, result)
        return as_answer(result)
