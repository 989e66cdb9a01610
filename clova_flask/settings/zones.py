"""Time zones by their names."""

from __future__ import annotations

import zoneinfo
from datetime import timedelta, timezone, tzinfo
from typing import Any

from ..errors import nearest

_FIXED = {name: timezone(timedelta(hours=9), name) for name in ("Asia/Seoul", "Asia/Tokyo")}
"""Zones that have had no other offset since 1988: what serves where a machine has no data of time zones."""


def zone(value: Any) -> tzinfo:
    """Find a time zone by its name, ``Asia/Seoul``; a zone is returned as it is.

    :raises ValueError: there is none of that name here; the text tells what to do.
    """
    if isinstance(value, tzinfo):
        return value
    try:
        return zoneinfo.ZoneInfo(value)
    except (LookupError, OSError, TypeError, ValueError):
        pass  # a folder, an absolute path and what is no text have errors of their own
    if not isinstance(value, str):
        raise ValueError("")
    if value in _FIXED:
        return _FIXED[value]
    known = sorted(zoneinfo.available_timezones())
    raise ValueError(nearest(value, known) if known else "This machine knows no others: pip install tzdata.")
