"""What is answered while the database cannot be used.

Never that a token or a client is not valid: the platform would end the link, and ask the user to link again.
"""

from __future__ import annotations

from authlib.oauth2 import OAuth2Error
from sqlalchemy.exc import IntegrityError

from ..errors import StorageUnavailable

RETRY_AFTER = 30
"""Seconds until the platform may ask again."""

OUTAGES = (StorageUnavailable, IntegrityError)
"""What is answered so: also where a client is deleted while its call is under way."""


class TemporarilyUnavailable(OAuth2Error):
    """The database cannot be used.

    RFC 6749 has the error for the authorization page, and RFC 7009 the status for a call.
    """

    error = "temporarily_unavailable"
    description = "The server cannot answer now. Please try again later."
    status_code = 503

    def get_headers(self) -> list[tuple[str, str]]:
        """Tell when to come back."""
        return [*super().get_headers(), ("Retry-After", str(RETRY_AFTER))]
