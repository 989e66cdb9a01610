"""Rows of the store, as Authlib and the app read them."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from authlib.common.security import is_secure_transport
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin

from .digests import digest

MAX_SCOPES = 15
"""The consoles accept no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(ClientMixin):
    """Who asks for tokens: the platform, or a developer's tool.

    :ivar key: what it is stored under.
    :ivar client_id: what it is registered with; it may be a URL.
    :ivar title: its name on the consent page.
    :ivar redirect_uris: where the user may be sent back to, each compared whole.
    :ivar scopes: what it may ask for; any scope when it is empty.
    """

    key: str
    client_id: str
    secret_hash: str = field(repr=False)
    former_secret_hash: str | None = field(repr=False)
    title: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]

    def get_client_id(self) -> str:
        """Return the client id."""
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """Return None: both platforms send the URL that they want, and several are registered."""

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """Return the scopes that are granted, or None when one is not valid or there are too many."""
        asked = list(dict.fromkeys((scope or "").split()))
        allowed = not self.scopes or set(asked) <= set(self.scopes)
        valid = len(asked) <= MAX_SCOPES and all(map(_is_scope, asked))
        return " ".join(asked) if allowed and valid else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Check that the URL is registered, in this very spelling."""
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        """Compare in constant time; of digests, which are ASCII whatever the secret is.

        The secret before the newest counts until it is ended: a console's settings for users change only when
        the platform has approved them.
        """
        given = digest(client_secret)
        is_newest = hmac.compare_digest(self.secret_hash, given)
        return hmac.compare_digest(self.former_secret_hash or self.secret_hash, given) or is_newest

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        """Accept both methods that the consoles offer, whatever was chosen there."""
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        """Accept the code flow."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Accept both grants of the code flow."""
        return grant_type in ("authorization_code", "refresh_token")


def require_registrable(redirect_uris: Iterable[str], scopes: Sequence[str]) -> None:
    """Check what a client is to be registered with.

    :raises ValueError: a URL is not https, or has what a redirect must not have; or a scope is not valid.
    """
    for url in redirect_uris:
        if not is_secure_transport(url) or not _is_plain(url):
            raise ValueError(
                f"{url!r} cannot be a redirect URL. It must be https://, or http:// on this machine, without "
                "fragment and user."
            )
    for scope in scopes:
        if not scope or not _is_scope(scope):
            raise ValueError(f"{scope!r} cannot be a scope: it must be one word of ASCII, without quotes.")
    if len(scopes) > MAX_SCOPES:
        raise ValueError(f"A client has at most {MAX_SCOPES} scopes, not {len(scopes)}.")


def _is_plain(url: str) -> bool:
    return "#" not in url and "@" not in urlsplit(url).netloc and url.isprintable() and " " not in url


def _is_scope(scope: str) -> bool:
    """Tell whether a scope has only the characters of RFC 6749, section 3.3."""
    return all("!" <= letter <= "~" and letter not in '"\\' for letter in scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(AuthorizationCodeMixin):
    """A code that can be redeemed, with what it was issued for."""

    link_id: int
    user_id: str
    scope: str
    redirect_uri: str
    code_challenge: str | None = field(repr=False)
    code_challenge_method: str = "S256"

    def get_redirect_uri(self) -> str:
        """Return the URL that the token call must repeat."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """Return the granted scopes."""
        return self.scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Token(TokenMixin):
    """A token whose link is valid.

    :ivar hash: the digest of its value.
    :ivar expires_at: when an access token expires, as it is stored; None for a refresh token.
    :ivar is_over: whether it has expired, or was replaced longer ago than the grace.
    """

    hash: str = field(repr=False)
    link_id: int
    expires_at: int | None
    is_over: bool
    client_key: str
    user_id: str
    scope: str

    def check_client(self, client: Client) -> bool:
        """Tell whether it was issued to this client."""
        return self.client_key == client.key

    def get_scope(self) -> str:
        """Return the granted scopes."""
        return self.scope

    def is_expired(self) -> bool:
        """Tell whether it is over."""
        return self.is_over

    def is_revoked(self) -> bool:
        """Return False: a token whose link was revoked is not found."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a user's account, for the app's own account page.

    :ivar id: its number.
    :ivar client: who may act for the user, as the consent page showed it.
    :ivar scopes: what the user agreed to.
    :ivar created: when.
    """

    id: int
    client: str
    scopes: tuple[str, ...]
    created: datetime
