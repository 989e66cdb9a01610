"""Account linking as data: what the console registers, and what each step sent, received and found."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ...findings import Finding
from .device import SimulatorError

if TYPE_CHECKING:
    from .linking_page import Page

Pairs = tuple[tuple[str, str], ...]


class LinkingError(SimulatorError):
    """An account could not be linked, or a token not be refreshed.

    :ivar steps: the steps up to there, the last one first to look at.
    """

    def __init__(self, text: str, steps: tuple[Step, ...] = ()) -> None:
        super().__init__(text)
        self.steps = steps


class Authentication(StrEnum):
    """How the platform proves itself at the token endpoint, as the consoles offer it."""

    BASIC = "basic"
    """HTTP Basic, which the consoles recommend."""
    BODY = "body"
    """Credentials in the request's body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What is entered in the console, under account linking.

    :ivar authorization_url: the page that the platform's app opens.
    :ivar token_url: the access token URI, ``…/token?grant_type=authorization_code``.
    :ivar refresh_url: the refresh token URI, ``…/token?grant_type=refresh_token``; empty for none.
    :ivar redirect_url: the redirect URL of the platform.
    :ivar scopes: at most 15.
    :ivar authentication: how the platform proves itself.
    """

    authorization_url: str
    token_url: str
    redirect_url: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_url: str = ""
    scopes: tuple[str, ...] = ()
    authentication: Authentication = Authentication.BASIC


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: of the platform's app, which has cookies, or of the platform.

    :ivar form: the fields of its body; they, and the headers, hold what is secret.
    """

    method: str
    url: str
    headers: Pairs = field(default=(), repr=False)
    form: Pairs = field(default=(), repr=False)

    @property
    def body(self) -> bytes | None:
        """The body as it is sent; None for none."""
        return urlencode(self.form).encode() if self.method == "POST" else None


@dataclass(frozen=True, slots=True)
class Got:
    """What came back."""

    status: int
    headers: Pairs = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str:
        """Return a header's value, several of one name joined; empty where there is none."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def location(self) -> str:
        """Where it redirects to; empty where it does not."""
        return self.header("Location") if 300 <= self.status < 400 else ""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")

    @property
    def json(self) -> Mapping[str, Any] | None:
        """The body as a JSON object, or None."""
        try:
            read = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return read if isinstance(read, dict) else None


Send = Callable[[Sent], Got]
"""Sends a request and returns the answer, without following redirects.

It raises :class:`~clova_flask.devtools.simulator.transport.DeliveryError` where none came.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step.

    :ivar name: which one: ``ask``, ``open``, ``consent``, ``return``, ``token``, ``refresh``, ``use``,
        ``revoke``.
    :ivar sent: the request; None where the step sends none.
    :ivar got: the answer; None where none came.
    :ivar findings: what is wrong in it.
    """

    name: str
    sent: Sent | None = None
    got: Got | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Step):
    """The authorization request is written.

    :ivar url: what the platform's app opens.
    :ivar state: what must come back untouched.
    """

    url: str
    state: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Step):
    """The page for the user is open.

    :ivar hops: the redirects on the way to it.
    :ivar url: its address.
    :ivar page: what it consists of; None where there is none.
    :ivar back_to: the redirect URL with its query, where the server asked nobody; empty otherwise.
    """

    hops: tuple[Step, ...] = ()
    url: str = ""
    page: Page | None = None
    back_to: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Step):
    """The browser is back at the platform's redirect URL.

    :ivar code: what the platform redeems; empty where there is none.
    :ivar error: the error that came instead, ``access_denied``; empty for none.
    :ivar description: the server's words for it.
    """

    code: str = field(default="", repr=False)
    error: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What the platform keeps of a linked account.

    :ivar expires_in: seconds; None where the server does not tell.
    :ivar received_at: when, in seconds.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_in: float | None = None
    scopes: tuple[str, ...] = ()
    received_at: float = 0.0

    def has_expired(self, now: float) -> bool:
        """Tell whether the platform takes the access token for expired."""
        return self.expires_in is not None and now >= self.received_at + self.expires_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Step):
    """A call of the platform's is answered.

    :ivar tokens: what it brought; None for an error.
    :ivar error: the error's code, ``invalid_grant``; empty for none.
    """

    tokens: Tokens | None = None
    error: str = ""
