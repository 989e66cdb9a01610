"""Verification, with really signed requests."""

import base64
import contextlib
import http.server
import json
import multiprocessing
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from clova_flask import Clova, ConfigurationError, KeySourceError, SignatureError, tell
from clova_flask.platforms import PLATFORMS
from clova_flask.security import key_fetch, remote_key
from clova_flask.security.devkey import generate_key, public_pem, read_key, sign, write_key
from clova_flask.security.remote_key import RETRY_INTERVAL, RemoteKey
from clova_flask.security.signature import Verifier, parse_public_key

KEYS = [generate_key() for _ in range(3)]
LAUNCH = {"version": "1.0", "request": {"type": "LaunchRequest"}}


class Endpoint:
    """An app that trusts what `settings` say, and whether its handler ran."""

    def __init__(self, **settings):
        self.launches = 0
        clova = Clova(**settings)

        @clova.launch
        def launch():
            self.launches += 1
            return tell("안녕하세요")

        self.app = Flask(__name__)
        clova.init_app(self.app)

    def post(self, body, signature=None, header="SignatureCEK"):
        headers = {} if signature is None else {header: signature}
        return self.app.test_client().post("/clova", data=body, headers=headers)


@pytest.fixture
def endpoint():
    return Endpoint(public_key=public_pem(KEYS[0]), extension_id="x", verify_signature=True)


def body_for(message=None, **kwargs):
    message = message or {**LAUNCH, "context": {"System": {"application": {"applicationId": "x"}}}}
    return json.dumps(message, ensure_ascii=False, **kwargs).encode()


def assert_refused(endpoint, response, status, reason):
    assert response.status_code == status
    assert response.mimetype == "application/json"
    assert reason in response.get_json()["error"]
    assert endpoint.launches == 0


@pytest.mark.parametrize("header", ["SignatureCEK", "signaturecek", "SIGNATURECEK"])
def test_a_signed_message_is_answered_whatever_the_case_of_the_header(endpoint, header):
    body = body_for()
    response = endpoint.post(body, sign(KEYS[0], body), header)
    assert response.status_code == 200
    assert response.get_json()["response"]["outputSpeech"]["values"]["value"] == "안녕하세요"
    assert "안녕하세요".encode() in response.data, "Korean goes out as itself"


@pytest.mark.parametrize(
    "body",
    [
        body_for(
            {
                **LAUNCH,
                "memo": "페퍼로니 두 판 🍕 ピザを二枚",
                "context": {"System": {"application": {"applicationId": "x"}}},
            }
        ),
        b"\n\t " + body_for(indent=7, separators=("  ,\r\n", " :\t")) + b" \r\n\r\n",
    ],
    ids=["non-ASCII", "unusual whitespace"],
)
def test_the_raw_bytes_are_what_is_verified(endpoint, body):
    assert endpoint.post(body, sign(KEYS[0], body)).status_code == 200


def test_a_signature_over_a_reencoded_body_is_refused(endpoint):
    signed, sent = body_for(indent=1), body_for()
    assert json.loads(signed) == json.loads(sent)
    assert_refused(endpoint, endpoint.post(sent, sign(KEYS[0], signed)), 401, "does not fit the body")


def _with_junk(signature):
    """What a lenient decoder would read as the very same bytes."""
    return f"{signature[:8]}!{signature[8:]}"


@pytest.mark.parametrize(
    ("signature", "reason"),
    [
        (None, "has no SignatureCEK"),
        ("", "has no SignatureCEK"),
        ("not base64!", "is not base64"),
        ("서명".encode().decode("latin-1"), "is not base64"),
        (_with_junk(sign(KEYS[0], body_for())), "is not base64"),
        ("QUJD", "does not fit"),
        (base64.b64encode(bytes(256)).decode(), "does not fit"),
        (sign(KEYS[1], body_for()), "does not fit"),
        (
            base64.b64encode(
                KEYS[0].sign(body_for(), padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
            ).decode(),
            "does not fit",
        ),
        (
            base64.b64encode(KEYS[0].sign(body_for(), padding.PKCS1v15(), hashes.SHA1())).decode(),
            "does not fit",
        ),
    ],
    ids=[
        "missing",
        "empty",
        "garbled",
        "not ASCII",
        "right but for junk",
        "short",
        "zeros",
        "foreign key",
        "PSS",
        "SHA-1",
    ],
)
def test_any_other_signature_is_refused(endpoint, signature, reason):
    assert_refused(endpoint, endpoint.post(body_for(), signature), 401, reason)


def test_one_changed_byte_is_refused(endpoint):
    body = body_for()
    assert_refused(endpoint, endpoint.post(body.replace(b"1.0", b"1.1"), sign(KEYS[0], body)), 401, "fit")


def test_nothing_is_parsed_before_the_signature_is_checked(endpoint):
    assert_refused(endpoint, endpoint.post(b"{", None), 401, "has no SignatureCEK")


def test_a_signature_may_be_turned_off():
    endpoint = Endpoint(verify_signature=False, extension_id="x")
    assert endpoint.post(body_for()).status_code == 200


@pytest.mark.parametrize("form", ["pem", "list", "path", "pathlib"])
def test_keys_come_as_pem_list_or_path(tmp_path, form):
    path = tmp_path / "key.pem"
    path.write_text(public_pem(KEYS[1]))
    given = {
        "pem": public_pem(KEYS[1]),
        "list": [public_pem(KEYS[0]), public_pem(KEYS[1])],
        "path": str(path),
        "pathlib": path,
    }[form]
    endpoint = Endpoint(public_key=given, extension_id="x")
    body = body_for()
    assert endpoint.post(body, sign(KEYS[1], body)).status_code == 200
    assert endpoint.post(body, sign(KEYS[2], body)).status_code == 401


@pytest.mark.parametrize("platform", sorted(PLATFORMS))
def test_the_built_in_keys_are_rsa_2048(platform):
    assert parse_public_key(PLATFORMS[platform].public_key).key_size == 2048


def test_the_platforms_sign_with_different_keys():
    keys = {parse_public_key(row.public_key).public_numbers().n for row in PLATFORMS.values()}
    assert len(keys) == len(PLATFORMS)


EC_PEM = (
    ec.generate_private_key(ec.SECP256R1())
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
SHORT_PEM = (
    rsa.generate_private_key(65537, 1024)
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode()
)


@pytest.mark.parametrize(
    "key",
    ["-----BEGIN PUBLIC KEY-----\nnonsense", EC_PEM, SHORT_PEM, "/no/such/key.pem", [], 42],
    ids=["malformed", "elliptic", "short", "no file", "empty", "number"],
)
def test_a_key_that_cannot_be_used_is_an_error_at_start(key):
    with pytest.raises(ConfigurationError, match="CLOVA_PUBLIC_KEY"):
        Endpoint(public_key=key)


def test_no_key_at_all_is_an_error_at_start():
    with pytest.raises(ConfigurationError, match="CLOVA_PLATFORM to 'naver' or 'line'"):
        Endpoint()


def test_a_debug_app_trusts_the_development_key_from_when_it_is_there(tmp_path):
    clova = Clova(public_key=public_pem(KEYS[0]), extension_id="x")
    clova.launch(lambda: tell("안녕하세요"))
    app = Flask(__name__, instance_path=str(tmp_path))
    app.debug = True
    clova.init_app(app)
    body = body_for()

    def status(key):
        headers = {"SignatureCEK": sign(key, body)}
        return app.test_client().post("/clova", data=body, headers=headers).status_code

    write_key(tmp_path)
    development_key = read_key(tmp_path)
    assert [status(key) for key in (KEYS[0], development_key, KEYS[1])] == [200, 200, 401]
    headers = {"SignatureCEK": sign(development_key, body)}
    assert app.test_client().post("/clova", data=b"{}", headers=headers).status_code == 401


# Keys by URL


class KeyServer:
    """Serves a PEM on the loopback address, counts who asks, and can let them wait."""

    def __init__(self):
        self.answer = (200, public_pem(KEYS[0]).encode())
        self.fetches = 0
        self.asked = threading.Event()
        self.answers = threading.Event()
        self.answers.set()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.fetches += 1
                outer.asked.set()
                outer.answers.wait(10)
                status, body = outer.answer
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

    def rotate(self, key):
        self.answer = (200, public_pem(key).encode())

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


def verifier_for(server, clock, initial=(), ttl=86_400):
    return Verifier(RemoteKey(server.url, initial, ttl=ttl, clock=clock))


def accepts(verifier, key, body=b"body"):
    try:
        verifier.verify(body, sign(key, body))
    except SignatureError:
        return False
    return True


def test_a_key_is_fetched_once_and_kept(key_server):
    verifier = verifier_for(key_server, Clock())
    assert all(accepts(verifier, KEYS[0]) for _ in range(5))
    assert key_server.fetches == 1


def test_a_key_by_url_serves_an_endpoint(key_server):
    endpoint = Endpoint(public_key_url=key_server.url, extension_id="x")
    body = body_for()
    assert endpoint.post(body, sign(KEYS[0], body)).status_code == 200


def test_a_given_key_is_used_until_it_does_not_fit(key_server):
    verifier = verifier_for(key_server, Clock(), (KEYS[1].public_key(),))
    assert accepts(verifier, KEYS[1])
    assert key_server.fetches == 0
    assert accepts(verifier, KEYS[0])
    assert key_server.fetches == 1


def test_there_is_nothing_newer_than_the_newest_keys(key_server):
    source = RemoteKey(key_server.url, (KEYS[1].public_key(),), ttl=86_400, clock=Clock())
    given = source.keys()
    fetched = source.refresh(given)
    assert [key.public_numbers() for key in fetched] == [KEYS[0].public_key().public_numbers()]
    assert source.keys() == fetched
    assert source.refresh(given) == fetched
    assert source.refresh(fetched) == ()
    assert key_server.fetches == 1


def test_forged_signatures_make_us_fetch_once_a_minute_at_most(key_server):
    clock = Clock()
    verifier = verifier_for(key_server, clock)
    assert accepts(verifier, KEYS[0])
    clock.now += RETRY_INTERVAL + 1
    assert not any(accepts(verifier, KEYS[2]) for _ in range(20))
    assert key_server.fetches == 2
    clock.now += RETRY_INTERVAL + 1
    assert not any(accepts(verifier, KEYS[2]) for _ in range(20))
    assert key_server.fetches == 3


def test_a_key_older_than_its_ttl_is_fetched_again(key_server):
    clock = Clock()
    verifier = verifier_for(key_server, clock, ttl=3600)
    assert accepts(verifier, KEYS[0])
    key_server.rotate(KEYS[1])
    clock.now += 3599
    assert accepts(verifier, KEYS[0])
    clock.now += 1
    assert not accepts(verifier, KEYS[0])
    assert accepts(verifier, KEYS[1])
    assert key_server.fetches == 2


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, b"oops"), "it answered 500."),
        ((404, b""), "it answered 404."),
        ((302, b""), "it answered 302."),
        ((200, b"<html>"), "This is not the PEM of a public key."),
        ((200, b"x" * 100_000), "it answered 200 with more than 16384 bytes."),
        ((200, EC_PEM.encode()), "CEK signs with RSA of at least 2048 bits; this is another kind of key."),
    ],
    ids=["500", "404", "redirect", "HTML", "too long", "not RSA"],
)
def test_the_last_good_key_stays_when_the_fetch_fails(key_server, answer, reason, caplog):
    clock = Clock()
    verifier = verifier_for(key_server, clock, ttl=3600)
    assert accepts(verifier, KEYS[0])
    key_server.answer = answer
    clock.now += 3601
    assert accepts(verifier, KEYS[0])
    assert f"The public key at {key_server.url} could not be renewed: {reason}" in caplog.messages


def test_without_any_key_messages_are_refused_and_never_a_5xx(key_server):
    key_server.answer = (503, b"")
    endpoint = Endpoint(public_key_url=key_server.url, extension_id="x")
    body = body_for()
    assert_refused(endpoint, endpoint.post(body, sign(KEYS[0], body)), 401, "does not fit")


def test_an_unreachable_url_keeps_the_given_key():
    source = RemoteKey("http://127.0.0.1:9/key.pem", (KEYS[0].public_key(),), ttl=1, clock=Clock())
    verifier = Verifier(source)
    assert accepts(verifier, KEYS[0])
    assert not accepts(verifier, KEYS[1])


def test_a_key_that_rotates_while_requests_run_in_threads(key_server):
    clock = Clock()
    endpoint = Endpoint(public_key_url=key_server.url, extension_id="x")
    state = endpoint.app.extensions["clova"]["clova"]
    source = RemoteKey(key_server.url, (), ttl=86_400, clock=clock)
    state.verifier._source = source
    body = body_for()
    old, new = sign(KEYS[0], body), sign(KEYS[1], body)
    assert endpoint.post(body, old).status_code == 200

    key_server.rotate(KEYS[1])
    clock.now += RETRY_INTERVAL + 1
    statuses = []
    barrier = threading.Barrier(8)

    def send():
        barrier.wait()
        statuses.extend(endpoint.post(body, new).status_code for _ in range(10))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 80
    assert key_server.fetches == 2


def _accepts_in_child(verifier, queue):
    queue.put(accepts(verifier, KEYS[0]))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="the system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_forked_in_the_middle_of_a_fetch_does_not_hang(key_server):
    verifier = verifier_for(key_server, Clock())
    fork = multiprocessing.get_context("fork")
    queue = fork.SimpleQueue()
    with verifier._source._own_lock():  # as if another thread were fetching when the process forks
        child = fork.Process(target=_accepts_in_child, args=(verifier, queue))
        child.start()
        child.join(10)
    assert child.exitcode == 0
    assert queue.get() is True
    assert accepts(verifier, KEYS[0]), "and this process goes on as well"
    assert key_server.fetches == 2


def test_a_message_does_not_wait_while_another_thread_renews_the_key(key_server):
    endpoint = Endpoint(
        public_key=public_pem(KEYS[0]), public_key_url=key_server.url, public_key_ttl=0.01, extension_id="x"
    )
    body = body_for()
    signature = sign(KEYS[0], body)
    time.sleep(0.02)
    key_server.answers.clear()
    statuses = []
    renewing = threading.Thread(target=lambda: statuses.append(endpoint.post(body, signature).status_code))
    renewing.start()
    assert key_server.asked.wait(5), "the first message after the TTL renews the key"

    assert endpoint.post(body, signature).status_code == 200
    assert renewing.is_alive(), "answered before the other thread had the key"

    key_server.answers.set()
    renewing.join()
    assert (statuses, endpoint.launches, key_server.fetches) == ([200], 2, 1)


@pytest.mark.parametrize(
    ("pem", "reason"),
    [
        ("-----BEGIN PUBLIC KEY-----\nnonsense", "This is not the PEM of a public key."),
        (EC_PEM, "CEK signs with RSA of at least 2048 bits; this is another kind of key."),
        (SHORT_PEM, "CEK signs with RSA of at least 2048 bits; this is another kind of key."),
    ],
    ids=["malformed", "elliptic", "short"],
)
def test_parse_public_key_says_what_is_wrong(pem, reason):
    with pytest.raises(KeySourceError) as raised:
        parse_public_key(pem)
    assert str(raised.value) == reason


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_key_that_trickles_is_given_up_on_in_time(monkeypatch, part):
    class Trickle(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if part == "body":
                self.send_response(200)
                self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b"-")
                    self.wfile.flush()
                    stopped.wait(0.05)

        def log_message(self, *args):
            pass

    stopped = threading.Event()
    monkeypatch.setattr(key_fetch, "LIMITS", replace(key_fetch.LIMITS, total=0.3))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trickle)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    start = time.monotonic()
    with pytest.raises(KeySourceError, match="did not finish"):
        key_fetch.fetch(f"http://127.0.0.1:{server.server_port}/")
    assert time.monotonic() - start < 2
    stopped.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_redirect_is_not_followed(key_server):
    key_server.answer = (302, public_pem(KEYS[0]).encode())
    with pytest.raises(KeySourceError, match="it answered 302"):
        key_fetch.fetch(key_server.url)


def test_a_forged_message_does_not_wait_for_ever_for_anothers_fetch(key_server, monkeypatch):
    monkeypatch.setattr(remote_key, "PATIENCE", 0.1)
    verifier = verifier_for(key_server, Clock(), (KEYS[0].public_key(),))
    with verifier._source._own_lock():
        assert not accepts(verifier, KEYS[1])


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
