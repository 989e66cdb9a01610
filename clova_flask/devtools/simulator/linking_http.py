"""Sending the steps of account linking over HTTP, and the cookies of a browser without a screen."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from ...texts.templated import Templated, text_of
from ...wire.http import HttpError, Limits, exchange
from .linking_page import host_of
from .linking_steps import Got, Send, Sent
from .transport import DeliveryError

LIMITS = Limits(connect=3.05, read=10.0, total=13.05, size=4 * 1024 * 1024)
"""What a server under development may take to answer."""

FORM = "application/x-www-form-urlencoded"


def send_over_http(sent: Sent) -> Got:
    """Send a request to a server.

    :raises DeliveryError: it cannot be reached, or does not answer within :data:`LIMITS`.
    """
    headers = dict(sent.headers)
    if sent.body is not None:
        headers["Content-Type"] = FORM
    try:
        response = exchange(sent.method, sent.url, limits=LIMITS, headers=headers, body=sent.body)
    except HttpError as error:
        host = host_of(sent.url)
        raise DeliveryError(
            Templated("%(url)s %(error)s.%(hint)s", url=host or sent.url, error=text_of(error), hint="")
        ) from error
    return Got(response.status_code, response.headers, response.body)


class Cookies:
    """Keeps the cookies of each host, as far as a login page on the way needs them.

    :param send: what sends.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._kept: dict[str, dict[str, str]] = {}

    def __call__(self, sent: Sent) -> Got:
        """Send a request with the cookies of its host, and keep those of the answer."""
        kept = self._kept.setdefault(host_of(sent.url), {})
        cookie = "; ".join(f"{name}={value}" for name, value in kept.items())
        headers = (*sent.headers, ("Cookie", cookie)) if cookie else sent.headers
        got = self._send(Sent(sent.method, sent.url, headers, sent.form))
        for name, value in got.headers:
            if name.lower() == "set-cookie":
                kept.update(_cookies_in(value))
        return got


def _cookies_in(header: str) -> dict[str, str]:
    try:
        return {name: morsel.coded_value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
