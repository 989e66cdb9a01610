"""The simulated CEK: sessions, silence, users, devices, reports, and endpoints that fail."""

import json
import threading
from datetime import datetime
from types import SimpleNamespace

import pytest
from flask import Flask
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from clova_flask import Clova, Speech, ask, ask_for, audio, tell
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.simulator import transport
from clova_flask.devtools.simulator.address import Where
from clova_flask.devtools.simulator.cek import NotListening, SimulatedCek
from clova_flask.devtools.simulator.device import Device, SimulatorError
from clova_flask.devtools.simulator.listener import Listener, SaidToClova
from clova_flask.devtools.simulator.refusals import Target
from clova_flask.devtools.simulator.start import make_cek
from clova_flask.devtools.simulator.transport import DeliveryError, Sender
from clova_flask.errors import ModelError
from clova_flask.findings import Finding
from clova_flask.home import Appliance, action
from clova_flask.runtime import runtime_of
from clova_flask.security.devkey import generate_key, write_key
from clova_flask.security.devkey import testing_key as key_for_tests
from clova_flask.testing import CekClient
from clova_flask.wire.http import HttpResponse, Limits

MODEL = InteractionModel()
NAMED = InteractionModel(invocation_names=("피자봇",))
TOKENS = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-9222-222222222222")


class Words:
    """Takes an utterance for the intent of its first word, and the second for the slot `pizza`."""

    def understand(self, utterance, *, now=None):
        intent, *rest = utterance.split()
        slots = {"pizza": SimpleNamespace(value=rest[0], unit=None, value_type=None)} if rest else {}
        return SimpleNamespace(intent=intent, slots=slots, why=f"because of {intent}")


@pytest.fixture
def app(tmp_path):
    return Flask(__name__, instance_path=str(tmp_path))


@pytest.fixture
def clova(app):
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
    clova.launch(lambda: ask("피자봇입니다.", reprompt="무엇을 드릴까요?"))
    clova.intent("Order")(lambda session, pizza=None: session.update(pizza=pizza) or ask("네"))
    clova.intent("Bye")(lambda: tell("안녕히 가세요"))
    clova.intent("Fail")(lambda: 1 / 0)
    return clova


@pytest.fixture
def cek(app, clova):
    cek = make_cek(app, runtime_of(app, "clova"), needs_model=False)
    cek.device.listener = Listener(MODEL, Words())
    return cek


@pytest.fixture
def broken(cek):
    """Have the endpoint answer otherwise: a status with a body, or an error that is raised."""
    usual = cek.device.sender._deliver

    def answer(given):
        def deliver(body, headers):
            if isinstance(given, Exception):
                raise given
            status, text = given
            return HttpResponse(status, text if isinstance(text, bytes) else json.dumps(text).encode())

        cek.device.sender._deliver = usual if given is None else deliver

    return answer


def session_of(exchange):
    return exchange.reply.request["session"]


def one(exchanges):
    (exchange,) = exchanges
    return exchange


def test_a_session_goes_on_with_its_attributes_until_the_extension_ends_it(cek):
    cek.device.listener = Listener(NAMED, Words())
    first = one(cek.say("피자봇 시작해 줘"))
    assert first.reply.request["request"]["type"] == "LaunchRequest"
    assert (session_of(first)["new"], first.reply.speech, cek.device.is_listening) == (
        True,
        "피자봇입니다.",
        True,
    )
    second = one(cek.say("Order 페퍼로니"))
    assert second.why == "because of Order"
    third = one(cek.say("Bye"))
    assert session_of(third)["sessionAttributes"] == {"pizza": "페퍼로니"}
    assert [session_of(exchange)["new"] for exchange in (second, third)] == [False, False]
    assert len({session_of(exchange)["sessionId"] for exchange in (first, second, third)}) == 1
    assert not cek.device.is_listening
    other = one(cek.say("피자봇에게 Order"))
    assert session_of(other)["new"]
    assert session_of(other)["sessionAttributes"] == {}
    assert session_of(other)["sessionId"] != session_of(first)["sessionId"]


@pytest.mark.parametrize("start", ["피자봇 시작해 줘", "피자봇에게 Order 치즈"])
def test_calling_the_extension_again_begins_another_session(cek, start):
    cek.device.listener = Listener(NAMED, Words())
    before = session_of(one(cek.say("피자봇에게 Order 페퍼로니")))
    after = session_of(one(cek.say(start)))
    assert (after["new"], after["sessionAttributes"]) == (True, {})
    assert after["sessionId"] != before["sessionId"]


@pytest.mark.parametrize("end", [lambda cek: cek.say("그만"), lambda cek: cek.end()], ids=["words", "end"])
def test_the_user_ends_a_session(cek, end):
    opened = session_of(one(cek.say("Order 치즈")))
    ended = one(end(cek))
    assert ended.reply.request["request"]["type"] == "SessionEndedRequest"
    assert session_of(ended)["sessionId"] == opened["sessionId"]
    assert session_of(ended)["sessionAttributes"] == {"pizza": "치즈"}
    assert not cek.device.is_listening


def test_silence_is_answered_by_the_reprompt_once_and_then_ends_the_session(cek):
    cek.launch()
    assert cek.silence() == []
    assert cek.device.is_listening
    assert one(cek.silence()).reply.request["request"]["type"] == "SessionEndedRequest"
    assert not cek.device.is_listening


def test_silence_without_a_reprompt_ends_the_session_at_once(cek):
    cek.launch()
    cek.say("Order")
    assert one(cek.silence()).label == "end"


def test_each_turn_has_its_own_reprompt(cek):
    for _ in range(2):
        cek.launch()
        assert cek.silence() == []
    assert cek.device.is_listening


@pytest.mark.parametrize("act", ["silence", "end"])
def test_nobody_is_silent_to_or_ends_what_does_not_listen(cek, act):
    with pytest.raises(NotListening, match="session"):
        getattr(cek, act)()


def test_without_a_model_nothing_is_understood(cek):
    cek.device.listener = None
    with pytest.raises(SimulatorError, match="no interaction model"):
        cek.say("안녕")


HTML = "<html><h1>오류</h1></html>".encode()
FAILURES = {
    "hangs": (DeliveryError("http://x did not answer within 10 seconds."), "did not answer within 10"),
    "500": ((500, HTML), "HTTP 500: <html><h1>오류</h1></html>"),
    "refused": ((401, {"error": "서명이 없습니다"}), "HTTP 401: 서명이 없습니다"),
    "redirect": ((302, b""), "HTTP 302: http://localhost/clova answers 302, a redirect"),
    "html": ((200, HTML), "The answer is not a JSON object: <html>"),
    "list": ((200, [1]), "The answer is not a JSON object: [1]"),
    "not utf-8": ((200, '{"가": 1}'.encode("cp949")), "The answer is not a JSON object"),
    "endless": ((200, b"[" * 100_000), "The answer is not a JSON object"),
    "other": ((200, {"hello": "world"}), "response: Missing"),
    "no session": ((200, {"version": "1.0", "response": {}}), "sessionAttributes: Missing"),
}


@pytest.mark.parametrize(("given", "fault"), FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("turn", ["Order 고구마", "피자봇 시작해 줘", "피자봇에게 Order 고구마"])
def test_an_endpoint_that_fails_is_told_of_and_the_session_is_kept(cek, broken, given, fault, turn):
    before = session_of(one(cek.say("Order 치즈")))
    broken(given)
    exchange = one(cek.say(turn))
    assert fault in " ".join(map(str, exchange.findings))
    broken(None)
    after = session_of(one(cek.say("Order")))
    assert (after["sessionId"], after["new"]) == (before["sessionId"], False)
    assert after["sessionAttributes"] == {"pizza": "치즈"}


@pytest.mark.parametrize(("given", "fault"), FAILURES.values(), ids=FAILURES)
def test_an_endpoint_that_fails_at_first_begins_no_session(cek, broken, given, fault):
    broken(given)
    assert fault in " ".join(map(str, one(cek.launch()).findings))
    assert not cek.device.is_listening
    broken(None)
    assert session_of(one(cek.say("Order")))["new"]


def test_a_report_that_fails_leaves_the_session_as_it_was(cek, broken):
    before = session_of(one(cek.say("Order 치즈")))
    broken(DeliveryError("nobody there"))
    assert one(cek.event("AudioPlayer.PlayStarted", {"token": "x"})).findings == (
        Finding("answer.none", "nobody there"),
    )
    broken(None)
    assert session_of(one(cek.say("Order")))["sessionId"] == before["sessionId"]


def test_a_turn_whose_reports_fail_still_shows_its_answer(cek, clova, broken):
    clova.intent("Speak")(lambda: ask(Speech("하나", token=TOKENS[0])))
    usual = cek.device.sender._deliver
    sent = []

    def first_only(body, headers):
        sent.append(body)
        if len(sent) > 1:
            raise DeliveryError("gone")
        return usual(body, headers)

    cek.device.sender._deliver = first_only
    exchanges = cek.say("Speak")
    assert [list(map(str, exchange.findings)) for exchange in exchanges] == [[], ["gone"], ["gone"]]
    assert exchanges[0].reply.speech == "하나"
    assert cek.device.is_listening


def answer_with(**response):
    full = {"outputSpeech": {}, "card": {}, "directives": [], "shouldEndSession": False, **response}
    return 200, {"version": "0.1.0", "sessionAttributes": {}, "response": full}


@pytest.mark.parametrize(
    "directive",
    [
        "Play",
        {},
        {"header": None, "payload": {}},
        {"header": {"namespace": "AudioPlayer", "name": "Play"}, "payload": None},
        {"header": {"namespace": "AudioPlayer", "name": "Play"}, "payload": {"audioItem": []}},
        {
            "header": {"namespace": "AudioPlayer", "name": "Play"},
            "payload": {
                "audioItem": {
                    "stream": {
                        "durationInMilliseconds": "길다",
                        "beginAtInMilliseconds": [],
                        "progressReport": {"progressReportIntervalInMilliseconds": "매번"},
                    }
                }
            },
        },
    ],
)
def test_a_malformed_directive_is_a_fault_and_breaks_nothing(cek, broken, directive):
    broken(answer_with(directives=[directive]))
    assert "response.directives[0]" in " ".join(map(str, cek.launch()[0].findings))
    assert cek.device.is_listening
    cek.wait(1)


@pytest.mark.parametrize("reprompt", ["응?", {}, {"outputSpeech": {"type": "SimpleSpeech"}}])
def test_a_malformed_reprompt_is_a_fault_and_breaks_nothing(cek, broken, reprompt):
    broken(answer_with(reprompt=reprompt))
    assert "response.reprompt" in " ".join(map(str, one(cek.launch()).findings))
    assert cek.device.is_listening


def test_what_a_handler_raises_is_an_apology_or_in_debug_an_error_500(app, cek, caplog):
    assert "죄송" in one(cek.say("Fail")).reply.speech
    app.debug = True
    exchange = one(cek.say("Fail"))
    assert exchange.findings == (Finding("answer.status", "HTTP 500: ZeroDivisionError: division by zero"),)
    assert "Traceback" in caplog.text


def test_users_and_devices_are_told_of(app, clova):
    users = []
    clova.user_loader(lambda access_token: {"t-1": "민지"}.get(access_token))
    clova.intent("Who")(lambda user=None: users.append(user) or tell("네"))
    runtime = runtime_of(app, "clova")
    for given in ({}, {"access_token": "t-1", "user_id": "u-1", "screen": "none", "locale": "ja-JP"}):
        cek = make_cek(app, runtime, user=given, needs_model=False)
        cek.device.listener = Listener(MODEL, Words())
        message = one(cek.say("Who")).reply.request
        system = message["context"]["System"]
        assert system["user"] == message["session"]["user"]
        assert system["user"].get("accessToken") == given.get("access_token")
        assert system["device"]["display"]["size"] == given.get("screen", "l100")
        assert message["request"]["locale"] == given.get("locale", "ko-KR")
    assert users == [None, "민지"]


def test_a_screen_that_there_is_not_is_refused(app, clova):
    with pytest.raises(SimulatorError, match=r"'l10' is not a screen.*Did you mean 'l100'"):
        make_cek(app, runtime_of(app, "clova"), user={"screen": "l10"}, needs_model=False)


def test_a_skill_is_enabled_and_disabled_outside_sessions(cek, clova):
    heard = []
    clova.event("ClovaSkill.*")(lambda request: heard.append(request.event.name))
    cek.launch()
    for exchanges in (cek.enable(), cek.disable(), cek.event("ClovaSkill.SkillEnabled", {})):
        message = one(exchanges).reply.request
        assert (message["session"], message["request"]["event"]["payload"]) == (None, None)
        assert one(exchanges).findings == ()
    assert heard == ["SkillEnabled", "SkillDisabled", "SkillEnabled"]
    assert not cek.device.is_listening


def test_enabling_a_skill_does_not_end_a_session(cek):
    cek.launch()
    cek.enable()
    assert cek.device.is_listening


def test_a_report_comes_in_its_session_with_attributes(cek, clova):
    clova.event("AudioPlayer.PlayFinished")(
        lambda session, token: session.update(token=token) or ask("끝났어요")
    )
    opened = session_of(one(cek.say("Order 치즈")))
    exchange = one(cek.event("AudioPlayer.PlayFinished", {"token": "song-1", "offset_in_milliseconds": 1}))
    assert session_of(exchange)["sessionId"] == opened["sessionId"]
    assert session_of(one(cek.say("Order")))["sessionAttributes"] == {"pizza": "치즈", "token": "song-1"}


def test_a_report_does_not_use_up_the_reprompt(cek):
    cek.launch()
    cek.event("AudioPlayer.PlayFinished", {"token": "x"})
    assert cek.silence() == []


def test_a_report_may_end_the_session(cek, clova):
    clova.event("AudioPlayer.PlayFinished")(lambda: tell("끝"))
    cek.launch()
    cek.event("AudioPlayer.PlayFinished", {"token": "x"})
    assert not cek.device.is_listening


@pytest.mark.parametrize("answer", [tell, ask])
def test_a_report_outside_a_session_begins_none(cek, clova, answer):
    clova.event("AudioPlayer.PlayFinished")(lambda: answer("끝"))
    assert session_of(one(cek.event("AudioPlayer.PlayFinished", {"token": "x"})))["new"]
    assert not cek.device.is_listening
    assert session_of(one(cek.say("Order")))["new"]


def test_music_after_the_session_begins_none(cek, clova):
    play = audio.play("https://x.example.com/1.mp3", title_text="가", title_sub_text1="나", source_name="다")
    clova.intent("Music")(lambda: tell("들려드릴게요", directives=[play]))
    assert [exchange.label for exchange in cek.say("Music")] == ["Music", "AudioPlayer.PlayStarted"]
    assert not cek.device.is_listening
    assert one(cek.wait(180)).label == "AudioPlayer.PlayFinished"
    assert not cek.device.is_listening


def test_speech_with_tokens_is_reported_on_in_order(cek, clova):
    heard = []
    clova.intent("Speak")(lambda: ask(Speech("하나", token=TOKENS[0]), "둘", Speech("셋", token=TOKENS[1])))
    clova.event("SpeechSynthesizer.*")(lambda request, token: heard.append((request.event.name, token)))
    cek.say("Speak")
    assert heard == [(name, token) for token in TOKENS for name in ("SpeechStarted", "SpeechFinished")]


def test_line_reports_nothing_about_speech(tmp_path):
    app = Flask(__name__, instance_path=str(tmp_path))
    clova = Clova(app, platform="line", extension_id="com.example.pizzabot")
    clova.launch(lambda: ask(Speech("はい", token=TOKENS[0])))
    [exchange] = make_cek(app, runtime_of(app), needs_model=False).launch()
    assert exchange.reply.request["request"]["locale"] == "ja-JP"
    assert [(finding.code, finding.is_error) for finding in exchange.findings] == [
        ("answer.not-on-platform", False)
    ]


def test_events_that_set_each_other_off_for_ever_are_stopped(cek, clova):
    clova.intent("Speak")(lambda: tell(Speech("메아리", token=TOKENS[0])))
    clova.event("SpeechSynthesizer.SpeechStarted")(lambda: tell(Speech("메아리", token=TOKENS[0])))
    exchanges = cek.say("Speak")
    assert len(exchanges) == 51
    assert [finding.code for finding in exchanges[-1].findings] == ["answer.endless-events"]
    assert not any(exchange.findings for exchange in exchanges[:-1])


def test_the_player_is_asked_what_it_shows(cek, clova):
    asked = []
    clova.event("TemplateRuntime.RequestPlayerInfo")(lambda request: asked.append(request.event.payload))
    cek.player_info(before=1, after=2)
    assert asked == [{"token": "", "range": {"before": 1, "after": 2}}]


@pytest.fixture
def house(clova):
    class Lamp(Appliance, type="LIGHT"):
        @action("SetBrightness", minimum=0, maximum=100)
        def dim(self, brightness):
            return brightness

    clova.user_loader(lambda access_token: access_token)
    clova.home.discover(lambda user: [Lamp("lamp-1", friendly_name="거실 등")])


def test_a_home_request_carries_token_appliance_and_fields(cek, house):
    cek.device.caller.access_token = "token"
    exchange = one(cek.home("SetBrightness", {"brightness": 50}, "lamp-1"))
    payload = exchange.reply.request["payload"]
    assert payload == {
        "accessToken": "token",
        "appliance": {"applianceId": "lamp-1"},
        "brightness": {"value": 50},
    }
    assert (exchange.reply.name, exchange.findings) == ("SetBrightnessConfirmation", ())
    assert not cek.device.is_listening


def test_what_discovery_said_comes_along_with_requests(cek, house):
    cek.device.caller.access_token = "token"
    discovered = one(cek.home("DiscoverAppliances")).reply.payload["discoveredAppliances"][0]
    details = discovered["additionalApplianceDetails"]
    exchange = one(cek.home("SetBrightness", {"brightness": 50}, "lamp-1"))
    appliance = exchange.reply.request["payload"]["appliance"]
    assert appliance == {"applianceId": "lamp-1", "additionalApplianceDetails": details}


@pytest.mark.parametrize("told", [None, {}, ["lamp"], [{"additionalApplianceDetails": {}}]])
def test_a_malformed_discovery_breaks_nothing(cek, house, broken, told):
    cek.device.caller.access_token = "token"
    cek.home("DiscoverAppliances")
    header = {"name": "DiscoverAppliancesResponse", "namespace": "ClovaHome", "payloadVersion": "1.0"}
    broken((200, {"header": header, "payload": {"discoveredAppliances": told}}))
    assert one(cek.home("DiscoverAppliances")).findings
    broken(None)
    payload = one(cek.home("SetBrightness", {"brightness": 50}, "lamp-1")).reply.request["payload"]
    assert ("additionalApplianceDetails" in payload["appliance"]) is not isinstance(told, list)


def test_a_home_without_a_linked_account_answers_with_its_error(cek, house):
    assert one(cek.home("DiscoverAppliances")).reply.name == "InvalidAccessTokenError"


def test_everything_is_signed_and_the_extension_verifies_it(app, cek):
    assert not app.testing
    assert runtime_of(app, "clova").settings.verify_signature
    sender = Sender(cek.device.sender._deliver, generate_key(), Target("http://localhost/clova", "clova"))
    stranger = SimulatedCek(Device(sender, cek.device.caller, cek.device.listener))
    for exchanges in (stranger.launch(), stranger.event("AudioPlayer.PlayStarted", {}), stranger.enable()):
        assert one(exchanges).reply.status_code == 401
    for exchanges in (cek.launch(), cek.end(), cek.enable(), cek.say("Order"), cek.home("TurnOn", {}, "x")):
        assert one(exchanges).reply.status_code == 200


def test_the_key_of_the_folder_signs_when_there_is_one(app, clova, tmp_path):
    assert make_cek(app, runtime_of(app, "clova"), needs_model=False).device.sender.key is key_for_tests()
    write_key(tmp_path)
    cek = make_cek(app, runtime_of(app, "clova"), needs_model=False)
    assert cek.device.sender.key is not key_for_tests()
    assert one(cek.launch()).findings == ()


@pytest.fixture
def serve():
    """Serve a WSGI app on the loopback."""
    servers = []

    def serve(application):
        server = make_server("127.0.0.1", 0, application, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/clova"

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def test_it_talks_to_a_running_endpoint_that_trusts_the_development_key(app, clova, tmp_path, serve):
    write_key(tmp_path)
    app.debug = True
    url = serve(app)
    cek = make_cek(app, runtime_of(app, "clova"), where=Where(url=url), needs_model=False)
    cek.device.listener = Listener(MODEL, Words())
    assert one(cek.launch()).reply.speech == "피자봇입니다."
    assert one(cek.say("Order 치즈")).reply.attributes == {"pizza": "치즈"}


def test_a_running_endpoint_needs_a_development_key(app, clova):
    with pytest.raises(SimulatorError, match="flask clova keygen"):
        make_cek(app, runtime_of(app, "clova"), where=Where(url="http://127.0.0.1:9/"), needs_model=False)


def test_a_running_endpoint_that_hangs_or_is_gone_keeps_the_session(app, clova, tmp_path, serve, monkeypatch):
    write_key(tmp_path)
    app.debug = True
    released, hanging = threading.Event(), threading.Event()

    def endpoint(environ, start_response):
        if hanging.is_set():
            Request(environ).get_data()
            released.wait(5)
            return Response("late")(environ, start_response)
        return app(environ, start_response)

    cek = make_cek(app, runtime_of(app, "clova"), where=Where(url=serve(endpoint)), needs_model=False)
    cek.device.listener = Listener(MODEL, Words())
    before = session_of(one(cek.say("Order 치즈")))
    monkeypatch.setattr(transport, "LIMITS", Limits(connect=1, read=0.05, total=2, size=1000))
    hanging.set()
    (finding,) = one(cek.say("Order")).findings
    assert "did not answer within" in finding.message
    released.set()
    hanging.clear()
    monkeypatch.undo()
    after = session_of(one(cek.say("Order")))
    assert after == {**before, "new": False, "sessionAttributes": {"pizza": "치즈"}}


def test_a_test_client_understands_what_is_said_to_it(app, clova):
    client = CekClient(app)
    client._device.listener = Listener(NAMED, Words())
    assert client.say("피자봇 시작해 줘").speech == "피자봇입니다."
    assert client.say("Order 치즈").attributes == {"pizza": "치즈"}
    assert client.say("피자봇에게 Order").attributes == {"pizza": None}
    assert client.say("그만").request["request"]["type"] == "SessionEndedRequest"
    with pytest.raises(SaidToClova, match="talking to Clova herself"):
        client.say("Bye")
    assert client.say("피자봇에게 Bye").request["session"]["new"]


def test_what_the_extension_has_asked_for_helps_to_understand_the_answer(app, clova):
    heard = []

    class Asked(Words):
        def understand(self, utterance, *, now=None, asked=None):
            heard.append((now, asked))
            return super().understand(utterance, now=now)

    clova.intent("Ask")(lambda: ask_for("when_to", "언제요?"))
    client = CekClient(app)
    client._device.listener = Listener(NAMED, Asked())
    now = datetime(2026, 12, 31, 23, 59)
    client.say("피자봇에게 Ask", now=now)
    client.say("Order 치즈")
    client.say("피자봇에게 Order 치즈")
    assert heard == [(now, None), (None, "when_to"), (None, None)]


def test_a_test_client_without_a_model_says_so(app, clova):
    with pytest.raises(ModelError, match="flask clova model new"):
        CekClient(app).say("안녕")
