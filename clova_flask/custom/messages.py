"""Whether a request message is recent enough to be answered."""

from __future__ import annotations

from datetime import UTC, datetime

from ..errors import StaleMessage
from ..wire.iso8601 import age_in_seconds
from .objects import Request


def require_fresh(request: Request, tolerance: float) -> None:
    """Refuse a request whose timestamp is too far from now; one without a timestamp is accepted.

    :param tolerance: in seconds.
    :raises StaleMessage: it is older than that, from the future, or not ISO 8601.
    """
    if request.timestamp is None:
        return
    age = age_in_seconds(request.timestamp, datetime.now(UTC))
    if age is None or abs(age) > tolerance:
        raise StaleMessage(f"request.timestamp is not within {tolerance:g} seconds of now.")
