"""One HTTP exchange, bounded in time and in size.

For whatever the package asks of another server: public keys, the Push API, an endpoint under development.
"""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ..texts.templated import Templated
from .objects import NOTHING

if TYPE_CHECKING:
    import requests

    from .connections import Connections


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What one exchange may take.

    :ivar connect: seconds to connect.
    :ivar read: seconds between two reads.
    :ivar total: seconds for the whole exchange, headers and body included.
    :ivar size: bytes of the answer's body.
    """

    connect: float
    read: float
    total: float
    size: int


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """The answer of a server: its status, its body as it is, where it redirects to, and its headers."""

    status_code: int
    body: bytes
    location: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)


class Failure(StrEnum):
    """The kinds of :class:`HttpError`."""

    BAD_URL = "bad URL"
    """The URL cannot be used; nothing was sent."""
    REFUSED = "refused"
    """Nobody listens there; nothing was sent."""
    UNREACHABLE = "unreachable"
    """There was no connection, or it broke before the answer began."""
    TIMEOUT = "timeout"
    """The server did not answer in time; it may have received the request."""
    TOO_LONG = "too long"
    """The answer is longer than :attr:`Limits.size`."""
    UNREADABLE = "unreadable"
    """The answer broke off, or cannot be decompressed."""


class HttpError(Exception):
    """An exchange failed. Its text continues the server's name: ``did not answer within 5 seconds``.

    :ivar failure: the kind.
    :ivar may_have_arrived: whether a connection was there, so that the server may have received the request.
    """

    def __init__(self, failure: Failure, text: str, *, may_have_arrived: bool = True) -> None:
        super().__init__(text)
        self.failure = failure
        self.may_have_arrived = may_have_arrived


def exchange(
    method: str, url: str, *, limits: Limits, headers: Mapping[str, str] = NOTHING, body: bytes | None = None
) -> HttpResponse:
    """Send a request and read the answer. Redirects are not followed.

    :raises HttpError: there is no whole answer, whatever the reason.
    """
    # Here, since it imports requests; see there.
    from .connections import Connections

    transfer = _Transfer(limits, Connections())
    # A thread, since the time-outs of a socket begin anew with each byte, and resolving a name has none.
    run = contextvars.copy_context().run
    thread = threading.Thread(target=run, args=(transfer.run, method, url, headers, body), daemon=True)
    try:
        thread.start()
        thread.join(limits.total)
        outcome = transfer.outcome  # before the cut, which is an outcome as well
    except RuntimeError as error:  # too many threads, or the interpreter is about to end
        text = Templated("cannot be reached (%(error)s)", error=error)
        raise HttpError(Failure.UNREACHABLE, text, may_have_arrived=transfer.connections.were_made) from error
    finally:
        transfer.connections.cut()
    if outcome is None:
        text = Templated("did not finish within %(total)s seconds", total=f"{limits.total:.3g}")
        raise HttpError(Failure.TIMEOUT, text, may_have_arrived=transfer.connections.were_made)
    if isinstance(outcome, HttpError):
        raise outcome
    return outcome


class _Transfer:
    """One exchange under way.

    :ivar outcome: what came of it; None as long as it is not over.
    """

    def __init__(self, limits: Limits, connections: Connections) -> None:
        self._limits = limits
        self.connections = connections
        self.outcome: HttpResponse | HttpError | None = None

    def run(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> None:
        """Do what the thread is for; it ends with an outcome, and raises nothing."""
        limits, start = self._limits, time.monotonic()
        try:
            timeout = (limits.connect, limits.read)
            with self.connections.send(method, url, headers, body, timeout) as response:
                location = response.headers.get("Location", "")
                given = tuple(response.raw.headers.items())  # requests joins those of one name
                self.outcome = HttpResponse(response.status_code, self._read(response), location, given)
        except HttpError as error:
            self.outcome = error
        except Exception as error:  # noqa: BLE001 - also those of urllib3, ssl and the file system
            from .failures import Attempt, explain

            kind, text = explain(error, Attempt(url, time.monotonic() - start, limits.connect, limits.read))
            self.outcome = HttpError(Failure(kind), text, may_have_arrived=self.connections.were_made)
            self.outcome.__cause__ = error

    def _read(self, response: requests.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(65_536):
            body += chunk
            if len(body) > self._limits.size:
                text = Templated(
                    "answered %(status_code)s with more than %(size)s bytes",
                    status_code=response.status_code,
                    size=self._limits.size,
                )
                raise HttpError(Failure.TOO_LONG, text)
        return bytes(body)
