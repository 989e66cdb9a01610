"""ISO 8601 points in time and durations, as the protocol writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_POINT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)


def parse_datetime(text: str) -> datetime | None:
    """Read a date with a time; with no offset it is UTC when ``Z`` says so, else naive.

    :param text: ``2018-08-10T03:00:00+09:00``, also with fractions of a second.
    :return: None when the text is something else.
    """
    match = _POINT.fullmatch(text.strip())
    if not match:
        return None
    day, minutes, seconds, fraction, offset = match.groups()
    digits = (fraction or "")[:6].ljust(6, "0")
    is_end_of_day = minutes == "24:00" and (seconds or ":00") == ":00" and digits == "000000"
    minutes = "00:00" if is_end_of_day else minutes
    try:
        point = datetime.fromisoformat(f"{day}T{minutes}{seconds or ':00'}.{digits}{_offset(offset)}")
        return point + timedelta(days=1) if is_end_of_day else point
    except (ValueError, OverflowError):
        return None


def _offset(text: str | None) -> str:
    if text is None:
        return ""
    if text == "Z":
        return "+00:00"
    digits = text[1:].replace(":", "").ljust(4, "0")
    return f"{text[0]}{digits[:2]}:{digits[2:]}"


def age_in_seconds(text: str, now: datetime) -> float | None:
    """How long before ``now`` a timestamp is; None when it cannot be read. Naive ones count as UTC."""
    point = parse_datetime(text)
    if point is None:
        return None
    if point.tzinfo is None:
        point = point.replace(tzinfo=UTC)
    return (now - point).total_seconds()


def write_datetime(value: datetime) -> str:
    """Write a point in time with its offset; a naive one is local time."""
    return (value if value.tzinfo else value.astimezone()).isoformat(timespec="seconds")


def write_duration(value: timedelta) -> str:
    """Write a duration: ``PT7H30M``."""
    minutes, seconds = divmod(int(abs(value).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"{'-' if value < timedelta(0) else ''}PT{parts or '0S'}"
