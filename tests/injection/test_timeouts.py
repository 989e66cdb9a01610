"""``CLOVA_HANDLER_TIMEOUT``: async functions of a turn are cancelled in time, whatever they do about it."""

import asyncio
import contextvars
import dataclasses
import threading
import time

import pytest
from flask import Flask, g

from clova_flask import (
    Clova,
    ConfigurationError,
    HandlerTimeout,
    ask,
    current_request,
    message_failed,
    tell,
)
from clova_flask.home import Appliance, TargetOfflineError, action
from clova_flask.platforms import PLATFORMS
from clova_flask.testing import CekClient

pytest.importorskip("asgiref")

SENTENCES = {
    "ko": "시간이 오래 걸리고 있어요. 잠시 후에 다시 말씀해 주세요.",
    "ja": "時間がかかっています。少したってからもう一度お願いします。",
    "en": "This is taking too long. Please try again in a moment.",
}
TOO_LATE = SENTENCES["ko"]
variable = contextvars.ContextVar("variable", default="nothing")


@pytest.fixture(autouse=True)
def short_grace(monkeypatch):
    from clova_flask.injection import timeouts

    monkeypatch.setattr(timeouts, "GRACE", 0.1)


@pytest.fixture
def timed(connect):
    """Connect with a timeout, and require that nothing takes much longer."""
    began = time.monotonic()

    def timed(seconds=0.1, **options):
        return connect(CLOVA_HANDLER_TIMEOUT=seconds, **options)

    yield timed
    assert time.monotonic() - began < 10


def warnings(caplog):
    return [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]


async def slow():
    await asyncio.sleep(20)
    return "늦었어요"


# What is answered.


@pytest.mark.parametrize("lang", SENTENCES)
@pytest.mark.parametrize("testing", [True, False])
def test_a_handler_is_cancelled_and_the_user_hears_a_sentence(clova, timed, caplog, lang, testing):
    over = []

    @clova.intent("Order")
    async def order(session):
        session["half"] = "done"
        try:
            await slow()
        finally:
            await asyncio.sleep(0.01)
            over.append(asyncio.current_task().cancelling())

    cek = timed(testing=testing, client={"locale": f"{lang}-XX"})
    reply = cek.intent("Order")
    assert reply.speech == SENTENCES[lang]
    assert not reply.should_end_session
    assert reply.attributes == {}, "the session is as it came"
    assert over == [1], "what cleans up has run, to its end"
    [told] = warnings(caplog)
    assert "order (" in told
    assert "test_timeouts.py:" in told
    assert told.endswith("was cancelled: the turn took longer than CLOVA_HANDLER_TIMEOUT, 0.1 s.")


def test_a_handler_in_time_answers(clova, timed, caplog):
    clova.launch(lambda: ask("뭘 드릴까요?"))

    @clova.intent("Order")
    async def order(pizza: str):
        return tell(await asyncio.sleep(0.01, pizza))

    cek = timed(5)
    cek.launch()
    assert cek.intent("Order", pizza="페퍼로니").speech == "페퍼로니"
    assert warnings(caplog) == []


def test_a_sentence_of_ones_own(clova, timed):
    clova.launch(slow)
    clova.phrases["ko"]["timeout"] = "주방이 아직 답이 없어요."
    assert timed().launch().speech == "주방이 아직 답이 없어요."


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_an_errorhandler(clova, timed, kind):
    clova.launch(slow)

    if kind == "sync":

        @clova.errorhandler(HandlerTimeout)
        def too_late(error):
            return ask(f"{error.handler.split()[0]} {error.seconds}")
    else:

        @clova.errorhandler(HandlerTimeout)
        async def too_late(error):
            await asyncio.sleep(0.01)
            return ask(f"{error.handler.split()[0]} {error.seconds}")

    assert timed().launch().speech == "slow 0.1"


def test_an_errorhandler_that_is_too_slow_itself(clova, timed):
    clova.launch(slow)
    clova.errorhandler(HandlerTimeout)(slow)
    assert timed().launch().speech == TOO_LATE


@pytest.mark.parametrize(
    "send", [lambda cek: cek.event("AudioPlayer.PlayFinished", token="1"), CekClient.end]
)
def test_nothing_is_said_where_nobody_listens(clova, timed, send):
    clova.launch(lambda: ask("네"))
    clova.session_ended(slow)
    clova.event("*")(slow)
    cek = timed()
    cek.launch()
    reply = send(cek)
    assert reply.json["response"].get("outputSpeech") in (None, {})


def test_a_transaction_hears_of_it(clova, timed):
    clova.launch(slow)
    cek = timed()
    heard = []

    def note(app, error, **extra):
        heard.append(type(error))

    with message_failed.connected_to(note, cek.app):
        cek.launch()
    assert heard == [HandlerTimeout]


@pytest.mark.parametrize("place", ["before", "after", "errorhandler", "user_loader", "fallback"])
def test_whatever_is_async_in_a_turn_is_cut(clova, timed, place):
    async def slow_hook():
        await asyncio.sleep(20)

    async def slow_loader(access_token):
        await asyncio.sleep(20)

    @clova.launch
    def launch(user):
        if place == "errorhandler":
            raise ValueError
        return tell("네")

    if place == "before":
        clova.before_request(slow_hook)
    elif place == "after":
        clova.after_request(slow_hook)
    elif place == "errorhandler":
        clova.errorhandler(ValueError)(slow_hook)
    elif place == "user_loader":
        clova.user_loader(slow_loader)
    else:
        clova.fallback(slow_hook)
    cek = timed(testing=False, client={"access_token": "t"})
    reply = cek.intent("Nothing") if place == "fallback" else cek.launch()
    # After an answer that cannot be changed in time there is the apology, which no hook keeps from the user.
    expected = "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?" if place == "after" else TOO_LATE
    assert reply.speech == expected


def test_the_time_is_that_of_the_turn(clova, timed):
    async def hook():
        await asyncio.sleep(0.3)

    clova.before_request(hook)

    @clova.launch
    async def launch():
        await asyncio.sleep(0.3)
        return tell("네")

    assert timed(0.45).launch().speech == TOO_LATE
    assert clova.registry.custom.before


def test_a_hook_after_a_blocking_handler_has_a_moment(clova, timed):
    @clova.launch
    def launch():
        time.sleep(0.15)
        return tell("네")

    @clova.after_request
    async def change(message):
        await asyncio.sleep(0.02)
        message["response"]["outputSpeech"]["values"]["value"] = "바뀌었어요"

    assert timed().launch().speech == "바뀌었어요"


# Clova Home.


class Lamp(Appliance, type="LIGHT"):
    def __init__(self, id="등"):  # noqa: A002
        super().__init__(id, friendly_name="거실등", location="LIVING_ROOM", is_on=True)

    @action("TurnOn")
    async def power(self):
        await asyncio.sleep(20)


def test_a_method_of_an_appliance(clova, timed, caplog):
    clova.home.load(lambda appliance_id: Lamp(appliance_id))
    cek = timed(client={"access_token": "t"})
    assert cek.control("TurnOn", "등").name == "DriverInternalError"
    [told] = warnings(caplog)
    assert told.startswith("Lamp.power (")


@pytest.mark.parametrize("place", ["on", "load", "discover", "before", "user_loader"])
def test_whatever_is_async_in_a_home_is_cut(clova, timed, place):
    async def wait():
        await asyncio.sleep(20)

    async def load_user(access_token):
        await asyncio.sleep(20)

    clova.user_loader(load_user if place == "user_loader" else lambda access_token: access_token)
    clova.home.on("TurnOff")(wait if place == "on" else lambda: None)
    clova.home.discover(wait if place == "discover" else lambda: [Lamp()])
    clova.home.load(wait if place == "load" else lambda: Lamp())
    if place == "before":
        clova.home.before_request(wait)
    cek = timed(client={"access_token": "t"})
    reply = cek.discover() if place == "discover" else cek.control("TurnOff", "등")
    assert reply.name == "DriverInternalError"


def test_an_errorhandler_answers_a_home(clova, timed):
    clova.home.load(lambda appliance_id: Lamp(appliance_id))

    @clova.errorhandler(HandlerTimeout)
    def offline():
        return TargetOfflineError()

    assert timed(client={"access_token": "t"}).control("TurnOn", "등").name == "TargetOfflineError"


def test_a_state_of_an_appliance_is_answered_in_time_too(clova, timed):
    for name in ("GetBatteryInfo", "GetCurrentTemperature", "GetHumidity", "GetFineDust"):

        @clova.home.on(name)
        async def query():
            await asyncio.sleep(20)

    clova.home.load(lambda: Appliance("방", type="AIRSENSOR", friendly_name="방", is_reachable=True))
    assert timed(client={"access_token": "t"}).control("GetDeviceState", "방").name == "DriverInternalError"


def test_check_calls_functions_as_they_are(clova, timed):
    async def load_user(access_token):
        return access_token

    async def discover():
        await asyncio.sleep(0.3)
        return [Lamp()]

    clova.user_loader(load_user)
    clova.home.discover(discover)
    checked = timed().app.test_cli_runner().invoke(args=["clova", "check", "--token", "t"])
    assert "HandlerTimeout" not in checked.output
    assert "discovery-failed" not in checked.output


# What a function does about it.


def test_a_timeout_of_its_own_is_not_ours(clova, timed):
    @clova.launch
    async def launch():
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(20)
        except TimeoutError:
            return tell("주방이 바빠요.")

    @clova.intent("Order")
    async def order():
        raise TimeoutError

    clova.errorhandler(TimeoutError)(lambda error: tell("그 사람의 것"))
    cek = timed(1)
    assert cek.launch().speech == "주방이 바빠요."
    assert cek.intent("Order").speech == "그 사람의 것"


def test_a_cancellation_of_its_own_is_not_ours(clova, timed, caplog):
    @clova.launch
    async def launch():
        asyncio.current_task().cancel()
        await asyncio.sleep(0)

    @clova.intent("Order")
    async def order():
        raise asyncio.CancelledError

    cek = timed(1, testing=False)
    assert cek.launch().speech.startswith("죄송해요")
    assert cek.intent("Order").speech.startswith("죄송해요")
    assert not any("CLOVA_HANDLER_TIMEOUT" in told for told in warnings(caplog))


def test_one_that_answers_when_it_is_cancelled(clova, timed):
    @clova.launch
    async def launch():
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            return tell("아직 굽고 있어요.")

    assert timed().launch().speech == "아직 굽고 있어요."


def test_one_that_fails_when_it_is_cancelled(clova, timed):
    seen = []

    @clova.launch
    async def launch():
        try:
            await asyncio.sleep(20)
        finally:
            raise OSError("rollback")

    @clova.errorhandler(HandlerTimeout)
    def note(error):
        seen.append(repr(error.__cause__))
        raise error

    assert timed().launch().speech == TOO_LATE
    assert seen == ["OSError('rollback')"]


async def once():
    try:
        await asyncio.sleep(20)
    except asyncio.CancelledError:
        await asyncio.sleep(20)


async def always():
    while True:
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            continue


async def by_any_means():
    while True:
        try:
            await asyncio.sleep(20)
        except BaseException:  # noqa: BLE001
            continue


async def in_finally():
    try:
        await asyncio.sleep(20)
    finally:
        await asyncio.sleep(20)


async def in_a_task():
    await asyncio.create_task(always())


async def in_a_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(always())
        group.create_task(in_finally())


async def gathered():
    await asyncio.gather(always(), once(), in_finally())


async def shielded():
    await asyncio.shield(asyncio.sleep(1))


async def numbers():
    try:
        while True:
            await asyncio.sleep(20)
            yield 1
    finally:
        await asyncio.sleep(20)


async def generated():
    async for _ in numbers():
        pass


async def left_open():
    generator = starting()
    await anext(generator)
    await asyncio.sleep(20)


async def starting():
    try:
        yield 1
        await asyncio.sleep(20)
    finally:
        await asyncio.sleep(0.05)


async def failing_at_its_end():
    while True:
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            continue
        except GeneratorExit:
            raise OSError from None


async def in_a_thread():
    await asyncio.to_thread(time.sleep, 5)


STUBBORN = [
    once, always, by_any_means, in_finally, in_a_task, in_a_group, gathered, shielded, generated, left_open,
    in_a_thread,
    failing_at_its_end,
]  # fmt: skip


@pytest.mark.parametrize("function", STUBBORN, ids=lambda function: function.__name__)
@pytest.mark.filterwarnings("ignore")
def test_none_holds_the_worker(clova, timed, function):
    clova.launch(function)
    cek = timed()
    for _ in range(2):
        began = time.monotonic()
        assert cek.launch().speech == TOO_LATE
        assert time.monotonic() - began < 4


def test_one_that_is_left_is_told(clova, timed, caplog):
    clova.launch(always)
    timed().launch()
    assert any("always (" in told and "was left" in told for told in warnings(caplog))


def test_one_that_blocks_within_async_is_waited_for_and_told(clova, timed, caplog):
    @clova.launch
    async def launch():
        time.sleep(0.3)
        return tell("네")

    assert timed().launch().speech == "네"
    [told] = warnings(caplog)
    assert ".launch (" in told
    assert "took 0.3 s, longer than CLOVA_HANDLER_TIMEOUT, 0.1 s. Only an async function" in told


@pytest.mark.parametrize("platform", ["naver", "line"])
def test_one_that_blocks_is_told_by_its_name(clova, timed, caplog, platform):
    @clova.launch
    def blocking():
        time.sleep(0.15)
        return tell("네")

    clova.before_request(lambda: None)
    clova.after_request(lambda message: None)
    assert timed(CLOVA_PLATFORM=platform).launch().speech == "네"
    [told] = warnings(caplog)
    assert ".blocking (" in told


# Where it runs.


def test_the_context_is_that_of_the_turn(clova, timed):
    seen = []

    async def before():
        g.table = 3
        variable.set("before")

    @clova.launch
    async def launch():
        seen.append((variable.get(), g.table, current_request.type))
        variable.set("handler")
        return tell("네")

    clova.before_request(before)
    clova.after_request(lambda message: seen.append(variable.get()))
    cek = timed(1)
    assert cek.launch().speech == "네"
    assert seen == [("before", 3, "LaunchRequest"), "handler"]


def test_what_was_set_before_it_was_cancelled_counts(clova, timed):
    seen = []

    @clova.launch
    async def launch():
        variable.set("handler")
        await asyncio.sleep(20)

    clova.errorhandler(HandlerTimeout)(lambda: seen.append(variable.get()) or tell("네"))
    assert timed().launch().speech == "네"
    assert seen == ["handler"]


class OwnLoop(Flask):
    """An app with one loop in a thread, as behind an ASGI server; the context of a request is not in it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def async_to_sync(self, func):
        return lambda *args, **kwargs: asyncio.run_coroutine_threadsafe(
            func(*args, **kwargs), self.loop
        ).result(5)

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@pytest.mark.filterwarnings("ignore")
def test_an_app_with_a_loop_of_its_own(clova):
    app = OwnLoop(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x", CLOVA_HANDLER_TIMEOUT=0.1, TESTING=True)
    clova.launch(slow)
    clova.intent("Always")(always)
    clova.intent("Order")(lambda: tell("네"))

    @clova.intent("Quick")
    async def quick():
        await asyncio.sleep(0.01)
        return tell("빨라요")

    clova.init_app(app)
    cek = CekClient(app)
    other = asyncio.run_coroutine_threadsafe(asyncio.sleep(30), app.loop)
    try:
        for _ in range(2):
            assert cek.launch().speech == TOO_LATE
            assert cek.intent("Always").speech == TOO_LATE
            assert cek.intent("Quick").speech == "빨라요"
            assert not other.done(), "what others have in the loop goes on"
    finally:
        other.cancel()
        app.close()


def test_a_request_that_is_cancelled_cancels_its_handler(clova):
    over = threading.Event()

    @clova.launch
    async def launch():
        try:
            await asyncio.sleep(20)
        finally:
            over.set()

    class Impatient(Flask):
        def async_to_sync(self, func):
            def run(*args, **kwargs):
                async def within():
                    async with asyncio.timeout(0.05):
                        return await func(*args, **kwargs)

                return asyncio.run(within())

            return run

    app = Impatient(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x", CLOVA_HANDLER_TIMEOUT=10)
    clova.errorhandler(TimeoutError)(lambda: tell("그 앱의 것"))
    clova.init_app(app)
    assert CekClient(app).launch().speech == "그 앱의 것"
    assert over.is_set()


# The setting.


@pytest.mark.parametrize("value", [-1, 0, "soon", True, [7], float("nan"), float("inf"), "-0.5", ""])
def test_what_is_no_time_is_refused(value):
    with pytest.raises(
        ConfigurationError, match=r"^CLOVA_HANDLER_TIMEOUT.*must be a number of seconds above 0"
    ):
        Clova(Flask(__name__), platform="line", handler_timeout=value)


@pytest.mark.parametrize(
    ("platform", "value", "is_told"),
    [
        ("line", 8.5, True),
        ("line", "8", True),
        ("line", 7, False),
        ("naver", 60, False),
        ("line", None, False),
    ],
)
def test_a_value_that_the_platform_does_not_wait_for_is_told_at_start(caplog, platform, value, is_told):
    Clova(Flask(__name__), platform=platform, extension_id="x", handler_timeout=value)
    told = [line for line in warnings(caplog) if "CLOVA_HANDLER_TIMEOUT" in line]
    assert len(told) == is_told
    if told:
        assert "LINE waits 8 s" in told[0]
        assert "Set 7 or less. [settings.long-timeout]" in told[0]


# Home, without the setting.


def test_a_slow_appliance_is_told_by_its_name(clova, connect, caplog, monkeypatch):
    monkeypatch.setitem(PLATFORMS, "line", dataclasses.replace(PLATFORMS["line"], answer_seconds=0.05))

    class Fan(Appliance, type="FAN"):
        @action("TurnOn")
        def spin(self):
            time.sleep(0.1)

    clova.home.load(lambda appliance_id: Fan(appliance_id))
    clova.home.before_request(lambda: None)
    clova.home.after_request(lambda reply: None)
    cek = connect(CLOVA_PLATFORM="line", client={"access_token": "t"})
    assert cek.control("TurnOn", "扇風機").name == "TurnOnConfirmation"
    [told] = warnings(caplog)
    assert "The answer by " in told
    assert ".Fan.spin (" in told
    assert "LINE waits 0.05 s" in told


def test_a_slow_user_loader_is_told_by_its_name(clova, connect, caplog, monkeypatch):
    monkeypatch.setitem(PLATFORMS, "line", dataclasses.replace(PLATFORMS["line"], answer_seconds=0.05))

    @clova.user_loader
    def account(access_token):
        time.sleep(0.1)
        return access_token

    clova.launch(lambda user: tell("はい"))
    clova.home.discover(lambda user: [])
    cek = connect(CLOVA_PLATFORM="line", client={"access_token": "t"})
    cek.launch()
    cek.discover()
    told = warnings(caplog)
    assert len(told) == 2
    assert all(".account (" in line for line in told)
