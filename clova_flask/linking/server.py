"""Authlib's server, one for an extension and an app."""

from __future__ import annotations

from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Payload, FlaskOAuth2Request
from authlib.oauth2.rfc6749 import InvalidGrantError
from authlib.oauth2.rfc6749.errors import InsecureTransportError
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from flask import request as flask_request

from .client_authentication import by_basic
from .clients import ClientStore
from .endpoints import IntrospectionEndpoint, RevocationEndpoint
from .grants import AuthorizationCodeGrant, CodeChallenge, RefreshTokenGrant, new_secret
from .records import Client
from .store import Store


class _Issued(dict[str, Any]):
    """An answer with tokens; Authlib's log at DEBUG shows its ``repr``."""

    def __repr__(self) -> str:
        return "<tokens>"


class _TokenGenerator(BearerTokenGenerator):
    """Makes what is answered, and keeps it out of logs."""

    def generate(self, *args: Any, **options: Any) -> _Issued:
        return _Issued(super().generate(*args, **options))


class _Payload(FlaskOAuth2Payload):
    """The parameters, from query and form."""

    @property
    def response_type(self) -> str | None:
        """The response type; Authlib's error repeats it, and breaks where it is not ASCII."""
        given = self.data.get("response_type")
        return given if given in (None, "code") else "other"


class LinkingServer(AuthorizationServer):
    """The OAuth 2.0 server of one extension in one app.

    :param clients: where clients are.
    :param store: where links and tokens are.
    :param expires_in: seconds that an access token is valid.
    :param rotate: whether a refresh token is replaced when it is used.
    """

    def __init__(self, clients: ClientStore, store: Store, *, expires_in: int, rotate: bool) -> None:
        super().__init__()
        self.clients = clients
        self.store = store
        self.rotate = rotate
        self._expires_in = expires_in
        self.load_config({})
        self.register_grant(AuthorizationCodeGrant, [CodeChallenge(required=False)])
        self.register_grant(RefreshTokenGrant)
        self.register_endpoint(RevocationEndpoint)
        self.register_endpoint(IntrospectionEndpoint)
        self.register_client_auth_method("client_secret_basic", by_basic)

    def query_client(self, client_id: str) -> Client | None:
        """Return a client by its id, or None."""
        return self.clients.find(client_id)

    def load_config(self, config: Any) -> None:
        """Configure by the constructor's arguments: ``OAUTH2_…`` of the app are for a server of its own."""
        generator = _TokenGenerator(new_secret, new_secret, self._expires_in)
        self.register_token_generator("default", generator)
        self.scopes_supported = None

    def create_oauth2_request(self, request: Any) -> FlaskOAuth2Request:
        """Wrap Flask's request.

        :raises InsecureTransportError: it is not https; its text names what to do.
        """
        try:
            wrapped = FlaskOAuth2Request(flask_request)
        except InsecureTransportError:
            raise InsecureTransportError(
                "OAuth 2.0 needs https, and the app sees http. Behind a proxy that ends TLS, wrap the app: "
                "app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)."
            ) from None
        wrapped.payload = _Payload(flask_request)
        return wrapped

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        """Save tokens, with the use of the code or refresh token that they are for.

        :raises InvalidGrantError: another call has used the code, or the link was revoked meanwhile.
        """
        issued = {"access": token["access_token"], "expires_in": self._expires_in}
        if request.authorization_code is None:
            refresh = token["refresh_token"] if self.rotate else None
            if not self.store.refreshed(request.refresh_token, refresh=refresh, **issued):
                raise InvalidGrantError("The account was unlinked.")
        elif not self.store.redeem(request.authorization_code, refresh=token["refresh_token"], **issued):
            raise InvalidGrantError("The code was used before.")
