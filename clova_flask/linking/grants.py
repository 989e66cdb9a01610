"""The grants of the code flow, on Authlib's."""

from __future__ import annotations

import secrets
from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant as _AuthorizationCodeGrant
from authlib.oauth2.rfc6749.grants import RefreshTokenGrant as _RefreshTokenGrant
from authlib.oauth2.rfc7636 import CodeChallenge as _CodeChallenge

from .records import Client, Code, Token

CLIENT_METHODS = ["client_secret_basic", "client_secret_post"]
"""What the consoles offer for the client's authentication."""

SECRET_BYTES = 32


def new_secret(**_given: Any) -> str:
    """Return a random code, token or secret."""
    return secrets.token_urlsafe(SECRET_BYTES)


class CodeChallenge(_CodeChallenge):
    """PKCE by SHA-256: no platform sends it, and a client that does is held to it."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Check the parameters; without a method it would be "plain", which protects nothing."""
        asked = grant.request.payload.data
        if asked.get("code_challenge") and not asked.get("code_challenge_method"):
            raise InvalidRequestError("The code_challenge_method must be S256.")
        super().validate_code_challenge(grant, redirect_uri)


class AuthorizationCodeGrant(_AuthorizationCodeGrant):
    """From a consent to a code, and from the code to tokens."""

    TOKEN_ENDPOINT_AUTH_METHODS = CLIENT_METHODS

    @staticmethod
    def validate_authorization_redirect_uri(request: Any, client: Client) -> str:
        """Check the redirect URL; Authlib's text repeats it, and breaks where it is not ASCII."""
        redirect_uri: str | None = request.payload.redirect_uri
        if not redirect_uri or not client.check_redirect_uri(redirect_uri):
            raise InvalidRequestError("The redirect_uri is not registered for this client.")
        return redirect_uri

    def create_authorization_response(self, redirect_uri: str, grant_user: str | None) -> Any:
        """Redirect with the code and, as the guides show it, ``token_type=Bearer``."""
        status, body, headers = super().create_authorization_response(redirect_uri, grant_user)
        location = add_params_to_uri(dict(headers)["Location"], [("token_type", "Bearer")])
        return status, body, [("Location", location)]

    def generate_authorization_code(self) -> str:
        """Return a random code."""
        return new_secret()

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Save the consent with its code."""
        asked = request.payload
        challenge = asked.data.get("code_challenge")
        self.server.store.add_link(
            request.client,
            request.user,
            code,
            scope=request.scope or "",
            redirect_uri=asked.redirect_uri,
            challenge=challenge,
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        """Return a code of this client that can be redeemed."""
        found: Code | None = self.server.store.code(code, client)
        return found

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Leave the code: the transaction that saved its tokens has used it up."""

    def authenticate_user(self, authorization_code: Code) -> str:
        """Return who consented."""
        return authorization_code.user_id


class RefreshTokenGrant(_RefreshTokenGrant):
    """From a refresh token to an access token."""

    TOKEN_ENDPOINT_AUTH_METHODS = CLIENT_METHODS

    def issue_token(self, user: str, refresh_token: Token) -> Any:
        """Return a new access token, and a refresh token: a new one, or the same.

        The same is sent too, since nothing tells what a platform does with an answer that has none.
        """
        token = self.generate_token(
            user=user,
            scope=self.request.payload.scope or refresh_token.get_scope(),
            include_refresh_token=self.server.rotate,
        )
        token.setdefault("refresh_token", self.request.form["refresh_token"])
        return token

    def authenticate_refresh_token(self, refresh_token: str) -> Token | None:
        """Return a refresh token of this client that is valid."""
        found: Token | None = self.server.store.refresh_token(refresh_token, self.request.client)
        return found

    def authenticate_user(self, refresh_token: Token) -> str:
        """Return who consented."""
        return refresh_token.user_id

    def revoke_old_credential(self, refresh_token: Token) -> None:
        """Leave the old token: the transaction that saved the new one has marked it."""
