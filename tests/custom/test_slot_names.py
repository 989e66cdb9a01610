"""Slots by their names on the wire and in Python: what ask_for, dialogs and errors call them."""

import logging

import pytest

from clova_flask import SlotError, ask_for, tell
from clova_flask.injection.parameters import describe_function


@pytest.fixture
def serial(clova):
    """A handler whose parameter is called otherwise than its slot, and which asks by a name of either."""

    def serial(asked, *, others=False):
        slots = {"d": "SerialFour", **({"SerialFour": "d"} if others else {})}
        if others:

            @clova.intent("Register", slots=slots)
            def register(d: str | None = None, SerialFour: str | None = None):  # noqa: N803
                return tell(f"{d} {SerialFour}") if d else ask_for(asked, "뒤 네 자리는요?")
        else:

            @clova.intent("Register", slots=slots)
            def register(d: str | None = None):
                return tell(str(d)) if d else ask_for(asked, "뒤 네 자리는요?")

        return register

    return serial


@pytest.mark.parametrize("asked", ["SerialFour", "d"])
def test_a_slot_is_asked_for_by_its_name_or_by_its_parameters(connect, serial, caplog, asked):
    caplog.set_level(logging.WARNING)
    serial(asked)
    cek = connect()
    assert cek.intent("Register").asked_for == "SerialFour"
    assert cek.intent("Digits", SerialFour="0412").speech == "0412"
    assert caplog.messages == []


@pytest.mark.parametrize("asked", ["SerialFour", "d"])
def test_the_name_of_a_slot_is_meant_where_a_parameter_has_it_too(connect, serial, asked):
    serial(asked, others=True)
    assert connect().intent("Register").asked_for == asked


@pytest.mark.parametrize("asked", ["Serial4", "D4"])
def test_a_slot_that_nothing_takes_is_a_warning_with_the_name_on_the_wire(connect, serial, caplog, asked):
    caplog.set_level(logging.WARNING)
    where = describe_function(serial(asked))
    connect().intent("Register")
    [message] = caplog.messages
    assert message.startswith(f"ask_for({asked!r}): {where} takes no such slot.")
    assert "'d'" not in message
    assert ("Did you mean 'SerialFour'?" in message) is (asked == "Serial4")


def test_a_slot_that_is_sent_by_the_parameters_name_is_a_warning_with_the_right_one(connect, serial, caplog):
    caplog.set_level(logging.WARNING)
    where = describe_function(serial("d"))
    cek = connect()
    assert cek.intent("Register", d="0412").asked_for == "SerialFour"
    assert cek.intent("Register", d="0412", SerialFour="0412").speech == "0412"
    assert caplog.messages == [
        f"{where}: the intent has a slot 'd', but the parameter of that name takes 'SerialFour'."
    ]


def test_slots_that_change_names_are_no_mistake(connect, serial, caplog):
    caplog.set_level(logging.WARNING)
    serial("d", others=True)
    assert connect().intent("Register", d="0412").asked_for == "d"
    assert caplog.messages == []


def test_a_slot_with_a_korean_name_is_asked_for_by_either(clova, connect):
    @clova.intent("Reserve", slots={"guests": "인원수"})
    def reserve(guests: int | None = None):
        return tell(f"{guests}명") if guests else ask_for("guests", "몇 분이세요?")

    cek = connect()
    assert cek.intent("Reserve").asked_for == "인원수"
    assert cek.intent("Count", 인원수=4).speech == "4명"


def test_the_errors_name_is_that_of_the_wire(clova, connect):
    seen = []

    @clova.errorhandler(SlotError)
    def which(error):
        seen.append(error.name)
        return ask_for(error.name, "네?")

    clova.intent("Register", slots={"d": "SerialFour"})(lambda d: tell(d))
    assert connect().intent("Register").asked_for == "SerialFour"
    assert seen == ["SerialFour"]


def test_without_a_name_of_its_own_both_spellings_are_right(clova, connect, caplog):
    caplog.set_level(logging.WARNING)

    @clova.intent("Order")
    def order(asked: str, pizza_type: str | None = None):
        return tell(pizza_type) if pizza_type else ask_for(asked, "어떤 피자로요?")

    cek = connect()
    for asked in ("pizzaType", "pizza_type"):
        assert cek.intent("Order", asked=asked).asked_for == asked
        assert cek.intent("Type", pizzaType="치즈").speech == "치즈"
    assert caplog.messages == []
