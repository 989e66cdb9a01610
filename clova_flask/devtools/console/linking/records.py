"""What is kept of account linking: each run with its steps, and the account that is linked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....findings import Finding
from ....texts.templated import restored
from ...simulator.linking_steps import Tokens
from ..records import Base, Moment, now

WAITING = "waiting"
"""The browser is at the extension's pages."""
LINKED = "linked"
REFUSED = "refused"
"""The user has not consented."""
FAILED = "failed"


class LinkingRun(Base):
    """A run through account linking.

    :ivar outcome: :data:`WAITING`, :data:`LINKED`, :data:`REFUSED` or :data:`FAILED`.
    :ivar state: what the browser has to bring back.
    :ivar redirect_url: where to.
    :ivar url: the authorization page with its parameters.
    :ivar code: the code that was redeemed, to be tried again; empty before.
    """

    __tablename__ = "console_linking_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    extension_key: Mapped[int] = mapped_column(
        ForeignKey("console_extensions.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    outcome: Mapped[str] = mapped_column(String(16), default=WAITING)
    state: Mapped[str] = mapped_column(String(128), unique=True)
    redirect_url: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text, default="")


class LinkingStep(Base):
    """A step of a run, without what is secret in it.

    :ivar kind: which one, a key of the titles in :mod:`.shown`.
    :ivar asked: the request.
    :ivar answer: the answer; empty where none came.
    :ivar milliseconds: how long it took; 0 where nothing was sent.
    :ivar findings: code and text of what is wrong in it.
    """

    __tablename__ = "console_linking_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_key: Mapped[int] = mapped_column(
        ForeignKey("console_linking_runs.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    kind: Mapped[str] = mapped_column(String(24))
    asked: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    milliseconds: Mapped[float] = mapped_column(Float, default=0.0)
    findings: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)

    @property
    def found(self) -> list[Finding]:
        """What is wrong in it."""
        return [Finding(code, restored(message)) for code, message in self.findings]

    @property
    def has_errors(self) -> bool:
        """Whether the platform would refuse anything of it."""
        return any(finding.is_error for finding in self.found)


class LinkedAccount(Base):
    """The account that is linked with an extension, as the platform keeps it.

    :ivar expires_in: seconds that the access token is valid; None where the server did not tell.
    :ivar received_at: when it came, in seconds.
    :ivar is_taken_for_expired: whether it is refreshed before it is used again.
    :ivar is_revoked: whether it was revoked here.
    """

    __tablename__ = "console_linked_accounts"

    extension_key: Mapped[int] = mapped_column(
        ForeignKey("console_extensions.id", ondelete="CASCADE"), primary_key=True
    )
    run_key: Mapped[int | None] = mapped_column(ForeignKey("console_linking_runs.id", ondelete="SET NULL"))
    access_token: Mapped[str] = mapped_column(Text)
    refresh_token: Mapped[str] = mapped_column(Text, default="")
    scopes: Mapped[list[str]] = mapped_column(JSON, default=list)
    expires_in: Mapped[float | None] = mapped_column(Float)
    received_at: Mapped[float] = mapped_column(Float)
    is_taken_for_expired: Mapped[bool] = mapped_column(default=False)
    is_revoked: Mapped[bool] = mapped_column(default=False)

    @property
    def tokens(self) -> Tokens:
        """Its tokens, as the platform takes them."""
        return Tokens(
            access_token=self.access_token,
            refresh_token=self.refresh_token,
            expires_in=0.0 if self.is_taken_for_expired else self.expires_in,
            scopes=tuple(self.scopes),
            received_at=self.received_at,
        )

    def is_valid(self, at: float) -> bool:
        """Tell whether the extension has to accept the access token."""
        has_ended = self.expires_in is not None and at >= self.received_at + self.expires_in
        return not (self.is_revoked or has_ended)

    def seconds_left(self, at: float) -> float | None:
        """Return for how long it is valid; None where the server did not tell."""
        if self.expires_in is None:
            return None
        return max(0.0, self.received_at + self.expires_in - at)
