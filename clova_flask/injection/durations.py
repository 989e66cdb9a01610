"""Lengths of time as ``CLOVA.DURATION`` sends them: ISO 8601, with years and months.

Only those who take one wait for it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import astuple, dataclass, fields
from datetime import date
from datetime import timedelta as _timedelta  # the property has its name
from decimal import Decimal
from typing import TypeVar

D = TypeVar("D", bound=date)

_NUMBER = r"(\d{1,15}(?:[.,]\d{1,15})?)"
_DURATION = re.compile(
    rf"([+-])?P(?=[\dT])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_LETTERS = "YMWDHMS"
_DAY_LETTERS = 4
"""How many of the letters stand before the T."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time, each part as it was said: ``Duration(years=1, months=6)``.

    A month has no fixed length. A duration is added to a date, or taken from one:
    ``date.today() + duration``. The 31st of a month and one month make the last day of the next one. As text
    it is ISO 8601, ``P1Y6M``.

    Each part is an int, or a float where a part of a unit was said.
    """

    years: float = 0
    months: float = 0
    weeks: float = 0
    days: float = 0
    hours: float = 0
    minutes: float = 0
    seconds: float = 0

    @property
    def timedelta(self) -> _timedelta:
        """The same length as a :class:`~datetime.timedelta`, where it has no years and no months.

        :raises ValueError: it has, so that its length depends on the date that it is added to.
        :raises OverflowError: it is longer than a timedelta can be.
        """
        if self.years or self.months:
            raise ValueError(
                f"{self} has no fixed length, since months and years have none. Add it to a date: "
                "date.today() + duration."
            )
        return self._rest()

    def __radd__(self, start: D) -> D:
        return self._from(start, 1) if isinstance(start, date) else NotImplemented

    def __rsub__(self, start: D) -> D:
        return self._from(start, -1) if isinstance(start, date) else NotImplemented

    def __str__(self) -> str:
        parts: tuple[float, ...] = astuple(self)
        sign = -1 if min(parts) < 0 and max(parts) <= 0 else 1
        pairs = zip(parts, _LETTERS, strict=True)
        written = [f"{_digits(sign * part)}{letter}" if part else "" for part, letter in pairs]
        day, time = "".join(written[:_DAY_LETTERS]), "".join(written[_DAY_LETTERS:])
        if not day and not time:
            return "PT0S"
        return ("-P" if sign < 0 else "P") + day + (f"T{time}" if time else "")

    def _rest(self) -> _timedelta:
        return _timedelta(self.days, self.seconds, 0, 0, self.minutes, self.hours, self.weeks)

    def _from(self, start: D, sign: int) -> D:
        months = sign * (self.years * 12 + self.months)
        if months % 1:
            raise ValueError(f"{self} has a part of a month, which has no fixed length.")
        year, month = divmod(start.year * 12 + start.month - 1 + int(months), 12)
        if not date.min.year <= year <= date.max.year:
            raise OverflowError(f"{self} from {start.isoformat()} is beyond the years that a date can have.")
        last = calendar.monthrange(year, month + 1)[1]
        moved = start.replace(year=year, month=month + 1, day=min(start.day, last))
        return moved + self._rest() * sign


def parse_duration(text: str) -> Duration:
    """Parse an ISO 8601 duration.

    :raises ValueError: the text is not one.
    """
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError("not an ISO 8601 duration")
    sign = -1 if match[1] == "-" else 1
    numbers = [sign * _number(part) if part else 0 for part in match.groups()[1:]]
    return Duration(**dict(zip((field.name for field in fields(Duration)), numbers, strict=True)))


def _number(text: str) -> float:
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _digits(number: float) -> str:
    if isinstance(number, int):
        return str(number)
    return format(Decimal(str(number)), "f").rstrip("0").rstrip(".")
