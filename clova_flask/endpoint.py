"""From the bytes of a request to the bytes of its answer: verify, decode, choose a service, answer.

No Flask in here; :mod:`clova_flask.views` is the thin part that is.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from .errors import MalformedMessage, RequestRefused
from .injection.refusals import HookRefusal
from .security.signature import Verifier
from .signals import (
    Notifier,
    message_failed,
    message_handled,
    message_received,
    message_refused,
    message_verified,
)
from .wire.json import decode

if TYPE_CHECKING:
    from .security.replay import ReplayGuard
    from .telemetry.trace import Observe, Trace, Watch

_WATCHED = (message_handled, message_failed, message_refused)
"""Signals that tell how long a message took."""


class Service(Protocol):
    """Answers one kind of message, and encodes its answers itself."""

    def load(self, data: dict[str, Any]) -> Any:
        """Load a message.

        :param data: the parsed JSON of a verified body.
        :raises RequestRefused: it reaches no handler.
        """

    def answer(self, message: Any, trace: Trace | None) -> bytes:
        """Answer a message: always, also when its handler fails or returns what cannot be sent.

        :param trace: notes how it goes; None where nobody watches.
        """


class Endpoint:
    """Answers the requests of one extension.

    :param verifier: checks signatures; None when verification is off.
    :param guard: refuses what has come before; None where there is none.
    :param custom: answers the messages of a custom extension.
    :param home: answers the messages of Clova Home.
    :param notify: sends signals.
    :param observe: tells of a message beyond the signals, around it; None where nothing is to.
    """

    def __init__(
        self,
        verifier: Verifier | None,
        *,
        guard: ReplayGuard | None,
        custom: Service,
        home: Service,
        notify: Notifier,
        observe: Observe | None = None,
    ) -> None:
        self._verifier = verifier
        self._guard = guard
        self._custom = custom
        self._home = home
        self._notify = notify
        self._observe = observe

    def answer(self, body: bytes, signature: str | None) -> bytes:
        """Answer a message.

        :param body: the exact bytes received.
        :param signature: the value of ``SignatureCEK``, or None.
        :return: the response message, JSON in UTF-8.
        :raises RequestRefused: it reached no handler.
        """
        if self._observe is None and not any(signal.receivers for signal in _WATCHED):
            return self._answer(body, signature, None)
        with self._watching() as trace:
            return self._answer(body, signature, trace)

    def refuse(self, error: RequestRefused) -> None:
        """Tell of a message whose body could not be read."""
        with suppress(RequestRefused), self._watching():
            raise error

    def _watching(self) -> Watch:
        """Watch how a message goes."""
        return _watch()(self._notify, self._observe)

    def _answer(self, body: bytes, signature: str | None, trace: Trace | None) -> bytes:
        if message_received.receivers:
            self._notify(message_received, size=len(body))
        if self._verifier is not None:
            self._verifier.verify(body, signature)
        if trace is not None:
            trace.ended("verify")
        data = decode(body)
        service = self._service(data)
        message = service.load(data)
        if self._guard is not None:
            self._guard.check(body, data)
        if message_verified.receivers:
            self._notify(message_verified, message=message)
        if trace is not None:
            trace.ended("load")
        try:
            return service.answer(message, trace)
        except HookRefusal as refusal:
            raise refusal.error from None
        except RequestRefused as error:
            # Raised again in testing, as any other exception of the user's: the message was not refused.
            raise RuntimeError(
                f"{type(error).__name__} was raised, and by no before_request hook: only those can refuse a "
                "message. Elsewhere it is a failure, which users hear an apology for."
            ) from error

    def _service(self, data: Any) -> Service:
        if isinstance(data, dict):
            if "request" in data:
                return self._custom
            if "header" in data:
                return self._home
        raise MalformedMessage(
            "The body is JSON but not a message of CEK: it must be an object with 'request' or 'header'."
        )


@cache
def _watch() -> type[Watch]:
    """Import what watches messages when it is needed: most extensions are watched by nobody."""
    from .telemetry.trace import Watch

    return Watch
