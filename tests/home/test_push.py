"""The Push API's client, against a server on the loopback address."""

import http.server
import json
import logging
import threading
import time

import pytest
from flask import Flask

from clova_flask import Clova, ConfigurationError
from clova_flask.home import (
    PUSH_ERRORS,
    PushBadMessageId,
    PushClient,
    PushEmptyAppliance,
    PushError,
    PushUnavailable,
)
from clova_flask.testing import CekClient

SECRET = "api-key-that-nobody-sees"
SENT = {"summary": "OK", "value": {"success": True, "error": None, "errorCode": None}}


class PushServer:
    """Answers with what it is told to, one answer after the other, and remembers what came."""

    def __init__(self):
        self.answers = []
        self.requests = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append((dict(self.headers), json.loads(body)))
                answer = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                if answer is None:
                    self.connection.close()
                    return
                status, content = answer
                payload = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/push"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def server():
    server = PushServer()
    yield server
    server.close()


@pytest.fixture
def naps():
    return []


@pytest.fixture
def push(server, naps):
    return PushClient("com.example.home", SECRET, url=server.url, sleep=naps.append)


def test_a_push_is_sent_as_the_guide_says(push, server):
    server.answers = [(200, SENT)]
    receipt = push.send("lamp-1", "test-msg-1")
    assert (receipt.summary, receipt.json) == ("OK", SENT)
    headers, body = server.requests[0]
    assert headers["X-Clova-Extension-Id"] == "com.example.home"
    assert headers["X-Clova-Extension-Secret"] == SECRET
    assert headers["Content-Type"] == "application/json"
    assert body == {"applianceId": "lamp-1", "messageId": "test-msg-1"}


@pytest.mark.parametrize("code", sorted(PUSH_ERRORS))
@pytest.mark.parametrize("form", ["400", "200 with failure", "text code"])
def test_each_error_code_is_an_exception_of_its_own(push, server, code, form):
    refusal = {
        "success": False,
        "error": "안 됩니다",
        "errorCode": str(code) if form == "text code" else code,
    }
    server.answers = [(200, {"summary": "", "value": refusal}) if form.startswith("200") else (400, refusal)]
    with pytest.raises(PUSH_ERRORS[code], match=f"안 됩니다 .*{code}") as error:
        push.send("lamp-1", "msg-1")
    assert error.value.code == code
    assert len(server.requests) == 1


@pytest.mark.parametrize("success", [True, False], ids=["sent", "refused"])
def test_an_outcome_in_meta(push, server, success):
    outcome = {"success": success, "error": "", "errorCode": None if success else "4203"}
    server.answers = [(200, {"meta": outcome})]
    if success:
        assert push.send("lamp-1", "test-msg-1").json == {"meta": outcome}
    else:
        with pytest.raises(PushEmptyAppliance):
            push.send("lamp-1", "test-msg-1")


def test_there_are_eight():
    assert sorted(PUSH_ERRORS) == list(range(4201, 4209))


def test_an_unknown_code_is_a_push_error(push, server):
    server.answers = [(400, {"success": False, "error": "?", "errorCode": 9999})]
    with pytest.raises(PushError, match="9999") as error:
        push.send("lamp-1", "msg-1")
    assert error.value.code is None


@pytest.mark.parametrize(
    ("appliance", "message", "error"),
    [
        ("", "msg-1", PushEmptyAppliance),
        ("lamp-1", "hello", PushBadMessageId),
        ("lamp-1", "", PushBadMessageId),
    ],
)
def test_what_cannot_be_right_is_not_sent(push, server, appliance, message, error):
    with pytest.raises(error):
        push.send(appliance, message)
    assert server.requests == []


def test_what_was_not_delivered_is_tried_again(push, server, naps):
    server.answers = [(503, b""), (200, SENT)]
    assert push.send("lamp-1", "msg-1").summary == "OK"
    assert len(server.requests) == 2
    assert len(naps) == 1


@pytest.mark.parametrize(
    "answer", [None, (500, b"oops"), (502, b""), (504, b"")], ids=["cut off", "500", "502", "504"]
)
def test_what_may_have_been_delivered_is_not(push, server, answer):
    server.answers = [answer, (200, SENT)]
    with pytest.raises(PushUnavailable, match="the push may have arrived"):
        push.send("lamp-1", "msg-1")
    assert len(server.requests) == 1


def test_the_tries_are_bounded(push, server, naps):
    server.answers = [(503, b"")]
    with pytest.raises(PushUnavailable, match="answered HTTP 503, 3 times"):
        push.send("lamp-1", "msg-1")
    assert len(server.requests) == 3
    assert naps == sorted(naps)


def test_a_push_with_all_its_tries_is_bounded(server):
    """The tries share the time: 3 s to connect and 10 s to read are 13 s, not three times as long."""
    server.answers = [(503, b"")]
    client = PushClient("com.example.home", SECRET, url=server.url, timeout=(0.5, 0.5), retries=50)
    started = time.monotonic()
    with pytest.raises(PushUnavailable):
        client.send("lamp-1", "msg-1")
    assert time.monotonic() - started < 1.5
    assert len(server.requests) <= 2


@pytest.mark.parametrize("code", [4205, "4205"])
def test_a_200_with_an_error_code_was_not_sent(push, server, code):
    server.answers = [(200, {"summary": "OK", "value": {"error": "형식이 다릅니다", "errorCode": code}})]
    with pytest.raises(PushError, match="형식이 다릅니다"):
        push.send("lamp-1", "msg-1")


@pytest.mark.parametrize("code", [None, "", 0, "0"])
def test_a_code_of_no_error(push, server, code):
    server.answers = [(200, {"summary": "OK", "value": {"success": True, "errorCode": code}})]
    assert push.send("lamp-1", "msg-1").summary == "OK"


@pytest.mark.parametrize("value", ["secret\n", "sec\r\nX: y", " secret", "비밀", "secret\x00"])
@pytest.mark.parametrize("which", ["CLOVA_EXTENSION_ID", "CLOVA_EXTENSION_SECRET"])
def test_what_no_header_can_have_is_an_error_at_start(value, which):
    given = {"CLOVA_EXTENSION_ID": "x", "CLOVA_EXTENSION_SECRET": SECRET, which: value}
    with pytest.raises(ConfigurationError, match=which) as error:
        PushClient(*given.values())
    assert value not in str(error.value)


@pytest.mark.parametrize("value", ["api-key\n", "sec\r\nX: y", "비밀"])
def test_such_a_secret_is_an_error_when_the_app_starts(value):
    with pytest.raises(ConfigurationError, match="CLOVA_EXTENSION_SECRET") as error:
        Clova(Flask(__name__), platform="naver", extension_id="x", extension_secret=value)
    assert value not in str(error.value)


@pytest.mark.parametrize(
    "url",
    ["http://[::1/", "http://a" + "b" * 300 + "/", "nothing", "http://127.0.0.1:99999/", "http://가 나/"],
)
def test_a_url_that_is_none_is_a_push_error(url):
    with pytest.raises(PushUnavailable):
        PushClient("com.example.home", SECRET, url=url, sleep=lambda _: None).send("lamp-1", "msg-1")


def test_a_push_whose_time_is_over_is_not_sent(server):
    """A machine that sleeps between two tries, a laptop or a busy host."""
    server.answers = [(503, b"")]
    client = PushClient(
        "com.example.home", SECRET, url=server.url, timeout=(0.5, 0.5), sleep=lambda _: time.sleep(1.1)
    )
    with pytest.raises(PushUnavailable, match="was not reached in time, 2 times"):
        client.send("lamp-1", "msg-1")
    assert len(server.requests) == 1


def test_a_name_that_is_never_resolved_means_that_nothing_arrived(monkeypatch):
    resolving = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_options: resolving.wait(5))
    client = PushClient("com.example.home", SECRET, url="http://push.example.com/", timeout=(0.1, 0.1))
    with pytest.raises(PushUnavailable, match=r"did not finish within 0\.2 seconds, 1 times\."):
        client.send("lamp-1", "msg-1")
    resolving.set()


def test_a_code_of_many_digits(push, server):
    server.answers = [(400, {"success": False, "error": "no", "errorCode": "4" * 5000})]
    with pytest.raises(PushError):
        push.send("lamp-1", "msg-1")


def test_an_answer_without_end_is_not_read(push, server):
    server.answers = [(200, b"x" * 1_000_000)]
    with pytest.raises(PushUnavailable, match="with more than 65536 bytes; the push may have arrived"):
        push.send("lamp-1", "msg-1")
    assert len(server.requests) == 1


def test_a_time_out_is_not_tried_again(server):
    release = threading.Event()

    class Slow(list):
        def __getitem__(self, index):
            release.wait(5)
            return (200, SENT)

    server.answers = Slow([1])
    client = PushClient("com.example.home", SECRET, url=server.url, timeout=(1, 0.05))
    with pytest.raises(PushUnavailable, match=r"did not answer within 0\.05 seconds"):
        client.send("lamp-1", "msg-1")
    release.set()
    assert len(server.requests) == 1


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"null", b'{"value": 5}', b""])
def test_an_answer_that_is_not_the_apis_is_said_so(push, server, body):
    server.answers = [(200, body)]
    with pytest.raises(PushUnavailable, match="a body that is not a JSON object"):
        push.send("lamp-1", "msg-1")


def test_nobody_there():
    client = PushClient("com.example.home", SECRET, url="http://127.0.0.1:9/", sleep=lambda seconds: None)
    with pytest.raises(PushUnavailable, match="refused the connection, 3 times"):
        client.send("lamp-1", "msg-1")


def test_the_secret_is_never_shown(push, server, caplog):
    caplog.set_level(logging.DEBUG)
    server.answers = [(400, {"success": False, "error": "no", "errorCode": 4202})]
    with pytest.raises(PushError) as error:
        push.send("lamp-1", "msg-1")
    app = Flask(__name__)
    Clova(app, platform="naver", extension_id="x", extension_secret=SECRET)
    shown = [repr(push), str(error.value), caplog.text, repr(app.extensions["clova"]["clova"].settings)]
    assert not [text for text in shown if SECRET in text]


def test_an_extension_has_a_client_of_its_settings(server):
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x", CLOVA_EXTENSION_SECRET=SECRET)
    clova = Clova(app)
    with app.app_context():
        clova.push._url = server.url
        server.answers = [(200, SENT)]
        assert clova.push.send("lamp-1", "msg-1").summary == "OK"
        assert clova.push is clova.push


@pytest.fixture
def alarm():
    """Make an app in testing whose handler pushes."""
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x", TESTING=True)
    clova = Clova(app, home_any_token=True)
    clova.alarm = app

    @clova.home.on("TurnOn")
    def on(appliance):
        receipt = clova.push.send(appliance.id, "test-msg-1")
        assert (receipt.summary, receipt.json) == ("", None), "no receipt is invented"
        return {}

    return clova


def test_pushes_of_a_test_are_recorded_and_sent_to_nobody(alarm):
    cek = CekClient(alarm.alarm, access_token="민지")
    with alarm.record_pushes() as sent:
        cek.control("TurnOn", "가스 밸브")
        assert sent == [("가스 밸브", "test-msg-1")]
        assert (sent[0].appliance_id, sent[0].message_id) == ("가스 밸브", "test-msg-1")
        with alarm.record_pushes() as inner:
            cek.control("TurnOn", "lamp-1")
        assert inner == [("lamp-1", "test-msg-1")]
    assert len(sent) == 1


def test_a_push_of_a_test_that_nobody_records_raises(alarm):
    cek = CekClient(alarm.alarm, access_token="민지")
    with pytest.raises(ConfigurationError, match=r"with clova\.record_pushes\(\) as sent"):
        cek.control("TurnOn", "lamp-1")


def test_what_the_push_api_would_refuse_is_refused_when_it_is_recorded(alarm):
    with alarm.record_pushes() as sent, alarm.alarm.app_context():
        with pytest.raises(PushEmptyAppliance):
            alarm.push.send("", "msg-1")
        with pytest.raises(PushBadMessageId):
            alarm.push.send("lamp-1", "1")
    assert sent == []


@pytest.mark.parametrize("config", [{}, {"CLOVA_EXTENSION_ID": "x"}, {"CLOVA_EXTENSION_SECRET": SECRET}])
def test_push_without_its_settings_says_which(config):
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", **config)
    clova = Clova(app)
    with app.app_context(), pytest.raises(ConfigurationError, match="CLOVA_EXTENSION_SECRET"):
        _ = clova.push
