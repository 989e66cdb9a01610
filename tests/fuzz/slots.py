"""The intents of the fuzzed app, a typed slot each, with values that they accept."""

from __future__ import annotations

import enum
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from marshmallow import fields, validate

from clova_flask import Duration, Interval, Quantity, Slot

SPOKEN = "말한것-言ったこと-5d1e"
"""A text that users say, which is in no log."""


class Size(enum.Enum):
    """The sizes of a pizza."""

    SMALL = "소"
    LARGE = "대"


TYPES: dict[str, Any] = {
    "Text": str,
    "MaybeText": str | None,
    "Whole": int,
    "Real": float,
    "Exact": Decimal,
    "YesNo": bool,
    "Day": date,
    "Clock": time,
    "Moment": datetime,
    "Length": timedelta,
    "Lasting": Duration,
    "Days": Interval[date],
    "Times": Interval[time],
    "Moments": Interval[datetime],
    "Between": Interval,
    "Amount": Quantity,
    "Sized": Size,
    "Chosen": Literal["서울", "東京"],
    "Raw": Slot,
    "Short": Annotated[str, validate.Length(max=40)],
    "Field": Annotated[int, fields.Integer(validate=validate.Range(0, 100))],
    "Several": int | Decimal | None,
}
"""By intent, the annotation of its slot ``value``."""

_VALUES: dict[str, Any] = {
    "Whole": 3,
    "Real": 3.5,
    "Exact": "1,234.5",
    "YesNo": True,
    "Day": date(2026, 11, 26),
    "Clock": time(8, 30),
    "Moment": datetime(2026, 11, 26, 8, 30),
    "Length": timedelta(minutes=3),
    "Lasting": "P1Y2M3DT4H5M6S",
    "Days": Interval(date(2026, 11, 26), None),
    "Times": Interval(time(8), time(9)),
    "Moments": "2026-11-26T08:00:00+09:00/2026-11-27T08:00:00+09:00",
    "Between": "2026-W48",
    "Amount": Quantity(Decimal("3.5"), "kg"),
    "Sized": Size.LARGE,
    "Chosen": "東京",
    "Field": 50,
    "Several": "３",
}

EXAMPLES: dict[str, dict[str, Any]] = {
    **{name: {"value": _VALUES.get(name, SPOKEN)} for name in TYPES},
    "OrderPizza": {"pizzaType": "페퍼로니", "pizzaAmount": 2},
    "Confirm": {"answer": SPOKEN},
    "Keep": {"what": SPOKEN},
    "Count": {},
    "Waiting": {"what": SPOKEN},
    "Broken": {"how": "raise"},
    "Refused": {},
    "WholeMessage": {"what": SPOKEN},
    "Unheard": {"what": SPOKEN, "whatElse": 7},
}
"""The slots of each intent, with values that its handler accepts."""
