"""From the bytes of a request to the bytes of its answer: verify, decode, choose a service, answer.

No Flask in here; :mod:`clova_flask.views` is the thin part that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from .errors import MalformedMessage, RequestRefused
from .injection.refusals import HookRefusal
from .security.signature import Verifier
from .signals import Notifier, message_received, message_refused, message_verified
from .wire.json import decode

if TYPE_CHECKING:
    from .security.replay import ReplayGuard


class Service(Protocol):
    """Answers one kind of message, and encodes its answers itself."""

    def load(self, data: dict[str, Any]) -> Any:
        """Load a message.

        :param data: the parsed JSON of a verified body.
        :raises RequestRefused: it reaches no handler.
        """

    def answer(self, message: Any) -> bytes:
        """Answer a message: always, also when its handler fails or returns what cannot be sent."""


class Endpoint:
    """Answers the requests of one extension.

    :param verifier: checks signatures; None when verification is off.
    :param guard: refuses what has come before; None where there is none.
    :param custom: answers the messages of a custom extension.
    :param home: answers the messages of Clova Home.
    :param notify: sends signals.
    """

    def __init__(
        self,
        verifier: Verifier | None,
        *,
        guard: ReplayGuard | None,
        custom: Service,
        home: Service,
        notify: Notifier,
    ) -> None:
        self._verifier = verifier
        self._guard = guard
        self._custom = custom
        self._home = home
        self._notify = notify

    def answer(self, body: bytes, signature: str | None) -> bytes:
        """Answer a message.

        :param body: the exact bytes received.
        :param signature: the value of ``SignatureCEK``, or None.
        :return: the response message, JSON in UTF-8.
        :raises RequestRefused: it reached no handler.
        """
        if message_received.receivers:
            self._notify(message_received, size=len(body))
        if self._verifier is not None:
            self._verifier.verify(body, signature)
        data = decode(body)
        service = self._service(data)
        message = service.load(data)
        if self._guard is not None:
            self._guard.check(body, data)
        if message_verified.receivers:
            self._notify(message_verified, message=message)
        try:
            return service.answer(message)
        except HookRefusal as refusal:
            raise refusal.error from None
        except RequestRefused as error:
            # Raised again in testing, as any other exception of the user's: the message was not refused.
            raise RuntimeError(
                f"{type(error).__name__} was raised, and by no before_request hook: only those can refuse a "
                "message. Elsewhere it is a failure, which users hear an apology for."
            ) from error

    def refuse(self, error: RequestRefused) -> None:
        """Send the signal of a refused message."""
        self._notify(message_refused, error=error)

    def _service(self, data: Any) -> Service:
        if isinstance(data, dict):
            if "request" in data:
                return self._custom
            if "header" in data:
                return self._home
        raise MalformedMessage(
            "The body is JSON but not a message of CEK: it must be an object with 'request' or 'header'."
        )
