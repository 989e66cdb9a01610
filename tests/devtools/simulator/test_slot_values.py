"""Python values in tests are sent as the platforms write them, and come back as they were."""

import enum
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from clova_flask import Duration, Interval, Quantity, Slot, tell
from clova_flask.devtools.simulator.slot_values import write_slot_value

SEOUL = timezone(timedelta(hours=9))


class Size(enum.Enum):
    LARGE = "라지"
    NUMBER = 7


class Level(enum.IntEnum):
    HIGH = 2


class Lazy:
    def __str__(self):
        return "페퍼로니"

    __repr__ = __str__


def wire(value, unit=None, kind=None):
    fields = {"value": value, "unit": unit, "valueType": kind}
    return {"name": "what", **{key: part for key, part in fields.items() if part is not None}}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("페퍼로니", wire("페퍼로니")),
        (Lazy(), wire("페퍼로니")),
        (2, wire("2")),
        (2.5, wire("2.5")),
        (2.0, wire("2")),
        (1e20, wire("100000000000000000000")),
        (Decimal("1E+3"), wire("1000")),
        (Decimal("0.10"), wire("0.10")),
        (True, wire("true")),
        (False, wire("false")),
        (Size.LARGE, wire("라지")),
        (Size.NUMBER, wire("NUMBER")),
        (Level.HIGH, wire("HIGH")),
        (date(2018, 8, 10), wire("2018-08-10", kind="DATE")),
        (time(3), wire("03:00:00", kind="TIME")),
        (time(3, 30, 15, tzinfo=SEOUL), wire("03:30:15", kind="TIME")),
        (datetime(2018, 8, 10, 3, tzinfo=SEOUL), wire("2018-08-10T03:00:00+09:00", kind="DATETIME")),
        (datetime(2018, 8, 10, 3), wire("2018-08-10T03:00:00+09:00", kind="DATETIME")),
        (datetime(2018, 8, 10, 3, tzinfo=UTC), wire("2018-08-10T03:00:00+00:00", kind="DATETIME")),
        (timedelta(minutes=3), wire("PT3M")),
        (timedelta(days=5), wire("P5D")),
        (timedelta(seconds=59, microseconds=999999), wire("PT59.999999S")),
        (timedelta(hours=2, minutes=5, seconds=25), wire("PT2H5M25S")),
        (timedelta(days=1, hours=2), wire("P1DT2H")),
        (timedelta(seconds=1.5), wire("PT1.5S")),
        (timedelta(0), wire("PT0S")),
        (-timedelta(minutes=3), wire("-PT3M")),
        (Interval(date(2018, 8, 10), date(2018, 8, 12)), wire("2018-08-10/2018-08-12", kind="DATE.INTERVAL")),
        (Interval(time(6), time(9)), wire("06:00:00/09:00:00", kind="TIME.INTERVAL")),
        (Interval(None, date(2018, 8, 12)), wire("/2018-08-12", kind="DATE.INTERVAL")),
        (Quantity(Decimal(3), "kg"), wire("3", "kg")),
        (Quantity(Decimal("2.5"), None), wire("2.5")),
        (Slot(value="3000", unit="JPY"), wire("3000", "JPY")),
        ({"value": "두", "unit": "판"}, wire("두", "판")),
    ],
    ids=repr,
)
def test_values_as_they_are_written(value, written):
    assert write_slot_value("what", value) == written


@pytest.mark.parametrize("value", [["페퍼로니"], ("a", "b"), {"a"}, b"a"], ids=repr)
def test_what_no_slot_can_be(value):
    with pytest.raises(TypeError, match=r"The slot 'what' cannot be .*A slot has one value: text, a number"):
        write_slot_value("what", value)


@pytest.mark.parametrize("platform", ["naver", "line"])
@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (str, "페퍼로니"),
        (int, 2),
        (float, 2.5),
        (Decimal, Decimal("2.50")),
        (bool, True),
        (bool, False),
        (Size, Size.LARGE),
        (Size, Size.NUMBER),
        (date, date(2018, 8, 10)),
        (time, time(3, 30)),
        (datetime, datetime(2018, 8, 10, 3, tzinfo=SEOUL)),
        (timedelta, timedelta(minutes=3)),
        (timedelta, timedelta(days=5, hours=2, seconds=1)),
        (Duration, Duration(years=1, months=6)),
        (Duration, Duration(minutes=3)),
        (Interval[datetime], Interval(datetime(2018, 8, 10, 3, tzinfo=SEOUL), None)),
        (Interval[date], Interval(date(2018, 8, 10), date(2018, 8, 12))),
        (Interval[time], Interval(time(6), time(9))),
        (Quantity, Quantity(Decimal(3), "잔")),
    ],
    ids=repr,
)
def test_a_handler_gets_what_the_test_gave(clova, connect, platform, annotation, value):
    got: list[Any] = []

    @clova.intent("Brew")
    def brew(length: annotation):
        got.append(length)
        return tell("네")

    connect(CLOVA_PLATFORM=platform).intent("Brew", length=value)
    assert got == [value]
    assert type(got[0]) is type(value)


def test_a_date_with_time_is_in_the_zone_of_the_users(clova, connect):
    got = []
    clova.intent("Call")(lambda request: got.append(request.intent.slots["at"].value) or tell("네"))
    connect(CLOVA_TIMEZONE="Asia/Ho_Chi_Minh").intent("Call", at=datetime(2018, 8, 10, 3))
    assert got == ["2018-08-10T03:00:00+07:00"]


def test_none_leaves_a_slot_out(clova, connect):
    clova.intent("Brew")(lambda request: tell("네" if request.intent.slots else "없음"))
    assert connect().intent("Brew", length=None).speech == "없음"
