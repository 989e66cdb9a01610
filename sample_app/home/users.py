"""The user that an access token belongs to."""

from __future__ import annotations

import hashlib
import time

from clova_flask import HandlerGroup
from clova_flask.home import ExpiredAccessTokenError

from .database import database
from .tables import TokenRow, UserRow

group = HandlerGroup()


@group.user_loader
def load_user(access_token: str) -> UserRow | None:
    with database().reading() as session:
        token = session.get(TokenRow, digest(access_token))
    if token is None:
        return None
    if token.expires_at is not None and token.expires_at <= time.time():
        raise ExpiredAccessTokenError
    return token.user


def digest(access_token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(access_token.encode()).hexdigest()
