"""Fetch a public key by its URL."""

from __future__ import annotations

from ..errors import KeySourceError
from ..wire.http import HttpError, Limits, exchange

LIMITS = Limits(connect=3.05, read=5.0, total=10.0, size=16_384)
"""What a fetch may take; a key has about 450 bytes."""


def fetch(url: str) -> bytes:
    """Fetch a small document. Redirects are not followed.

    :raises KeySourceError: there is none, or it cannot be read within :data:`LIMITS`.
    """
    try:
        response = exchange("GET", url, limits=LIMITS)
    except HttpError as error:
        raise KeySourceError(f"it {error}.") from error
    if response.status_code != 200:
        raise KeySourceError(f"it answered {response.status_code}.")
    return response.body
