"""From the bytes of a request to the bytes of its answer: verify, parse, load, dispatch, write.

No Flask in here; :mod:`clova_flask.views` is the thin part that is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from . import signals
from .custom.dispatch import Dispatcher
from .custom.messages import load_message
from .custom.objects import Message
from .errors import AnswerError, MalformedMessage, RequestRefused, StaleMessage, WrongExtension
from .home.dispatch import HomeService
from .home.messages import load_home_request
from .security.signature import Verifier
from .settings import Settings
from .wire.iso8601 import age_in_seconds
from .wire.json import MAX_DEPTH, decode, describe_unwritable, encode, encode_in_parts, is_deep

logger = logging.getLogger("clova_flask")

Write = Callable[[Any], bytes]
_MAX_ANSWER_DEPTH = MAX_DEPTH - 10  # what goes out comes back a few levels further in
Now = Callable[[], datetime]


def utc_now() -> datetime:
    """Give the time, aware, in UTC."""
    return datetime.now(UTC)


class Endpoint:
    """Answers the requests of one extension.

    :param name: the extension's name, for signals.
    :param settings: its settings.
    :param verifier: checks signatures; not asked when verification is off.
    :param custom: calls the handlers of a custom extension.
    :param home: calls the handlers of Clova Home.
    :param sender: the sender of signals.
    """

    def __init__(
        self,
        name: str,
        settings: Settings,
        verifier: Verifier,
        custom: Dispatcher,
        home: HomeService,
        *,
        sender: object,
        now: Now = utc_now,
    ) -> None:
        self._name = name
        self._settings = settings
        self._verifier = verifier
        self._custom = custom
        self._home = home
        self._sender = sender
        self._now = now

    def answer(self, body: bytes, signature: str | None) -> bytes:
        """Answer a message.

        :param body: the exact bytes received.
        :param signature: the value of ``SignatureCEK``, or None.
        :return: the response message, JSON in UTF-8.
        :raises RequestRefused: it reached no handler.
        """
        if signals.message_received.receivers:
            self._signal(signals.message_received, size=len(body))
        if self._settings.verify_signature:
            self._verifier.verify(body, signature)
        data = decode(body)
        if not isinstance(data, dict) or not ("request" in data or "header" in data):
            raise MalformedMessage("The body is JSON, but no message of CEK: no 'request' and no 'header'.")
        if "request" in data:
            return self._answer(self._custom, self._load_custom(data), _encode_shallow)
        return self._answer(self._home, load_home_request(data), encode_in_parts)

    def discovery_faults(self, access_token: str) -> list[str]:
        """Say what is wrong with the appliances that discovery gives a user."""
        return self._home.discovery_faults(access_token)

    def refuse(self, error: RequestRefused) -> None:
        """Tell those who watch that a message was refused."""
        self._signal(signals.message_refused, error=error)

    def _answer(self, dispatcher: Any, message: Any, write: Write) -> bytes:
        if signals.message_verified.receivers:
            self._signal(signals.message_verified, message=message)
        answer: bytes = dispatcher.dispatch(message, lambda answer: self._write(message, answer, write))
        return answer

    def _load_custom(self, data: Any) -> Message:
        message = load_message(data)
        self._require_own(message)
        self._require_fresh(message)
        return message

    def _require_own(self, message: Message) -> None:
        ids = self._settings.extension_ids
        if ids and message.extension_id not in ids:
            raise WrongExtension(
                "The message is for another extension: its applicationId is not in CLOVA_EXTENSION_ID."
            )

    def _require_fresh(self, message: Message) -> None:
        tolerance = self._settings.timestamp_tolerance
        if tolerance is None or message.request.timestamp is None:
            return
        age = age_in_seconds(message.request.timestamp, self._now())
        if age is None or abs(age) > tolerance:
            raise StaleMessage(f"request.timestamp is not within {tolerance:g} seconds of now.")

    def _write(self, message: Any, answer: dict[str, Any], write: Write) -> bytes:
        try:
            written = write(answer)
        except (TypeError, ValueError, RecursionError) as error:
            where = describe_unwritable(answer) or str(error)
            raise AnswerError(f"The answer cannot be written as JSON: {where}.") from None
        if signals.message_handled.receivers:
            self._signal(signals.message_handled, message=message, answer=answer)
        return written

    def _signal(self, signal: Any, **details: Any) -> None:
        try:
            signal.send(self._sender, extension=self._name, **details)
        except Exception:
            logger.exception("A receiver of %s failed.", signal.name)


def _encode_shallow(answer: Any) -> bytes:
    """Write a custom answer, whose session attributes have to be taken again with the next message."""
    written = encode(answer)
    if is_deep(written, _MAX_ANSWER_DEPTH):
        raise AnswerError(
            f"sessionAttributes, or another part of the answer, nests deeper than {_MAX_ANSWER_DEPTH} "
            "levels; what comes back with the next message could not be taken."
        )
    return written
