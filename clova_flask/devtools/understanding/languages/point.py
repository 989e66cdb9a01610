"""What a phrase means as a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Point:
    """What a phrase means as a time: a day or days, a time of day or a part of it, or a moment.

    :ivar day: the day, or the first of several.
    :ivar last_day: the last of several days.
    :ivar clock: time since midnight, possibly past 24 hours.
    :ivar clock_end: end of a part of the day.
    :ivar half: whether it was said which half of the day is meant.
    :ivar moment: a moment reckoned from now.
    :ivar past: of what comes again and again, 수요일 or 12月24日, the last one; ``day`` is the coming one.
    """

    day: date | None = None
    last_day: date | None = None
    clock: timedelta | None = None
    clock_end: timedelta | None = None
    half: bool = False
    moment: datetime | None = None
    past: Point | None = None


def in_turn(coming: Point | None, last: Point | None) -> Point | None:
    """Return what comes again and again, by its coming and its last time; None when it does not come."""
    return replace(coming, past=last) if coming else None
