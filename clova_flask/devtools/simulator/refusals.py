"""What refused a message before the extension's endpoint had it, and what to do about it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from ...errors import MalformedMessage
from ...texts.templated import Templated
from ...wire.http import HttpResponse
from ...wire.json import decode


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message was sent.

    :ivar url: the address.
    :ivar name: the extension, and so its blueprint.
    :ivar own_url: where an app of this process has the extension; empty for a running endpoint.
    :ivar trusted_hosts: ``TRUSTED_HOSTS`` of an app of this process.
    """

    url: str
    name: str
    own_url: str = ""
    trusted_hosts: tuple[str, ...] = ()

    def at(self, address: str) -> str:
        """Tell how to send to another address; in this process, to its scheme and host."""
        if not self.own_url:
            return f"--url {address}"
        parts = urlsplit(address)
        return f'base_url="{parts.scheme}://{parts.netloc}" (on the command line --base-url)'


@dataclass(frozen=True, slots=True)
class _Row:
    """A kind of refusal.

    :ivar status: its HTTP status.
    :ivar sign: what stands in the body of this kind, in lower case.
    :ivar cause: what it is, and what to do, with the fields of :func:`_fields`.
    """

    status: int
    sign: str
    cause: str


_ROWS = (
    _Row(
        400,
        "is not trusted",
        Templated(
            "%(host)s is not one of the app's TRUSTED_HOSTS%(trusted_hosts)s. Call it at one of "
            "them: %(other_host)s."
        ),
    ),
    _Row(
        400,
        "csrf",
        Templated(
            "The app asks for a CSRF token, which CEK does not send: %(said)s Exempt the extension: "
            "csrf.exempt(%(blueprint)s)."
        ),
    ),
    _Row(400, "", Templated("The app answers 400 before the message is read: %(said)s")),
    _Row(
        401,
        "",
        Templated(
            "The app demands a login, and CEK brings only its signature: %(said)s Let the hook that "
            "demands it pass where request.blueprint is %(name)s."
        ),
    ),
    _Row(
        403,
        "",
        Templated(
            "The app forbids this before the message is read: %(said)s Let the hook that does so "
            "pass where request.blueprint is %(name)s."
        ),
    ),
    _Row(404, "", Templated("No rule of the app matches %(url)s, or a hook answers so. %(listens)s")),
    _Row(
        405, "", Templated("What is at %(url)s does not accept POST, which CEK sends. Is that the extension?")
    ),
    _Row(
        429,
        "",
        Templated(
            "A rate limit of the app refused the message: %(said)s All messages are from CEK, "
            "whoever speaks, so a limit by address counts all users as one. Exempt the extension: "
            "limiter.exempt(%(blueprint)s)."
        ),
    ),
    _Row(
        503,
        "",
        Templated(
            "The app, or what is in front of it, answers 503: %(said)s Where a hook does so, while "
            "the app is maintained, let it pass where request.blueprint is %(name)s: users hear that "
            "the extension failed."
        ),
    ),
    _Row(
        502, "", Templated("The proxy at %(url)s has no answer from the app behind it. Is the app running?")
    ),
    _Row(504, "", Templated("The proxy at %(url)s did not wait for the app behind it any longer.")),
)


def cause_of(response: HttpResponse, target: Target) -> str:
    """Tell why an answer is none of the extension's endpoint; empty where it is one."""
    if response.status_code == 200 or _is_the_endpoints(response):
        return ""
    if 300 <= response.status_code < 400:
        return _redirected(response, target)
    text = response.body.decode(errors="replace")
    for row in _ROWS:
        if response.status_code == row.status and row.sign in text.lower():
            return Templated(row.cause, **_fields(text, target))
    return ""


_ENDPOINTS = (400, 401, 403, 405, 409, 413)
"""What the endpoint refuses with, and tells the reason as JSON."""


def _is_the_endpoints(response: HttpResponse) -> bool:
    if response.status_code not in _ENDPOINTS:
        return False
    try:
        answer = decode(response.body)
    except MalformedMessage:
        return False
    return isinstance(answer, dict) and isinstance(answer.get("error"), str)


def _fields(text: str, target: Target) -> dict[str, str]:
    return {
        "url": target.url,
        "host": urlsplit(target.url).netloc,
        "trusted_hosts": f" ({', '.join(target.trusted_hosts)})" if target.trusted_hosts else "",
        "other_host": target.at(f"https://{example_host(target)}"),
        "name": repr(target.name),
        "blueprint": f'app.blueprints["{target.name}"]',
        "said": _said(text),
        "listens": _listens(target),
    }


def example_host(target: Target) -> str:
    """Return a host that is trusted; ``.example.com`` trusts every host below it."""
    host = next(iter(target.trusted_hosts), "voice.example.com")
    return f"voice{host}" if host.startswith(".") else host


def _listens(target: Target) -> str:
    if target.own_url in ("", target.url):
        return Templated(
            "Path, host and subdomain must be those of the extension; flask clova handlers shows them."
        )
    return Templated(
        "The extension %(name)s is at %(own_url)s: %(at)s.",
        name=repr(target.name),
        own_url=target.own_url,
        at=target.at(target.own_url),
    )


_MAX_SAID = 200


def _said(text: str) -> str:
    """Return what a page of Flask's says in words, as a sentence; any other body by its beginning."""
    found = re.search(r"<p>(.*?)</p>", text, re.DOTALL)
    words = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[1] if found else text)).split())
    if len(words) > _MAX_SAID:
        return f"{words[:_MAX_SAID]}…"
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _redirected(response: HttpResponse, target: Target) -> str:
    url, status = target.url, response.status_code
    if not response.location:
        return Templated(
            "%(url)s answers %(status)s, a redirect that does not tell where to.", url=url, status=status
        )
    to = urljoin(url, response.location)
    return Templated(
        "%(url)s redirects to %(to)s (%(status)s), and CEK does not follow redirects. %(instead)s",
        url=url,
        to=to,
        status=status,
        instead=_instead(to, target),
    )


def _instead(to: str, target: Target) -> str:
    """Tell what to do about a redirect."""
    before, after = urlsplit(target.url), urlsplit(to)
    if before.path.rstrip("/") != after.path.rstrip("/"):
        return Templated(
            "Let the hook that redirects pass where request.blueprint is %(name)s.", name=repr(target.name)
        )
    if before.scheme != after.scheme:
        return Templated("The app demands https. Call it there: %(at)s.", at=target.at(to))
    if before.netloc != after.netloc:
        return Templated("The app demands that host. Call it there: %(at)s.", at=target.at(to))
    return Templated("The URL of the extension must be the one that it redirects to.")
