"""Checking access tokens, with a short memory."""

from __future__ import annotations

import time

from ..home.errors import ExpiredAccessTokenError, InvalidAccessTokenError
from . import times
from .digests import digest
from .store import Store

MAX_REMEMBERED = 10_000
"""Tokens that are remembered; about 2 MB."""


class TokenChecks:
    """Finds who an access token stands for.

    A token that was found is remembered for some seconds, so a revocation in another process counts that much
    later; one in this process counts at once. Unknown tokens are not remembered: anybody can make them up.

    :param seconds: how long a token is remembered; 0 for not at all.
    """

    def __init__(self, store: Store, seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        self._remembered: dict[str, tuple[float, str, int]] = {}

    def user_id(self, access_token: str) -> str:
        """Return the user of a token.

        :raises ExpiredAccessTokenError: the token has expired; the platform has a refresh token for it.
        :raises InvalidAccessTokenError: the token is unknown, or its link was revoked.
        """
        user_id, expires_at = self._found(access_token)
        if expires_at <= times.now():
            raise ExpiredAccessTokenError("The access token has expired.")
        return user_id

    def forget(self) -> None:
        """Forget every token: links were revoked."""
        self._remembered = {}

    def _found(self, access_token: str) -> tuple[str, int]:
        # A digest: what is in memory may be in a dump.
        key, remembered = digest(access_token), self._remembered
        known = remembered.get(key)
        if known is not None and time.monotonic() - known[0] < self._seconds:
            return known[1], known[2]
        # Before the query: a revocation while it runs replaces the dict, and its answer is not remembered.
        asked = time.monotonic()
        found = self._store.access(access_token)
        if found is None:
            raise InvalidAccessTokenError("The access token is unknown, or the account was unlinked.")
        if self._seconds:
            if len(remembered) >= MAX_REMEMBERED:
                remembered.clear()
            remembered[key] = (asked, *found)
        return found
