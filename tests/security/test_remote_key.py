"""Keys by URL, from a server that is slow, silent, wrong, or has another key."""

import contextlib
import http.server
import json
import multiprocessing
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from clova_flask import Clova, ConfigurationError, KeySourceError, SignatureError, tell
from clova_flask.security import key_fetch, remote_key
from clova_flask.security.devkey import generate_key, public_pem, sign
from clova_flask.security.remote_key import FORMER, RETRY_INTERVAL, RemoteKey
from clova_flask.security.signature import Verifier

KEYS = [generate_key() for _ in range(3)]
EC_PEM = (
    ec.generate_private_key(ec.SECP256R1())
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
)
SHORT_PEM = (
    rsa.generate_private_key(65537, 1024)
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
)
BODY = json.dumps(
    {
        "version": "1.0",
        "context": {"System": {"application": {"applicationId": "x"}}},
        "request": {"type": "LaunchRequest"},
    }
).encode()


def pem(key):
    return public_pem(key).encode()


class KeyServer:
    """Serves a document on the loopback address, counts who asks, and can let them wait."""

    def __init__(self):
        self.answer = (200, pem(KEYS[0]))
        self.fetches = 0
        self.answers = threading.Event()
        self.answers.set()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.fetches += 1
                outer.answers.wait(20)
                status, body = outer.answer
                with contextlib.suppress(OSError):
                    self.send_response(status)
                    self.send_header("Location", "/elsewhere")
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/key.pem"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def serve(self, *keys):
        self.answer = (200, b"".join(pem(key) for key in keys))

    def close(self):
        self.answers.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def key_server():
    server = KeyServer()
    yield server
    server.close()


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def without_gevent(monkeypatch):
    """A process that has gevent, which another test may import, leaves fetches to its workers."""
    monkeypatch.delitem(sys.modules, "gevent", raising=False)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def patient(monkeypatch):
    """Let a message wait longer for what it started, since a busy machine may take that long."""
    monkeypatch.setattr(remote_key, "PATIENCE", 10)


def verifier_for(server, clock, *initial, ttl=86_400):
    return Verifier(RemoteKey(server.url, tuple(key.public_key() for key in initial), ttl=ttl, clock=clock))


def accepts(verifier, key, body=b"body"):
    try:
        verifier.verify(body, sign(key, body))
    except SignatureError:
        return False
    return True


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


class Shop:
    """An app that trusts what a URL says."""

    def __init__(self, url, *, testing=False, **settings):
        self.launches = 0
        clova = Clova(extension_id="x", public_key_url=url, **settings)

        @clova.launch
        def launch():
            self.launches += 1
            return tell("안녕하세요")

        self.app = Flask(__name__)
        self.app.testing = testing
        clova.init_app(self.app)

    def post(self, key):
        headers = {"SignatureCEK": sign(key, BODY)}
        return self.app.test_client().post("/clova", data=BODY, headers=headers).status_code


# Where no key is there yet


def test_a_key_is_fetched_once_and_kept(key_server, clock):
    verifier = verifier_for(key_server, clock)
    assert all(accepts(verifier, KEYS[0]) for _ in range(5))
    assert key_server.fetches == 1


def test_an_app_has_its_first_key_fetched_when_it_starts(key_server):
    shop = Shop(key_server.url)
    until(lambda: key_server.fetches == 1)
    assert shop.post(KEYS[0]) == 200
    assert shop.post(KEYS[1]) == 401
    assert key_server.fetches == 1


@pytest.mark.parametrize("settings", [{"public_key": public_pem(KEYS[0])}, {"testing": True}])
def test_nothing_is_fetched_at_the_start_that_is_not_needed(key_server, settings):
    shop = Shop(key_server.url, **settings)
    time.sleep(0.1)
    assert key_server.fetches == 0
    assert shop.post(KEYS[0]) == 200


def test_messages_wait_for_the_first_key_together(key_server, clock, monkeypatch):
    monkeypatch.setattr(remote_key, "FIRST_PATIENCE", 10)
    verifier = verifier_for(key_server, clock)
    key_server.answers.clear()
    accepted = []
    threads = [threading.Thread(target=lambda: accepted.append(accepts(verifier, KEYS[0]))) for _ in range(5)]
    for thread in threads:
        thread.start()
    until(lambda: key_server.fetches)
    key_server.answers.set()
    for thread in threads:
        thread.join()
    assert accepted == [True] * 5
    assert key_server.fetches == 1


def test_the_first_key_is_not_waited_for_longer_than_that(key_server, monkeypatch):
    monkeypatch.setattr(remote_key, "FIRST_PATIENCE", 0.1)
    shop = Shop(key_server.url)
    key_server.answers.clear()
    assert shop.post(KEYS[0]) in (200, 401)  # the fetch of the start may have been faster
    clock = Clock()
    verifier = verifier_for(key_server, clock)
    assert not accepts(verifier, KEYS[0])
    key_server.answers.set()
    until(lambda: accepts(verifier, KEYS[0]))


def test_without_any_key_messages_are_refused_and_never_a_5xx(key_server):
    key_server.answer = (503, b"")
    assert Shop(key_server.url).post(KEYS[0]) == 401


# Where there is one


def test_a_given_key_is_used_until_it_does_not_fit(key_server, clock, patient):
    verifier = verifier_for(key_server, clock, KEYS[1])
    assert accepts(verifier, KEYS[1])
    assert key_server.fetches == 0
    assert accepts(verifier, KEYS[0])
    assert key_server.fetches == 1


def test_a_key_that_is_older_than_its_ttl_serves_while_another_is_fetched(key_server, clock):
    verifier = verifier_for(key_server, clock, KEYS[1], ttl=3600)
    key_server.answers.clear()
    clock.now += 3600
    started = time.monotonic()
    assert all(accepts(verifier, KEYS[1]) for _ in range(50))
    assert time.monotonic() - started < 2
    until(lambda: key_server.fetches == 1)
    key_server.answers.set()
    until(lambda: accepts(verifier, KEYS[0]))
    assert key_server.fetches == 1


def test_a_hung_key_host_costs_half_a_second_a_minute(key_server):
    verifier = verifier_for(key_server, time.monotonic, KEYS[1])
    key_server.answers.clear()
    waits = []
    for _ in range(20):
        started = time.monotonic()
        assert not accepts(verifier, KEYS[2])
        waits.append(time.monotonic() - started)
    assert waits[0] >= remote_key.PATIENCE - 0.01
    assert sum(waits[1:]) < remote_key.PATIENCE
    assert accepts(verifier, KEYS[1])
    assert key_server.fetches == 1


def test_forged_signatures_make_us_fetch_once_a_minute_at_most(key_server, clock, patient):
    verifier = verifier_for(key_server, clock)
    assert accepts(verifier, KEYS[0])
    for fetches in (2, 3):
        clock.now += RETRY_INTERVAL - 1
        assert not any(accepts(verifier, KEYS[2]) for _ in range(20))
        assert key_server.fetches == fetches - 1
        clock.now += 1
        assert not any(accepts(verifier, KEYS[2]) for _ in range(20))
        assert key_server.fetches == fetches


# Rotation


def test_the_former_key_counts_for_an_hour_more(key_server, clock, patient):
    verifier = verifier_for(key_server, clock, KEYS[1])
    assert accepts(verifier, KEYS[0])
    clock.now += FORMER - 1
    assert accepts(verifier, KEYS[1])
    clock.now += 1
    assert not accepts(verifier, KEYS[1])
    assert accepts(verifier, KEYS[0])


def test_each_key_of_a_document_counts(key_server, clock):
    key_server.serve(KEYS[0], KEYS[1], KEYS[0])
    verifier = verifier_for(key_server, clock)
    assert [accepts(verifier, key) for key in KEYS] == [True, True, False]


def test_a_pem_of_another_kind_beside_a_key_is_passed_over(key_server, clock):
    key_server.answer = (200, "열쇠\n".encode() + EC_PEM + pem(KEYS[0]) + SHORT_PEM)
    assert accepts(verifier_for(key_server, clock), KEYS[0])


def test_a_key_that_is_taken_back_from_two_counts_for_an_hour_more(key_server, clock, patient):
    key_server.serve(KEYS[0], KEYS[1])
    verifier = verifier_for(key_server, clock)
    assert accepts(verifier, KEYS[0])
    key_server.serve(KEYS[1])
    clock.now += RETRY_INTERVAL
    assert not accepts(verifier, KEYS[2])
    assert accepts(verifier, KEYS[0])
    clock.now += FORMER
    assert [accepts(verifier, key) for key in KEYS] == [False, True, False]


def test_each_former_key_has_an_hour_of_its_own(key_server, clock, patient):
    verifier = verifier_for(key_server, clock, KEYS[2])
    assert accepts(verifier, KEYS[0])
    clock.now += FORMER / 2
    key_server.serve(KEYS[1])
    assert accepts(verifier, KEYS[1])
    assert [accepts(verifier, key) for key in KEYS] == [True, True, True]
    clock.now += FORMER / 2
    assert [accepts(verifier, key) for key in KEYS] == [True, True, False]
    clock.now += FORMER / 2
    key_server.answer = (503, b"")
    assert [accepts(verifier, key) for key in KEYS] == [False, True, False]


def test_all_messages_wait_for_a_rotated_key_and_none_is_refused(key_server, clock, patient):
    verifier = verifier_for(key_server, clock, KEYS[1])
    key_server.answers.clear()
    accepted = []
    asking = [threading.Thread(target=lambda: accepted.append(accepts(verifier, KEYS[0]))) for _ in range(8)]
    for thread in asking:
        thread.start()
    until(lambda: key_server.fetches)
    assert accepts(verifier, KEYS[1]), "what fits does not wait"
    assert all(thread.is_alive() for thread in asking)
    key_server.answers.set()
    for thread in asking:
        thread.join()
    assert accepted == [True] * 8
    assert key_server.fetches == 1


def test_what_comes_later_waits_no_longer_than_what_came_first(key_server, patient):
    now = [0.0]
    verifier = verifier_for(key_server, lambda: now[0], KEYS[1])
    key_server.answers.clear()
    first = threading.Thread(target=accepts, args=(verifier, KEYS[2]), daemon=True)
    first.start()
    until(lambda: key_server.fetches)
    now[0] = remote_key.PATIENCE
    started = time.monotonic()
    assert not accepts(verifier, KEYS[2])
    assert time.monotonic() - started < remote_key.PATIENCE / 2
    assert first.is_alive()
    key_server.answers.set()
    first.join()


def test_there_is_nothing_newer_than_the_newest_keys(key_server, clock, patient):
    source = RemoteKey(key_server.url, (KEYS[1].public_key(),), ttl=86_400, clock=clock)
    given = source.keys()
    assert source.refresh(given) == (KEYS[0].public_key(),)
    assert source.keys() == (KEYS[0].public_key(), *given)
    assert source.refresh(given) == (KEYS[0].public_key(),)
    assert source.refresh(source.keys()) == ()
    assert key_server.fetches == 1


# What goes wrong


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, b"oops"), "it answered 500."),
        ((404, b""), "it answered 404."),
        ((302, pem(KEYS[0])), "it answered 302."),
        ((200, b"<html>"), "This is not the PEM of a public key."),
        ((200, b""), "This is not the PEM of a public key."),
        ((200, b"\xff\xfe-----BEGIN "), "This is not the PEM of a public key."),
        ((200, b"x" * 100_000), "it answered 200 with more than 16384 bytes."),
        ((200, EC_PEM), "CEK signs with RSA of at least 2048 bits; this is another kind of key."),
    ],
    ids=["500", "404", "redirect", "HTML", "empty", "no text", "too long", "not RSA"],
)
def test_the_last_good_key_stays_when_the_fetch_fails(key_server, clock, patient, answer, reason, caplog):
    verifier = verifier_for(key_server, clock, KEYS[0], ttl=3600)
    key_server.answer = answer
    clock.now += 3601
    assert not accepts(verifier, KEYS[1])
    assert accepts(verifier, KEYS[0])
    told = f"The public key at {key_server.url} could not be renewed: {reason}"
    until(lambda: told in caplog.messages)


@pytest.mark.parametrize(
    "error", [OSError("no CA bundle"), RecursionError(), ValueError("odd"), MemoryError()], ids=repr
)
def test_whatever_a_fetch_raises_is_a_line_of_the_log(clock, patient, monkeypatch, caplog, error):
    def fetch(url):
        raise error

    monkeypatch.setattr(key_fetch, "fetch", fetch)
    source = RemoteKey("https://keys.example.com/", (KEYS[0].public_key(),), ttl=1, clock=clock)
    assert not accepts(Verifier(source), KEYS[1])
    assert accepts(Verifier(source), KEYS[0])
    assert f"could not be renewed: {type(error).__name__}: {error}" in caplog.text


def test_a_ca_bundle_that_is_not_there(key_server, clock, patient, monkeypatch, caplog, tmp_path):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "nothing.pem"))
    source = RemoteKey("https://127.0.0.1:9/", (KEYS[0].public_key(),), ttl=1, clock=clock)
    assert not accepts(Verifier(source), KEYS[1])
    assert "nothing.pem" in caplog.text


def test_a_thread_that_cannot_be_started(key_server, clock, monkeypatch, caplog):
    def start(thread):
        raise RuntimeError("can't start new thread")

    verifier = verifier_for(key_server, clock, KEYS[0])
    monkeypatch.setattr(threading.Thread, "start", start)
    started = time.monotonic()
    assert not accepts(verifier, KEYS[1])
    assert time.monotonic() - started < remote_key.PATIENCE
    assert "could not be renewed: RuntimeError: can't start new thread" in caplog.text


def test_an_unreachable_url_keeps_the_given_key(clock, patient):
    source = RemoteKey("http://127.0.0.1:9/key.pem", (KEYS[0].public_key(),), ttl=1, clock=clock)
    assert accepts(Verifier(source), KEYS[0])
    assert not accepts(Verifier(source), KEYS[1])


class Trickle(threading.Thread):
    """A server that sends a beginning, and then one piece again and again, for as long as anybody listens."""

    def __init__(self, beginning, piece, pause=0.002):
        super().__init__(daemon=True)
        self.beginning, self.piece, self.pause = beginning, piece, pause
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.start()

    def run(self):
        connection, _address = self.socket.accept()
        with contextlib.suppress(OSError), connection:
            connection.sendall(self.beginning)
            while True:
                connection.sendall(self.piece)
                time.sleep(self.pause)


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"", b"-"),
        (OK, b"X: y\r\n"),
        (OK + b"X: ", b"y"),
        (OK + b"Content-Length: 99999\r\n\r\n", b"-"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n1;x=", b"y"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n-\r\n"),
    ],
    ids=["100 Continue", "status", "headers", "header", "body", "chunk extension", "chunks"],
)
def test_a_server_that_trickles_is_given_up_on_in_time(monkeypatch, beginning, piece):
    monkeypatch.setattr(key_fetch, "LIMITS", replace(key_fetch.LIMITS, total=0.3))
    server = Trickle(beginning, piece)
    started = time.monotonic()
    with server.socket:
        with pytest.raises(KeySourceError):
            key_fetch.fetch(server.url)
        assert time.monotonic() - started < 2
        server.join(5)
    assert not server.is_alive(), "nobody listens any more"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:80@evil.example/",
        "http://localhost:x@evil.example/",
        "http://[::1]:80@evil.example/",
        "http://127.0.0.1.evil.example:80/",
        "http://localhost.evil.example/",
        "http://evil.example/#http://127.0.0.1:",
        "http://evil.example\\@127.0.0.1:80/",
        "http://[::1/",
        "HTTP://evil.example/",
        "ftp://127.0.0.1/",
        "",
    ],
)
def test_a_key_comes_over_https_or_from_this_machine(url):
    with pytest.raises(ConfigurationError, match="CLOVA_PUBLIC_KEY_URL"):
        Clova(Flask(__name__), public_key=public_pem(KEYS[0]), public_key_url=url)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_this_machine_needs_no_tls(host):
    Clova(Flask(__name__), extension_id="x", public_key=public_pem(KEYS[0]), public_key_url=f"http://{host}/")


# Processes and greenlets


def _accepts_in_child(verifier, queue):
    queue.put(accepts(verifier, KEYS[0]))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="the system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_that_is_forked_in_the_middle_of_a_fetch_fetches_itself(key_server, clock):
    key_server.answers.clear()
    verifier = verifier_for(key_server, clock)
    verifier.start()
    until(lambda: key_server.fetches == 1)
    fork = multiprocessing.get_context("fork")
    queue = fork.SimpleQueue()
    with verifier._source._own_fetches().lock:  # as if a thread were at it when the process forks
        child = fork.Process(target=_accepts_in_child, args=(verifier, queue))
        child.start()
    until(lambda: key_server.fetches == 2)
    key_server.answers.set()
    child.join(10)
    assert child.exitcode == 0
    assert queue.get() is True
    assert accepts(verifier, KEYS[0]), "and this process goes on as well"
    assert key_server.fetches == 2


IMPORTED_MEANWHILE = """
import sys, threading
from clova_flask.security import remote_key

source = remote_key.RemoteKey("https://localhost:9/key.pem", (), ttl=100)
started, at_the_start = source._start_if_due, None

def start_if_due():
    global at_the_start
    at_the_start = set(sys.modules)
    return started()

source._start_if_due = start_if_due
source.start()
source._own_fetches().wait(10)
print(sorted(set(sys.modules) - at_the_start))
"""


def test_a_fetch_imports_nothing_in_its_thread():
    """A process that is forked meanwhile would wait for ever for what was being imported."""
    command = [sys.executable, "-W", "ignore", "-c", IMPORTED_MEANWHILE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout == "[]\n"


PATCHED_LATE = """
import sys
from clova_flask.security import key_fetch, remote_key
from clova_flask.security.devkey import public_pem, testing_key

keys = remote_key.RemoteKey("https://127.0.0.1:9/", (), ttl=100)

import gevent
from gevent import monkey
monkey.patch_all()

fetches = []

def fetch(url):
    fetches.append(url)
    gevent.sleep(0.05)
    return public_pem(testing_key()).encode()

key_fetch.fetch = fetch
greenlets = [gevent.spawn(keys.keys) for _ in range(3)]
gevent.joinall(greenlets)
print(len(fetches), [len(greenlet.value) for greenlet in greenlets])
"""


def test_greenlets_wait_for_one_fetch_also_where_gevent_patched_late():
    pytest.importorskip("gevent")
    command = [sys.executable, "-W", "ignore", "-c", PATCHED_LATE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout == "1 [1, 1, 1]\n"


LOADED_BEFORE_ITS_WORKERS = """
import sys
import gevent
from flask import Flask
from clova_flask import Clova

Clova(Flask("shop"), extension_id="x", public_key_url=sys.argv[1])
print("requests" in sys.modules)
"""


def test_an_app_that_is_loaded_for_workers_of_gevent_leaves_the_fetch_to_them(key_server):
    pytest.importorskip("gevent")
    command = [sys.executable, "-W", "ignore", "-c", LOADED_BEFORE_ITS_WORKERS, key_server.url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout == "False\n"
    assert key_server.fetches == 0
