"""The body of a request, whatever the server does and whatever has run before."""

import contextlib
import functools
import io
import json
import socket
import threading
import wsgiref.simple_server
from typing import Any, NamedTuple

import pytest
from flask import request
from werkzeug.serving import make_server
from werkzeug.test import create_environ, run_wsgi_app

from clova_flask import tell
from clova_flask.security.devkey import sign
from clova_flask.security.signature import HEADER
from clova_flask.wire.json import encode

LIMIT = 2_000


class Answer(NamedTuple):
    status: int
    json: Any


@pytest.fixture
def calls():
    return []


@pytest.fixture
def cek(clova, connect, calls):
    @clova.launch
    def launch():
        calls.append("launch")
        return tell("안녕하세요")

    return connect(CLOVA_MAX_CONTENT_LENGTH=LIMIT)


@pytest.fixture
def body(cek):
    return encode({**cek.caller.message({"type": "LaunchRequest"}), "메모": "피자 🍕 " * 10})


def post(cek, body, stream, signed=None, **environ):
    """Send a body as a server passes it on; an environ of None is one that the server does not set."""
    made = create_environ("/clova", method="POST")
    made["HTTP_" + HEADER.upper()] = sign(cek.key, body if signed is None else signed)
    made["wsgi.input"] = stream
    for name, value in environ.items():
        made.pop(name, None)
        if value is not None:
            made[name] = value
    parts, status, _ = run_wsgi_app(cek.app.wsgi_app, made)
    return Answer(int(status.split()[0]), json.loads(b"".join(parts)))


def length(body):
    return {"CONTENT_LENGTH": str(len(body))}


CHUNKED = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}


class Slow(io.BytesIO):
    """Returns a few bytes at a time, as a socket does."""

    def read(self, size=-1):
        return super().read(7 if size is None or size < 0 else min(size, 7))

    def readinto(self, buffer):
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


class OnlyRead:
    """Has nothing but what WSGI demands."""

    def __init__(self, body):
        self._stream = io.BytesIO(body)

    def read(self, size=-1):
        return self._stream.read(size)

    def readline(self, size=-1):
        return self._stream.readline(size)


@pytest.mark.parametrize("stream", [io.BytesIO, Slow, OnlyRead], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("terminated", [True, None], ids=["terminated", "plain"])
def test_a_body_of_a_known_length_is_read_whole(cek, body, stream, terminated):
    environ = {**length(body), "wsgi.input_terminated": terminated}
    answer = post(cek, body, stream(body), **environ)
    assert (answer.status, answer.json["response"]["outputSpeech"]["values"]["value"]) == (200, "안녕하세요")


@pytest.mark.parametrize("stream", [io.BytesIO, Slow, OnlyRead], ids=lambda kind: kind.__name__)
def test_a_chunked_body_is_read_whole(cek, body, stream):
    assert post(cek, body, stream(body), **CHUNKED).status == 200


def test_a_chunked_body_counts_as_chunked_whatever_length_it_tells(cek, body):
    assert post(cek, body, io.BytesIO(body), **{**CHUNKED, "CONTENT_LENGTH": "10"}).status == 200


def test_what_follows_a_body_of_a_known_length_is_another_request(cek, body):
    assert post(cek, body, io.BytesIO(body + b"POST /clova"), **length(body)).status == 200


def padded(cek, size):
    """Make a message of exactly so many bytes."""
    message = {**cek.caller.message({"type": "LaunchRequest"}), "memo": ""}
    return encode({**message, "memo": "-" * (size - len(encode(message)))})


@pytest.mark.parametrize("way", ["length", "chunked"])
@pytest.mark.parametrize(("size", "status"), [(LIMIT, 200), (LIMIT + 1, 413), (3 * LIMIT, 413)])
def test_the_limit_is_exact(cek, calls, way, size, status):
    body = padded(cek, size)
    environ = CHUNKED if way == "chunked" else length(body)
    answer = post(cek, body, io.BytesIO(body), **environ)
    assert answer.status == status
    if status == 413:
        assert answer.json == {"error": "The body is longer than 2000 bytes (CLOVA_MAX_CONTENT_LENGTH)."}
        assert calls == []


@pytest.mark.parametrize("digits", [4_300, 4_301, 60_000])
def test_a_length_of_more_digits_than_python_reads_is_too_long(cek, calls, body, digits):
    assert post(cek, body, io.BytesIO(body), CONTENT_LENGTH="9" * digits).status == 413
    assert calls == []


@pytest.mark.parametrize("tail", [b" ", b"x" * LIMIT])
def test_an_unsigned_tail_after_the_limit_is_not_cut_off(cek, calls, tail):
    signed = padded(cek, LIMIT)
    assert post(cek, signed + tail, io.BytesIO(signed + tail), signed=signed, **CHUNKED).status == 413
    assert calls == []


def test_a_chunked_body_that_the_server_does_not_end_is_told(cek, calls, body):
    environ = {**CHUNKED, "wsgi.input_terminated": None}
    answer = post(cek, body, io.BytesIO(body), **environ)
    assert answer.status == 400
    assert answer.json["error"].startswith("The body is chunked, and this server does not tell where it ends")
    assert calls == []


@pytest.mark.parametrize("text", [None, "0", "", "-5", "seven", "²", "+5", " "])
def test_without_a_body_it_is_told_that_there_is_none(cek, calls, text):
    answer = post(cek, b"", io.BytesIO(b""), CONTENT_LENGTH=text)
    assert (answer.status, answer.json) == (400, {"error": "The body is empty; CEK sends a JSON message."})
    assert calls == []


def test_a_body_that_is_empty_is_told_also_without_a_signature(cek):
    made = create_environ("/clova", method="POST")
    parts, status, _ = run_wsgi_app(cek.app.wsgi_app, made)
    assert status.startswith("400")
    assert "The body is empty" in b"".join(parts).decode()


@pytest.mark.parametrize("read", [0, 10])
def test_a_body_that_was_cut_short_is_told(cek, calls, body, read):
    answer = post(cek, body, io.BytesIO(body[:read]), **length(body))
    assert answer.status == 400
    assert answer.json["error"].startswith(f"Only {read} of the {len(body)} bytes of the body could be read.")
    assert calls == []


def by_the_stream():
    request.stream.read()


def by_a_part_of_the_stream():
    request.stream.read(100)


def without_a_cache():
    request.get_data(cache=False)


def as_a_form():
    _ = request.form


CONSUMING = [by_the_stream, by_a_part_of_the_stream, without_a_cache, as_a_form]


@pytest.mark.parametrize("hook", CONSUMING, ids=lambda hook: hook.__name__)
def test_a_body_that_a_hook_has_consumed_is_told(cek, calls, body, hook):
    cek.app.before_request(hook)
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}
    answer = post(cek, body, io.BytesIO(body), **length(body), **form)
    assert answer.status == 400
    assert "a hook must read it by request.get_data()" in answer.json["error"]
    assert calls == []


@pytest.mark.parametrize("environ", [{}, CHUNKED], ids=["length", "chunked"])
def test_a_body_that_a_hook_has_read_and_left_is_read_again(cek, body, environ):
    seen = []
    cek.app.before_request(lambda: seen.append(request.get_data()))
    answer = post(cek, body, io.BytesIO(body), **(environ or length(body)))
    assert (answer.status, seen) == (200, [body])


def test_a_middleware_that_reads_the_body_is_told_how_to_leave_it(cek, calls, body):
    inner = cek.app.wsgi_app

    def log(environ, start_response):
        environ["wsgi.input"].read()
        return inner(environ, start_response)

    cek.app.wsgi_app = log
    answer = post(cek, body, io.BytesIO(body), **length(body))
    assert answer.status == 400
    assert "a WSGI middleware must put it back as environ['wsgi.input']" in answer.json["error"]
    assert calls == []


def test_a_middleware_may_put_the_body_back(cek, body):
    inner = cek.app.wsgi_app

    def log(environ, start_response):
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        return inner(environ, start_response)

    cek.app.wsgi_app = log
    assert post(cek, body, io.BytesIO(body), **length(body)).status == 200


@pytest.mark.parametrize("environ", [{}, CHUNKED], ids=["length", "chunked"])
def test_a_handler_still_finds_the_body(clova, connect, environ):
    seen = []
    clova.launch(lambda: seen.append(request.get_data()) or "안녕")
    cek = connect()
    body = encode(cek.caller.message({"type": "LaunchRequest"}))
    assert post(cek, body, io.BytesIO(body), **(environ or length(body))).status == 200
    assert seen == [body]


@contextlib.contextmanager
def of_werkzeug(app):
    server = make_server("127.0.0.1", 0, app)
    with running(lambda: server.serve_forever(0.01), server.shutdown):
        yield server.server_port
    server.server_close()


@contextlib.contextmanager
def of_wsgiref(app):
    class Quiet(wsgiref.simple_server.WSGIRequestHandler):
        def log_message(self, *args):
            pass

    server = wsgiref.simple_server.make_server("127.0.0.1", 0, app, handler_class=Quiet)
    with running(lambda: server.serve_forever(0.01), server.shutdown):
        yield server.server_port
    server.server_close()


@contextlib.contextmanager
def of_waitress(app):
    waitress = pytest.importorskip("waitress")
    server = waitress.create_server(app, host="127.0.0.1", port=0)
    close_all = functools.partial(waitress.wasyncore.close_all, server._map)
    with running(server.run, lambda: server.trigger.pull_trigger(close_all)):
        yield server.effective_port
    server.task_dispatcher.shutdown()


@contextlib.contextmanager
def of_cheroot(app):
    wsgi = pytest.importorskip("cheroot.wsgi")
    server = wsgi.Server(("127.0.0.1", 0), app)
    server.prepare()
    with running(server.serve, server.stop):
        yield server.bind_addr[1]


@contextlib.contextmanager
def running(run, stop):
    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join(10)


SERVERS = [of_werkzeug, of_waitress, of_cheroot]
"""Servers that read chunked bodies and say so; gunicorn is in test_gunicorn.py."""


@pytest.fixture(params=[*SERVERS, of_wsgiref], ids=lambda serve: serve.__name__.removeprefix("of_"))
def port(request, cek):
    with request.param(cek.app) as port:
        yield port


def exchange(port, head, parts):
    """Send a request in parts, and return the status and the body of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = ["POST /clova HTTP/1.1", "Host: localhost", "Connection: close", *head, "", ""]
        connection.sendall("\r\n".join(lines).encode())
        for part in parts:
            connection.sendall(part)
        answer = b""
        while more := connection.recv(65536):
            answer += more
    return int(answer.split(b" ", 2)[1]), answer


def in_chunks(body, size):
    for start in range(0, len(body), size):
        part = body[start : start + size]
        yield b"%x\r\n%b\r\n" % (len(part), part)
    yield b"0\r\n\r\n"


def test_servers_pass_a_body_of_a_known_length(cek, port, body):
    head = [f"Content-Length: {len(body)}", f"{HEADER}: {sign(cek.key, body)}"]
    parts = [body[start : start + 50] for start in range(0, len(body), 50)]
    status, answer = exchange(port, head, parts)
    assert (status, "안녕하세요".encode() in answer) == (200, True)


@pytest.mark.parametrize("port", SERVERS, indirect=True, ids=lambda serve: serve.__name__.removeprefix("of_"))
def test_servers_pass_a_chunked_body(cek, port, body):
    head = ["Transfer-Encoding: chunked", f"{HEADER}: {sign(cek.key, body)}"]
    status, answer = exchange(port, head, in_chunks(body, 50))
    assert (status, "안녕하세요".encode() in answer) == (200, True)
