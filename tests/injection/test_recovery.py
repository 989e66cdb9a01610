"""What a handler raises, in every kind of handler, and what becomes of it."""

import asyncio
import functools
import logging

import pytest
from flask import Response, abort, got_request_exception, redirect
from werkzeug.exceptions import HTTPException, NotFound, TooManyRequests

from clova_flask import (
    AccountLinkingRequired,
    HandlerGroup,
    RegistrationError,
    SlotError,
    current_request,
    message_failed,
    message_handled,
    tell,
)
from clova_flask.home import (
    Appliance,
    DriverInternalError,
    HomeError,
    NoSuchTargetError,
    Scene,
    TargetOfflineError,
    action,
)

pytest.importorskip("asgiref")  # each kind of handler is tried as async too

APOLOGY = "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?"
LINKING = "먼저 계정을 연결해 주세요. 클로바 앱에서 연결할 수 있어요."
NOT_FOUND = "찾지 못했어요. 다른 것을 말씀해 주세요."
BUSY = "지금은 할 수 없어요. 잠시 후에 다시 말씀해 주세요."
REFUSED = "그건 할 수 없어요. 다른 것을 말씀해 주세요."


def _user_taken(clova, fail):
    clova.user_loader(lambda access_token: fail())
    clova.launch(lambda user: tell("안녕"))


def _answered_twice(clova, fail):
    clova.launch(lambda: 1 / 0)
    clova.errorhandler(ZeroDivisionError)(fail)


def _after_launch(clova, fail):
    clova.launch(lambda: tell("안녕"))
    clova.after_request(
        fail_on(fail, lambda message: "찾지" not in str(message) and "죄송" not in str(message))
    )


def fail_on(fail, condition):
    """Make an after hook that fails on those answers alone."""

    def hook(message):
        if condition(message):
            fail()

    return hook


CUSTOM = {
    "launch": (lambda c, f: c.launch(f), lambda k: k.launch()),
    "intent": (lambda c, f: c.intent("주문")(f), lambda k: k.intent("주문")),
    "intent in a state": (
        lambda c, f: c.intent("주문", state="확인")(f),
        lambda k: k.caller.attributes.update({"clova_flask": {"state": "확인"}}) or k.intent("주문"),
    ),
    "fallback": (lambda c, f: c.fallback(f), lambda k: k.intent("주문")),
    "before_request": (lambda c, f: c.before_request(f), lambda k: k.launch()),
    "after_request": (_after_launch, lambda k: k.launch()),
    "errorhandler": (_answered_twice, lambda k: k.launch()),
    "user_loader": (_user_taken, lambda k: k.launch()),
}

SILENT = {
    "event": (
        lambda c, f: c.event("AudioPlayer.*")(f),
        lambda k: k.event("AudioPlayer.PlayStarted", token="곡"),
    ),
    "session_ended": (lambda c, f: c.session_ended(f), lambda k: k.end()),
}


def _method(clova, fail):
    class Lamp(Appliance, type="LIGHT"):
        @action("TurnOn")
        def turn_on(self):
            fail()

    clova.home.load(lambda appliance_id: Lamp(appliance_id))


def _generator(clova, fail):
    @clova.home.discover
    def discover():
        yield Appliance("등", type="LIGHT")
        fail()


def _scenes(clova, fail):
    clova.home.scenes(lambda: [Scene("영화", "영화")])
    clova.home.scene_action(fail)


def _commands(clova, fail):
    clova.home.discover(lambda: ())
    clova.home.custom_commands(fail)


def _on(clova, fail):
    clova.home.on("TurnOn")(fail)


def _home_errorhandler(clova, fail):
    clova.home.on("TurnOn")(lambda: 1 / 0)
    clova.home.errorhandler(ZeroDivisionError)(fail)


def _home_after(clova, fail):
    clova.home.on("TurnOn")(lambda: None)
    clova.home.after_request(fail_on(fail, lambda reply: reply["header"]["name"] == "TurnOnConfirmation"))


def _home_loader(clova, fail):
    clova.user_loader(lambda access_token: fail())
    clova.home.on("TurnOn")(lambda: None)


def turn_on(cek):
    return cek.control("TurnOn", "등")


SCENE = {"scene": {"sceneId": "영화", "name": "영화"}}

HOME = {
    "on": (_on, turn_on),
    "method": (_method, turn_on),
    "discover": (lambda c, f: c.home.discover(f), lambda k: k.discover()),
    "generator": (_generator, lambda k: k.discover()),
    "discover for one": (lambda c, f: c.home.discover(f), turn_on),
    "load": (lambda c, f: c.home.load(f), turn_on),
    "scenes": (lambda c, f: c.home.scenes(f), lambda k: k.home("DiscoverScenes")),
    "scene_action": (_scenes, lambda k: k.home("ActionScene", SCENE)),
    "custom_commands": (_commands, lambda k: k.discover()),
    "before_request": (lambda c, f: c.before_request(f), turn_on),
    "own before_request": (lambda c, f: c.home.before_request(f), turn_on),
    "own after_request": (_home_after, turn_on),
    "own errorhandler": (_home_errorhandler, turn_on),
    "user_loader": (_home_loader, turn_on),
}

ASYNC = ("launch", "intent", "event", "before_request", "on", "discover", "load", "own before_request")


class Seen:
    """What was told of failures while a message was handled."""

    def __init__(self):
        self.tracked, self.failed, self.handled = [], [], []

    def track(self, sender, exception, **_):
        self.tracked.append(type(exception))

    def fail(self, sender, message, error, **_):
        self.failed.append(type(error))
        assert current_request

    def handle(self, sender, message, answer, **_):
        self.handled.append(answer)
        assert current_request


@pytest.fixture
def seen():
    seen = Seen()
    with (
        got_request_exception.connected_to(seen.track),
        message_failed.connected_to(seen.fail),
        message_handled.connected_to(seen.handle),
    ):
        yield seen


@pytest.fixture
def speak(connect):
    return functools.partial(connect, client={"access_token": "토큰"})


def raising(error, *, is_async=False):
    """Make a function without parameters that raises."""

    async def fail_later():
        await asyncio.sleep(0)
        fail()

    def fail():
        if callable(error) and not isinstance(error, type):
            error()
        raise error

    return fail_later if is_async else fail


def cases(*tables):
    """List every kind of handler, and some again as async functions."""
    return [
        pytest.param(declare, send, is_async, id=f"{'home ' * (table is HOME)}{name}{' async' * is_async}")
        for table in tables
        for name, (declare, send) in table.items()
        for is_async in ((False, True) if name in ASYNC else (False,))
    ]


# abort()


@pytest.mark.parametrize("testing", [True, False])
@pytest.mark.parametrize(("declare", "send", "is_async"), cases(CUSTOM))
def test_abort_is_a_sentence_and_no_crash(declare, send, is_async, testing, clova, speak, seen, caplog):
    caplog.set_level(logging.INFO)
    declare(clova, raising(lambda: abort(404), is_async=is_async))
    reply = send(speak(testing=testing))
    assert (reply.status_code, reply.speech) == (200, NOT_FOUND)
    assert not reply.should_end_session
    assert seen.tracked == []
    assert len(seen.handled) == 1
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("testing", [True, False])
@pytest.mark.parametrize(("declare", "send", "is_async"), cases(SILENT))
def test_abort_where_nothing_is_spoken(declare, send, is_async, testing, clova, speak, seen):
    declare(clova, raising(lambda: abort(404), is_async=is_async))
    reply = send(speak(testing=testing))
    assert (reply.status_code, reply.speech) == (200, "")
    assert (seen.tracked, seen.failed) == ([], [NotFound])


@pytest.mark.parametrize("testing", [True, False])
@pytest.mark.parametrize(("declare", "send", "is_async"), cases(HOME))
def test_abort_is_an_error_message_of_home(declare, send, is_async, testing, clova, speak, seen, caplog):
    caplog.set_level(logging.INFO)
    declare(clova, raising(lambda: abort(404), is_async=is_async))
    reply = send(speak(testing=testing))
    assert (reply.status_code, reply.name) == (200, "NoSuchTargetError")
    assert seen.tracked == []
    assert [answer["header"]["name"] for answer in seen.handled] == ["NoSuchTargetError"]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


STATUSES = [
    (lambda: abort(401), LINKING, "InvalidAccessTokenError"),
    (lambda: abort(404), NOT_FOUND, "NoSuchTargetError"),
    (
        lambda: abort(429),
        BUSY,
        "ActionTemporarilyBlockedError",
    ),
    (lambda: abort(503), BUSY, "ActionFailedError"),
    (lambda: abort(403), REFUSED, "ActionFailedError"),
    (lambda: abort(409, "품절이에요"), REFUSED, "ActionFailedError"),
    (lambda: abort(500), APOLOGY, "ActionFailedError"),
    (lambda: abort(Response("아니요", 401)), LINKING, "InvalidAccessTokenError"),
    (lambda: abort(Response("{}")), REFUSED, "ActionFailedError"),
    (lambda: abort(redirect("/")), REFUSED, "ActionFailedError"),
]


@pytest.mark.parametrize("propagate", [None, True, False])
@pytest.mark.parametrize(
    ("fail", "speech", "name"),
    STATUSES,
    ids=["401", "404", "429", "503", "403", "409", "500", "response 401", "response 200", "redirect"],
)
def test_each_status_has_an_answer(fail, speech, name, propagate, clova, speak, seen):
    clova.intent("주문")(raising(fail))
    clova.home.on("TurnOn")(raising(fail))
    cek = speak(PROPAGATE_EXCEPTIONS=propagate)
    reply = cek.intent("주문")
    assert (reply.status_code, reply.speech, reply.should_end_session) == (200, speech, speech == LINKING)
    assert turn_on(cek).name == name
    assert seen.tracked == []
    assert len(seen.failed) == 2


@pytest.mark.parametrize(
    ("locale", "speech"), [("ja-JP", "見つかりませんでした。"), ("en-US", "I could not find that.")]
)
def test_the_sentence_is_in_the_users_language(locale, speech, clova, connect):
    clova.launch(lambda: abort(404))
    assert connect(client={"locale": locale}).launch().speech.startswith(speech)


def test_what_a_handler_keeps_before_it_aborts_is_kept_as_in_flask(clova, speak):
    @clova.intent("주문")
    def order(session):
        session["시도"] = 1
        abort(409)

    assert speak().intent("주문").attributes == {"시도": 1}


@pytest.mark.parametrize("config", ["TRAP_HTTP_EXCEPTIONS", "TRAP_BAD_REQUEST_ERRORS"])
def test_a_trapped_http_exception_is_an_exception_like_any_other(config, clova, speak, seen):
    clova.intent("주문")(lambda: abort(400))
    clova.home.on("TurnOn")(lambda: abort(400))
    cek = speak(**{config: True})
    for send in (lambda: cek.intent("주문"), lambda: turn_on(cek)):
        with pytest.raises(HTTPException):
            send()
    assert len(seen.tracked) == 2


@pytest.mark.parametrize("key", [HTTPException, NotFound, 404])
@pytest.mark.parametrize("home_only", [False, True])
def test_errorhandlers_take_http_exceptions(key, home_only, clova, speak, seen):
    clova.intent("주문")(lambda: abort(404))
    clova.home.on("TurnOn")(lambda: abort(404))
    if home_only:
        clova.home.errorhandler(key)(lambda error: TargetOfflineError())
    clova.errorhandler(key)(lambda error: tell(f"{error.code}번이에요"))
    cek = speak()
    assert cek.intent("주문").speech == "404번이에요"
    assert turn_on(cek).name == ("TargetOfflineError" if home_only else "NoSuchTargetError")
    assert seen.failed == ([] if home_only else [NotFound])


def test_an_errorhandler_takes_a_response_that_abort_was_given(clova, speak):
    clova.launch(lambda: abort(Response("아니요", 418)))
    clova.errorhandler(HTTPException)(lambda error: tell(f"{error.response.status_code}"))
    assert speak().launch().speech == "418"


# Failures


@pytest.mark.parametrize(
    ("testing", "debug", "propagate", "raises"),
    [
        (True, False, None, True),
        (True, False, False, False),
        (True, False, True, True),
        (False, False, None, False),
        (False, False, True, True),
        (False, True, None, True),
        (False, True, False, False),
    ],
)
@pytest.mark.parametrize(("declare", "send", "is_async"), cases(CUSTOM, SILENT, HOME))
def test_propagate_exceptions_decides(
    declare, send, is_async, testing, debug, propagate, raises, clova, speak, seen, caplog
):
    declare(clova, raising(ZeroTrouble, is_async=is_async))
    cek = speak(testing=testing, PROPAGATE_EXCEPTIONS=propagate)
    cek.app.debug = debug
    if raises:
        cek.app.testing = testing
        with pytest.raises(ZeroTrouble):
            send(cek)
    else:
        reply = send(cek)
        assert reply.status_code == 200
        assert (
            reply.name == "DriverInternalError" if "header" in reply.json else reply.speech in (APOLOGY, "")
        )
        assert [record.levelname for record in caplog.records if record.name == "clova_flask"] == ["ERROR"]
        assert "다 됐어요" in caplog.text
    assert seen.tracked == [ZeroTrouble]
    assert seen.failed == [ZeroTrouble]
    assert len(seen.handled) == (0 if raises else 1)


class ZeroTrouble(Exception):
    def __init__(self):
        super().__init__("다 됐어요")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit])
@pytest.mark.parametrize(
    ("declare", "send"), [*CUSTOM.values(), *HOME.values()], ids=[*CUSTOM, *(f"home {name}" for name in HOME)]
)
def test_what_ends_the_program_is_never_answered(declare, send, error, clova, speak, seen):
    declare(clova, raising(error))
    with pytest.raises(error):
        send(speak(testing=False))
    assert (seen.failed, seen.handled) == ([], [])
    with pytest.raises(RuntimeError, match="No Clova message"):
        assert current_request.type


@pytest.mark.parametrize("testing", [True, False])
@pytest.mark.parametrize(
    ("declare", "send"), [CUSTOM["launch"], HOME["on"], HOME["load"]], ids=["launch", "on", "load"]
)
def test_a_cancelled_handler_is_a_failure_that_is_answered(
    declare, send, testing, clova, speak, seen, caplog
):
    declare(clova, raising(asyncio.CancelledError, is_async=True))
    cek = speak(testing=testing)
    if testing:
        with pytest.raises(
            RuntimeError, match=r"fail_later \(.*test_recovery\.py:\d+\) was cancelled"
        ) as raised:
            send(cek)
        assert isinstance(raised.value.__cause__, asyncio.CancelledError)
    else:
        assert send(cek).status_code == 200
        assert "was cancelled" in caplog.text
    assert seen.tracked == seen.failed == [RuntimeError]


def test_an_errorhandler_may_answer_for_a_cancelled_handler(clova, speak):
    clova.launch(raising(asyncio.CancelledError, is_async=True))
    clova.errorhandler(Exception)(lambda: tell("다시 해 주세요"))
    assert speak().launch().speech == "다시 해 주세요"


def test_an_error_tracker_that_fails_costs_nothing(clova, speak, seen, caplog):
    clova.launch(lambda: 1 / 0)
    clova.home.on("TurnOn")(lambda: 1 / 0)

    def broken(sender, **_):
        raise ValueError("추적기 고장")

    cek = speak(testing=False)
    with got_request_exception.connected_to(broken):
        assert cek.launch().speech == APOLOGY
        assert turn_on(cek).name == "DriverInternalError"
    assert seen.tracked == [ZeroDivisionError] * 2, "the other tracker is told as well"
    assert "추적기 고장" in caplog.text


# message_failed


@pytest.mark.parametrize("error", [TargetOfflineError, NotFound, TooManyRequests, AccountLinkingRequired])
@pytest.mark.parametrize(("declare", "send", "is_async"), cases(HOME))
def test_message_failed_is_sent_for_what_a_function_of_the_users_raises(
    declare, send, is_async, error, clova, speak, seen
):
    declare(clova, raising(error, is_async=is_async))
    reply = send(speak())
    assert reply.name in (
        "TargetOfflineError",
        "NoSuchTargetError",
        "ActionTemporarilyBlockedError",
        "InvalidAccessTokenError",
    )
    # An errorhandler that raises an error message has answered, and so has a loader that knows no user.
    is_answer = declare is _home_errorhandler or (declare, error) == (_home_loader, AccountLinkingRequired)
    assert seen.failed == ([] if is_answer else [error])
    assert seen.tracked == []


@pytest.mark.parametrize("error", [NotFound, AccountLinkingRequired, SlotError("pizza")])
def test_message_failed_is_sent_for_custom_messages_likewise(error, clova, speak, seen):
    clova.intent("주문")(raising(error))
    speak().intent("주문")
    assert seen.failed == [error if isinstance(error, type) else SlotError]


def test_message_failed_is_not_sent_for_what_the_package_says_of_a_message(clova, speak, seen):
    clova.intent("주문")(lambda amount: tell(amount))
    clova.intent("내 정보")(lambda user: tell("안녕"))
    clova.user_loader(lambda access_token: None)
    clova.home.on("SetBrightness", minimum=0, maximum=10)(lambda brightness: None)
    cek = speak()
    assert cek.intent("주문").asked_for == "amount"
    assert cek.intent("내 정보").speech == LINKING
    assert cek.control("SetBrightness", "등", brightness=5).name == "InvalidAccessTokenError"
    assert seen.failed == []


# Errorhandlers of both kinds


class VendorOffline(Exception):
    pass


class VendorGone(VendorOffline):
    pass


def _vendor(clova):
    for error in (VendorOffline, VendorGone):
        clova.intent(error.__name__)(raising(error))
    clova.home.on("TurnOn")(raising(VendorOffline))
    clova.home.on("TurnOff")(raising(VendorGone))


@pytest.mark.parametrize("how", ["returns", "returns class", "raises"])
def test_a_home_error_answers_home_and_passes_for_custom(how, clova, speak, seen):
    _vendor(clova)

    @clova.errorhandler(VendorGone)
    def gone(error):
        if how == "raises":
            raise TargetOfflineError("멀리 갔어요")
        return TargetOfflineError if how == "returns class" else TargetOfflineError("멀리 갔어요")

    clova.errorhandler(VendorOffline)(lambda: tell("연결이 끊겼어요"))
    cek = speak()
    assert cek.intent("VendorGone").speech == "연결이 끊겼어요"
    assert cek.control("TurnOff", "등").name == "TargetOfflineError"
    assert (seen.tracked, seen.failed) == ([], [])


@pytest.mark.parametrize(
    "speech",
    [
        lambda: tell("연결이 끊겼어요"),
        lambda: "연결이 끊겼어요",
        lambda: ["연결이", "끊겼어요"],
        lambda: None,
        lambda: {"response": {}},
    ],
    ids=["tell", "str", "list", "None", "message"],
)
def test_speech_passes_for_home_to_the_next_in_the_mro(speech, clova, speak, seen):
    _vendor(clova)
    clova.errorhandler(VendorGone)(speech)
    clova.errorhandler(VendorOffline)(lambda: TargetOfflineError())
    assert speak().control("TurnOff", "등").name == "TargetOfflineError"


def test_without_an_answer_of_its_kind_a_message_fails_as_without_errorhandlers(clova, speak, seen):
    _vendor(clova)
    clova.errorhandler(VendorOffline)(lambda: tell("연결이 끊겼어요"))
    clova.errorhandler(VendorGone)(lambda: TargetOfflineError())
    cek = speak(testing=False)
    assert turn_on(cek).name == "DriverInternalError"
    assert seen.failed == seen.tracked == [VendorOffline]


def test_homes_own_errorhandler_comes_first_and_is_never_asked_of_custom_messages(clova, speak):
    _vendor(clova)
    asked = []
    clova.home.errorhandler(VendorOffline)(lambda error: asked.append(type(error)))
    clova.errorhandler(VendorOffline)(lambda: TargetOfflineError())
    clova.home.errorhandler(Exception)(lambda error: DriverInternalError())
    cek = speak(testing=False)
    assert turn_on(cek).name == "TargetOfflineError"
    assert asked == [VendorOffline]
    assert cek.intent("VendorOffline").speech == APOLOGY
    assert asked == [VendorOffline]


@pytest.mark.parametrize("takes", ["session", "context"])
def test_one_that_takes_session_or_context_serves_custom_messages_only(takes, clova, speak):
    _vendor(clova)
    functions = {
        "session": lambda error, session: tell(session.id and "연결이 끊겼어요"),
        "context": lambda error, context: tell(context.system and "연결이 끊겼어요"),
    }
    clova.errorhandler(VendorOffline)(functions[takes])
    clova.home.errorhandler(Exception)(lambda error: TargetOfflineError())
    cek = speak()
    assert cek.intent("VendorOffline").speech == "연결이 끊겼어요"
    assert turn_on(cek).name == "TargetOfflineError"


def test_an_errorhandler_of_home_sees_home_errors_and_has_what_the_request_is_about(clova, speak):
    clova.home.load(lambda appliance_id: Appliance(appliance_id, type="LIGHT"))
    clova.user_loader(lambda access_token: "보라")

    @clova.home.on("TurnOn", "TurnOff")
    def power(interface):
        raise TargetOfflineError("꺼져 있어요")

    seen = []

    @clova.home.errorhandler(HomeError)
    def look(error, request, user, interface, access_token, appliance_id, appliance):
        seen.append((str(error), request.name, user, interface, access_token, appliance_id, appliance.id))
        return error

    assert turn_on(speak()).name == "TargetOfflineError"
    assert seen == [("꺼져 있어요", "TurnOnRequest", "보라", "TurnOn", "토큰", "등", "등")]


def test_an_errorhandler_of_home_may_answer_with_a_payload(clova, speak):
    clova.home.on("SetBrightness")(raising(VendorOffline))
    clova.home.errorhandler(VendorOffline)(lambda: {"brightness": 30})
    reply = speak().control("SetBrightness", "등", brightness=50)
    assert (reply.name, reply.payload) == ("SetBrightnessConfirmation", {"brightness": {"value": 30}})


def test_an_errorhandler_that_needs_a_user_is_passed_over_where_there_is_none(clova, speak):
    clova.user_loader(lambda access_token: None)
    clova.launch(lambda user: tell("안녕"))
    clova.home.on("TurnOn")(lambda: None)
    clova.errorhandler(Exception)(lambda error, user: pytest.fail("called"))
    cek = speak()
    assert cek.launch().speech == LINKING
    assert turn_on(cek).name == "InvalidAccessTokenError"


def test_raising_the_error_again_leaves_it_to_its_usual_answer(clova, speak, seen):
    clova.intent("주문")(lambda amount: tell(amount))
    clova.intent("찾기")(lambda: abort(404))
    clova.home.on("TurnOn")(raising(NoSuchTargetError))

    @clova.errorhandler(Exception)
    def again(error):
        raise error

    cek = speak()
    assert cek.intent("주문").asked_for == "amount"
    assert cek.intent("찾기").speech == NOT_FOUND
    assert turn_on(cek).name == "NoSuchTargetError"
    assert seen.tracked == []


def test_a_group_brings_what_serves_home(clova, speak):
    seen = []
    group = HandlerGroup()
    group.before_request(lambda: seen.append("before"))
    group.home.before_request(lambda: seen.append("home before"))
    group.after_request(lambda message: seen.append("after"))
    group.home.after_request(lambda message: seen.append("home after"))
    group.errorhandler(VendorOffline)(lambda: TargetOfflineError())
    group.home.errorhandler(ZeroDivisionError)(lambda: NoSuchTargetError())
    group.home.on("TurnOn")(raising(VendorOffline))
    group.home.on("TurnOff")(lambda: 1 / 0)
    clova.register(group)
    cek = speak()
    assert turn_on(cek).name == "TargetOfflineError"
    assert cek.control("TurnOff", "등").name == "NoSuchTargetError"
    assert seen == ["before", "home before", "after", "home after"] * 2


def test_the_same_class_twice_is_refused_for_each_kind(clova):
    clova.errorhandler(VendorOffline)(lambda error: None)
    clova.home.errorhandler(VendorOffline)(lambda error: None)
    with pytest.raises(
        RegistrationError, match=r"errorhandler VendorOffline \(custom\) has a handler already"
    ):
        clova.errorhandler(VendorOffline)(lambda error, session: None)
    with pytest.raises(RegistrationError, match=r"home\.errorhandler VendorOffline has a handler already"):
        clova.home.errorhandler(VendorOffline)(lambda error: None)
