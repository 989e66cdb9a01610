"""What a handler's annotations make of slots, what they refuse, and what the user then hears."""

import dataclasses
import enum
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Annotated, Any, Literal, Optional, Union, get_args, get_origin

import pytest
from marshmallow import ValidationError, fields, validate

from clova_flask import Duration, Interval, Quantity, RegistrationError, Slot, SlotError, ask

KST = timezone(timedelta(hours=9))
NOTHING = object()


def handler(annotation, keep, default=NOTHING):
    """Make a handler of the slot `size`."""

    def order(size):
        keep(size)
        return ask("네")

    order.__annotations__ = {} if annotation is NOTHING else {"size": annotation}
    order.__defaults__ = None if default is NOTHING else (default,)
    return order


@pytest.fixture
def say(clova, connect):
    """Say a slot to a handler with an annotation; give what the handler got, and the reply."""

    def say(annotation, slot, *, default=NOTHING, locale="ko-KR", **config):
        taken = []
        clova.intent("Order")(handler(annotation, taken.append, default))
        reply = connect(client={"locale": locale}, **config).intent("Order", size=slot)
        assert reply.status_code == 200
        return taken, reply

    return say


class Size(enum.Enum):
    LARGE = "라지"
    REGULAR = "레귤러"


class Floor(enum.IntEnum):
    FIRST = 1
    TOP = 20


def even(number):
    if number % 2:
        raise ValueError("odd")


def short(text):
    return len(text) < 3


def polite(text):
    if not text.endswith("요"):
        raise ValidationError("반말")


TAKEN = [
    (str, "페퍼로니", "페퍼로니"),
    (str, " 両側 ", " 両側 "),
    (str, {"value": 3}, "3"),
    (NOTHING, "3", "3"),
    (Any, "마르게리타", "마르게리타"),
    (int, "3", 3),
    (int, " -3 ", -3),
    (int, "+3", 3),
    (int, "3.0", 3),
    (int, "1,000", 1000),
    (int, "３", 3),
    (int, "１，０００", 1000),
    (int, {"value": 12}, 12),
    (int, "9" * 100, int("9" * 100)),
    (float, "3", 3.0),
    (float, "-0.5", -0.5),
    (float, "1,000.25", 1000.25),
    (float, "３.５", 3.5),
    (float, "３．５", 3.5),
    (float, {"value": 1.5}, 1.5),
    (Decimal, "0.10", Decimal("0.10")),
    (Decimal, "１２", Decimal(12)),
    (Decimal, "－１２", Decimal(-12)),
    *((bool, word, True) for word in ("네", "예", "응", "はい", "うん", "Yes", "true", "on", "1")),
    *(
        (bool, word, False)
        for word in ("아니요", "아니오", "아니", "いいえ", "いや", "No", "false", "off", "0")
    ),
    (date, "2018-08-10", date(2018, 8, 10)),
    (date, "2018-08-10T03:00:00+09:00", date(2018, 8, 10)),
    (time, "03:00:00", time(3)),
    (time, "23:59", time(23, 59)),
    (datetime, "2018-08-10T03:00:00+09:00", datetime(2018, 8, 10, 3, tzinfo=KST)),
    (datetime, "2018-08-10T03:00:00Z", datetime(2018, 8, 10, 3, tzinfo=UTC)),
    (datetime, "2018-08-10T03:00:00", datetime(2018, 8, 10, 3)),
    (datetime, "2018-08-10T03:00:00.25+0900", datetime(2018, 8, 10, 3, 0, 0, 250000, KST)),
    (timedelta, "P5D", timedelta(days=5)),
    (timedelta, "PT2H5M25S", timedelta(hours=2, minutes=5, seconds=25)),
    (timedelta, "P1DT12H", timedelta(days=1, hours=12)),
    (timedelta, "P2W", timedelta(weeks=2)),
    (timedelta, "PT0.5S", timedelta(seconds=0.5)),
    (timedelta, "-PT5M", timedelta(minutes=-5)),
    (Duration, "P1Y6M", Duration(years=1, months=6)),
    (Duration, "P2W", Duration(weeks=2)),
    (
        Duration,
        "P1Y2M3W4DT5H6M7.5S",
        Duration(years=1, months=2, weeks=3, days=4, hours=5, minutes=6, seconds=7.5),
    ),
    (Duration, "-P1M", Duration(months=-1)),
    (Duration, "PT0,5H", Duration(hours=0.5)),
    (Duration | None, " p３d ", Duration(days=3)),
    (timedelta | Duration, "P1M", Duration(months=1)),
    (Duration | timedelta, "P10D", timedelta(days=10)),
    (Duration | str, "닷새", "닷새"),
    (date, "2018-W32-5", date(2018, 8, 10)),
    (Interval[date], "2018-W32", Interval(date(2018, 8, 6), date(2018, 8, 12))),
    (Interval[date], "2018-W32/2018-W33", Interval(date(2018, 8, 6), date(2018, 8, 19))),
    (Interval[date], "2018W32/", Interval(date(2018, 8, 6), None)),
    (Interval, "2020-W53", Interval(date(2020, 12, 28), date(2021, 1, 3))),
    (Interval[time], "06:00:00/09:00:00", Interval(time(6), time(9))),
    (Interval[date], "2018-08-10/2018-08-12", Interval(date(2018, 8, 10), date(2018, 8, 12))),
    (
        Interval[datetime],
        "2018-08-10T03:00:00+09:00/2018-08-10T06:00:00+09:00",
        Interval(datetime(2018, 8, 10, 3, tzinfo=KST), datetime(2018, 8, 10, 6, tzinfo=KST)),
    ),
    (Interval[date], "2018-08-10T03:00:00+09:00/2018-08-12", Interval(date(2018, 8, 10), date(2018, 8, 12))),
    (Interval[date], "2018-08-10", Interval(date(2018, 8, 10), date(2018, 8, 10))),
    (Interval[date], "2018-08-10/", Interval(date(2018, 8, 10), None)),
    (Interval[time], "/09:00:00", Interval(None, time(9))),
    (
        Interval[date],
        {"value": "2018-08-10/2018-08-12", "valueType": "TIME.INTERVAL"},
        Interval(date(2018, 8, 10), date(2018, 8, 12)),
    ),
    (Interval, "06:00:00/09:00:00", Interval(time(6), time(9))),
    (Interval[Any], "2018-08-10/2018-08-12", Interval(date(2018, 8, 10), date(2018, 8, 12))),
    (
        Interval,
        "2018-08-10/2018-08-12T03:00:00+09:00",
        Interval(date(2018, 8, 10), datetime(2018, 8, 12, 3, tzinfo=KST)),
    ),
    (Quantity, {"value": "3", "unit": "kg"}, Quantity(Decimal(3), "kg")),
    (Quantity, {"value": "1,980", "unit": "JPY"}, Quantity(Decimal(1980), "JPY")),
    (Quantity, "3kg", Quantity(Decimal(3), "kg")),
    (Quantity, "-5.5 도", Quantity(Decimal("-5.5"), "도")),
    (Quantity, "1,000원", Quantity(Decimal(1000), "원")),
    (Quantity, "５００ml", Quantity(Decimal(500), "ml")),
    (Quantity, "１，０００円", Quantity(Decimal(1000), "円")),
    (Quantity, "３．５kg", Quantity(Decimal("3.5"), "kg")),
    (Quantity, "30℃", Quantity(Decimal(30), "℃")),
    (Quantity, "10㎡", Quantity(Decimal(10), "㎡")),
    (Quantity, "3", Quantity(Decimal(3), None)),
    (Slot, {"value": "3", "unit": "kg", "valueType": "A"}, Slot("size", "3", "kg", "A")),
    (Size, "라지", Size.LARGE),
    (Size, "LARGE", Size.LARGE),
    (Size, " 레귤러 ", Size.REGULAR),
    (Floor, "20", Floor.TOP),
    (Literal["라지", "레귤러"], "라지", "라지"),
    (Literal[1, 2], "2", 2),
    (int | None, "3", 3),
    (Optional[int], "3", 3),  # noqa: UP045
    (Union[int, None], "3", 3),  # noqa: UP007
    (str | int, "3", 3),
    (int | str, "셋", "셋"),
    (float | int, "3", 3),
    (float | int, "3.5", 3.5),
    (int | bool, "1", 1),
    (bool | int, "1", 1),
    (bool | int, "네", True),
    (date | datetime | time, "2018-08-10", date(2018, 8, 10)),
    (date | datetime | time, "2018-08-10T03:00:00Z", datetime(2018, 8, 10, 3, tzinfo=UTC)),
    (date | datetime | time, "03:00:00", time(3)),
    (str | timedelta, "P5D", timedelta(days=5)),
    (str | Size, "라지", Size.LARGE),
    (str | Quantity, "조금", "조금"),
    (Literal["전부"] | int, "전부", "전부"),
    (Literal["전부"] | int, "3", 3),
    (Interval[date] | date, "2018-08-10/2018-08-12", Interval(date(2018, 8, 10), date(2018, 8, 12))),
    (Annotated[int, validate.Range(1, 10)], "10", 10),
    (Annotated[int, validate.Range(1, 10)] | None, "10", 10),
    (Annotated[int | None, validate.Range(1, 10)], "10", 10),
    (Annotated[int, validate.Range(min=1), even], "4", 4),
    (Annotated[str, short], "라지", "라지"),
    (Annotated[str, polite], "주세요", "주세요"),
    (Annotated[str, fields.Email()], "a@example.com", "a@example.com"),
    (Annotated[Decimal, fields.Decimal(places=1)], "3.14", Decimal("3.1")),
    (Annotated[int, fields.Integer(), even], "4", 4),
    (Annotated[int, fields.Integer], "3", 3),
    (Annotated[int, "몇 판"], "3", 3),
    (Annotated[int, {"단위": "판"}], "3", 3),
]

REFUSED = [
    (int, "3.5"),
    (int, "셋"),
    (int, "3판"),
    (int, "1e5"),
    (int, "1_000"),
    (int, "0x10"),
    (int, "--3"),
    (int, "3²"),
    (float, "½"),
    (int, "9" * 101),
    (float, "inf"),
    (float, "nan"),
    (float, "반"),
    (Decimal, "NaN"),
    (Decimal, "1.2.3"),
    (bool, "글쎄"),
    (bool, "2"),
    (date, "내일"),
    (date, "2018-02-30"),
    (date, "03:00:00"),
    (date, "2018-08-10/2018-08-12"),
    (time, "25:00:00"),
    (time, "세 시"),
    (time, "2018-08-10"),
    (time, "06:00:00/09:00:00"),
    (time, "2018-08-10T03:04:05"),
    (time, {"value": "2018-08-10T03:00:00+09:00", "valueType": "DATETIME"}),
    (Interval[time], "2018-08-10T06:00:00/09:00:00"),
    (Interval[time], "2018-08-10T03:00:00+09:00/2018-08-10T05:00:00+09:00"),
    (date, "2018-W32"),
    (date, "2018W32"),
    (date, "2018-W99-1"),
    (datetime | time, "2018-W32"),
    (Interval[time], "2018-W32"),
    (Interval[date], "2018-W54"),
    (datetime, "2018-08-10"),
    (datetime, "03:00:00"),
    (datetime, "2018-08-10T25:00:00Z"),
    (timedelta, "P"),
    (timedelta, "PT"),
    (timedelta, "P1M"),
    (timedelta, "P1Y"),
    (timedelta, "닷새"),
    (timedelta, "P9999999999999D"),
    (Duration, "닷새"),
    (Duration, "P"),
    (Duration, "P1YT"),
    (Duration, "PT1D"),
    (Duration, "2 시간"),
    (Duration, f"P{'9' * 5000}Y"),
    (Interval, "/"),
    (Interval, "아침"),
    (Interval, "06:00:00/09:00:00/12:00:00"),
    (Interval[time], "2018-08-10/2018-08-12"),
    (Interval[datetime], "2018-08-10/2018-08-12"),
    (Interval[date], "06:00:00/09:00:00"),
    (Quantity, "많이"),
    (Quantity, "kg"),
    (Quantity, {"value": "세", "unit": "kg"}),
    (Size, "스몰"),
    (Size, "large"),
    (Floor, "2"),
    (Literal["라지", "레귤러"], "스몰"),
    (Literal[1, 2], "3"),
    (Literal["라지", None], "None"),  # noqa: PYI061
    (int | None, "셋"),
    (int | date, "내일"),
    (Annotated[int, validate.Range(1, 10)], "11"),
    (Annotated[int, validate.Range(1, 10)], "셋"),
    (Annotated[int, validate.Range(1, 10)] | None, "11"),
    (Annotated[int, validate.Range(min=1), even], "3"),
    (Annotated[str, short], "엑스라지"),
    (Annotated[str, polite], "줘"),
    (Annotated[str, fields.Email()], "골뱅이"),
    (Annotated[int, fields.Integer(), even], "3"),
]


def name(case):
    """Name a case, without the addresses and the options that a repr holds."""
    if case is NOTHING:
        return "nothing"
    if get_origin(case) is Annotated:
        annotated, *extras = get_args(case)
        return f"{name(annotated)} with {' and '.join(map(_name_extra, extras))}"
    return case.__name__ if isinstance(case, type) else str(case)


def _name_extra(extra):
    if isinstance(extra, (str, dict)):
        return str(extra)
    return getattr(extra, "__name__", type(extra).__name__)


@pytest.mark.parametrize(("annotation", "slot", "value"), TAKEN, ids=name)
def test_a_slot_becomes_what_the_annotation_says(say, annotation, slot, value):
    taken, _ = say(annotation, slot)
    assert taken == [value]
    assert type(taken[0]) is type(value)


@pytest.mark.parametrize(("annotation", "slot"), REFUSED, ids=name)
def test_what_the_annotation_refuses_is_asked_for_again(say, annotation, slot):
    taken, reply = say(annotation, slot)
    assert taken == []
    assert reply.speech == "그 부분은 알아듣지 못했어요. 다시 말씀해 주시겠어요?"
    assert reply.asked_for == "size"
    assert not reply.should_end_session


@pytest.mark.parametrize("value", [Interval(time(6), None), Quantity(Decimal(3), "kg")])
def test_values_are_frozen_and_hashable(value):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, dataclasses.fields(value)[-1].name, "다른 값")
    assert {value: 1}[dataclasses.replace(value)] == 1


# Missing and empty slots.

NO_VALUE = [None, "", {"value": None}, {"value": ""}, {}]


@pytest.mark.parametrize("slot", NO_VALUE, ids=str)
@pytest.mark.parametrize(
    ("annotation", "default", "value"),
    [
        (int, 1, 1),
        (int | None, 5, 5),
        (int, None, None),
        (NOTHING, "라지", "라지"),
        (NOTHING, None, None),
        (int | None, NOTHING, None),
        (Optional[date], NOTHING, None),  # noqa: UP045
        (Slot | None, NOTHING, None),
        (Literal["라지", None], NOTHING, None),  # noqa: PYI061
        (Any, NOTHING, None),
        (Annotated[int | None, validate.Range(min=1)], NOTHING, None),
        (Annotated[int, validate.Range(min=1)] | None, NOTHING, None),
        (Annotated[int, validate.Range(min=1)], 0, 0),
    ],
    ids=name,
)
def test_without_a_value_the_handler_gets_its_default_or_none(say, annotation, default, value, slot):
    taken, _ = say(annotation, slot, default=default)
    assert taken == [value]


@pytest.mark.parametrize("slot", NO_VALUE, ids=str)
@pytest.mark.parametrize(
    "annotation", [str, int, date, Slot, Size, Interval[date], Quantity, NOTHING], ids=name
)
def test_without_a_value_a_required_slot_is_asked_for(say, annotation, slot):
    taken, reply = say(annotation, slot)
    assert taken == []
    assert reply.speech == "조금 더 자세히 말씀해 주시겠어요?"
    assert (reply.asked_for, reply.should_end_session) == ("size", False)


@pytest.mark.parametrize("testing", [True, False])
@pytest.mark.parametrize(
    ("locale", "missing", "refused"),
    [
        (
            "ko-KR",
            "조금 더 자세히 말씀해 주시겠어요?",
            "그 부분은 알아듣지 못했어요. 다시 말씀해 주시겠어요?",
        ),
        ("ja-JP", "もう少し詳しく教えてください。", "その部分がわかりませんでした。もう一度お願いします。"),
        (
            "en-US",
            "Could you be a little more specific?",
            "I did not understand that part. Could you say it again?",
        ),
    ],
)
def test_it_is_asked_for_in_the_users_language(clova, connect, testing, locale, missing, refused):
    clova.intent("Order")(handler(int, print))
    for slot, sentence in ((None, missing), ("?", refused)):
        reply = connect(testing=testing, client={"locale": locale}).intent("Order", size=slot)
        assert (reply.status_code, reply.speech, reply.asked_for) == (200, sentence, "size")
        assert reply.output_speech["values"]["lang"] == locale[:2]


def test_the_answer_to_the_question_goes_on_with_the_handler(clova, connect):
    orders = []

    @clova.intent("Order")
    def order(pizza_type: str, pizza_amount: int) -> None:
        orders.append((pizza_type, pizza_amount))

    cek = connect()
    assert cek.intent("Order", pizzaType="페퍼로니", pizzaAmount="셋").asked_for == "pizzaAmount"
    cek.intent("Amount", pizzaAmount="３")
    assert orders == [("페퍼로니", 3)]


@pytest.mark.parametrize("wire", ["pizzaType", "pizza_type", "PizzaType", "pizza-type"])
@pytest.mark.parametrize("first", [None, {"value": ""}, {"value": "구"}], ids=["missing", "empty", "refused"])
def test_the_question_is_about_the_slot_as_the_model_calls_it(clova, connect, wire, first):
    orders = []

    @clova.intent("Order")
    def order(pizza_type: Literal["페퍼로니"]) -> None:
        orders.append(pizza_type)

    cek = connect()
    asked = cek.intent("Order", **{wire: first}).asked_for
    if first is not None:
        assert asked == wire
    cek.intent("Type", **{wire: "페퍼로니"})
    assert orders == ["페퍼로니"]


@pytest.mark.parametrize(
    ("annotation", "said", "expected"),
    [
        (int, "셋", "int"),
        (int | None, "셋", "int"),
        (int | date, "셋", "int or date"),
        (Literal["라지", 2], "셋", "one of 라지, 2"),
        (Literal["라지", 2] | None, "셋", "one of 라지, 2"),
        (Literal["라지"] | int, "셋", "one of 라지 or int"),
        (Size, "셋", "Size"),
        (Interval[date], "셋", "Interval"),
        (Annotated[int, validate.Range(min=1)], "0", "int"),
        (Annotated[int, validate.Range(min=1)] | None, "0", "int"),
        (int, None, "int"),
    ],
    ids=name,
)
def test_the_error_says_which_slot_what_was_said_and_what_is_expected(
    clova, connect, annotation, said, expected
):
    errors = []

    @clova.errorhandler(SlotError)
    def explain(error):
        errors.append(error)
        return ask("숫자로 말씀해 주세요.")

    clova.intent("Order")(handler(annotation, print))
    assert connect().intent("Order", size=said).speech == "숫자로 말씀해 주세요."
    assert (errors[0].name, errors[0].value, errors[0].expected) == ("size", said, expected)
    assert errors[0].missing is (said is None)


# Registration.


class Topping:
    pass


@pytest.mark.parametrize(
    ("annotation", "named"),
    [
        (list, "list"),
        (list[str], "list"),
        (dict, "dict"),
        (Mapping[str, Any], "Mapping"),
        (bytes, "bytes"),
        (complex, "complex"),
        (tuple[int, int], "tuple"),
        (Topping, "Topping"),
        (None, "None"),
        (int | list, "list"),
        (list | None, "list"),
        (Annotated[list, validate.Length(1)], "list"),
        (Interval[int], "Interval"),
        (Interval[timedelta], "Interval"),
        (Literal["a"] | set, "set"),
        ("크기", "크기"),
        ("Topping[int]", "Topping"),
    ],
    ids=name,
)
def test_an_annotation_that_cannot_be_converted_is_refused_with_what_can(clova, annotation, named):
    with pytest.raises(RegistrationError) as caught:
        clova.intent("Order")(handler(annotation, print))
    message = str(caught.value)
    assert "'size'" in message
    assert "order" in message
    assert named in message
    if not isinstance(annotation, str):
        assert "date" in message


def test_the_message_lists_every_annotation_that_converts(clova):
    with pytest.raises(RegistrationError) as caught:
        clova.intent("Order")(handler(list, print))
    for word in ("str", "int", "float", "Decimal", "bool", "date", "time", "datetime", "timedelta"):
        assert f"{word}, " in str(caught.value)
    for word in ("Interval[...]", "Quantity", "Slot", "Enum", "Literal", "X | None", "Annotated[X, "):
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("annotation", "said", "got"),
    [
        (Interval[time], "18:00:00/24:00:00", Interval(time(18), time(0))),
        (time, "24:00", time(0)),
        (datetime, "2018-08-10T24:00:00", datetime(2018, 8, 11)),
    ],
)
def test_the_end_of_a_day_may_be_written_as_24_00(clova, connect, annotation, said, got):
    seen = []

    def order(when) -> None:
        seen.append(when)

    order.__annotations__["when"] = annotation
    clova.intent("Order")(order)
    connect().intent("Order", when=said)
    assert seen == [got]


@pytest.mark.parametrize("said", ["2018-08-10", "06:00:00/09:00:00", "3.5.7"])
def test_a_date_is_no_quantity(clova, connect, said):
    @clova.intent("Weigh")
    def weigh(amount: Quantity):
        return str(amount)

    assert connect().intent("Weigh", amount=said).asked_for == "amount"
