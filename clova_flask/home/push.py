"""The Push API (KR): the user's speaker says that something happened to an appliance.

From the guide's section on push; messages are written and reviewed in the developer console, and named here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from ..errors import ClovaError, ConfigurationError, MalformedMessage
from ..settings.converters import fits_a_header
from ..wire.json import decode

if TYPE_CHECKING:
    from ..wire.http import HttpResponse

URL = "https://apis.naver.com/clovahome/clova-platform/sendNotification"
TIMEOUT = (3.05, 10.0)
"""Seconds to connect, and to wait for the answer; together they bound a push with all its tries."""
NOT_DELIVERED = (503,)
"""Answers after which a push is tried again; after any other 5xx it may have been delivered."""
MAX_ANSWER = 65_536
"""Longest answer read, in bytes; a receipt has about 100."""
NO_ERROR = (None, "", 0, "0")
"""What ``errorCode`` is when there is no error."""
PREFIXES = ("test-msg-", "msg-")
"""What message ids begin with, before and after review."""


class PushError(ClovaError):
    """A push was not sent.

    :cvar code: ``errorCode`` of the Push API; None when it did not answer with one that is known.
    """

    code: ClassVar[int | None] = None


class PushUnavailable(PushError):
    """The Push API could not be reached, or answered with nothing that can be understood."""


class PushExtensionNotFound(PushError):
    """The extension does not exist."""

    code = 4201


class PushBadKey(PushError):
    """The extension's secret is wrong."""

    code = 4202


class PushEmptyAppliance(PushError):
    """The appliance id is empty."""

    code = 4203


class PushBadMessageId(PushError):
    """The message id is not one of the extension's."""

    code = 4204


class PushBadBody(PushError):
    """The body of the request is wrong."""

    code = 4205


class PushNotEnabled(PushError):
    """The extension has no push."""

    code = 4206


class PushApplianceLimit(PushError):
    """Too many of this message for this appliance."""

    code = 4207


class PushExtensionLimit(PushError):
    """Too many of this message for this extension."""

    code = 4208


PUSH_ERRORS: dict[int, type[PushError]] = {
    error.code: error for error in PushError.__subclasses__() if error.code is not None
}
"""Every error by its code."""


@dataclass(frozen=True, slots=True)
class PushReceipt:
    """What the Push API answered to a push that was sent.

    :ivar summary: its words.
    :ivar json: the whole answer.
    """

    summary: str
    json: Any


class Push(NamedTuple):
    """A push that a test has recorded; it equals the pair of its ids.

    :ivar appliance_id: your id of the appliance.
    :ivar message_id: the message.
    """

    appliance_id: str
    message_id: str


class PushClient:
    """A client of the Push API, safe to share between threads; each push has a connection of its own.

    :param extension_id: the extension's id.
    :param secret: its API key from the developer console.
    :param url: where the API is.
    :param timeout: seconds to connect, and to wait for the answer; a push takes no longer than both, however
        often it is tried.
    :param retries: how often to try again where nothing was delivered: without a connection, or when the API
        answers 503.
    :param on_outcome: told of each push, ``sent`` or the name of the error's class.
    :raises ConfigurationError: an id or a secret is missing, or cannot be a header's value.
    """

    def __init__(
        self,
        extension_id: str,
        secret: str,
        *,
        url: str = URL,
        timeout: tuple[float, float] = TIMEOUT,
        retries: int = 2,
        sleep: Callable[[float], None] = time.sleep,
        on_outcome: Callable[[str], None] | None = None,
    ) -> None:
        if not extension_id or not secret:
            raise ConfigurationError(
                "The Push API needs CLOVA_EXTENSION_ID and CLOVA_EXTENSION_SECRET. Set both."
            )
        for setting, value in (("CLOVA_EXTENSION_ID", extension_id), ("CLOVA_EXTENSION_SECRET", secret)):
            if not fits_a_header(value):
                raise ConfigurationError(
                    f"{setting} has a character that no HTTP header can have: a line break, a space at an "
                    "end, or one beyond ASCII. Copy it again from the developer console."
                )
        self._url = url
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep
        self._on_outcome = on_outcome
        self._extension_id = extension_id
        self._headers = {
            "Content-Type": "application/json",
            "X-Clova-Extension-Id": extension_id,
            "X-Clova-Extension-Secret": secret,
        }

    def __repr__(self) -> str:
        return f"<PushClient {self._extension_id!r}>"

    def send(self, appliance_id: str, message_id: str) -> PushReceipt:
        """Send a message about an appliance.

        :param appliance_id: your id of the appliance.
        :param message_id: ``test-msg-…`` before review, ``msg-…`` after.
        :raises PushError: it was not sent; the class tells why.
        """
        if self._on_outcome is None:
            return self._send(appliance_id, message_id)
        try:
            receipt = self._send(appliance_id, message_id)
        except PushError as error:
            self._on_outcome(type(error).__name__)
            raise
        self._on_outcome("sent")
        return receipt

    def _send(self, appliance_id: str, message_id: str) -> PushReceipt:
        check_push(appliance_id, message_id)
        response = self._post({"applianceId": appliance_id, "messageId": message_id})
        try:
            answer = decode(response.body)
        except MalformedMessage:
            answer = None
        return _receipt(response.status_code, answer)

    def _post(self, message: dict[str, str]) -> HttpResponse:
        """Post, and again where nothing was delivered; no one hears one push twice."""
        body, end = json.dumps(message).encode(), time.monotonic() + sum(self._timeout)
        for attempt in count(1):
            try:
                return self._try(body, end)
            except _NotDelivered as error:
                pause = 0.2 * 2**attempt
                if attempt > self._retries or time.monotonic() + pause >= end:
                    raise PushUnavailable(f"The Push API {error}, {attempt} times.") from None
            self._sleep(pause)
        raise AssertionError("count() does not end")

    def _try(self, body: bytes, end: float) -> HttpResponse:
        """Post once.

        :param end: until when, on the monotonic clock.
        :raises _NotDelivered: it may be tried again.
        """
        from ..wire.http import Failure, HttpError, Limits, exchange  # here, since few apps push

        left = end - time.monotonic()
        if left <= 0:  # the machine slept, or was busy with other work
            raise _NotDelivered("was not reached in time")
        connect, read = self._timeout
        limits = Limits(connect=min(connect, left), read=min(read, left), total=left, size=MAX_ANSWER)
        try:
            response = exchange("POST", self._url, limits=limits, headers=self._headers, body=body)
        except HttpError as error:
            if error.may_have_arrived:
                raise PushUnavailable(f"The Push API {error}; the push may have arrived.") from None
            if error.failure is Failure.BAD_URL:
                raise PushUnavailable(f"The Push API {error}.") from None
            raise _NotDelivered(str(error)) from None
        if response.status_code in NOT_DELIVERED:
            raise _NotDelivered(f"answered HTTP {response.status_code}")
        if response.status_code >= 500:
            raise PushUnavailable(
                f"The Push API answered HTTP {response.status_code}; the push may have arrived."
            )
        return response


class _NotDelivered(Exception):
    """A try came to nothing, and the next one cannot be a second delivery."""


def check_push(appliance_id: str, message_id: str) -> None:
    """Check a push before it is sent.

    :raises PushError: the Push API would refuse it.
    """
    if not appliance_id:
        raise PushEmptyAppliance("appliance_id must not be empty.")
    if not message_id.startswith(PREFIXES):
        begin = " or ".join(PREFIXES)
        raise PushBadMessageId(f"message_id must begin with {begin}, not {message_id!r}.")


def _receipt(status: int, answer: Any) -> PushReceipt:
    # The table has the outcome in meta, one example in value, another by itself.
    within = [answer[key] for key in ("meta", "value") if key in answer] if isinstance(answer, dict) else []
    outcome = next(iter(within), answer)
    if not isinstance(outcome, dict):
        raise PushUnavailable(f"The Push API answered HTTP {status} with a body that is not a JSON object.")
    code = outcome.get("errorCode")
    if status == 200 and outcome.get("success") is not False and code in NO_ERROR:
        return PushReceipt(str(answer.get("summary", "")), answer)
    known = next((error for number, error in PUSH_ERRORS.items() if code in (number, str(number))), None)
    raise (known or PushError)(f"{outcome.get('error') or 'The push was refused.'} (HTTP {status}, {code})")
