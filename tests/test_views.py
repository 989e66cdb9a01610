"""The endpoint's answers, as the contract's table has them."""

import gzip
import json
import logging
import random

import pytest
from flask import Flask, request
from flask.json.provider import JSONProvider

from clova_flask import Clova, tell
from clova_flask.security.devkey import sign
from clova_flask.security.signature import HEADER
from clova_flask.testing import CekClient
from clova_flask.wire import json as codec

TOKEN = "secret-access-token"


@pytest.fixture(params=["json", "orjson"])
def parser(request, monkeypatch):
    """Run with either of the JSON libraries."""
    if request.param == "json":
        monkeypatch.setattr(codec, "_parse", codec._parse_stdlib)
        monkeypatch.setattr(codec, "_write", codec._write_stdlib)
    else:
        pytest.importorskip("orjson")


@pytest.fixture
def calls():
    return []


@pytest.fixture
def cek(clova, connect, calls):
    @clova.launch
    def launch():
        calls.append("launch")
        return tell("안녕")

    @clova.fallback
    def fallback(request):
        calls.append(request.intent.name)
        return tell("네")

    return connect(client={"access_token": TOKEN})


def launch_message(cek, **changes):
    return {**cek.caller.message({"type": "LaunchRequest"}), **changes}


DEEP = b'{"a":' * 5000 + b"1" + b"}" * 5000
NOT_A_MESSAGE = "The body is JSON but not a message of CEK: it must be an object with 'request' or 'header'."
DEEP_LISTS = b'{"request":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "The body is empty; CEK sends a JSON message."),
        (b"{", "The body is not JSON."),
        (b"pizza", "The body is not JSON."),
        (b'{"a": NaN}', "The body is not JSON."),
        (b'{"a": 1e999999, "b": Infinity}', "The body is not JSON."),
        (b'{"request": {"type": "LaunchRequest"}, "x": ' + b"9" * 5000 + b"}", None),
        ("피자".encode("euc-kr"), "The body is not UTF-8."),
        ("ピザ".encode("shift_jis"), "The body is not UTF-8."),
        ('{"request": {"type": "LaunchRequest"}}'.encode("utf-16"), "The body is not UTF-8."),
        (b'\xef\xbb\xbf{"request": {}}', "The body is not JSON."),
        (b'{"request": {"type": "LaunchRequest"}, "x": "\\ud800"}', "The body is not JSON."),
        (b"null", NOT_A_MESSAGE),
        (b"[]", NOT_A_MESSAGE),
        (b'"request"', NOT_A_MESSAGE),
        (b"{}", NOT_A_MESSAGE),
        (b'{"session": {}}', NOT_A_MESSAGE),
        (b'{"request": null}', "request: Missing data for required field."),
        (b'{"request": []}', "request: Not an object."),
        (b'{"request": {}}', "request.type: Missing, or not a string."),
        (b'{"request": {"type": 5}}', "request.type: Missing, or not a string."),
        (b'{"request": {"type": "IntentRequest"}}', "request.intent: Missing data for required field."),
        (b'{"request": {"type": "LaunchRequest"}, "session": "x"}', "session: Invalid input type."),
        (DEEP, "The body nests deeper than 100 levels."),
        (DEEP_LISTS, "The body nests deeper than 100 levels."),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else None,
)
def test_a_body_that_is_no_message_is_a_400_and_reaches_no_handler(cek, calls, parser, body, reason):
    reply = cek.send(body)
    if reason is None:
        assert reply.status_code in (200, 400, 403)
        return
    assert reply.status_code == 400
    assert reply.json == {"error": reason}
    assert calls == []


def test_braces_within_text_are_no_depth(cek, parser):
    message = launch_message(cek, memo="{[" * 500)
    assert cek.send(message).speech == "안녕"


def test_a_long_message_of_reasonable_depth_is_taken(cek, parser):
    message = launch_message(cek, list=[[{"a": []}] for _ in range(200)])
    assert cek.send(message).speech == "안녕"


def test_a_body_of_10_mb_is_a_413(cek, calls):
    body = b" " * 10_000_000
    response = cek.app.test_client().post("/clova", headers={HEADER: "x"}, data=body)
    assert response.status_code == 413
    assert "CLOVA_MAX_CONTENT_LENGTH" in response.get_json()["error"]
    assert calls == []


def test_the_limit_is_a_setting_and_the_apps_own_does_not_count(clova, connect):
    clova.launch(lambda: "안녕")
    cek = connect(CLOVA_MAX_CONTENT_LENGTH=2000, MAX_CONTENT_LENGTH=10)
    assert cek.launch().speech == "안녕"
    assert cek.send(launch_message(cek, memo="피" * 700)).status_code == 413


def test_a_compressed_body_is_refused_not_guessed_at(cek, calls):
    body = gzip.compress(codec.encode(launch_message(cek)))
    assert cek.send(body).status_code == 400
    assert calls == []


@pytest.mark.parametrize(
    "other", ["com.example.other", "com.example.pizzabot.evil", "COM.EXAMPLE.PIZZABOT", ""]
)
def test_a_message_for_another_extension_is_a_403(cek, calls, other):
    message = launch_message(cek)
    message["context"]["System"]["application"]["applicationId"] = other
    message["request"]["extensionId"] = other
    reply = cek.send(message)
    assert reply.status_code == 403
    wanted = "The message is for another extension: its applicationId is not in CLOVA_EXTENSION_ID."
    assert reply.json == {"error": wanted}
    assert calls == []


def test_old_traffic_without_an_application_is_known_by_its_request(cek):
    message = launch_message(cek)
    del message["context"]["System"]["application"]
    assert cek.send(message).status_code == 200
    del message["request"]["extensionId"]
    assert cek.send(message).status_code == 403


def test_the_application_id_counts_more_than_the_requests(cek):
    message = launch_message(cek)
    message["context"]["System"]["application"] = {"applicationId": "com.example.other"}
    assert cek.send(message).status_code == 403


@pytest.mark.parametrize("ids", [["a", "com.example.pizzabot"], "com.example.pizzabot"])
def test_one_of_several_ids_is_enough(clova, connect, ids):
    clova.launch(lambda: "안녕")
    cek = connect(CLOVA_EXTENSION_ID=ids)
    cek.caller.extension_id = "com.example.pizzabot"
    assert cek.launch().status_code == 200


def test_a_stale_message_is_a_401(clova, connect):
    clova.launch(lambda: "안녕")
    cek = connect(CLOVA_TIMESTAMP_TOLERANCE=150)
    assert cek.launch().status_code == 200
    message = launch_message(cek)
    for stamp in ("2018-06-11T09:19:23Z", "2099-06-11T09:19:23Z", "2018-06-11T09:19:23.123+09:00"):
        message["request"]["timestamp"] = stamp
        reply = cek.send(message)
        assert (reply.status_code, "request.timestamp" in reply.error) == (401, True)
    del message["request"]["timestamp"]
    assert cek.send(message).status_code == 200, "it is checked when it is there"


@pytest.mark.parametrize("stamp", ["어제", "", "2018-13-45T00:00:00Z", "1528708763"])
def test_a_timestamp_that_cannot_be_read_is_a_warning(clova, connect, caplog, stamp):
    clova.launch(lambda: "안녕")
    message = launch_message(cek := connect(CLOVA_TIMESTAMP_TOLERANCE=150))
    message["request"]["timestamp"] = stamp
    caplog.clear()
    assert cek.send(message).status_code == 200
    [record] = caplog.records
    assert (record.levelname, "request.timestamp is not ISO 8601" in record.message) == ("WARNING", True)


@pytest.mark.parametrize(("namespace", "status"), [("ClovaSkill", 200), ("AudioPlayer", 401)])
def test_an_event_of_the_skill_is_answered_whenever_it_comes(clova, connect, namespace, status):
    seen = []
    clova.event("*")(lambda request: seen.append(request.event.name))
    cek = connect(CLOVA_TIMESTAMP_TOLERANCE=150)
    event = {"namespace": namespace, "name": "SkillDisabled", "payload": None}
    message = cek.caller.message({"type": "EventRequest", "event": event}, sessionless=True)
    message["request"]["timestamp"] = "2018-06-11T09:19:23Z"
    assert cek.send(message).status_code == status
    assert seen == (["SkillDisabled"] if status == 200 else [])


def test_without_a_tolerance_the_age_does_not_matter(cek):
    message = launch_message(cek)
    message["request"]["timestamp"] = "2018-06-11T09:19:23Z"
    assert cek.send(message).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("debug", [False, True])
def test_only_post_is_allowed(cek, calls, method, debug):
    cek.app.debug = debug
    response = cek.app.test_client().open("/clova", method=method)
    if debug and method == "GET":
        assert response.status_code == 200
        return
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert calls == []


def test_in_debug_a_get_says_what_the_endpoint_is_and_whether_it_is_ready(cek):
    cek.app.debug = True
    page = cek.app.test_client().get("/clova").text
    assert "http://localhost/clova" in page
    assert "It is ready." in page
    assert "com.example.pizzabot" in page


def test_in_debug_a_get_says_what_is_missing(connect):
    cek = connect(CLOVA_EXTENSION_ID=None)
    cek.app.debug = True
    page = cek.app.test_client().get("/clova").text
    assert "CLOVA_EXTENSION_ID is not set" in page
    assert "None yet." in page


@pytest.mark.parametrize("path", ["/clova", "/clova/"])
def test_the_slash_at_the_end_does_not_matter(cek, path):
    body = codec.encode(launch_message(cek))
    response = cek.app.test_client().post(path, data=body, headers={HEADER: sign(cek.key, body)})
    assert response.status_code == 200


@pytest.mark.parametrize("prefix", ["/", "", "/voice/pizza", "/voice/pizza/"])
def test_the_path_is_a_setting(clova, connect, prefix):
    clova.launch(lambda: "안녕")
    cek = connect(CLOVA_URL_PREFIX=prefix)
    assert cek.launch().speech == "안녕"


def test_the_content_type_decides_nothing(cek):
    body = codec.encode(launch_message(cek))
    form = "application/x-www-form-urlencoded"
    for content_type in ("application/json;charset-UTF-8", "text/plain", form, ""):
        headers = {HEADER: sign(cek.key, body), "Content-Type": content_type}
        assert cek.app.test_client().post("/clova", data=body, headers=headers).status_code == 200


def test_the_answer_is_utf8_json_with_korean_as_itself(cek):
    body = codec.encode(launch_message(cek))
    response = cek.app.test_client().post("/clova", data=body, headers={HEADER: sign(cek.key, body)})
    assert response.headers["Content-Type"] == "application/json;charset=utf-8"
    assert "안녕".encode() in response.data


def test_nothing_secret_is_logged_or_answered(cek, caplog):
    caplog.set_level(logging.DEBUG)
    broken = launch_message(cek, session={"sessionId": [TOKEN], "user": {"userId": 1, "accessToken": TOKEN}})
    foreign = launch_message(cek)
    foreign["context"]["System"]["application"]["applicationId"] = f"{TOKEN}"
    replies = [
        cek.send(broken),
        cek.send(foreign),
        cek.post(codec.encode(launch_message(cek)), {HEADER: TOKEN}),
        cek.intent("Order", pizza="비밀"),
    ]
    assert [reply.status_code for reply in replies] == [400, 403, 401, 200]
    assert caplog.text.count("Refused with") == 3
    for text in (caplog.text, json.dumps([reply.json for reply in replies], ensure_ascii=False)):
        assert TOKEN not in text
        assert "비밀" not in text


@pytest.mark.parametrize("seed", range(200))
def test_damaged_bodies_never_cost_a_5xx(cek, seed):
    dice = random.Random(seed)
    body = bytearray(
        codec.encode(
            cek.caller.message(
                {
                    "type": "IntentRequest",
                    "intent": {"name": "주문", "slots": {"a": {"name": "a", "value": "하나"}}},
                }
            )
        )
    )
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(body))
        match dice.randrange(4):
            case 0:
                body[at] = dice.randrange(256)
            case 1:
                del body[at : at + dice.randint(1, 30)]
            case 2:
                body[at:at] = bytes(dice.randrange(256) for _ in range(dice.randint(1, 5)))
            case 3:
                body[at:at] = body[at : at + dice.randint(1, 60)]
    assert cek.send(bytes(body)).status_code in (200, 400, 403)


def test_several_extensions_in_one_app(app_of_two):
    pizza, taxi = CekClient(app_of_two, name="pizza"), CekClient(app_of_two, name="taxi")
    assert pizza.launch().speech == "피자봇입니다"
    assert taxi.launch().speech == "タクシーです"
    assert taxi.launch().json["version"] == "1.0"
    taxi.caller.extension_id = "com.example.pizza"
    assert taxi.launch().status_code == 403


@pytest.fixture
def app_of_two():
    app = Flask(__name__)
    app.testing = True
    pizza = Clova("pizza", url_prefix="/pizza", extension_id="com.example.pizza", platform="naver")
    taxi = Clova("taxi", url_prefix="/taxi", extension_id="com.example.taxi", platform="line")
    pizza.launch(lambda: "피자봇입니다")
    taxi.launch(lambda: "タクシーです")
    pizza.init_app(app)
    taxi.init_app(app)
    return app


class BrokenStream:
    """A body that a server cannot read to its end."""

    def __init__(self, error):
        self.error = error

    def read(self, *_):
        raise self.error

    readline = readlines = read


@pytest.mark.parametrize("error", [ConnectionResetError(), OSError(), RuntimeError("a server's")], ids=repr)
@pytest.mark.parametrize("length", ["100", None], ids=["with a length", "chunked"])
def test_a_body_that_cannot_be_read_is_a_400(cek, calls, error, length):
    environ = {"wsgi.input_terminated": True, "wsgi.input": BrokenStream(error)}
    if length is not None:
        environ["CONTENT_LENGTH"] = length
    response = cek.app.test_client().post("/clova", environ_overrides=environ)
    assert response.status_code == 400
    assert "could not be read to its end" in response.get_json()["error"]
    assert calls == []


def signed_post(cek):
    body = codec.encode(launch_message(cek))
    return cek.app.test_client().post("/clova", data=body, headers={HEADER: sign(cek.key, body)})


def test_a_hook_of_the_app_may_read_the_body_first(cek):
    seen = []
    cek.app.before_request(lambda: seen.append(len(request.get_data())))
    assert signed_post(cek).status_code == 200
    assert seen[0] > 100


def test_a_hook_of_the_app_may_read_the_body_afterwards(cek):
    seen = []

    @cek.app.after_request
    def look(response):
        seen.append(request.get_json(force=True)["request"]["type"])
        return response

    assert signed_post(cek).status_code == 200
    assert seen == ["LaunchRequest"]


def test_the_limit_holds_when_a_hook_has_read_the_body(clova, connect):
    clova.launch(lambda: "안녕")
    cek = connect(CLOVA_MAX_CONTENT_LENGTH=10)
    cek.app.before_request(lambda: request.get_data() and None)
    assert signed_post(cek).status_code == 413


def test_the_page_in_debug_says_when_there_are_no_handlers(connect):
    cek = connect()
    cek.app.debug = True
    assert "There are no handlers in the extension" in cek.app.test_client().get("/clova").text


def test_the_page_in_debug_lists_the_handlers_of_a_home(clova, connect):
    clova.home.discover(lambda user: [])
    clova.user_loader(lambda access_token: access_token)
    cek = connect()
    cek.app.debug = True
    page = cek.app.test_client().get("/clova").text
    assert "home.discover" in page
    assert "It is ready." in page


def test_the_page_in_debug_lists_findings_with_severity_place_and_code(clova, connect, tmp_path):
    clova.launch(lambda: "안녕")
    clova.intent("OrderPizza")(lambda: "네")
    model = tmp_path / "모델"
    model.mkdir()
    model.joinpath("model.toml").write_text('invocation_names = ["피자봇"]\nlanguge = "ko"\n')
    cek = connect(CLOVA_INTERACTION_MODEL=str(model))
    cek.app.debug = True
    page = cek.app.test_client().get("/clova").text
    assert "not ready for the platform" in page
    for text in ("handlers.no-guide", ">warning<", "model.unreadable", ">error<", f"{model}/model.toml:2"):
        assert text in page


class NoProvider(JSONProvider):
    """A provider of an app that writes JSON in a way of its own: here, in no way at all."""

    def dumps(self, obj, **kwargs):
        raise AssertionError("the app's own provider was asked")

    def loads(self, s, **kwargs):
        raise AssertionError("the app's own provider was asked")


@pytest.fixture
def with_a_provider_of_its_own(cek):
    cek.app.json = NoProvider(cek.app)
    cek.app.debug = True


@pytest.mark.usefixtures("with_a_provider_of_its_own")
def test_the_apps_json_provider_is_not_asked(cek, clova):
    client = cek.app.test_client()
    assert cek.launch().speech == "안녕"
    assert cek.intent("주문", 피자="페퍼로니").speech == "네"
    assert cek.post(b"{}", {}).error == "The request has no SignatureCEK header."
    text = "This endpoint is for CEK, which sends POST. This was PUT, so 405 is right."
    assert json.loads(client.put("/clova").data) == {"error": text}
    assert client.get("/clova").status_code == 200
    assert cek.app.test_cli_runner().invoke(args=["clova", "check", "--json"]).exit_code in (0, 1)


def test_the_apps_json_settings_change_nothing(cek):
    before = cek.launch().json
    cek.app.json.ensure_ascii = True
    cek.app.json.sort_keys = False
    cek.app.json.mimetype = "application/vnd.pizza+json"
    cek.end()
    assert cek.launch().json == before
    body = codec.encode(launch_message(cek))
    response = cek.app.test_client().post("/clova", data=body, headers={HEADER: sign(cek.key, body)})
    assert response.headers["Content-Type"] == "application/json;charset=utf-8"
    assert "안녕".encode() in response.data


FORGED = "Fake\n2026-01-01 CRITICAL 위조된 줄\r\u2028\x1b[31m"


@pytest.mark.parametrize("length", [1, 60_000], ids=["one", "many"])
@pytest.mark.parametrize(
    "ask_for",
    [
        lambda cek, name: cek.home(name),
        lambda cek, name: cek.control("TurnOn", name),
        lambda cek, name: cek.intent(name, **{name: "x"}),
        lambda cek, name: cek.event(f"Any.{name}"),
        lambda cek, name: cek.event(f"{name}.Any"),
        lambda cek, name: cek.send(cek.caller.message({"type": name})),
        lambda cek, name: cek.send(cek.caller.message({"type": "IntentRequest", "intent": name})),
        lambda cek, name: cek.send(cek.caller.message({"type": "LaunchRequest", "locale": [name]})),
        lambda cek, name: cek.send({name: name}),
        lambda cek, name: cek.send({"header": {"name": name, "namespace": name}, "payload": {}}),
    ],
    ids=[
        "interface",
        "appliance",
        "intent",
        "event",
        "namespace",
        "type",
        "intent-text",
        "locale",
        "envelope",
        "header",
    ],
)
def test_no_name_of_a_message_forges_or_floods_the_log(caplog, ask_for, length):
    app = Flask(__name__)
    clova = Clova(app, platform="naver", max_content_length=8_000_000)
    clova.user_loader(lambda access_token: access_token)
    clova.home.discover(lambda user: [])
    caplog.set_level(logging.DEBUG, "clova_flask")
    ask_for(CekClient(app, access_token="t"), FORGED * length)
    for record in caplog.records:
        text = record.getMessage()
        assert "\n2026" not in text
        assert not set("\r\u2028\x1b") & set(text)
        assert len(text) < 2000
