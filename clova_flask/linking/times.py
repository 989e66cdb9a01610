"""Times as they are stored: whole seconds since 1970."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> int:
    """Return the time as it is stored."""
    return int(time.time())


def moment(seconds: int) -> datetime:
    """Convert a stored time."""
    return datetime.fromtimestamp(seconds, UTC)
