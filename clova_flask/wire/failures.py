"""What the errors of requests, and of what it is built on, mean."""

from __future__ import annotations

import http.client
import socket
import ssl
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import requests
from urllib3.exceptions import LocationParseError, ReadTimeoutError

from ..texts.templated import Templated

Kind = Literal["bad URL", "refused", "unreachable", "timeout", "unreadable"]
"""The values of :class:`~clova_flask.wire.http.Failure` that an error can be."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An exchange that failed.

    :ivar url: where the request was for.
    :ivar elapsed: seconds from its beginning.
    :ivar connect: seconds that it might take to connect.
    :ivar read: seconds that it might take to read.
    """

    url: str
    elapsed: float
    connect: float
    read: float

    def within(self, limit: float) -> str:
        """Tell a time-out: the limit, or the true time where something else ended the exchange sooner."""
        seconds = f"{limit:g}" if self.elapsed >= limit else f"{self.elapsed:.1f}"
        return Templated("%(seconds)s seconds", seconds=seconds)

    @property
    def tls_hint(self) -> str:
        """What to add where a server that speaks TLS may have been spoken to in plain text."""
        return Templated("; if it speaks TLS, it is https://") if self.url.lower().startswith("http:") else ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A kind of error.

    :ivar types: what is among its causes.
    :ivar kind: the kind that it counts as.
    :ivar text: continues the server's name.
    :ivar sign: what the text of that cause has in it.
    """

    types: type[BaseException] | tuple[type[BaseException], ...]
    kind: Kind
    text: Callable[[BaseException, Attempt], str]
    sign: str = ""

    def find(self, causes: Iterable[BaseException]) -> BaseException | None:
        """Return the first cause of this kind."""
        return next((one for one in causes if isinstance(one, self.types) and self.sign in str(one)), None)


def explain(error: Exception, attempt: Attempt) -> tuple[Kind, str]:
    """Tell what went wrong with an exchange.

    :param error: what was raised, by requests or below it.
    :return: its kind, and a text that continues the server's name.
    """
    causes = _causes(error)
    for row in _ROWS:
        cause = row.find(causes)
        if cause is not None:
            return row.kind, row.text(cause, attempt)
    return "unreachable", _not_reached(error)


def _causes(error: BaseException) -> list[BaseException]:
    """List an error and what it was raised for, which urllib3 keeps in different places."""
    causes = [error]
    for one in causes:
        for inner in (*one.args, getattr(one, "reason", None), one.__cause__, one.__context__):
            if isinstance(inner, BaseException) and inner not in causes:
                causes.append(inner)
    return causes


def _not_reached(error: Exception) -> str:
    # An OSError without a number is requests' own, of a file of certificates that is not there.
    if type(error) is OSError and error.errno is None:
        return Templated("cannot be reached: %(error)s", error=error)
    return Templated("cannot be reached (%(error)s)", error=type(error).__name__)


def _tls(cause: BaseException, _attempt: Attempt) -> str:
    reason = getattr(cause, "reason", None)
    if reason in _NOT_TLS:
        return Templated("answers without TLS; is it http://?")
    return Templated("cannot be reached by TLS (%(reason)s)", reason=reason or cause)


_NOT_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")
"""What OpenSSL says, by its version, of a server that answers in plain text."""


def _untrusted(cause: BaseException, _attempt: Attempt) -> str:
    why = getattr(cause, "verify_message", "")
    return Templated(
        "has a certificate that is not trusted (%(why)s); REQUESTS_CA_BUNDLE can name a file "
        "of authorities to trust",
        why=why,
    )


def _recursion(_cause: BaseException, _attempt: Attempt) -> str:
    if "gevent" not in sys.modules:
        return Templated("cannot be reached (RecursionError)")
    return Templated(
        "cannot be reached: gevent patched ssl after requests was imported. Patch first, by "
        "'from gevent import monkey; monkey.patch_all()' at the top of gunicorn.conf.py"
    )


_KNOWN = requests.exceptions
_ROWS = (
    _Row(
        (_KNOWN.InvalidSchema, _KNOWN.InvalidURL, _KNOWN.MissingSchema, LocationParseError),
        "bad URL",
        lambda cause, at: Templated("is not a URL; it must begin with http:// or https://"),
    ),
    _Row(RecursionError, "unreachable", _recursion),
    _Row(
        _KNOWN.ProxyError,
        "unreachable",
        lambda cause, at: Templated(
            "cannot be reached through the proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names"
        ),
    ),
    _Row(
        (_KNOWN.ChunkedEncodingError, _KNOWN.ContentDecodingError),
        "unreadable",
        lambda cause, at: Templated(
            "sent an answer that cannot be read (%(error)s)", error=type(cause).__name__
        ),
    ),
    _Row(
        TimeoutError,
        "unreachable",
        lambda cause, at: Templated(
            "did not finish the TLS handshake within %(within)s", within=at.within(at.connect)
        ),
        sign="handshake",
    ),
    _Row(
        _KNOWN.ConnectTimeout,
        "unreachable",
        lambda cause, at: Templated(
            "did not accept a connection within %(within)s", within=at.within(at.connect)
        ),
    ),
    _Row(
        (_KNOWN.ReadTimeout, ReadTimeoutError),  # the latter, in a ConnectionError, within the body
        "timeout",
        lambda cause, at: Templated("did not answer within %(within)s", within=at.within(at.read)),
    ),
    _Row(ssl.SSLCertVerificationError, "unreachable", _untrusted),
    _Row(ssl.SSLError, "unreachable", _tls),
    _Row(
        socket.gaierror,
        "unreachable",
        lambda cause, at: Templated(
            "has a host name that cannot be resolved (%(reason)s)",
            reason=Templated(str(getattr(cause, "strerror", cause))),
        ),
    ),
    _Row(ConnectionRefusedError, "refused", lambda cause, at: Templated("refused the connection")),
    _Row(
        (ConnectionResetError, BrokenPipeError, ConnectionAbortedError),
        "unreachable",
        lambda cause, at: Templated(
            "closed the connection without an answer%(tls_hint)s", tls_hint=at.tls_hint
        ),
    ),
    _Row(
        http.client.HTTPException,
        "unreachable",
        lambda cause, at: Templated(
            "answered with something that is not HTTP%(tls_hint)s", tls_hint=at.tls_hint
        ),
    ),
)
"""The first row that fits counts."""
