"""What a client may do with its tokens, on Authlib's endpoints."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc7009 import RevocationEndpoint as _RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint as _IntrospectionEndpoint

from .grants import CLIENT_METHODS
from .records import Client, Token


class RevocationEndpoint(_RevocationEndpoint):
    """Ends a link by either of its tokens."""

    CLIENT_AUTH_METHODS = CLIENT_METHODS

    def query_token(self, token_string: str, token_type_hint: str | None) -> Token | None:
        """Return a token that is valid, of whichever kind: the hint is for stores that keep them apart."""
        found: Token | None = self.server.store.token(token_string)
        return found

    def revoke_token(self, token: Token, request: Any) -> None:
        """Revoke the token's link."""
        self.server.store.revoke(token.link_id)


class IntrospectionEndpoint(_IntrospectionEndpoint):
    """Tells a client what is known of a token of its own; of any other it is told that it is not active."""

    CLIENT_AUTH_METHODS = CLIENT_METHODS

    def query_token(self, token_string: str, token_type_hint: str | None) -> Token | None:
        """Return a token whose link is valid, of whichever kind."""
        found: Token | None = self.server.store.token(token_string)
        return found

    def check_permission(self, token: Token, client: Client, request: Any) -> bool:
        """Tell whether it was issued to the client that asks."""
        return token.check_client(client)

    def introspect_token(self, token: Token) -> dict[str, Any]:
        """Tell who a token stands for, and for what."""
        told: dict[str, Any] = {"active": True, "sub": token.user_id}
        if token.scope:
            told["scope"] = token.scope
        if token.expires_at is not None:
            told |= {"token_type": "Bearer", "exp": token.expires_at}
        return told
