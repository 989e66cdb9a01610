"""The calls of account linking that the platform itself makes: for tokens, and by client id and secret."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Callable
from dataclasses import replace

from ...findings import Finding
from ...texts.templated import Templated, text_of
from ...wire.objects import NOTHING
from .linking_http import send_over_http
from .linking_judge import (
    REVOKED,
    USED_CODE,
    WRONG_CODE,
    WRONG_SECRET,
    Refusal,
    judge_refusal,
    judge_tokens,
    query_of,
    seconds_in,
    text_in,
)
from .linking_steps import (
    Answered,
    Authentication,
    Got,
    LinkingError,
    Pairs,
    Registration,
    Send,
    Sent,
    Step,
    Tokens,
)
from .transport import DeliveryError


def now() -> float:
    """Return the time, also where a test has replaced the clock after this was imported."""
    return time.time()


class TokenCalls:
    """The platform, where it calls the server itself.

    :param registration: what is entered in the console.
    :param send: sends its calls.
    :param clock: returns the time in seconds.
    """

    def __init__(
        self,
        registration: Registration,
        send: Send = send_over_http,
        *,
        clock: Callable[[], float] = now,
    ) -> None:
        self.registration = registration
        self._send = send
        self.clock = clock

    def redeem(self, code: str) -> Answered:
        """Redeem a code for tokens."""
        form = {"code": code, "redirect_uri": self.registration.redirect_url}
        step = self._call("token", self.registration.token_url, "authorization_code", form)
        return self._with_tokens(step, Tokens(access_token=""))

    def refresh(self, tokens: Tokens) -> Answered:
        """Ask for a new access token.

        :raises LinkingError: no refresh token URI is registered, or there is no refresh token.
        """
        return self._with_tokens(self._ask_to_refresh(tokens), tokens)

    def _ask_to_refresh(self, tokens: Tokens) -> Step:
        if not self.registration.refresh_url or not tokens.refresh_token:
            raise LinkingError(
                Templated(
                    "The access token has expired and cannot be refreshed: there is no refresh token, or "
                    "no refresh token URI is registered."
                )
            )
        form = {"refresh_token": tokens.refresh_token}
        return self._call("refresh", self.registration.refresh_url, "refresh_token", form)

    def revoke(self, token: str, url: str) -> Answered:
        """Revoke a token; the consoles ask for no such URL, so the platforms do not do it.

        :param url: the revocation endpoint.
        """
        step = self._call("revoke", url, "", {"token": token})
        findings = list(step.findings)
        if step.got is not None and step.got.status != 200:
            message = Templated("The revocation endpoint answered %(status)s.", status=step.got.status)
            findings.append(Finding("linking.token-status", message))
        return Answered(
            name=step.name, sent=step.sent, got=step.got, findings=tuple(findings), error=_error_of(step.got)
        )

    def try_wrong_code(self, authentication: Authentication | None = None) -> Answered:
        """Redeem a code that nobody was given; it must be answered with ``invalid_grant``.

        :param authentication: how the platform proves itself; None for as it is registered.
        """
        return self._try_code(secrets.token_urlsafe(16), WRONG_CODE, authentication)

    def try_used_code(self, code: str) -> Answered:
        """Redeem a code that was redeemed before; servers end its link then, as they should.

        :param code: the code.
        """
        return self._try_code(code, USED_CODE)

    def try_wrong_secret(self) -> Answered:
        """Redeem a code with another secret; it must be answered with ``invalid_client``."""
        wrong = replace(self.registration, client_secret=secrets.token_urlsafe(32))
        other = TokenCalls(wrong, self._send, clock=self.clock)
        return other._try_code(secrets.token_urlsafe(16), WRONG_SECRET)

    def try_revoked(self, tokens: Tokens) -> Answered:
        """Refresh by a token that was revoked; it must be answered with ``invalid_grant``.

        :raises LinkingError: no refresh token URI is registered, or there is no refresh token.
        """
        return _refused(self._ask_to_refresh(tokens), REVOKED)

    def _try_code(
        self, code: str, refusal: Refusal, authentication: Authentication | None = None
    ) -> Answered:
        form = {"code": code, "redirect_uri": self.registration.redirect_url}
        url = self.registration.token_url
        return _refused(
            self._call("token", url, "authorization_code", form, authentication=authentication), refusal
        )

    def _call(
        self,
        name: str,
        url: str,
        grant: str,
        form: dict[str, str],
        *,
        authentication: Authentication | None = None,
    ) -> Step:
        # The grant is in the registered URL, as the guides show it; only what is not there is in the form.
        grants = {} if not grant or "grant_type" in query_of(url) else {"grant_type": grant}
        credentials = self._credentials(authentication or self.registration.authentication)
        headers, fields = (("Accept", "application/json"), *credentials[0]), {**grants, **form}
        sent = Sent("POST", url, headers, (*fields.items(), *credentials[1]))
        try:
            return Step(name=name, sent=sent, got=self._send(sent))
        except DeliveryError as error:
            return Step(name=name, sent=sent, findings=(Finding("linking.no-answer", text_of(error)),))

    def _credentials(self, authentication: Authentication) -> tuple[Pairs, Pairs]:
        """Return the headers and the fields by which the platform proves itself."""
        client_id, secret = self.registration.client_id, self.registration.client_secret
        if authentication is Authentication.BODY:
            return (), (("client_id", client_id), ("client_secret", secret))
        encoded = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
        return (("Authorization", f"Basic {encoded}"),), ()

    def _with_tokens(self, step: Step, before: Tokens) -> Answered:
        """Read the tokens of an answer; a refresh token that it leaves out is the one before."""
        got = step.got
        findings = step.findings if got is None else (*judge_tokens(got, is_first=not before.refresh_token),)
        answer = NOTHING if got is None else got.json or NOTHING
        tokens, access = None, text_in(answer, "access_token")
        if got is not None and got.status == 200 and access:
            tokens = Tokens(
                access_token=access,
                refresh_token=text_in(answer, "refresh_token") or before.refresh_token,
                expires_in=seconds_in(answer),
                scopes=tuple((text_in(answer, "scope") or " ".join(before.scopes)).split()),
                received_at=self.clock(),
            )
        return Answered(
            name=step.name,
            sent=step.sent,
            got=got,
            findings=findings,
            tokens=tokens,
            error="" if tokens else _error_of(got),
        )


def _refused(step: Step, refusal: Refusal) -> Answered:
    """Judge the answer to a call that must be refused."""
    findings = step.findings if step.got is None else (*judge_refusal(step.got, refusal),)
    return Answered(
        name=step.name, sent=step.sent, got=step.got, findings=findings, error=_error_of(step.got)
    )


def _error_of(got: Got | None) -> str:
    """Return the code of an error; the status where an answer has none."""
    if got is None:
        return "no answer"
    told = (got.json or NOTHING).get("error")
    if told:
        return str(told)
    return "" if got.status == 200 else str(got.status)
