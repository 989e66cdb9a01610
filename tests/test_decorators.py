"""Misuse is refused when a handler is declared, with a name that would have worked."""

from __future__ import annotations

import functools
import re

import pytest
from flask import Flask

from clova_flask import Clova, HandlerGroup, RegistrationError, Session, tell


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda c: c.intent("Clova.YesIntnet")(lambda: 1), "Did you mean 'Clova.YesIntent'?"),
        (lambda c: c.intent("Clova.Dance")(lambda: 1), "Use one of: Clova.CancelIntent, Clova.GuideIntent"),
        (lambda c: c.intent()(lambda: 1), 'Write @clova.intent("OrderPizza").'),
        (lambda c: c.intent(["A", "B"]), "The name of an intent must be a str, not list."),
        (lambda c: c.intent("A", ""), "The name of an intent must not be empty."),
        (lambda c: c.intent("A", state=1), "@clova.intent: state must be a str or None, not int."),
        (lambda c: c.fallback(state=1), "@clova.fallback: state must be a str or None, not int."),
        (
            lambda c: c.intent("A", slots=["who"]),
            "slots must be a dict of slot names by parameter name, not list",
        ),
        (lambda c: c.event("AudioPlayer.PlayFinish")(lambda: 1), "Did you mean 'AudioPlayer.PlayFinished'?"),
        (lambda c: c.event("AudioPlaye.*")(lambda: 1), "Did you mean 'AudioPlayer.*'?"),
        (lambda c: c.event("PlayFinished"), "Did you mean 'AudioPlayer.PlayFinished'?"),
        (
            lambda c: c.event("Dance")(lambda: 1),
            "'Dance' is not an event. Use one of: AudioPlayer.PlayStarted, ",
        ),
        (lambda c: c.event()(lambda: 1), "must name the event that it handles"),
        (lambda c: c.launch(lambda sesion: 1), "Did you mean 'session'?"),
        (lambda c: c.launch(lambda pizza: 1), "Use one of: request, session, context, user."),
        (lambda c: c.session_ended(lambda pizza: 1), "Nothing can fill 'pizza'"),
        (lambda c: c.before_request(lambda pizza: 1), "Nothing can fill 'pizza'"),
        (lambda c: c.after_request(lambda message, pizza: 1), "Nothing can fill 'pizza'"),
        (lambda c: c.errorhandler(ValueError)(lambda error, pizza: 1), "Nothing can fill 'pizza'"),
        (
            lambda c: c.errorhandler(4040),
            "4040 is not a status that an HTTPException has. Did you mean '404'?",
        ),
        (lambda c: c.errorhandler(True), "must name a subclass of Exception, not bool."),
        (lambda c: c.errorhandler("404"), "must name a subclass of Exception, not str."),
        (
            lambda c: c.home.errorhandler(KeyboardInterrupt),
            "@clova.home.errorhandler(…) must name a subclass",
        ),
        (lambda c: c.home.errorhandler(lambda: 1), "Write @clova.home.errorhandler(ValueError)."),
        (lambda c: c.before_request(lambda appliance_id: 1), "@clova.home are for Clova Home alone."),
        (lambda c: c.home.before_request(lambda session: 1), "Nothing can fill 'session'"),
        (lambda c: c.home.after_request(lambda reply, pizza: 1), "Use one of: request, user, interface"),
        (lambda c: c.home.errorhandler(ValueError)(lambda e, aplliance: 1), "Did you mean 'appliance'?"),
        (lambda c: c.errorhandler(KeyboardInterrupt), "a subclass of Exception, not KeyboardInterrupt."),
        (
            lambda c: c.event("AudioPlayer.PlayFinished")(lambda ofset_in_milliseconds: 1),
            "Did you mean 'offset_in_milliseconds'?",
        ),
        (lambda c: c.event("ClovaSkill.SkillEnabled")(lambda token: 1), "Its payload is empty."),
        (
            lambda c: c.event("AudioPlayer.*")(lambda x: 1),
            "Use one of: audio_item_id, audio_stream, offset_in_",
        ),
        (lambda c: c.intent("A")(lambda *slots: 1), "name each one"),
        (lambda c: c.intent("A")(lambda **slots: 1), "name each one"),
        (lambda c: c.intent("A")("order"), "A handler must be a function, not str."),
        (lambda c: c.intent("A", slots={"hwo": "user"})(lambda who: 1), "Did you mean 'who'?"),
        (lambda c: c.user_loader(lambda: 1), "must have one parameter, the access token; "),
    ],
)
def test_misuse_is_refused(declare, message):
    with pytest.raises(RegistrationError) as error:
        declare(Clova())
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("decorator", "written"),
    [
        ("intent", '@clova.intent("OrderPizza")'),
        ("event", '@clova.event("AudioPlayer.PlayFinished")'),
        ("errorhandler", "@clova.errorhandler(ValueError)"),
    ],
)
def test_a_decorator_without_parentheses_tells_what_to_write(decorator, written):
    def order():
        pass

    with pytest.raises(RegistrationError) as error:
        getattr(Clova(), decorator)(order)
    where = rf"@clova\.{decorator} above \S+order \(.*test_decorators\.py:\d+\) has no parentheses"
    assert re.match(where, str(error.value))
    assert str(error.value).endswith(f" Write {written}.")


class Kitchen:
    def __call__(self, pizza: Clova):
        pass

    def order(self, pizza: Clova):
        pass


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (Kitchen(), r"Kitchen\.__call__"),
        (Kitchen().order, r"Kitchen\.order"),
        (functools.partial(Kitchen.order, None), r"Kitchen\.order"),
        (functools.partial(Kitchen()), r"Kitchen\.__call__"),
    ],
    ids=["object", "method", "partial", "partial of an object"],
)
def test_an_error_names_the_function_and_its_line(function, name):
    with pytest.raises(RegistrationError, match=rf"'pizza' of {name} \(.*test_decorators\.py:\d+\): "):
        Clova().intent("Order")(function)


@pytest.mark.parametrize(
    "declare",
    [
        lambda c, f: c.launch(f),
        lambda c, f: c.session_ended(f),
        lambda c, f: c.intent("Order")(f),
        lambda c, f: c.intent("Order", state="confirm")(f),
        lambda c, f: c.intent("Other", "Order")(f),
        lambda c, f: c.event("AudioPlayer.*")(f),
        lambda c, f: c.fallback(f),
        lambda c, f: c.fallback(state="confirm")(f),
        lambda c, f: c.errorhandler(ValueError)(f),
    ],
)
def test_registering_twice_names_both(declare):
    def first():
        pass

    def second():
        pass

    clova = Clova()
    declare(clova, first)
    with pytest.raises(
        RegistrationError, match=r"first \(.*test_decorators\.py:\d+.*second \(.*test_decorators\.py:\d+"
    ):
        declare(clova, second)


def test_the_same_intent_in_two_states_is_no_repetition():
    clova = Clova()
    for state in (None, "a", "b"):
        clova.intent("Order", state=state)(lambda: None)


def test_an_annotation_that_converts_nothing_is_refused():
    def order(pizza: Clova):
        pass

    with pytest.raises(
        RegistrationError, match=r"'pizza' of .*order .*cannot be converted to .*Clova\. .*str"
    ):
        Clova().intent("Order")(order)


def test_an_annotation_that_cannot_be_evaluated_is_refused():
    def order(pizza: Nowhere):  # noqa: F821
        pass

    with pytest.raises(RegistrationError, match=r"'Nowhere' of 'pizza'.*name 'Nowhere' is not defined"):
        Clova().intent("Order")(order)


def test_annotations_of_the_fixed_parameters_need_not_exist(clova, connect):
    @clova.launch
    def launch(session: Nowhere, request: Elsewhere):  # noqa: F821
        return tell(request.type)

    assert connect().launch().speech == "LaunchRequest"


def test_annotations_may_name_what_is_local(clova, connect):
    import decimal

    @clova.intent("Order")
    def order(price: decimal.Decimal):
        return tell(f"{price + decimal.Decimal(1)}")

    assert connect().intent("Order", price="2.50").speech == "3.50"


def test_wrapped_handlers_keep_their_parameters(clova, connect):
    def shouting(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs) + "!"

        return wrapper

    @clova.intent("Order")
    @shouting
    def order(pizza: str):
        return pizza

    assert connect().intent("Order", pizza="치즈").speech == "치즈!"


def test_a_method_can_be_a_handler(clova, connect):
    class Kitchen:
        def order(self, pizza: str):
            return tell(f"{pizza} 나왔습니다")

    clova.intent("Order")(Kitchen().order)
    assert connect().intent("Order", pizza="치즈").speech == "치즈 나왔습니다"


@pytest.mark.parametrize("slot", ["pizzaType", "pizza_type", "PizzaType", "pizza-type", "pizza type"])
def test_a_parameter_takes_the_slot_of_its_own_name_or_its_camel_case(clova, connect, slot):
    clova.intent("Order")(lambda pizza_type: tell(pizza_type))
    assert connect().intent("Order", **{slot: "치즈"}).speech == "치즈"


def test_slots_can_be_mapped_by_hand(clova, connect):
    clova.intent("Call", slots={"who": "user", "what": "음식"})(lambda who, what: tell(f"{who} {what}"))
    assert connect().intent("Call", user="보라", 음식="피자").speech == "보라 피자"


def test_decorators_give_the_function_back():
    def handler():
        return "그대로"

    clova = Clova()
    assert clova.launch(handler) is handler
    assert clova.intent("A")(handler) is handler
    assert clova.event("*")(handler) is handler
    assert clova.fallback(handler) is handler
    assert clova.errorhandler(ValueError)(handler) is handler
    assert clova.before_request(handler) is handler
    assert clova.after_request(handler) is handler


def test_registering_after_the_first_message_is_refused(clova, connect):
    clova.launch(lambda session: tell("안녕"))
    cek = connect()
    clova.session_ended(lambda: None)
    cek.launch()
    for declare in (
        clova.intent("Late"),
        clova.event("*"),
        clova.fallback,
        clova.before_request,
        clova.after_request,
        clova.errorhandler(ValueError),
    ):
        with pytest.raises(
            RegistrationError, match=r"the app 'tests\.conftest' has answered its first message"
        ):
            declare(lambda: None)


def test_a_group_takes_no_handlers_once_it_has_joined(clova):
    group = HandlerGroup()
    group.launch(lambda: tell("안녕"))
    clova.register(group)
    with pytest.raises(RegistrationError, match="has joined the extension 'clova'"):
        group.intent("Late")(lambda: None)


def test_a_group_may_join_several_extensions():
    group = HandlerGroup()
    group.launch(lambda: tell("안녕"))
    for name in ("one", "two"):
        Clova(name).register(group)


def test_a_group_that_repeats_a_handler_is_refused(clova):
    group = HandlerGroup()
    group.launch(lambda: tell("안녕"))
    clova.launch(lambda: tell("또 안녕"))
    with pytest.raises(RegistrationError, match="launch has a handler already"):
        clova.register(group)


def test_an_extension_cannot_join_itself(clova):
    with pytest.raises(RegistrationError, match="cannot register itself"):
        clova.register(clova)


def test_an_extension_serves_several_apps(clova):
    from clova_flask.testing import CekClient

    clova.launch(lambda session: tell("안녕"))
    for _ in range(2):
        app = Flask(__name__)
        app.config.update(CLOVA_PLATFORM="line", CLOVA_EXTENSION_ID="x")
        clova.init_app(app)
        assert CekClient(app).launch().speech == "안녕"


def test_session_is_the_type_of_the_parameter(clova, connect):
    clova.launch(lambda session: tell(type(session).__name__ + str(isinstance(session, Session))))
    assert connect().launch().speech == "SessionTrue"
