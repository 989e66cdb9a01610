"""What answers an exception: an errorhandler, what its kind calls for, or an apology.

The order is the same for both kinds of message; :mod:`clova_flask.custom.recovery` and
:mod:`clova_flask.home.recovery` have what differs.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any, Protocol

from werkzeug.exceptions import HTTPException

from ..errors import AnswerError, HandlerTimeout, failures
from ..signals import Notifier, message_failed
from .handler import Handler
from .missing_users import needs_missing_user
from .parameters import describe_function
from .refusals import HookRefusal

logger = logging.getLogger("clova_flask")


class Lookup(Protocol):
    """Finds errorhandlers: a registry."""

    def errorhandlers(self, error: Exception) -> Iterable[Handler]:
        """List the errorhandlers for an exception, the nearest class of its MRO first."""


class Service(Protocol):
    """Calls handlers of one kind of message, and writes their answers."""

    def call(self, handler: Handler, turn: Any, subject: Any) -> Any:
        """Call an errorhandler or a hook."""

    def finish(self, turn: Any, result: Any) -> bytes:
        """Write the answer that a handler returned."""

    def apologize(self, turn: Any) -> bytes:
        """Write the answer that can always be sent."""


class Recovery(ABC):
    """Answers the exceptions of one kind of message.

    :param registry: has the errorhandlers.
    :param service: calls them, and writes their answers.
    :param on_failure: called with an exception that nothing but an apology answers; it may raise it again.
    :param is_trapped: whether the app treats an HTTPException as any other exception, as Flask's
        ``TRAP_HTTP_EXCEPTIONS`` and ``TRAP_BAD_REQUEST_ERRORS`` say.
    :param notify: sends signals.
    :param foreign: exceptions that are answers of the other kind of message; an errorhandler that raises
        one is passed over.
    """

    def __init__(
        self,
        registry: Lookup,
        service: Service,
        *,
        on_failure: Callable[[Any, Exception], None],
        is_trapped: Callable[[HTTPException], bool],
        notify: Notifier,
        foreign: tuple[type[Exception], ...] = (),
    ) -> None:
        self._registry = registry
        self._service = service
        self._on_failure = on_failure
        self._is_trapped = is_trapped
        self._notify = notify
        self._foreign = foreign

    def answer(self, turn: Any, raised: BaseException) -> bytes:
        """Answer an exception.

        :param raised: one of :func:`~clova_flask.errors.failures`.
        :raises HookRefusal: it is one, which is no failure.
        """
        if isinstance(raised, HookRefusal):
            raise raised
        if turn.data is not None:
            turn.data.discard()
        if turn.trace is not None:
            turn.trace.came_to("error", raised)
        first = error = _as_exception(turn, raised)
        try:
            answered = self._ask_errorhandlers(turn, error)
            if answered is not None:
                return answered
        except failures() as another:
            error = _as_exception(turn, another)
        try:
            expected = None if self._is_trap(error) else self._expected(turn, error)
            if expected is not None:
                if error is first and _is_of_the_user(error):
                    self._notify(
                        message_failed, message=turn.message, error=error, duration=duration_of(turn)
                    )
                return self._service.finish(turn, expected[0])
        except failures() as another:
            error = _as_exception(turn, another)
        if turn.trace is not None:
            turn.trace.came_to("failed", error)
        self._on_failure(turn, error)
        return self._service.apologize(turn)

    @staticmethod
    def change_apology(
        message: dict[str, Any],
        hooks: Iterable[Handler],
        call: Callable[[Handler, dict[str, Any]], dict[str, Any]],
    ) -> dict[str, Any]:
        """Call the after hooks on the last answer that there is; one that fails is logged and skipped.

        :param call: calls a hook, and checks that what it makes of the message can be sent.
        """
        for hook in hooks:
            try:
                message = call(hook, deepcopy(message))
            except failures():
                name = describe_function(hook.function)
                logger.exception("%s failed on the answer to an error, and was skipped.", name)
        return message

    def _ask_errorhandlers(self, turn: Any, error: Exception) -> bytes | None:
        """Answer by the first errorhandler whose answer is of this kind; None when there is none."""
        for handler in self._registry.errorhandlers(error):
            if needs_missing_user(handler, turn):
                continue
            try:
                result = self._service.call(handler, turn, error)
            except self._foreign:
                continue
            if self._is_answer(result):
                return self._service.finish(turn, result)
        return None

    def _is_trap(self, error: Exception) -> bool:
        return isinstance(error, HTTPException) and self._is_trapped(error)

    @abstractmethod
    def _is_answer(self, result: Any) -> bool:
        """Whether an errorhandler's answer is of this kind of message."""

    @abstractmethod
    def _expected(self, turn: Any, error: Exception) -> tuple[Any] | None:
        """Find what answers an exception that is no failure; None when it is one."""


def status_of(error: HTTPException) -> int:
    """Return the HTTP status of ``abort(404)``, and of ``abort(response)``."""
    return error.response.status_code if error.response is not None else error.code or 500


def duration_of(turn: Any) -> float:
    """Return the seconds that a turn has taken; 0 where nobody watches."""
    return 0.0 if turn.trace is None else float(turn.trace.duration)


def _as_exception(turn: Any, raised: BaseException) -> Exception:
    """Return what errorhandlers and error trackers accept, with a note about whose answer it is about."""
    where = describe_function(turn.handler.function) if turn.handler is not None else "The message"
    if not isinstance(raised, Exception):
        error = RuntimeError(f"{where} was cancelled.")
        error.__cause__ = raised
        return error
    if isinstance(raised, AnswerError) and turn.handler is not None and not hasattr(raised, "__notes__"):
        raised.add_note(f"The answer is that of {where}.")
    return raised


def _is_of_the_user(error: Exception) -> bool:
    """Whether a function of the user's failed, rather than what the package says of a message.

    A handler's own may come from anywhere: its body, a generator it returned, ``abort``, a library.
    """
    if isinstance(error, HandlerTimeout):
        return True
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "") if trace is not None else ""
    return not f"{module}.".startswith(f"{__package__.partition('.')[0]}.")
