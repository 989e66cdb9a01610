"""The platform's calls, timed and bounded, and the linked account as tests speak for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import current_app

from ...simulator.linking import LinkingClient
from ...simulator.linking_account import Account
from ...simulator.linking_http import Cookies, send_over_http
from ...simulator.linking_steps import Answered, Got, LinkingError, Registration, Sent, Tokens
from ...simulator.transport import DeliveryError
from ..masking import masked
from ..records import Version, db
from ..texts import _
from .records import LinkedAccount
from .registered import registration_of
from .shown import records_of, secrets_of
from .store import account_of, add_steps, keep_tokens

BUDGET = 30.0
"""Seconds that the requests of one step may take together, redirects included."""


class Clocked:
    """Sends, and keeps how long each request took.

    :ivar taken: milliseconds, the oldest first.
    """

    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(self, sent: Sent) -> Got:
        """Send a request.

        :raises DeliveryError: there is no answer, or those before took too long.
        """
        if sum(self.taken) > BUDGET * 1000:
            raise DeliveryError(f"The redirects before took longer than {BUDGET:g} s.")
        started = time.perf_counter()
        try:
            return send_over_http(sent)
        finally:
            self.taken.append((time.perf_counter() - started) * 1000)

    def since_last(self) -> list[float]:
        """Return the times since this was called last."""
        taken, self.taken = self.taken, []
        return taken


def client_of(registration: Registration, send: Clocked, cookies: Cookies | None = None) -> LinkingClient:
    """Make the platform for an extension's OAuth server.

    :param cookies: those of the browser of its app; None for one that has none yet.
    """
    return LinkingClient(registration, send, phone=cookies or Cookies(send))


class Locks:
    """A lock for each extension: a refresh token that is used twice at once may end the link."""

    def __init__(self) -> None:
        self._locks: dict[int, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, extension_key: int) -> threading.Lock:
        """Return the lock of an extension's linked account."""
        with self._lock:
            return self._locks.setdefault(extension_key, threading.Lock())


def state_of(name: str, make: Callable[[], Any]) -> Any:
    """Return what account linking keeps in memory in this console, made where there is none."""
    return current_app.extensions.setdefault(f"clova_console_linking_{name}", make())


def lock_of(extension_key: int) -> threading.Lock:
    """Return the lock of an extension's linked account in this console."""
    locks: Locks = state_of("locks", Locks)
    return locks.of(extension_key)


class KeptCalls(LinkingClient):
    """The platform's calls for the account that is kept: what is refreshed is kept as well.

    It outlives the request in which it is made, as the conversation does that speaks for the account.

    :param extension_key: of the extension that the account is linked with.
    """

    def __init__(self, extension_key: int, registration: Registration) -> None:
        self._clocked = Clocked()
        super().__init__(registration, self._clocked)
        self._extension_key = extension_key

    def refresh(self, tokens: Tokens) -> Answered:
        """Ask for another access token; where another conversation has done it, return that one."""
        with lock_of(self._extension_key):
            db.session.rollback()  # what was read before the lock may be old
            row = account_of(self._extension_key)
            if row is None:
                raise LinkingError(_("The linked account was forgotten. Link one again."))
            kept = row.tokens
            if kept.access_token != tokens.access_token and not kept.has_expired(self.clock()):
                return Answered(name="refresh", tokens=kept)
            answered = super().refresh(kept)
            secrets = {kept.access_token, kept.refresh_token, *secrets_of(self.registration)}
            records = records_of(answered, "refresh", self._clocked.since_last(), secrets=secrets)
            if answered.tokens is not None:
                keep_tokens(self._extension_key, row.run_key, answered.tokens)
            add_steps(row.run_key, records)
        told = tuple(replace(one, message=masked(one.message, secrets)) for one in answered.findings)
        return replace(answered, findings=told)


def linked_token(version: Version) -> str | None:
    """Return the access token of the linked account, refreshed when it has expired; None for no account.

    :raises LinkingError: it has expired, and is not refreshed.
    """
    row = account_of(version.extension.id)
    return None if row is None else linked_account(version, row).access_token()


def linked_account(version: Version, row: LinkedAccount) -> Account:
    """Return the account of an extension, for tests to speak for."""
    return Account(KeptCalls(version.extension.id, registration_of(version)), row.tokens)
