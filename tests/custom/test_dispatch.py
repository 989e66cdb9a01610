"""Which handler is called, with what, and what its answer does to the session."""

import asyncio
import copy
import functools
import itertools
import logging

import pytest
from flask import got_request_exception

from clova_flask import (
    AccountLinkingRequired,
    AnswerError,
    HandlerGroup,
    Slot,
    SlotError,
    User,
    ask,
    ask_for,
    tell,
)
from clova_flask.injection.parameters import describe_function


def test_each_kind_of_request_finds_its_handler(clova, connect):
    seen = []
    clova.launch(lambda: seen.append("launch") or ask("네"))
    clova.intent("Order")(lambda: seen.append("intent") or ask("네"))
    clova.event("AudioPlayer.PlayStarted")(lambda: seen.append("event"))
    clova.session_ended(lambda: seen.append("end"))
    cek = connect()
    cek.launch()
    cek.intent("Order")
    cek.event("AudioPlayer.PlayStarted", token="t", offset_in_milliseconds=0)
    cek.end()
    assert seen == ["launch", "intent", "event", "end"]


def test_decorators_work_with_and_without_parentheses(clova, connect):
    clova.launch()(lambda: "시작")
    clova.session_ended()(lambda: None)
    clova.fallback()(lambda: "모르겠어요")
    cek = connect()
    assert cek.launch().speech == "시작"
    assert cek.intent("Other").speech == "모르겠어요"


def test_a_handler_of_the_state_wins_and_is_deaf_outside_it(clova, connect):
    clova.intent("Start")(lambda: ask("시작", state="confirm"))
    clova.intent("Clova.YesIntent", state="confirm")(lambda: tell("확인"))
    clova.intent("Clova.YesIntent")(lambda: tell("네?"))
    clova.intent("Clova.NoIntent", state="confirm")(lambda: tell("취소"))
    clova.fallback(lambda: ask("모르겠어요"))
    clova.fallback(state="confirm")(lambda: ask("네, 아니요로 말씀해 주세요."))
    cek = connect()
    assert cek.intent("Clova.YesIntent").speech == "네?"
    assert cek.intent("Clova.NoIntent").speech == "모르겠어요"
    cek.intent("Start")
    reply = cek.intent("Gibberish")
    assert (reply.speech, reply.state) == ("네, 아니요로 말씀해 주세요.", "confirm")
    assert cek.intent("Clova.YesIntent").speech == "확인"


# The first of these that exists answers.
PRECEDENCE = ("state handler", "intent handler", "fallback of the state", "fallback")
OF_THE_STATE = {"state handler", "fallback of the state"}
UNHANDLED = "아직은 할 수 없는 일이에요. 다른 것을 말씀해 주세요."


@pytest.mark.parametrize("state", ["confirm", "another", None])
@pytest.mark.parametrize(
    "existing",
    [existing for count in range(5) for existing in itertools.combinations(PRECEDENCE, count)],
    ids=lambda existing: " + ".join(existing) or "none",
)
def test_precedence(clova, connect, existing, state):
    decorators = {
        "fallback": clova.fallback,
        "fallback of the state": clova.fallback(state="confirm"),
        "intent handler": clova.intent("예약"),
        "state handler": clova.intent("예약", state="confirm"),
    }
    for name, decorate in decorators.items():
        if name in existing:
            decorate(lambda name=name: ask(name))
    clova.launch(lambda: ask("시작", state=state))
    audible = [name for name in existing if state == "confirm" or name not in OF_THE_STATE]
    cek = connect()
    cek.launch()
    assert cek.intent("예약").speech == next(iter(audible), UNHANDLED)


def test_the_state_stays_until_it_is_changed_or_cleared(clova, connect):
    clova.intent("A")(lambda: ask("a", state="one"))
    clova.intent("B")(lambda: ask("b"))
    clova.intent("C")(lambda session: ask(session.state, state=None))
    cek = connect()
    assert cek.intent("A").state == "one"
    assert cek.intent("B").state == "one"
    reply = cek.intent("C")
    assert (reply.speech, reply.state) == ("one", None)


def test_session_attributes_come_back_and_end_with_the_session(clova, connect):
    @clova.intent("Count")
    def count(session):
        session["count"] = session.get("count", 0) + 1
        return ask(f"{session['count']}") if session["count"] < 3 else tell("끝")

    cek = connect()
    assert [cek.intent("Count").attributes for _ in range(3)] == [{"count": 1}, {"count": 2}, {}]
    assert cek.intent("Count").attributes == {"count": 1}, "a new session starts afresh"


def test_the_session_tells_about_itself(clova, connect):
    seen = []
    clova.intent("A")(lambda session: seen.append((session.id, session.new, session.user.id)) or ask("a"))
    cek = connect()
    cek.intent("A")
    cek.intent("A")
    (first, new, user), (second, again, _) = seen
    assert (first, new, again, user) == (second, True, False, "test-user")


def test_a_changed_session_does_not_change_the_message(clova, connect):
    seen = []

    @clova.intent("A")
    def handler(session, request):
        session["list"].append(1)
        seen.append(session.info.attributes["list"])
        return ask("a")

    cek = connect()
    cek.caller.attributes = {"list": []}
    assert cek.intent("A").attributes == {"list": [1]}
    assert seen == [[]]


# Slot filling


@pytest.fixture
def order(clova):
    @clova.intent("Order")
    def order(pizza_type: str | None, amount: int | None, request):
        if pizza_type is None:
            return ask_for("pizzaType", "어떤 피자요?")
        if amount is None:
            return ask_for("amount", "몇 판이요?")
        return ask(f"{pizza_type} {amount} {request.intent.name}")


def test_a_slot_that_was_asked_for_resumes_the_handler_under_whatever_intent(order, connect):
    cek = connect()
    assert cek.intent("Order").asked_for == "pizzaType"
    assert cek.intent("Elsewhere", pizzaType="고구마").asked_for == "amount"
    done = cek.intent("Another", amount="3")
    assert (done.speech, done.asked_for) == ("고구마 3 Order", None)


def test_what_was_filled_before_is_kept_and_what_is_new_wins(order, connect):
    cek = connect()
    cek.intent("Order", amount="2")
    assert cek.intent("X", pizzaType="치즈", amount="5").speech == "치즈 5 Order"


def test_an_intent_that_does_not_bring_the_slot_leaves_the_question_open(clova, order, connect):
    clova.intent("Clova.GuideIntent")(lambda: ask("도움말"))
    cek = connect()
    cek.intent("Order", amount="2")
    assert cek.intent("Clova.GuideIntent").speech == "도움말"
    assert cek.intent("X", pizzaType="").asked_for == "pizzaType"
    assert cek.intent("X", pizzaType="치즈").speech == "치즈 2 Order"


def test_cancelling_forgets_the_question(clova, order, connect):
    clova.intent("Clova.CancelIntent")(lambda: ask("그만둘게요"))
    clova.fallback(lambda: ask("모르겠어요"))
    cek = connect()
    cek.intent("Order")
    cek.intent("Clova.CancelIntent")
    assert cek.intent("X", pizzaType="치즈").speech == "모르겠어요"


def test_another_state_forgets_the_question(clova, order, connect):
    clova.intent("Menu")(lambda: ask("메뉴", state="menu"))
    clova.fallback(lambda: ask("모르겠어요"))
    cek = connect()
    cek.intent("Order")
    assert cek.intent("Menu").asked_for is None
    assert cek.intent("X", pizzaType="치즈").speech == "모르겠어요"


def test_what_does_not_answer_the_question_is_handled_in_its_state(clova, connect):
    clova.intent("Order")(lambda pizza_type=None: ask_for("pizzaType", "어떤 피자요?"))
    clova.intent("Menu", state="menu")(lambda: ask("메뉴의 메뉴"))
    clova.intent("Menu")(lambda: ask("메뉴"))
    clova.launch(lambda: ask("시작", state="menu"))
    cek = connect()
    cek.launch()
    assert cek.intent("Order").asked_for == "pizzaType"
    assert cek.intent("Menu").speech == "메뉴의 메뉴"


def test_the_question_belongs_to_the_state_it_was_asked_in(clova, connect):
    clova.intent("Start")(lambda: ask("시작", state="order"))
    clova.intent("Order")(lambda size: tell("다른 곳"))
    clova.intent("Order", state="order")(
        lambda size=None: tell(f"주문 {size}") if size else ask_for("size", "크기는요?")
    )
    cek = connect()
    cek.intent("Start")
    cek.intent("Order")
    assert cek.intent("X", size="L").speech == "주문 L"


def test_a_remembered_slot_keeps_its_unit_and_its_type(clova, connect):
    seen = []

    @clova.intent("Order")
    def order(weight: Slot, pizza_type: str | None = None):
        if pizza_type is None:
            return ask_for("pizzaType", "어떤 피자요?")
        seen.append((weight.name, weight.value, weight.unit, weight.value_type, dict(weight.extra)))
        return tell("네")

    cek = connect()
    cek.intent("Order", weight=Slot("weight", "2", "kg", "UNIT.WEIGHT"))
    cek.intent("X", pizzaType="치즈")
    assert seen == [("weight", "2", "kg", "UNIT.WEIGHT", {})]


def test_only_slots_that_are_filled_and_not_the_one_asked_for_are_remembered(clova, connect):
    clova.intent("Order", state="menu")(lambda pizza_type=None: ask_for("pizzaType", "어떤 피자요?"))
    clova.launch(lambda: ask("시작", state="menu"))
    cek = connect()
    cek.launch()
    reply = cek.intent("Order", pizzaType="피자", amount="2", size="")
    asked = {"slot": "pizzaType", "intent": "Order", "slots": {"amount": {"value": "2"}}, "state": "menu"}
    assert reply.json["sessionAttributes"] == {"clova_flask": {"state": "menu", "asked": asked}}


def test_asking_for_a_slot_outside_an_intent_is_the_developers_error(clova, connect):
    clova.launch(lambda: ask_for("pizzaType", "어떤 피자요?"))
    with pytest.raises(AnswerError) as raised:
        connect().launch()
    assert str(raised.value) == (
        "ask_for('pizzaType') outside an intent has nothing to come back to; use ask(…), and handle the "
        "intent that brings the slot."
    )


def test_asking_for_a_slot_the_handler_does_not_take_is_warned_of(clova, connect, caplog):
    @clova.intent("Order", state="menu")
    def order(pizza_type=None):
        return ask_for("pizaType", "어떤 피자요?")

    clova.launch(lambda: ask("시작", state="menu"))
    cek = connect()
    cek.launch()
    cek.intent("Order")
    where = describe_function(order)
    assert caplog.messages == [
        f"ask_for('pizaType'): {where} takes no such slot. Did you mean 'pizzaType'?",
    ]


@pytest.mark.parametrize("slot", ["pizzaType", "pizza_type"])
def test_asking_for_a_slot_the_handler_takes_is_not_warned_of(clova, connect, caplog, slot):
    clova.intent("Order")(lambda pizza_type=None: ask_for(slot, "어떤 피자요?"))
    clova.intent("Whole")(lambda request: ask_for(slot, "어떤 피자요?"))
    cek = connect()
    assert [cek.intent(name).asked_for for name in ("Order", "Whole")] == [slot, slot]
    assert caplog.messages == []


def test_a_hook_may_ask_for_a_slot_of_an_intent_without_a_handler(clova, connect):
    clova.before_request(lambda: ask_for("pizzaType", "어떤 피자요?"))
    assert connect().intent("Order").asked_for == "pizzaType"


@pytest.mark.parametrize(
    "memory",
    [
        "text",
        [],
        {"state": 5},
        {"asked": "x"},
        {"asked": {"slot": 1, "intent": "A", "slots": {}}},
        {"asked": {"slot": "a", "intent": "Order", "slots": {"amount": 5}}},
        {"asked": {"slot": "pizzaType", "intent": "Order", "slots": {"amount": {"value": 5}}}},
        {"asked": {"slot": "pizzaType", "intent": "Order", "slots": {}, "state": {}}},
    ],
    ids=str,
)
def test_a_memory_that_is_not_ours_is_taken_for_none(order, connect, memory):
    cek = connect()
    cek.caller.attributes = {"clova_flask": memory, "mine": 1}
    reply = cek.intent("Order", pizzaType="치즈", amount="1")
    assert reply.status_code == 200
    assert (reply.attributes, reply.state) == ({"mine": 1}, None)


# SlotError


@pytest.mark.parametrize(
    ("locale", "missing", "invalid"),
    [
        ("ko-KR", "조금 더 자세히", "알아듣지 못했어요"),
        ("ja-JP", "もう少し詳しく", "わかりませんでした"),
        ("en-US", "more specific", "did not understand"),
        ("fr-FR", "조금 더 자세히", "알아듣지 못했어요"),
    ],
)
def test_a_slot_that_is_missing_or_wrong_is_asked_for_again(clova, connect, locale, missing, invalid):
    clova.intent("Order")(_order_two)
    cek = connect(client={"locale": locale})
    reply = cek.intent("Order", pizzaType="치즈")
    assert (missing in reply.speech, reply.asked_for, reply.should_end_session) == (True, "amount", False)
    reply = cek.intent("X", amount="많이")
    assert (invalid in reply.speech, reply.asked_for) == (True, "amount")
    assert cek.intent("Y", amount="2").speech == "치즈 2"


def _order_two(pizza_type: str, amount: int):
    return tell(f"{pizza_type} {amount}")


def test_what_is_missing_or_wrong_is_logged_without_what_was_said(clova, connect, caplog):
    caplog.set_level(logging.INFO, "clova_flask")
    clova.intent("Order")(_order_two)
    cek = connect()
    cek.intent("Order", pizzaType="치즈")
    cek.intent("Order", pizzaType="치즈", amount="많이")
    where = describe_function(_order_two)
    assert caplog.messages == [
        f"'amount' is missing; {where} expects int.",
        f"'amount' has a value that is not valid; {where} expects int.",
    ]


def test_an_errorhandler_may_answer_a_slot_error(clova, connect):
    clova.intent("Order")(_order_two)

    @clova.errorhandler(SlotError)
    def wrong(error):
        return ask(f"{error.name}: {error.value} ({error.expected}) {error.missing}")

    cek = connect()
    assert cek.intent("Order", pizzaType="치즈", amount="많이").speech == "amount: 많이 (int) False"
    assert cek.intent("Order", pizzaType="치즈").speech == "amount: None (int) True"


UNFIT = [
    ({}, "'token' is missing, and it expects str."),
    ({"token": "t"}, "'offsetInMilliseconds' is missing, and it expects int."),
    (
        {"token": "t", "offset_in_milliseconds": "x"},
        "'offsetInMilliseconds' has a value that is not valid, and it expects int.",
    ),
    ({"token": ["t"]}, "'token' has a value that is not valid, and it expects str."),
]


@pytest.fixture
def finished(clova):
    @clova.event("AudioPlayer.PlayFinished")
    def finished(token: str, offset_in_milliseconds: int):
        raise AssertionError

    return finished


@pytest.mark.parametrize(("payload", "problem"), UNFIT, ids=range(len(UNFIT)))
def test_an_event_whose_payload_does_not_fit_is_answered_with_nothing_and_a_warning(
    connect, finished, caplog, payload, problem
):
    reply = connect(testing=False).event("AudioPlayer.PlayFinished", **payload)
    assert (reply.status_code, reply.speech) == (200, "")
    [record] = caplog.records
    where = describe_function(finished)
    assert record.levelname == "WARNING"
    assert record.message == (
        f"event AudioPlayer.PlayFinished: {where} was not called: {problem} "
        "Give the parameter a default, or annotate it as X | None."
    )


@pytest.mark.parametrize(("payload", "problem"), UNFIT, ids=range(len(UNFIT)))
def test_an_event_whose_payload_does_not_fit_is_an_error_in_testing(connect, finished, payload, problem):
    with pytest.raises(SlotError) as caught:
        connect().event("AudioPlayer.PlayFinished", **payload)
    assert repr(caught.value.name) in problem
    assert describe_function(finished) in str(caught.value)


@pytest.mark.parametrize("error", [SlotError, Exception])
def test_what_asks_users_for_slots_does_not_hide_an_event_that_lacks_a_field(
    clova, connect, finished, caplog, error
):
    clova.errorhandler(error)(lambda error: ask_for(error.name, "다시 말씀해 주세요."))
    cek = connect(testing=False)
    assert cek.event("AudioPlayer.PlayFinished").speech == ""
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    cek.app.testing = True
    with pytest.raises(SlotError, match="'token' is missing"):
        cek.event("AudioPlayer.PlayFinished")


def test_an_errorhandler_answers_a_slot_error_that_a_handler_of_an_event_raises(clova, connect):
    @clova.event("AudioPlayer.PlayFinished")
    def finished():
        raise SlotError("곡")

    clova.errorhandler(SlotError)(lambda error: tell(f"{error.name}이 없어요."))
    assert connect().event("AudioPlayer.PlayFinished").speech == "곡이 없어요."


# Events


def test_the_narrowest_event_handler_wins(clova, connect):
    seen = []
    clova.event("AudioPlayer.PlayFinished")(lambda: seen.append("one"))
    clova.event("AudioPlayer.*")(lambda request: seen.append(request.event.name))
    clova.event("*")(lambda request: seen.append("any"))
    cek = connect()
    cek.event("AudioPlayer.PlayFinished", token="t")
    cek.event("AudioPlayer.PlayPaused", token="t")
    cek.event("SpeechSynthesizer.SpeechFinished", token="t")
    cek.event("Brand.New", token="t")
    assert seen == ["one", "PlayPaused", "any", "any"]


def test_an_event_without_a_handler_is_answered_with_nothing(clova, connect, caplog):
    clova.launch(lambda: tell("안녕"))
    caplog.set_level(logging.DEBUG, "clova_flask")
    reply = connect().event("ClovaSkill.SkillEnabled")
    assert (reply.status_code, reply.speech, reply.should_end_session) == (200, "", True)
    assert caplog.messages == ["No handler for the event 'ClovaSkill.SkillEnabled'."]


def test_payload_fields_are_converted(clova, connect):
    seen = []

    @clova.event("AudioPlayer.PlayStarted", "AudioPlayer.PlayStopped")
    def played(token: str, offset_in_milliseconds: int, request):
        seen.append((token, offset_in_milliseconds, request.event.full_name))

    cek = connect()
    cek.event("AudioPlayer.PlayStarted", token="노래", offset_in_milliseconds=1200.0)
    cek.event("AudioPlayer.PlayStopped", token="노래", offset_in_milliseconds="1300")
    assert seen == [("노래", 1200, "AudioPlayer.PlayStarted"), ("노래", 1300, "AudioPlayer.PlayStopped")]


# No handler


def test_an_intent_without_a_handler_is_excused_and_logged_ready_to_paste(connect, caplog):
    reply = connect().intent("OrderPizza", pizzaType="페퍼로니", 수량="2")
    assert reply.speech == "아직은 할 수 없는 일이에요. 다른 것을 말씀해 주세요."
    assert not reply.should_end_session
    message = caplog.messages[-1]
    introduction, paste = message.split("\n\n")
    assert introduction == "No handler for the intent 'OrderPizza'. Add one:"
    assert paste == (
        '@clova.intent("OrderPizza")\n'
        "def order_pizza(pizza_type: str | None, 수량: str | None):\n"
        '    return tell("…")\n'
    )
    compile(paste, "pasted", "exec")


def test_an_intent_name_cannot_break_out_of_the_log_line(connect, caplog):
    connect().intent('x")\nimport os\n@clova.intent("y', **{"class": "1", "a b": "2", "1": "3"})
    paste = caplog.text[caplog.text.index("\n@clova.intent") :]
    compile(paste, "pasted", "exec")
    assert "\nimport os" not in paste


def test_an_intent_that_has_its_handler_in_another_state_is_told_so(clova, connect, caplog):
    clova.intent("Clova.YesIntent", state="confirm")(lambda: tell("네"))
    connect().intent("Clova.YesIntent")
    assert "in this dialog state; it has one in: confirm. Add one:" in caplog.text


def test_a_launch_without_a_handler_is_excused(connect, caplog):
    assert connect().launch().speech.startswith("아직은 할 수 없는")
    assert caplog.messages[-1:] == [
        'No handler for launch. Add one:\n\n@clova.launch\ndef launch():\n    return ask("…")\n'
    ]


def test_an_unknown_type_of_request_is_answered_with_nothing(connect, caplog):
    cek = connect()
    reply = cek.send(cek.caller.message({"type": "DanceRequest"}))
    assert (reply.status_code, reply.speech) == (200, "")
    assert caplog.messages[-1:] == ["A request of the unknown type 'DanceRequest' was answered with nothing."]


# Errors


class KitchenError(Exception):
    pass


class KitchenClosed(KitchenError):
    pass


def _raises(error):
    def handler():
        raise error

    return handler


def test_the_errorhandler_is_chosen_by_mro(clova, connect):
    clova.intent("A")(_raises(KitchenClosed("열쇠")))
    clova.intent("B")(_raises(KitchenError()))
    clova.intent("C")(_raises(ValueError()))
    clova.errorhandler(KitchenError)(lambda error: tell("주방에 문제가 있어요"))
    clova.errorhandler(KitchenClosed)(lambda error: tell(f"닫았어요 {error}"))
    clova.errorhandler(Exception)(lambda: tell("다른 문제"))
    cek = connect()
    speeches = [cek.intent(name).speech for name in "ABC"]
    assert speeches == ["닫았어요 열쇠", "주방에 문제가 있어요", "다른 문제"]


@pytest.fixture
def broken(clova):
    @clova.intent("Break")
    def break_(session):
        session["step"] = 2
        raise KitchenError("너무 뜨거워요")


def test_in_testing_and_debug_an_error_is_raised_again(broken, connect):
    cek = connect()
    with pytest.raises(KitchenError):
        cek.intent("Break")
    cek.app.testing, cek.app.debug = False, True
    cek.app.config["PROPAGATE_EXCEPTIONS"] = True
    with pytest.raises(KitchenError):
        cek.intent("Break")


@pytest.mark.parametrize("testing", [True, False])
def test_error_trackers_see_errors(broken, connect, testing):
    cek = connect(testing=testing)
    seen = []

    def track(sender, exception, **_):
        seen.append((sender, type(exception)))

    with got_request_exception.connected_to(track):
        if testing:
            with pytest.raises(KitchenError):
                cek.intent("Break")
        else:
            cek.intent("Break")
    assert seen == [(cek.app, KitchenError)]


def test_in_production_the_user_hears_an_apology_and_the_session_is_as_it_was(broken, connect, caplog):
    cek = connect(testing=False)
    cek.caller.attributes = {"step": 1, "clova_flask": {"state": "confirm"}}
    reply = cek.intent("Break")
    assert reply.speech == "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?"
    assert (reply.attributes, reply.state, reply.should_end_session) == ({"step": 1}, "confirm", False)
    assert "너무 뜨거워요" in caplog.text
    assert "Traceback" in caplog.text


def test_the_apology_is_in_the_language_of_the_extension_where_the_request_names_none(broken, connect):
    cek = connect(testing=False, client={"locale": "fr-FR"}, CLOVA_DEFAULT_LANG="ja")
    values = cek.intent("Break").output_speech["values"]
    assert (values["lang"], values["value"][:4]) == ("ja", "すみませ")


def test_an_answer_that_cannot_be_sent_tells_whose_it_is(clova, connect):
    @clova.intent("Answer")
    def answer():
        return {"response": {}}

    @clova.intent("Break")
    def break_():
        raise KitchenError

    cek = connect()
    with pytest.raises(AnswerError) as raised:
        cek.intent("Answer")
    assert raised.value.__notes__ == [f"The answer is that of {describe_function(answer)}."]
    with pytest.raises(KitchenError) as raised:
        cek.intent("Break")
    assert not hasattr(raised.value, "__notes__")


def test_an_event_that_fails_says_nothing(clova, connect):
    clova.event("*")(_raises(KitchenError()))
    reply = connect(testing=False).event("AudioPlayer.PlayStarted", token="t")
    assert (reply.status_code, reply.speech, reply.should_end_session) == (200, "", True)


def test_an_errorhandler_that_fails_is_an_error_as_well(broken, clova, connect):
    clova.errorhandler(KitchenError)(_raises(RuntimeError("again")))
    with pytest.raises(RuntimeError, match="again"):
        connect().intent("Break")


# Hooks


def test_hooks_run_around_every_handler(clova, connect):
    seen = []
    clova.before_request(lambda request: seen.append(("before", request.type)))

    @clova.after_request
    def add_version(response, session):
        seen.append(("after", session.id is not None))
        response["version"] = "9.9"

    clova.after_request(lambda message: {**message, "version": message["version"] + "!"})
    clova.launch(lambda: tell("안녕"))
    assert connect().launch().json["version"] == "9.9!"
    assert seen == [("before", "LaunchRequest"), ("after", True)]


def _response(text):
    speech = {"type": "PlainText", "lang": "ko", "value": text}
    return {
        "outputSpeech": {"type": "SimpleSpeech", "values": speech},
        "card": {},
        "directives": [],
        "shouldEndSession": False,
    }


def _directive(payload):
    return {"header": {"namespace": "Clova", "name": "Hello", "messageId": "1"}, "payload": payload}


def test_a_dict_that_a_handler_keeps_stays_as_it_is_whatever_a_hook_does(clova, connect):
    kept = {"sessionAttributes": {"steps": []}, "response": _response("안녕")}
    written = copy.deepcopy(kept)
    clova.launch(lambda: kept)

    @clova.after_request
    def decorate(message):
        message["version"] = "9.9"
        message["sessionAttributes"]["steps"].append("안녕")
        message["response"]["outputSpeech"]["values"]["value"] += "!"
        message["response"]["directives"].append(_directive({}))

    cek = connect()
    for _ in range(2):
        reply = cek.launch()
        assert (reply.speech, len(reply.directives), reply.attributes) == ("안녕!", 1, {"steps": ["안녕"]})
    assert kept == written


def test_a_dict_that_holds_itself_is_refused_with_hooks_too(clova, connect):
    payload = {}
    payload["itself"] = [payload]
    clova.launch(lambda: {"response": {**_response("안녕"), "directives": [_directive(payload)]}})
    clova.after_request(lambda message: None)
    with pytest.raises(AnswerError, match=r"response\.directives\[0\]\.payload\.itself\[0\] holds itself"):
        connect().launch()


def test_a_before_hook_that_answers_ends_the_request(clova, connect):
    called = []
    clova.before_request(lambda: tell("점검 중입니다"))
    clova.before_request(lambda: called.append("second"))
    clova.launch(lambda: called.append("launch"))
    assert connect().launch().speech == "점검 중입니다"
    assert called == []


# Users


def test_without_a_loader_the_user_is_the_messages(clova, connect):
    seen = []
    clova.launch(lambda user: seen.append(user) or tell("안녕"))
    connect(client={"access_token": "token"}).launch()
    assert (seen[0].id, seen[0].access_token) == ("test-user", "token")
    assert isinstance(seen[0], User)


@pytest.fixture
def loads(clova):
    loads = []

    @clova.user_loader
    def load(access_token):
        loads.append(access_token)
        return {"known": "보라"}.get(access_token)

    @clova.intent("Required")
    def required(user):
        return tell(f"안녕하세요 {user}")

    @clova.intent("Optional")
    def optional(user: str | None):
        return tell(f"안녕하세요 {user or '손님'}")

    @clova.intent("Default")
    def default(user=None):
        return tell(f"안녕하세요 {user or '손님'}")

    return loads


@pytest.mark.parametrize(
    ("token", "required", "optional"),
    [
        ("known", "안녕하세요 보라", "안녕하세요 보라"),
        ("unknown", "계정을 연결해 주세요", "안녕하세요 손님"),
        (None, "계정을 연결해 주세요", "안녕하세요 손님"),
    ],
)
def test_the_user_is_what_the_loader_makes_of_the_token(clova, connect, loads, token, required, optional):
    cek = connect(client={"access_token": token})
    assert required in cek.intent("Required").speech
    assert cek.intent("Optional").speech == optional
    assert cek.intent("Default").speech == optional
    assert loads == ([token] * 3 if token else []), "a loader is not asked where there is no token"


@pytest.fixture
def at_the_owners(clova, connect, loads):
    """Send an intent that somebody speaks to the device of a linked owner."""

    def send(intent, **speaker):
        cek = connect()
        made = cek.caller.message({"type": "IntentRequest", "intent": {"name": intent, "slots": None}})
        made["context"]["System"]["user"] = {"userId": "owner", "accessToken": "known"}
        made["session"]["user"] = {"userId": "guest", **speaker}
        return cek.send(made)

    return send


@pytest.mark.parametrize("speaker", [{}, {"accessToken": None}, {"accessToken": ""}], ids=str)
def test_a_guest_at_the_owners_device_is_nobody(at_the_owners, loads, speaker):
    assert "계정을 연결해 주세요" in at_the_owners("Required", **speaker).speech
    assert at_the_owners("Optional", **speaker).speech == "안녕하세요 손님"
    assert loads == [], "the owner's account is not even asked for"


def test_a_speaker_with_an_account_of_their_own_is_loaded(at_the_owners, loads):
    assert at_the_owners("Required", accessToken="unknown").speech.startswith("먼저 계정을")
    assert at_the_owners("Optional", accessToken="known").speech == "안녕하세요 보라"
    assert loads == ["unknown", "known"]


def test_the_user_is_loaded_once_a_request_and_only_when_wanted(clova, connect, loads):
    clova.before_request(lambda user=None: None)
    clova.launch(lambda: tell("안녕"))
    cek = connect(client={"access_token": "known"})
    cek.intent("Required")
    assert loads == ["known"]


def test_an_errorhandler_may_answer_missing_account_linking(clova, connect, loads):
    clova.errorhandler(AccountLinkingRequired)(lambda error: tell("앱에서 로그인하세요"))
    assert connect().intent("Required").speech == "앱에서 로그인하세요"


# Async


def test_handlers_hooks_and_loaders_may_be_async(clova, connect):
    pytest.importorskip("asgiref")

    @clova.before_request
    async def before():
        await asyncio.sleep(0)

    @clova.user_loader
    async def load(access_token):
        await asyncio.sleep(0)
        return "보라"

    @clova.intent("Order")
    async def order(user, amount: int, session):
        await asyncio.sleep(0)
        session["amount"] = amount
        if amount > 5:
            raise KitchenError
        return ask(f"{user} {amount}")

    @clova.errorhandler(KitchenError)
    async def failed(error):
        return ask("너무 많아요")

    cek = connect(client={"access_token": "t"})
    reply = cek.intent("Order", amount="3")
    assert (reply.speech, reply.attributes) == ("보라 3", {"amount": 3})
    assert cek.intent("Order", amount="6").speech == "너무 많아요"


# Groups


def test_a_group_brings_its_handlers_hooks_and_errorhandlers(clova, connect):
    group = HandlerGroup()
    seen = []
    group.before_request(lambda: seen.append("before"))
    group.intent("A")(_raises(KitchenError()))
    group.errorhandler(KitchenError)(lambda error: tell("주방"))
    group.event("AudioPlayer.*")(lambda: seen.append("event"))
    group.fallback(lambda: tell("몰라요"))
    clova.register(group)
    cek = connect()
    assert cek.intent("A").speech == "주방"
    assert cek.intent("B").speech == "몰라요"
    cek.event("AudioPlayer.PlayStarted", token="t")
    assert seen == ["before", "before", "before", "event"]


def test_a_function_that_an_async_decorator_wraps_is_async(clova, connect):
    pytest.importorskip("asgiref")

    def traced(function):
        @functools.wraps(function)
        async def inner(*args, **kwargs):
            return function(*args, **kwargs)

        return inner

    @clova.intent("Order")
    @traced
    def order(pizza: str):
        return tell(pizza)

    assert connect().intent("Order", pizza="치즈").speech == "치즈"


@pytest.mark.parametrize("answer", [{}, {"version": "1.0"}])
def test_a_dict_without_a_response_is_told_it_is_missing(clova, connect, answer):
    clova.launch(lambda: answer)
    with pytest.raises(AnswerError, match="response: Missing data"):
        connect().launch()
