"""A linked account, as the platform keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ...findings import Finding
from .linking_calls import TokenCalls
from .linking_steps import Answered, LinkingError, Returned, Step, Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """What came of linking an account.

    :ivar access_token: the token that messages bring from now on; None when the user refused.
    :ivar refresh_token: what it is refreshed with.
    :ivar expires_in: seconds that the access token is valid.
    :ivar scopes: what the user agreed to.
    :ivar error: ``access_denied`` when the user refused, else empty.
    :ivar steps: each step, with what was sent and what came back.
    """

    access_token: str | None = field(default=None, repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_in: float | None = None
    scopes: tuple[str, ...] = ()
    error: str = ""
    steps: tuple[Step, ...] = field(default=(), repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the platform would refuse, or advises against, in any of the steps."""
        return tuple(finding for step in self.steps for finding in step.findings)


class Account:
    """The tokens of a linked account; an access token that has expired is refreshed, as CEK does it.

    :param calls: makes the platform's calls.
    :ivar tokens: those that there are now.
    :ivar refreshed: the answers to refresh calls, the oldest first.
    """

    def __init__(self, calls: TokenCalls, tokens: Tokens) -> None:
        self._calls = calls
        self.tokens = tokens
        self._refreshes = True
        self.refreshed: list[Answered] = []

    def access_token(self) -> str:
        """Return an access token that is valid, as far as the platform can tell.

        :raises LinkingError: it has expired, and the server does not return another.
        """
        if self._refreshes and self.tokens.has_expired(self._calls.clock()):
            self._refresh()
        return self.tokens.access_token

    def seconds_left(self) -> float | None:
        """Return for how long the access token is valid; None where the server did not tell."""
        tokens = self.tokens
        if tokens.expires_in is None:
            return None
        return max(0.0, tokens.received_at + tokens.expires_in - self._calls.clock())

    def expire(self, *, refreshes: bool) -> None:
        """Take the access token for expired.

        :param refreshes: whether it is refreshed before it is used again; else it is used as it is.
        """
        self._refreshes = refreshes
        self.tokens = replace(self.tokens, expires_in=0)

    def _refresh(self) -> None:
        answered = self._calls.refresh(self.tokens)
        self.refreshed.append(answered)
        if answered.tokens is None:
            raise LinkingError(
                f"The access token has expired, and the app did not refresh it: {told(answered)} The guides "
                "do not tell what CEK does then; the user links the account again.",
                (answered,),
            )
        self.tokens = answered.tokens


def linked(client: TokenCalls, steps: tuple[Step, ...], returned: Returned) -> tuple[Linking, Account]:
    """Redeem the code that the browser brought back.

    :param steps: those before.
    :raises LinkingError: there is no code, or there are no tokens for it.
    """
    steps = (*steps, returned)
    if returned.error or told(returned):
        raise LinkingError(_why_returned(returned), steps)
    redeemed = client.redeem(returned.code)
    steps, tokens = (*steps, redeemed), redeemed.tokens
    if tokens is None:
        raise LinkingError(f"The app did not redeem the code. {told(redeemed)}", steps)
    linking = Linking(
        access_token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        expires_in=tokens.expires_in,
        scopes=tokens.scopes,
        steps=steps,
    )
    return linking, Account(client, tokens)


def _why_returned(returned: Returned) -> str:
    if not returned.error:
        return f"The way back to the platform is not as it must be. {told(returned)}"
    words = f" ({returned.description})" if returned.description else ""
    if returned.error == "access_denied":
        return f"The app did not link the account, as if the user had refused: access_denied{words}."
    return f"The app did not link the account: {returned.error}{words}."


def told(step: Step) -> str:
    """Write what is wrong in a step, as sentences."""
    return " ".join(finding.message for finding in step.findings if finding.is_error)
