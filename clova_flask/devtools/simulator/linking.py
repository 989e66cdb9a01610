"""Account linking as the platform goes through it, step by step, with any OAuth 2.0 server."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from ...findings import Finding
from ...texts.templated import Templated, text_of
from .linking_calls import TokenCalls, now
from .linking_http import Cookies, send_over_http
from .linking_judge import (
    judge_domains,
    judge_page,
    judge_registration,
    judge_return,
    judge_url,
    query_of,
    without_query,
)
from .linking_page import host_of, joined, read_page
from .linking_policy import Policy
from .linking_steps import Asked, Opened, Pairs, Registration, Returned, Send, Sent, Step
from .reply import Reply
from .transport import DeliveryError

MAX_HOPS = 10
"""Redirects that a browser would follow to the login page, and more."""

_PHONE: Pairs = (
    ("Accept", "text/html,application/xhtml+xml"),
    ("User-Agent", "Mozilla/5.0 (Linux; Android 13; Mobile) AppleWebKit/537.36 Chrome/120 Mobile"),
)
_REFUSALS = ("InvalidAccessTokenError", "ExpiredAccessTokenError")


class LinkingClient(TokenCalls):
    """The platform, as the client of an extension's OAuth 2.0 server.

    Each method is one step, and returns what was sent, what came back, and what is wrong with it. Nothing is
    kept from one step to the next, so that they can be done one by one, and in any order.

    :param registration: what is entered in the console.
    :param send: sends the platform's own calls.
    :param phone: sends what the platform's app sends, with cookies; None for a new one that uses ``send``.
    :param language: ``Accept-Language`` of the app.
    :param clock: returns the time in seconds.
    """

    def __init__(
        self,
        registration: Registration,
        send: Send = send_over_http,
        *,
        phone: Send | None = None,
        language: str = "ko-KR",
        clock: Callable[[], float] = now,
    ) -> None:
        super().__init__(registration, send, clock=clock)
        self.phone = phone or Cookies(send)
        self._browser_headers: Pairs = (*_PHONE, ("Accept-Language", language))

    def ask(self, state: str | None = None) -> Asked:
        """Write the authorization request, and check what is registered.

        :param state: what must come back; None for a random text, with letters that suffer where a server
            decodes once too often.
        """
        registration = self.registration
        state = state or f"{secrets.token_urlsafe(24)}+/=%2F"
        asked = {
            "state": state,
            "client_id": registration.client_id,
            "response_type": "code",
            "redirect_uri": registration.redirect_url,
        }
        if registration.scopes:
            asked["scope"] = " ".join(registration.scopes)
        page = registration.authorization_url
        url = f"{page}{'&' if '?' in page else '?'}{urlencode(asked)}"
        return Asked(name="ask", url=url, state=state, findings=tuple(judge_registration(registration)))

    def open(self, asked: Asked) -> Opened:
        """Open the page in the platform's app, and follow redirects to what the user sees."""
        url, hops = asked.url, list[Step]()
        for _ in range(MAX_HOPS):
            step = self._browse("open", Sent("GET", url, self._browser_headers))
            if step.got is None or not step.got.location:
                return self.look_at(url, step, hops)
            hops.append(step)
            url = joined(url, step.got.location)
            if without_query(url) == self.registration.redirect_url:
                return Opened(name="open", sent=step.sent, got=step.got, hops=(*hops,), url=url, back_to=url)
            if not host_of(url) or not url.lower().startswith(("http://", "https://")):
                break
        message = Templated(
            "The page redirects %(count)s times, and then to %(url)s.",
            count=len(hops),
            url=without_query(url),
        )
        finding = Finding("linking.page-status", message)
        return Opened(name="open", sent=hops[0].sent, hops=(*hops,), url=url, findings=(finding,))

    def open_once(self, asked: Asked) -> Step:
        """Open the page, and follow no redirect."""
        return self._browse("open", Sent("GET", asked.url, self._browser_headers))

    def try_foreign_redirect(self, asked: Asked, address: str) -> Step:
        """Ask with a redirect URL that is not registered; the server must not redirect there.

        :param address: that URL.
        """
        foreign = replace(self.registration, redirect_url=address)
        url = LinkingClient(foreign, self._send, phone=self.phone).ask(asked.state).url
        step = self._browse("open", Sent("GET", url, self._browser_headers))
        if step.got is not None and without_query(joined(url, step.got.location)) == address:
            message = Templated(
                "The server redirects to %(address)s, which is not registered.", address=address
            )
            return replace(step, findings=(*step.findings, Finding("linking.redirect-unchecked", message)))
        return step

    def look_at(self, url: str, step: Step, hops: Sequence[Step] = ()) -> Opened:
        """Read and judge the page that a step ended at.

        :param url: its address.
        :param hops: the redirects on the way to it.
        """
        addresses = [hop.sent.url for hop in hops if hop.sent] + [url]
        findings = [*step.findings]
        for address in addresses[1:]:
            findings += judge_url(address, "page")
        page = None
        if step.got is not None:
            page = read_page(url, step.got.body)
            if step.got.status != 200:
                message = Templated(
                    "%(url)s answers %(status)s instead of a page.",
                    url=without_query(url),
                    status=step.got.status,
                )
                findings.append(Finding("linking.page-status", message))
            else:
                findings += [*judge_page(page, step.got), *judge_domains(addresses, page)]
        return Opened(
            name="open",
            sent=step.sent,
            got=step.got,
            hops=tuple(hops),
            url=url,
            page=page,
            findings=tuple(dict.fromkeys(findings)),
        )

    def press(self, opened: Opened, fields: Mapping[str, str], url: str) -> Step:
        """Post a form of the page.

        :param fields: its fields, with that of the button.
        :param url: where the form posts to.
        """
        origin = f"{opened.url.partition('://')[0]}://{host_of(opened.url)}"
        headers = (*self._browser_headers, ("Referer", opened.url), ("Origin", origin))
        step = self._browse("consent", Sent("POST", url, headers, tuple(fields.items())))
        return replace(step, findings=(*step.findings, *self._judge_way_back(opened, step)))

    def _judge_way_back(self, opened: Opened, step: Step) -> Iterator[Finding]:
        """Check that the page lets its form be redirected; browsers hold the redirect to the policy too."""
        if opened.got is None or step.got is None or not step.got.location:
            return
        policy = Policy(opened.got.header("Content-Security-Policy"))
        back = joined(opened.url, step.got.location)
        host = host_of(back)
        if host and not policy.may_post_to(back, opened.url):
            message = Templated(
                "The page's policy has a form-action without https://%(host)s: browsers do not go there.",
                host=host,
            )
            yield Finding("linking.page-policy", message)

    def _browse(self, name: str, sent: Sent) -> Step:
        try:
            return Step(name=name, sent=sent, got=self.phone(sent))
        except DeliveryError as error:
            return Step(name=name, sent=sent, findings=(Finding("linking.no-answer", text_of(error)),))

    def read_return(self, asked: Asked, url: str) -> Returned:
        """Read what the browser brought to the redirect URL.

        :param url: the whole URL that it was sent to.
        """
        got = query_of(url)

        def one(name: str) -> str:
            return next(iter(got.get(name, [])), "")

        return Returned(
            name="return",
            sent=Sent("GET", without_query(url)),
            code=one("code"),
            error=one("error"),
            description=one("error_description"),
            findings=tuple(judge_return(url, self.registration.redirect_url, asked.state)),
        )

    def use(self, reply: Reply, *, is_valid: bool = True) -> Step:
        """Check the answer to a Clova Home message with the token.

        :param reply: the answer.
        :param is_valid: whether the token is, and must be accepted; else it must be refused.
        """
        if not isinstance(reply.json, dict) or "header" not in reply.json:
            return Step(name="use")
        is_refused = reply.name in _REFUSALS
        if is_valid and is_refused:
            message = Templated(
                "The message with the access token was answered with %(name)s.", name=reply.name
            )
            return Step(name="use", findings=(Finding("linking.token-refused", message),))
        if not is_valid and not is_refused:
            message = Templated(
                "The message with a token that is not valid was answered with %(name)s.", name=reply.name
            )
            return Step(name="use", findings=(Finding("linking.token-accepted", message),))
        return Step(name="use")
