"""Whether a request message is recent enough to be answered."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from ..errors import StaleMessage
from ..wire.iso8601 import age_in_seconds
from .objects import Request, is_skill_event

logger = logging.getLogger("clova_flask")


def require_fresh(request: Request, tolerance: float) -> None:
    """Refuse a request whose timestamp is too far from now.

    One without a timestamp is accepted, and one that cannot be read; so are events of the skill itself, after
    which data must be deleted whenever they come.

    :param tolerance: in seconds.
    :raises StaleMessage: it is older than that, or from the future.
    """
    if request.timestamp is None or is_skill_event(request):
        return
    age = age_in_seconds(request.timestamp, datetime.now(UTC))
    if age is None:
        logger.warning("request.timestamp is not ISO 8601; the message is answered whatever its age.")
    elif abs(age) > tolerance:
        raise StaleMessage(f"request.timestamp is not within {tolerance:g} seconds of now.")
