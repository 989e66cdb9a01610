"""Smart plugs: the electricity that a device uses, and its price."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clova_flask.home import Period, ValueNotSupportedError, action

from ..tables import DeviceRow
from .base import Reply, Switched

_ELECTRICITY = {"ko": "전력", "ja": "電力"}
_PRICES = {"ko": ("KRW", 150), "ja": ("JPY", 31)}
"""Currency, and the price of a kWh in it."""


class PlugRow(DeviceRow, kw_only=True, eq=False):
    """A plug; the power is an average."""

    __tablename__ = "home_plug"
    __mapper_args__ = {"polymorphic_identity": "SMARTPLUG"}

    id: Mapped[str] = mapped_column(ForeignKey(DeviceRow.id), primary_key=True)
    watts: Mapped[int]


class Plug(Switched[PlugRow], type="SMARTPLUG", model_name="Socket"):
    """A plug that measures."""

    @action("GetConsumption")
    def consumption(self, period: Period | None) -> Reply:
        """Return the electricity used in a period, or in a day."""
        entry = {"name": _ELECTRICITY[self.row.user.lang], "unit": "kW", "value": self._energy(period)}
        return {"consumption": [entry]}

    @action("GetEstimateBill")
    def bill(self, period: Period | None) -> Reply:
        """Return the price of that electricity."""
        currency, price = _PRICES[self.row.user.lang]
        return {"estimate_bill": {"currency": currency, "value": round(self._energy(period) * price)}}

    def _energy(self, period: Period | None) -> float:
        length = period.end - period.start if period else timedelta(days=1)
        if length < timedelta(0):
            raise ValueNotSupportedError("the period ends before it starts")
        return round(self.row.watts / 1000 * (length / timedelta(hours=1)), 2)
