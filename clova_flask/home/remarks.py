"""What is odd in a reply that can be sent: numbers out of range, times in another form, units of one's own.

The platform takes such a reply, and the user hears something wrong or nothing at all.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..wire.iso8601 import parse_datetime
from ..wire.rows import Field, Shape
from .interfaces import TIMESTAMP, Interface
from .messages import PERCENTAGES

logger = logging.getLogger("clova_flask")

_MOMENTS = frozenset({"closeTimestamp", "openTimestamp", "startTimestampList", "start", "end", TIMESTAMP})
_DURATIONS = frozenset({"asleepDuration", "awakeDuration", "keepWarmTime", "remainingTime", "usageTime"})
_GREATEST = {**dict.fromkeys(PERCENTAGES, 100), "hue": 360}
"""The greatest number by the kind of its object, or by the name of its field; 0 is the least."""

_NAVER_UNITS = ("KW", "kw", "kW", "W", "KL", "kl", "L", "l", "cc")
"""Units of consumption; the guide has ``kW`` in an example only."""

_MAX_TOLD = 1000


def log_remarks(
    interface: Interface, payload: Mapping[str, Any], regions: Sequence[str], told: set[str]
) -> None:
    """Log what is odd in a reply, once each: a device sends the same again and again.

    :param told: what was logged before; it is added to.
    """
    for remark in remarks(interface, payload, regions):
        text = f"{interface.reply}: {remark}"
        if text not in told and len(told) < _MAX_TOLD:
            told.add(text)
            logger.warning("%s", text)


def remarks(interface: Interface, payload: Mapping[str, Any], regions: Sequence[str]) -> Iterator[str]:
    """Tell what is odd in the payload of a reply.

    :param payload: one that fits the interface.
    :param regions: whose tables count, ``KR`` and ``JP``.
    :return: sentences, each of which starts with the path of a field.
    """
    for path, field, value in _values(interface.reply_shape, interface.gives.renamed(payload)):
        wanted = _wanted(field, value)
        if "consumption[" in path and field.name == "unit" and "JP" not in regions:
            wanted = f"one of {', '.join(_NAVER_UNITS)}" if value not in _NAVER_UNITS else ""
        if wanted:
            yield f"{path} is {value!r}. It is sent as it is; the guide has {wanted}."


def _values(shape: Shape, payload: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Field, Any]]:
    """List the plain values of a payload, each with its path and the field that it is of."""
    for field in shape:
        given = payload.get(field.name)
        items = list(enumerate(given)) if isinstance(given, list) else [(None, given)]
        for index, item in items:
            where = f"{path}{field.name}" if index is None else f"{path}{field.name}[{index}]"
            if not isinstance(item, Mapping):
                yield where, field, item
            elif field.value is not None:
                yield where, field, item.get("value")
            elif field.shape is not None:
                yield from _values(field.shape, item, f"{where}.")


def greatest_of(field: Field) -> int | None:
    """Return the greatest number that the guide has for a field, of which 0 is the least; None for any."""
    return _GREATEST.get(field.kind) or _GREATEST.get(field.name)


def _wanted(field: Field, value: Any) -> str:
    """Say what a value should be; empty when it is that, or when there is none."""
    greatest = greatest_of(field)
    if isinstance(value, (int, float)) and greatest is not None:
        return "" if 0 <= value <= greatest else f"numbers from 0 to {greatest}"
    if not isinstance(value, str):
        return ""
    if field.name in _MOMENTS and not _is_moment(value):
        return "points in time with an offset, 2026-03-01T09:30:00+09:00"
    if field.name in _DURATIONS and not _is_duration(value):
        return "durations of ISO 8601, PT1H30M; a timedelta is written so"
    return ""


def _is_moment(text: str) -> bool:
    point = parse_datetime(text)
    return point is not None and point.tzinfo is not None


def _is_duration(text: str) -> bool:
    from ..injection.durations import parse_duration

    try:
        parse_duration(text)
    except ValueError:
        return False
    return True
