"""What the platform, its guide or its review would refuse in a step of account linking."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ...findings import Finding, Place
from ...texts.templated import Templated
from ...wire.objects import NOTHING
from .linking_page import Page, host_of
from .linking_policy import Policy
from .linking_steps import Got, Registration

MAX_SCOPES = 15
MAX_DOMAINS = 15
"""What the consoles' forms hold."""

MAX_PAGE = 500_000
"""Bytes of a page without its assets: ten seconds on a phone with 400 kbit/s."""

_MAX_SHOWN = 3


def judge_registration(registration: Registration) -> Iterator[Finding]:
    """Check what is to be registered."""
    addresses = {
        "authorization_url": registration.authorization_url,
        "token_url": registration.token_url,
        "refresh_url": registration.refresh_url,
        "redirect_url": registration.redirect_url,
    }
    for name, url in addresses.items():
        if url:
            yield from judge_url(url, name)
    if not registration.refresh_url:
        message = Templated("No refresh token URI: when a token has expired, the user has to link again.")
        yield Finding("linking.no-refresh", message, Place("refresh_url"))
    if len(registration.scopes) > MAX_SCOPES:
        message = Templated(
            "There are %(count)s scopes; the console has room for %(max_scopes)s.",
            count=len(registration.scopes),
            max_scopes=MAX_SCOPES,
        )
        yield Finding("linking.scopes", message, Place("scopes"))


def judge_url(url: str, name: str) -> Iterator[Finding]:
    """Check an address that the platform calls or opens.

    :param name: which one it is.
    """
    if not url.lower().startswith("https://") or not host_of(url):
        yield Finding(
            "linking.http",
            Templated("%(url)s must be https.", url=without_query(url)),
            Place(name),
        )
    elif host_of(url).rpartition("]")[2].partition(":")[2] not in ("", "443"):
        yield Finding(
            "linking.port",
            Templated("%(url)s is not on port 443.", url=without_query(url)),
            Place(name),
        )


def without_query(url: str) -> str:
    """Write a URL without what is secret in it."""
    return url.partition("?")[0].partition("#")[0]


def judge_page(page: Page, got: Got) -> Iterator[Finding]:
    """Check a page that the user sees in the platform's app."""
    if not page.has_viewport:
        message = Templated(
            "The page is not laid out for phones: it has no <meta name=viewport content=width=…>."
        )
        yield Finding("linking.page-viewport", message)
    if page.pop_ups:
        shown = ", ".join(page.pop_ups[:_MAX_SHOWN])
        yield Finding("linking.page-pop-up", Templated("The page opens new windows: %(shown)s.", shown=shown))
    if page.size > MAX_PAGE:
        message = Templated(
            "The page has %(size)s kB, without its images and scripts.", size=page.size // 1000
        )
        yield Finding("linking.page-size", message)
    policy = Policy(got.header("Content-Security-Policy"))
    frame_options = got.header("X-Frame-Options").upper()
    if not policy.keeps_frames_away and frame_options not in ("DENY", "SAMEORIGIN"):
        message = Templated(
            "Other sites can show the page in a frame, and make users press its buttons unseen."
        )
        yield Finding("linking.page-framed", message)
    blocked = [*dict.fromkeys(policy.blocked(page))]
    if blocked:
        message = Templated(
            "The page's policy keeps out a part of it: %(names)s.", names=", ".join(blocked[:_MAX_SHOWN])
        )
        yield Finding("linking.page-blocked", message)


def judge_domains(urls: list[str], page: Page) -> Iterator[Finding]:
    """Check what the console's list of domains must have.

    :param urls: the addresses on the way to the page, the registered one first.
    """
    first = host_of(urls[0])
    others = {host_of(url) for url in urls} | set(page.hosts())
    needed = sorted(others - {first, ""})
    if len(needed) > MAX_DOMAINS:
        yield Finding(
            "linking.domains",
            Templated(
                "The page loads from %(count)s other hosts; the console's list has room for %(max_domains)s.",
                count=len(needed),
                max_domains=MAX_DOMAINS,
            ),
        )
    elif needed:
        message = Templated("The console's list of domains must have %(names)s.", names=", ".join(needed))
        yield Finding("linking.domains", message)


def judge_return(url: str, redirect_url: str, state: str) -> Iterator[Finding]:
    """Check the redirect back to the platform.

    :param url: where the browser was sent.
    :param redirect_url: what was asked for.
    :param state: what was sent along.
    """
    if without_query(url) != redirect_url:
        message = Templated(
            "The browser was sent to %(url)s, not to the redirect_uri %(redirect_url)s.",
            url=without_query(url),
            redirect_url=redirect_url,
        )
        yield Finding("linking.returned-elsewhere", message)
    got = query_of(url)
    states = got.get("state", [])
    if states != [state]:
        problem = {0: Templated("is missing"), 1: Templated("was changed")}.get(
            len(states), Templated("is there more than once")
        )
        yield Finding(
            "linking.state",
            Templated("state %(problem)s; it must come back as it was sent.", problem=problem),
        )
    if "error" in got:
        return
    if len(got.get("code", [])) != 1 or not got["code"][0]:
        message = Templated("There is no code") if "code" not in got else Templated("There must be one code")
        fragment = (
            Templated(" It stands in the fragment, which servers do not get.") if "code=" in url else ""
        )
        yield Finding(
            "linking.no-code",
            Templated(
                "%(message)s in the query of the redirect.%(fragment)s", message=message, fragment=fragment
            ),
        )
    if [kind.lower() for kind in got.get("token_type", [])] != ["bearer"]:
        message = Templated(
            "The redirect has no token_type=Bearer, which the guides show beside code and state."
        )
        yield Finding("linking.redirect-token-type", message)


def query_of(url: str) -> dict[str, list[str]]:
    """Read the query of a URL; empty where it cannot be read."""
    try:
        return parse_qs(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        return {}


def judge_tokens(got: Got, *, is_first: bool) -> Iterator[Finding]:
    """Check the answer to a token call.

    :param is_first: whether it was for a code, and must have a refresh token.
    """
    answer = got.json
    if got.status != 200:
        yield Finding("linking.token-status", _refused(got))
        return
    if answer is None:
        yield Finding(
            "linking.token-not-json", Templated("The answer of the token endpoint is not a JSON object.")
        )
        return
    if not text_in(answer, "access_token"):
        yield Finding("linking.no-access-token", Templated("The answer has no access_token that is a text."))
    if str(answer.get("token_type", "")).lower() != "bearer":
        message = Templated("token_type must be Bearer, not %(given)s.", given=repr(answer.get("token_type")))
        yield Finding("linking.token-type", message)
    if seconds_in(answer) is None:
        message = Templated(
            "expires_in must be a number of seconds, not %(given)s.", given=repr(answer.get("expires_in"))
        )
        yield Finding("linking.expires-in", message)
    if is_first and not text_in(answer, "refresh_token"):
        message = Templated(
            "The answer has no refresh_token: when the token has expired, the user has to link again."
        )
        yield Finding("linking.no-refresh", message)
    yield from judge_headers(got)


def judge_headers(got: Got) -> Iterator[Finding]:
    """Check the headers of an answer of the token endpoint."""
    if "no-store" not in got.header("Cache-Control").lower():
        message = Templated("The answer has no Cache-Control: no-store, so that a proxy may keep tokens.")
        yield Finding("linking.cacheable", message)
    if got.header("Content-Type").partition(";")[0].strip().lower() != "application/json":
        message = Templated(
            "Content-Type must be application/json, not %(given)s.", given=repr(got.header("Content-Type"))
        )
        yield Finding("linking.media-type", message)


def text_in(answer: Mapping[str, Any], name: str) -> str:
    """Return a token of an answer; empty where it is none, or has what no header can have."""
    value = answer.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""


def seconds_in(answer: Any) -> float | None:
    """Return ``expires_in`` of an answer; None where it is none."""
    seconds = (answer or NOTHING).get("expires_in")
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    return float(seconds) if 0 < seconds < math.inf else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a token call must be refused that nobody may get tokens by.

    :ivar code: of the finding where it is not.
    :ivar what: what was sent.
    :ivar statuses: the statuses that the answer may have.
    :ivar error: the ``error`` that it must have.
    """

    code: str
    what: str
    statuses: tuple[int, ...] = (400,)
    error: str = "invalid_grant"


WRONG_CODE = Refusal("linking.wrong-code", Templated("A wrong code"))
USED_CODE = Refusal("linking.used-code", Templated("A code that was redeemed before"))
WRONG_SECRET = Refusal(
    "linking.wrong-secret", Templated("A wrong client secret"), (401, 400), "invalid_client"
)
REVOKED = Refusal("linking.revoked", Templated("A refresh token that was revoked"))


def judge_refusal(got: Got, refusal: Refusal) -> Iterator[Finding]:
    """Check the answer to what must be refused."""
    error = (got.json or NOTHING).get("error")
    if got.status not in refusal.statuses or error != refusal.error:
        expected = Templated("%(statuses)s and %(error)s", statuses=refusal.statuses[0], error=refusal.error)
        yield Finding(
            refusal.code,
            Templated(
                "%(what)s must be answered with %(expected)s. %(refused)s",
                what=refusal.what,
                expected=expected,
                refused=_refused(got),
            ),
        )
    else:
        yield from judge_headers(got)


def _refused(got: Got) -> str:
    """Tell what an answer is instead of the one that was needed."""
    answer = got.json or NOTHING
    told = " ".join(str(answer[key]) for key in ("error", "error_description") if answer.get(key))
    if got.location:
        told = Templated("a redirect to %(url)s", url=without_query(got.location))
    kind = got.header("Content-Type").partition(";")[0]
    return Templated(
        "The token endpoint answered %(status)s: %(told)s.",
        status=got.status,
        told=told or kind or Templated("nothing"),
    )
