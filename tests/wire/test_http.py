"""One HTTP exchange, with servers on the loopback that do not answer as they should."""

import contextlib
import contextvars
import http.server
import re
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import zlib
from dataclasses import replace

import pytest
import requests

from clova_flask.wire.http import Failure, HttpError, HttpResponse, Limits, _Transfer, exchange

LIMITS = Limits(connect=1, read=2, total=4, size=100_000)


class Server:
    """Answers as it is told to by `answer`, a function that is called with the handler of each request."""

    def __init__(self):
        self.seen = []
        self.stopped = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.seen.append((self.command, self.path, dict(self.headers), body))
                with contextlib.suppress(OSError):
                    outer.answer(self)

            def do_GET(self):
                self.answer()

            def do_POST(self):
                self.answer()

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda request, address: None  # a client that hangs up is no error here
        self.url = f"http://127.0.0.1:{self.server.server_port}/path?a=1"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def respond(self, status=200, body=b"", **headers):
        def answer(handler):
            handler.send_response(status)
            for name, value in {"Content_Length": str(len(body)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answer = answer

    def trickle(self, handler):
        """Send a byte now and then, and never end."""
        while not self.stopped.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    def close(self):
        self.stopped.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def server():
    server = Server()
    yield server
    server.close()


def failure_of(url, limits=LIMITS, **options):
    """Return the kind and the text of the error of an exchange, which has to fail in time."""
    start = time.monotonic()
    with pytest.raises(HttpError) as error:
        exchange("GET", url, limits=limits, **options)
    assert time.monotonic() - start < limits.total + 1
    return error.value.failure, str(error.value)


def wait_until(condition, seconds=5):
    stop = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < stop
        time.sleep(0.01)


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("POST", "페퍼로니".encode())])
def test_a_request_is_sent_and_answered(server, method, body):
    server.respond(201, "네".encode())
    response = exchange(method, server.url, limits=LIMITS, headers={"SignatureCEK": "c2ln"}, body=body)
    assert response == HttpResponse(201, "네".encode())
    ((command, path, headers, sent),) = server.seen
    assert (command, path, headers["SignatureCEK"], sent) == (method, "/path?a=1", "c2ln", body or b"")


def test_an_answer_may_be_compressed(server):
    compress = zlib.compressobj(wbits=31)
    server.respond(body=compress.compress(b"x" * 50_000) + compress.flush(), Content_Encoding="gzip")
    assert exchange("GET", server.url, limits=LIMITS).body == b"x" * 50_000


@pytest.mark.parametrize("status", [302, 308])
def test_a_redirect_is_not_followed(server, status):
    server.respond(status, b"elsewhere", Location="/elsewhere")
    assert exchange("GET", server.url, limits=LIMITS) == HttpResponse(status, b"elsewhere", "/elsewhere")
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [200, 302, 404])
def test_an_answer_without_end_is_read_to_its_limit(server, status):
    sent = []

    def answer(handler):
        handler.send_response(status)
        handler.send_header("Location", "/elsewhere")
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 65_536)
            sent.append(65_536)

    server.answer = answer
    assert failure_of(server.url) == (Failure.TOO_LONG, f"answered {status} with more than 100000 bytes")
    assert sum(sent) < 100_000_000


def test_a_small_answer_that_unpacks_to_a_large_one_is_too_long(server):
    compress = zlib.compressobj(wbits=31)
    server.respond(body=compress.compress(bytes(10_000_000)) + compress.flush(), Content_Encoding="gzip")
    assert failure_of(server.url)[0] is Failure.TOO_LONG


def test_an_answer_that_cannot_be_decompressed(server):
    server.respond(body="압축이 아니에요".encode(), Content_Encoding="gzip")
    text = "sent an answer that cannot be read (ContentDecodingError)"
    assert failure_of(server.url) == (Failure.UNREADABLE, text)


def test_an_answer_that_breaks_off(server):
    server.respond(body=b"half", Content_Length="8")
    text = "sent an answer that cannot be read (ChunkedEncodingError)"
    assert failure_of(server.url) == (Failure.UNREADABLE, text)


HINT = "; if it speaks TLS, it is https://"


def test_a_connection_that_breaks_before_the_answer(server):
    server.answer = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    text = f"closed the connection without an answer{HINT}"
    assert failure_of(server.url) == (Failure.UNREACHABLE, text)


@pytest.fixture
def listen():
    """Start servers below HTTP: each connection is handed to a function, and closed after it."""
    with contextlib.ExitStack() as stack:

        def listen(serve=None, **options):
            listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), **options))
            stack.callback(listening.shutdown, socket.SHUT_RDWR)

            def accept():
                with contextlib.suppress(OSError):
                    connection, _ = listening.accept()
                    with connection:
                        serve(connection)

            if serve:
                thread = threading.Thread(target=accept)
                thread.start()
                stack.callback(thread.join)
            return f"127.0.0.1:{listening.getsockname()[1]}"

        yield listen


def reset(connection):
    connection.recv(1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def speak(answer):
    def serve(connection):
        connection.recv(65_536)
        connection.sendall(answer)
        with contextlib.suppress(OSError):
            connection.recv(65_536)

    return serve


def by_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve(connection):
        with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
            speak(b"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nsafe")(secure)

    return serve


def test_a_connection_that_is_reset(listen):
    text = f"closed the connection without an answer{HINT}"
    assert failure_of(f"http://{listen(reset)}/") == (Failure.UNREACHABLE, text)


def test_an_answer_that_is_not_http(listen):
    text = f"answered with something that is not HTTP{HINT}"
    ssh = listen(speak(b"SSH-2.0-OpenSSH_9.2\r\n"))
    assert failure_of(f"http://{ssh}/") == (Failure.UNREACHABLE, text)


def test_a_server_that_speaks_tls_is_not_spoken_to_without(listen, certificate):
    kind, text = failure_of(f"http://{listen(by_tls(certificate))}/")
    assert (kind, text.endswith(HINT)) == (Failure.UNREACHABLE, True)


def test_a_certificate_that_is_not_trusted(listen, certificate, monkeypatch):
    kind, text = failure_of(f"https://{listen(by_tls(certificate))}/")
    assert kind is Failure.UNREACHABLE
    assert text.startswith("has a certificate that is not trusted (self-signed certificate)")
    assert "REQUESTS_CA_BUNDLE" in text
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert exchange("GET", f"https://{listen(by_tls(certificate))}/", limits=LIMITS).body == b"safe"


def test_a_server_that_does_not_speak_tls(listen):
    plain = listen(speak(b"HTTP/1.0 400 Bad Request\r\n\r\n"))
    assert failure_of(f"https://{plain}/") == (
        Failure.UNREACHABLE,
        "answers without TLS; is it http://?",
    )


def test_a_server_that_closes_in_the_tls_handshake(listen):
    kind, text = failure_of(f"https://{listen(lambda connection: connection.recv(1))}/")
    assert kind is Failure.UNREACHABLE
    assert text == "closed the connection without an answer" or text.startswith("cannot be reached by TLS (")


def test_a_server_with_another_version_of_tls(listen):
    alert = b"\x15\x03\x01\x00\x02\x02\x46"  # protocol_version
    kind, text = failure_of(f"https://{listen(speak(alert))}/")
    assert (kind, text) == (Failure.UNREACHABLE, "cannot be reached by TLS (TLSV1_ALERT_PROTOCOL_VERSION)")


def test_a_tls_handshake_that_hangs_is_told_with_its_own_time(listen):
    waiting = threading.Event()
    url = f"https://{listen(lambda connection: waiting.wait(5))}/"
    text = "did not finish the TLS handshake within 0.2 seconds"
    assert failure_of(url, replace(LIMITS, connect=0.2)) == (Failure.UNREACHABLE, text)
    waiting.set()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems queue connections in other ways")
def test_a_connection_that_nobody_accepts(listen):
    full = listen(backlog=0)
    host, port = full.split(":")
    with contextlib.ExitStack() as stack:
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((host, int(port)))
        text = "did not accept a connection within 0.2 seconds"
        assert failure_of(f"http://{full}/", replace(LIMITS, connect=0.2)) == (Failure.UNREACHABLE, text)


def test_a_host_that_has_no_address():
    kind, text = failure_of("http://피자.invalid/")
    assert kind is Failure.UNREACHABLE
    assert text.startswith("has a host name that cannot be resolved (")


def test_a_proxy_that_is_not_there(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    kind, text = failure_of("http://example.com/")
    assert (kind, text.startswith("cannot be reached through the proxy that HTTP_PROXY")) == (
        Failure.UNREACHABLE,
        True,
    )


def test_a_read_that_ends_sooner_than_its_limit_is_told_with_the_true_time(server, monkeypatch):
    def give_up(*args, **options):
        time.sleep(0.1)
        raise requests.ReadTimeout

    monkeypatch.setattr("requests.adapters.HTTPAdapter.send", give_up)
    kind, text = failure_of(server.url)
    told = re.fullmatch(r"did not answer within ([\d.]+) seconds?", text)
    assert (kind, 0.1 <= float(told[1]) < 5) == (Failure.TIMEOUT, True)


@pytest.mark.parametrize("gevent", [True, False], ids=["with gevent", "without"])
def test_requests_that_was_imported_before_gevent_patched(server, monkeypatch, gevent):
    def recurse(*args, **options):
        raise RecursionError

    monkeypatch.setattr("requests.adapters.HTTPAdapter.send", recurse)
    monkeypatch.delitem(sys.modules, "gevent", raising=False)
    if gevent:
        monkeypatch.setitem(sys.modules, "gevent", object())
    kind, text = failure_of(server.url)
    assert (kind, "monkey.patch_all()" in text) == (Failure.UNREACHABLE, gevent)


def hang(server, part):
    def answer(handler):
        if part == "body":
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.flush()
        server.stopped.wait(5)

    return answer


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_hangs(server, part):
    server.answer = hang(server, part)
    wanted = (Failure.TIMEOUT, "did not answer within 0.1 seconds")
    assert failure_of(server.url, replace(LIMITS, read=0.1)) == wanted


@pytest.mark.parametrize("part", ["headers", "header line", "body"])
def test_a_server_that_trickles_is_given_up_on_and_nothing_is_left_behind(server, part):
    gone = threading.Event()

    def answer(handler):
        if part != "headers":
            handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        if part == "body":
            handler.wfile.write(b"\r\n")
        try:
            server.trickle(handler)
        except OSError:
            gone.set()

    server.answer = answer
    threads = threading.active_count()
    wanted = (Failure.TIMEOUT, "did not finish within 0.3 seconds")
    assert failure_of(server.url, replace(LIMITS, total=0.3)) == wanted
    assert gone.wait(5), "the connection is shut down"
    wait_until(lambda: threading.active_count() <= threads)


def test_a_proxy_that_trickles_is_cut_as_well(server, monkeypatch):
    gone = threading.Event()

    def answer(handler):
        try:
            server.trickle(handler)
        except OSError:
            gone.set()

    server.answer = answer
    monkeypatch.setenv("HTTP_PROXY", server.url.partition("/path")[0])
    wanted = (Failure.TIMEOUT, "did not finish within 0.3 seconds")
    assert failure_of("http://example.com/", replace(LIMITS, total=0.3)) == wanted
    assert gone.wait(5)


def test_nothing_is_sent_once_the_time_is_over(server, monkeypatch):
    found, ended = threading.Event(), threading.Event()
    resolve, run = socket.getaddrinfo, _Transfer.run

    def resolve_slowly(*args, **options):
        found.wait(5)
        return resolve(*args, **options)

    def run_to_the_end(*args):
        run(*args)
        ended.set()

    monkeypatch.setattr(socket, "getaddrinfo", resolve_slowly)
    monkeypatch.setattr(_Transfer, "run", run_to_the_end)
    server.respond()
    wanted = (Failure.TIMEOUT, "did not finish within 0.1 seconds")
    assert failure_of(server.url, replace(LIMITS, total=0.1)) == wanted
    found.set()
    assert ended.wait(5)
    assert server.seen == []


@pytest.mark.parametrize("url", ["nowhere", "", "ftp://x/", "http://a..b/", "http://[::1", "http://"])
def test_an_address_that_is_not_a_url(url):
    assert failure_of(url) == (Failure.BAD_URL, "is not a URL; it must begin with http:// or https://")


def test_nobody_there():
    assert failure_of("http://127.0.0.1:9/") == (Failure.REFUSED, "refused the connection")


def test_a_header_that_http_does_not_have(server):
    kind, text = failure_of(server.url, headers={"X": "줄\n바꿈"})
    assert (kind, text) == (Failure.UNREACHABLE, "cannot be reached (InvalidHeader)")


def test_certificates_that_are_not_there(monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/file.pem")
    kind, text = failure_of("https://127.0.0.1:9/")
    assert kind is Failure.UNREACHABLE
    assert text.startswith("cannot be reached: Could not find")
    assert "/no/such/file.pem" in text


def test_a_proxy_of_the_environment_is_used(server, monkeypatch):
    server.respond(body=b"by proxy")
    monkeypatch.setenv("HTTP_PROXY", server.url.partition("/path")[0])
    assert exchange("GET", "http://example.com/key.pem", limits=LIMITS).body == b"by proxy"
    assert server.seen[0][1] == "http://example.com/key.pem"


def test_no_thread_can_be_started(server, monkeypatch):
    def start(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    assert failure_of(server.url) == (Failure.UNREACHABLE, "cannot be reached (can't start new thread)")


def test_whoever_watches_requests_sees_the_callers_context(server, monkeypatch):
    import requests.adapters

    current = contextvars.ContextVar("current")
    seen = []
    send = requests.adapters.HTTPAdapter.send

    def watch(self, *args, **options):
        seen.append(current.get(None))
        return send(self, *args, **options)

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", watch)
    server.respond()
    current.set("span-1")
    exchange("GET", server.url, limits=LIMITS)
    assert seen == ["span-1"]


IMPORTS = """
import sys
import clova_flask, clova_flask.extension, clova_flask.home
from flask import Flask
app = Flask("app")
clova = clova_flask.Clova(app, platform="naver", extension_id="x", extension_secret="s",
                          public_key_url="https://127.0.0.1:9/")
clova.launch(lambda: "안녕하세요")
clova.user_loader(lambda access_token: access_token)
clova.home.discover(lambda: [])
with app.app_context():
    clova.push

from clova_flask.testing import CekClient
cek = CekClient(app)
assert cek.launch().speech == "안녕하세요"
assert cek.discover().status_code == 200
print(sorted({"requests", "urllib3"} & set(sys.modules)))
"""


def test_an_app_that_asks_nobody_imports_no_requests():
    """With gevent it must not be imported before the patches, in an app that is loaded before its workers."""
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
