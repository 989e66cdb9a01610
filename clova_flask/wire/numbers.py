"""Numbers of any kind that Python's libraries have, as the numbers that JSON has."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from numbers import Real
from typing import Any

_NUMBERS = (Real, Decimal)  # a Decimal is registered as no Real


def as_number(value: Any) -> Any:
    """Return a number as an int or a float: a Decimal, a Fraction, a scalar of numpy; anything else as it is.

    A number is taken as it is written, so that ``Decimal("21.3")`` and ``numpy.float32(21.3)`` are 21.3. What
    is no finite number becomes NaN.
    """
    if type(value) in (int, float) or isinstance(value, bool) or not isinstance(value, _NUMBERS):
        return value
    text = str(value)
    try:
        return int(text) if text.lstrip("+-").isdecimal() else float(text)
    except ValueError:
        pass
    try:
        return float(value)  # a Fraction is written as none
    except (ValueError, OverflowError):
        return math.nan


def plain_numbers(value: Any) -> Any:
    """Return a JSON value with its numbers as ints and floats, at every depth."""
    if isinstance(value, Mapping):
        return {name: plain_numbers(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_numbers(item) for item in value]
    return as_number(value)


def is_no_number(value: Any) -> bool:
    """Whether it stands for a number that is not known: NaN, an infinity, or a word, ``unavailable``."""
    if isinstance(value, str):
        try:
            return not math.isfinite(float(value))
        except ValueError:
            return True
    return isinstance(value, float) and not math.isfinite(value)
