"""Recording what an endpoint answers, and replaying it."""

import base64
import html
import json
import os
import re
import threading
import time
from functools import partial
from urllib.parse import quote, quote_plus

import pytest
import requests
from flask import Flask
from werkzeug.serving import make_server
from werkzeug.test import Client

from clova_flask import Clova, ask
from clova_flask.devtools.cli import clova as commands
from clova_flask.devtools.simulator.caller import Caller
from clova_flask.devtools.simulator.recorded import RecordingError, differences, load_recording
from clova_flask.devtools.simulator.recording import Recorder
from clova_flask.devtools.simulator.redaction import Redactor
from clova_flask.devtools.simulator.requests import (
    event_request,
    home_request,
    intent_request,
    launch_request,
)
from clova_flask.devtools.simulator.transport import DeliveryError, deliver_over_http
from clova_flask.home import Appliance, action
from clova_flask.security.devkey import read_key, sign, write_key
from clova_flask.wire.http import HttpResponse
from clova_flask.wire.json import encode

ANSWER = {"version": "1.0", "sessionAttributes": {}, "response": {}}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "recordings"


class Endpoint:
    """Keeps what was posted to it, and answers as it was told to."""

    def __init__(self):
        self.received = []
        self.answer = HttpResponse(200, encode(ANSWER))

    def __call__(self, body, headers):
        self.received.append((body, dict(headers)))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def endpoint():
    return Endpoint()


@pytest.fixture
def told():
    return []


@pytest.fixture
def post(endpoint, folder, told):
    recorder = Client(Recorder(endpoint, folder, told.append))

    def post(body, signature="c2lnbmVk"):
        body = body if isinstance(body, bytes) else encode(body)
        return recorder.post(
            "/anywhere", data=body, headers={"SignatureCEK": signature} if signature else {}, buffered=True
        )

    return post


def recordings(folder):
    return sorted(path.name for path in folder.glob("*"))


@pytest.mark.parametrize("body", [b'{"request" :\n {"type":"\xea\xb0\x80"} }', b"no json", b"", b"\xff\x00"])
def test_a_body_is_handed_on_byte_for_byte_with_its_signature(post, endpoint, body):
    response = post(body, "c2ln+/bg==")
    assert endpoint.received == [(body, {"SignatureCEK": "c2ln+/bg=="})]
    assert (response.status_code, response.data) == (200, encode(ANSWER))
    assert response.content_type == "application/json;charset=utf-8"


def test_a_body_without_signature_is_handed_on_without(post, endpoint):
    post(b"{}", None)
    assert endpoint.received == [(b"{}", {})]


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_only_what_was_taken_is_stored(post, endpoint, folder, status):
    endpoint.answer = HttpResponse(status, '{"error": "안 돼요"}'.encode())
    response = post({"request": {}})
    assert (response.status_code, response.json) == (status, {"error": "안 돼요"})
    assert recordings(folder) == []


@pytest.mark.parametrize("answer", [b"<h1>", b"\xff", b""])
def test_an_answer_that_could_not_be_replayed_is_not_stored(post, endpoint, folder, answer):
    endpoint.answer = HttpResponse(200, answer)
    assert post({"request": {}}).data == answer
    assert recordings(folder) == []


def test_an_endpoint_that_cannot_be_reached_is_told_of(post, endpoint, folder):
    endpoint.answer = DeliveryError("http://x refused the connection. 서버가 켜져 있나요?")
    response = post({"request": {}})
    assert (response.status_code, response.json) == (502, {"error": str(endpoint.answer)})
    assert recordings(folder) == []


def test_what_is_no_message_of_cek_goes_no_further(endpoint, folder, told):
    recorder = Client(Recorder(endpoint, folder, told.append))
    assert recorder.get("/").status_code == 405
    assert recorder.post("/", data=b"x" * 1_048_577).status_code == 413
    assert endpoint.received == []


def test_a_folder_that_cannot_be_written_keeps_no_answer_back(post, folder, told):
    folder.write_text("")
    assert post({"request": {}}).status_code == 200
    assert "cannot be written" in told[0]


def event(full_name):
    return Caller("x").message(event_request(full_name, {"token": "t"}))


@pytest.mark.parametrize(
    ("message", "name"),
    [
        (Caller("x").message(launch_request()), "0001-LaunchRequest.json"),
        (Caller("x").message(intent_request("피자주문", {})), "0001-피자주문.json"),
        (event("AudioPlayer.PlayFinished"), "0001-PlayFinished.json"),
        (home_request("TurnOn", {}), "0001-TurnOnRequest.json"),
        ({"request": {"type": "../../etc/passwd"}}, "0001-..-..-etc-passwd.json"),
        ({"request": {"type": "가" * 300}}, f"0001-{'가' * 80}.json"),
        ([], "0001-message.json"),
    ],
)
def test_a_recording_is_named_by_what_was_asked(post, folder, told, message, name):
    post(message)
    assert recordings(folder) == told == [name]


def test_numbering_goes_on_behind_the_last(post, endpoint, folder, told):
    for _ in range(3):
        post({"request": {"type": "X"}})
    (folder / "0001-X.json").unlink()
    (folder / "notes.json").write_text("{}")
    again = Client(Recorder(endpoint, folder, told.append))
    again.post("/", data=b'{"request": {"type": "X"}}', buffered=True)
    assert told == [f"000{number}-X.json" for number in (1, 2, 3, 4)]


def test_what_is_private_is_replaced_everywhere_and_always_by_the_same(post, endpoint, folder):
    caller = Caller(
        "x", user_id="U-민지-0123456789", access_token="secret-token-1", device_id="device-secret"
    )
    caller.attributes = {"owner": "U-민지-0123456789", "list": ["secret-token-1"], "U-민지-0123456789": 1}
    message = caller.message(launch_request())
    session_id = message["session"]["sessionId"]
    said = {"type": "URL", "value": "https://x.example.com/?t=secret-token-1"}
    endpoint.answer = HttpResponse(200, encode({**ANSWER, "sessionAttributes": {"said": said}}))
    post(message)
    other = Caller("x", user_id="U-other", access_token="secret-token-2", device_id="device-secret")
    post(other.message(launch_request()))
    post(caller.message(launch_request()))
    post(home_request("TurnOn", {"accessToken": "secret-token-2", "appliance": {"applianceId": "lamp-1"}}))
    stored = [(folder / name).read_text(encoding="utf-8") for name in recordings(folder)]
    for private in ("U-민지-0123456789", "U-other", "secret-token", "device-secret", session_id):
        assert private not in "".join(stored)
    first, second, third, at_home = (json.loads(text) for text in stored)
    users = [stored["request"]["session"]["user"] for stored in (first, second, third)]
    assert users == [
        {"userId": "user-1", "accessToken": "token-1"},
        {"userId": "user-2", "accessToken": "token-2"},
        {"userId": "user-1", "accessToken": "token-1"},
    ]
    assert first["request"]["context"]["System"]["user"] == users[0]
    assert first["request"]["session"]["sessionId"] == third["request"]["session"]["sessionId"] == "session-1"
    attributes = first["request"]["session"]["sessionAttributes"]
    assert attributes == {"owner": "user-1", "list": ["token-1"], "user-1": 1}
    assert first["answer"]["sessionAttributes"]["said"]["value"] == "https://x.example.com/?t=token-1"
    assert at_home["request"]["payload"] == {
        "accessToken": "token-2",
        "appliance": {"applianceId": "lamp-1"},
    }


def test_short_and_empty_private_values_do_not_spoil_other_text():
    message = {
        "userId": "a",
        "accessToken": "",
        "deviceId": None,
        "sessionId": 12,
        "text": "banana",
        "id": "a",
    }
    assert Redactor().redact(message) == {
        "userId": "user-1",
        "accessToken": "",
        "deviceId": None,
        "sessionId": "session-1",
        "text": "banana",
        "id": "a",
    }


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": {"b": [1, {"c": "가"}]}}, {"a": {"b": [1, {"c": "나"}]}}, ['a.b[1].c: was "가", is "나".']),
        ({"a": 1}, {"b": 2}, ["a: was 1, is null.", "b: was null, is 2."]),
        ({"a": [1]}, {"a": [1, 2]}, ["a: was [1], is [1, 2]."]),
        ({"a": True}, {"a": 1}, ["a: was true, is 1."]),
        ({"header": {"messageId": "1"}, "token": "x"}, {"header": {"messageId": "2"}, "token": "y"}, []),
        ({"a": "가" * 100}, {"a": None}, [f'a: was "{"가" * 79}…, is null.']),
        ([1], {"a": 1}, ['answer: was [1], is {"a": 1}.']),
    ],
)
def test_differences_name_the_path(before, after, wanted):
    assert list(differences(before, after)) == wanted


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"request": {}}', "\udcff"])
def test_what_is_no_recording_is_said_so(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_bytes(os.fsencode(text))
    with pytest.raises(RecordingError, match=r"x\.json is not a recording"):
        load_recording(path)


class Lamp(Appliance, type="LIGHT"):
    @action("TurnOn")
    def on(self):
        return None


@pytest.fixture
def app(tmp_path):
    app = Flask(__name__, instance_path=str(tmp_path / "instance"))
    app.debug = True
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
    app.greeting = "안녕하세요"
    clova.launch(lambda: ask(app.greeting))
    clova.user_loader(lambda access_token: access_token if access_token == "secret-token" else None)
    clova.home.discover(lambda user: [Lamp("lamp-1")])
    write_key(tmp_path / "instance")
    return app


@pytest.fixture
def serve():
    servers = []

    def serve(application):
        server = make_server("127.0.0.1", 0, application)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/clova"

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def replay(app, *arguments):
    return app.test_cli_runner().invoke(commands, ["replay", *map(str, arguments)])


def test_what_a_server_answered_is_recorded_and_replayed(app, serve, folder, told, tmp_path):
    url = serve(Recorder(partial(deliver_over_http, serve(app)), folder, told.append))
    key = read_key(tmp_path / "instance")
    caller = Caller("com.example.pizzabot", access_token="secret-token")
    for message in (
        caller.message(launch_request()),
        home_request("TurnOn", {"accessToken": "secret-token", "appliance": {"applianceId": "lamp-1"}}),
    ):
        body = encode(message)
        answer = requests.post(url, data=body, headers={"SignatureCEK": sign(key, body)}, timeout=5)
        assert answer.status_code == 200
        refused = requests.post(url, data=body + b" ", headers={"SignatureCEK": sign(key, body)}, timeout=5)
        assert (refused.status_code, "does not fit" in refused.json()["error"]) == (401, True)
    assert told == ["0001-LaunchRequest.json", "0002-TurnOnRequest.json"]
    result = replay(app, folder, "--token", "secret-token")
    assert (result.exit_code, result.output.count("passed")) == (0, 2), result.output
    app.greeting = "어서 오세요"
    result = replay(app, folder / "0001-LaunchRequest.json")
    assert result.exit_code == 1
    wanted = '  response.outputSpeech.values.value: was "안녕하세요", is "어서 오세요".'
    assert result.output.splitlines() == [f"failed  {folder / '0001-LaunchRequest.json'}", wanted]


def test_a_recording_of_a_home_needs_a_token_that_is_known(app, folder, endpoint, told):
    message = home_request("TurnOn", {"accessToken": "secret-token", "appliance": {"applianceId": "lamp-1"}})
    header = {**message["header"], "name": "TurnOnConfirmation"}
    endpoint.answer = HttpResponse(200, encode({"header": header, "payload": {}}))
    Client(Recorder(endpoint, folder, told.append)).post("/", data=encode(message), buffered=True)
    result = replay(app, folder)
    assert result.exit_code == 1
    assert 'header.name: was "TurnOnConfirmation", is "InvalidAccessTokenError".' in result.output
    assert replay(app, folder, "--token", "secret-token").exit_code == 0


def test_a_file_that_is_no_recording_fails_without_a_traceback(app, tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{}")
    result = replay(app, path)
    assert (result.exit_code, "x.json is not a recording" in result.output) == (1, True)


def test_record_says_where_it_stands(app, folder, monkeypatch):
    started = []
    monkeypatch.setattr(
        "clova_flask.devtools.cli.local.run_simple", lambda *args, **options: started.append(args)
    )
    result = app.test_cli_runner().invoke(
        commands, ["record", str(folder), "--to", "http://127.0.0.1:9/clova", "--port", "5999"]
    )
    assert result.exit_code == 0
    assert "Requests to http://127.0.0.1:5999/ are forwarded to http://127.0.0.1:9/clova" in result.output
    assert started[0][:2] == ("127.0.0.1", 5999)
    assert Client(started[0][2]).post("/", data=b"{}").status_code == 502


def test_signatures_of_recordings_are_not_stored(post, folder):
    signature = base64.b64encode(b"private").decode()
    post({"request": {"type": "X"}}, signature)
    assert signature not in (folder / "0001-X.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("message", "stored"),
    [
        (
            {"userId": "U1234567", "accessToken": "U1234567-TAIL", "url": "x?t=U1234567-TAIL"},
            {"userId": "user-1", "accessToken": "token-1", "url": "x?t=token-1"},
        ),
        (
            {"access_token": "ya29.S", "refreshToken": "1//S"},
            {"access_token": "token-1", "refreshToken": "token-2"},
        ),
        (
            {"Authorization": "Bearer S", "password": "pw"},
            {"Authorization": "token-1", "password": "secret-1"},
        ),
        ({"accessToken": {"v": "SECRET12345"}}, {"accessToken": {"v": "token-1"}}),
        ({"userId": 12345678901234, "x": 12345678901234}, {"userId": "user-1", "x": "user-1"}),
        ({"accessToken": "1.0", "version": "1.0"}, {"accessToken": "token-1", "version": "1.0"}),
        (
            {"accessToken": "ab+/cd==ef", "u": "?t=ab%2B%2Fcd%3D%3Def"},
            {"accessToken": "token-1", "u": "?t=token-1"},
        ),
    ],
)
def test_what_is_private_is_found_under_other_names_and_in_other_forms(message, stored):
    assert Redactor().redact(message) == stored


CREDENTIALS = """
token secret password passwd pwd credential credentials authorization auth bearer cookie jwt api_key apiKey
X-API-Key accessKey private_key signature otp pin PIN sessionId e_mail email E-Mail phone phoneNumber
myAccessToken LINE_CHANNEL_SECRET dbPassword oauth2Token set-cookie csrfToken userPin refresh_token
passphrase authCode client-secret mobile 비밀번호 전화번호 パスワード メールアドレス
"""


@pytest.mark.parametrize("name", CREDENTIALS.split())
def test_a_field_named_like_a_credential_is_replaced(name):
    private = {
        "request": {"session": {"sessionAttributes": {"deep": [{name: "S3CRET-0123"}], "x": "S3CRET-0123"}}}
    }
    assert "S3CRET" not in json.dumps(Redactor().redact(private))


@pytest.mark.parametrize(
    "name", ["author", "spinning", "shipping", "telling", "opinion", "passenger", "microphone"]
)
def test_a_field_named_like_none_is_kept(name):
    assert Redactor().redact({name: "안녕하세요 여러분"}) == {name: "안녕하세요 여러분"}


STREAM = {"token": "song-0001-0001", "url": "https://x.example.com/1.mp3"}


@pytest.mark.parametrize(
    "message",
    [
        {"context": {"AudioPlayer": {"token": "song-0001-0001", "stream": STREAM}}},
        {"request": {"event": {"payload": {"token": "song-0001-0001", "offsetInMilliseconds": 1}}}},
        {"response": {"outputSpeech": {"values": [{"token": "speech-0001", "value": "안녕"}]}}},
        {"response": {"reprompt": {"outputSpeech": {"values": {"token": "speech-0001"}}}}},
        {"response": {"directives": [{"payload": {"audioItem": {"stream": STREAM}}}]}},
    ],
)
def test_the_token_of_a_stream_a_player_or_a_speech_is_kept(message):
    assert Redactor().redact(message) == message


@pytest.mark.parametrize(
    "message",
    [
        {"session": {"sessionAttributes": {"token": "S3CRET-0123"}}},
        {"payload": {"appliance": {"additionalApplianceDetails": {"token": "S3CRET-0123"}}}},
        {"directives": [{"payload": {"stream": {"customData": {"token": "S3CRET-0123"}}}}]},
        {"directives": [{"payload": {"stream": {"customData": '{"token": "S3CRET-0123"}'}}}]},
        {"payload": {"token": "S3CRET-0123"}},
        {"directives": [{"payload": {"url": "https://x.example.com/a?v=1&access_token=S3CRET-0123#t"}}]},
        {"sessionAttributes": {"header": "Bearer S3CRET-0123"}},
        {"sessionAttributes": {"form": "pin=S3CRET-0123"}},
    ],
)
def test_a_credential_is_found_wherever_it_stands(message):
    redacted = json.dumps(Redactor().redact(message))
    assert "S3CRET" not in redacted
    assert "token-1" in redacted or "secret-1" in redacted


@pytest.mark.parametrize("private", ["ab+/cd==ef &<한글>", 'q"\\/quote-0001', "日本語のトークンです"])
@pytest.mark.parametrize(
    "encode_it",
    [
        lambda text: base64.b64encode(text.encode()).decode(),
        lambda text: base64.b64encode(text.encode()).decode().rstrip("="),
        lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
        lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
        lambda text: quote(text, safe=""),
        quote,
        quote_plus,
        lambda text: re.sub("%..", lambda code: code[0].lower(), quote(text, safe="")),
        lambda text: text.encode().hex(),
        lambda text: text.encode().hex().upper(),
        html.escape,
        lambda text: json.dumps(text)[1:-1],
        lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
        lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    ],
    ids=str.split("base64 bare url bareurl percent path plus lower hex HEX html json jsonutf8 slash"),
)
def test_a_private_value_is_found_in_its_other_encodings(private, encode_it):
    message = {"accessToken": private, "x": f"가 {encode_it(private)}; 나"}
    assert Redactor().redact(message) == {"accessToken": "token-1", "x": "가 token-1; 나"}


@pytest.mark.parametrize("before", ["", "a", "ab", "user:"])
def test_a_private_value_is_found_within_base64(before):
    whole = base64.b64encode(f"{before}S3CRET-0123456789 and more".encode()).decode()
    redacted = Redactor().redact({"accessToken": "S3CRET-0123456789", "x": whole})["x"]
    before_it, behind_it = redacted.split("token-1")
    assert whole.startswith(before_it)
    assert whole.endswith(behind_it)
    # 17 characters are 22 in base64; the outermost are shared with what stands around it.
    assert len(whole) - len(before_it) - len(behind_it) >= 21


def test_ten_times_the_users_take_about_ten_times_as_long():
    def seconds(users):
        redactor = Redactor()
        begun = time.process_time()
        for number in range(users):
            # The same beginning, as tokens of one issuer have it.
            caller = Caller(
                "x", user_id=f"U{number:032x}", access_token=f"eyJhbGciOiJSUzI1NiJ9.{number:040x}"
            )
            redactor.redact(caller.message(launch_request()))
        return time.process_time() - begun

    seconds(20)
    few, many = (min(seconds(users) for _ in range(3)) for users in (60, 600))
    # What grows with the square takes a hundred times as long; what is beside it on a machine, some.
    assert many < 40 * few


def test_files_and_their_folder_are_for_the_owner_alone(post, folder):
    post({"request": {"type": "X"}})
    assert [oct(path.stat().st_mode & 0o777) for path in (folder, folder / "0001-X.json")] == [
        "0o700",
        "0o600",
    ]


def test_an_answer_has_gone_out_before_it_is_stored(endpoint, folder, told):
    sent = Client(Recorder(endpoint, folder, told.append)).post("/", data=b'{"request": {"type": "X"}}')
    assert (b"".join(sent.response), told) == (encode(ANSWER), [])
    sent.close()
    assert told == ["0001-X.json"]


ORDER = Caller("x", attributes={"pizza": "페퍼로니", "n": "2"}).message(
    intent_request("OrderPizza", {"pizzaType": "페퍼로니", "pizzaAmount": "2", "pin": "1234"})
)
SPOKEN = {
    "type": "SimpleSpeech",
    "values": {"type": "PlainText", "lang": "ko", "value": "페퍼로니 피자 2판이요?"},
}


def test_values_of_slots_are_replaced_where_one_asks_for_it(endpoint, folder, told):
    endpoint.answer = HttpResponse(200, encode({**ANSWER, "response": {"outputSpeech": SPOKEN}}))
    for number, redact_slots in ((1, False), (2, True)):
        recorder = Recorder(endpoint, folder, told.append, redact_slots=redact_slots)
        Client(recorder).post("/", data=encode(ORDER), buffered=True)
        text = (folder / f"000{number}-OrderPizza.json").read_text(encoding="utf-8")
        assert ("페퍼로니" in text) is not redact_slots
    stored = json.loads(text)
    assert stored["request"]["request"]["intent"]["slots"] == {
        "pizzaType": {"name": "pizzaType", "value": "slot-1"},
        "pizzaAmount": {"name": "pizzaAmount", "value": "slot-2"},
        "pin": {"name": "pin", "value": "slot-3"},
    }
    assert stored["request"]["session"]["sessionAttributes"] == {"pizza": "slot-1", "n": "2"}
    assert stored["answer"]["response"]["outputSpeech"] == {
        "type": "SimpleSpeech",
        "values": {"type": "PlainText", "lang": "ko", "value": "slot-1 피자 2판이요?"},
    }


def test_record_tells_what_it_keeps_and_what_it_replaces(app, folder, monkeypatch):
    monkeypatch.setattr("clova_flask.devtools.cli.local.run_simple", lambda *_args, **_options: None)
    plain, strict = (
        app.test_cli_runner()
        .invoke(commands, ["record", str(folder), "--to", "http://127.0.0.1:9/", *options])
        .output
        for options in ([], ["--redact-slots"])
    )
    assert "Replaced: ids of users, devices and sessions, tokens" in plain
    assert "Kept: speech, session attributes" in plain
    assert "values of slots (--redact-slots replaces them)" in plain
    assert ("telephone, values of slots." in strict, "--redact-slots" in strict) == (True, False)
