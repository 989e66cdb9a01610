"""Sign messages, and deliver them over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ...errors import ClovaError
from ...security.devkey import sign
from ...security.signature import HEADER
from ...texts.templated import Templated, text_of
from ...wire.http import Failure, HttpError, HttpResponse, Limits, exchange
from ...wire.json import encode
from .refusals import Target, cause_of
from .reply import NO_ANSWER, Reply, read_reply

Deliver = Callable[[bytes, Mapping[str, str]], HttpResponse]
"""Posts a body with headers and returns the answer."""

HEADERS = {
    # The parameter is malformed in real traffic, and so it is here.
    "Content-Type": "application/json;charset-UTF-8",
    "Accept": "application/json",
    "Accept-Charset": "utf-8",
}
"""Headers that CEK sends besides the signature."""

LIMITS = Limits(connect=3.05, read=10.0, total=13.05, size=16 * 1024 * 1024)
"""What an endpoint under development may take to answer."""


class DeliveryError(ClovaError):
    """A message could not be delivered, or no answer came."""


class Sender:
    """Signs messages as CEK does, and delivers them.

    :param deliver: posts to the extension.
    :param key: the key to sign with.
    :param target: where that is.
    :ivar target: likewise.
    """

    def __init__(self, deliver: Deliver, key: rsa.RSAPrivateKey, target: Target) -> None:
        self._deliver = deliver
        self.key = key
        self.target = target

    def send(self, message: Any) -> Reply:
        """Sign a message and deliver it.

        :param message: the message, or the bytes of a body.
        """
        body = message if isinstance(message, bytes) else encode(message)
        return self.post(body, {HEADER: sign(self.key, body)}, message)

    def post(self, body: bytes, headers: Mapping[str, str], message: Any = None) -> Reply:
        """Deliver a body as it is, without signing it.

        :param message: the message that the reply is about.
        :return: the answer; its status is :data:`NO_ANSWER` when none came.
        """
        try:
            response = self._deliver(body, headers)
        except DeliveryError as error:
            return Reply(message, NO_ANSWER, None, text_of(error))
        return read_reply(message, response, cause_of(response, self.target))


def deliver_over_http(url: str, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """Post to a running server.

    :raises DeliveryError: it cannot be reached, or does not answer within :data:`LIMITS`.
    """
    try:
        return exchange("POST", url, limits=LIMITS, headers={**HEADERS, **headers}, body=body)
    except HttpError as error:
        hint = Templated(" Is the server running?") if error.failure is Failure.REFUSED else ""
        raise DeliveryError(
            Templated("%(url)s %(error)s.%(hint)s", url=url, error=text_of(error), hint=hint)
        ) from error
