"""The replay guard: what has come before is refused, and nothing runs."""

import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from clova_flask import (
    Clova,
    ConfigurationError,
    ReplayedMessage,
    ReplayGuardUnavailable,
    ask,
    message_refused,
    message_verified,
)
from clova_flask.security.devkey import sign
from clova_flask.testing import CekClient
from tests.smart_lock import Lock

ID = "com.example.pizzabot"
REPEATED = "The same message has come before, and is not answered again ({})."


@pytest.fixture
def ran():
    Lock.opened.clear()
    return []


@pytest.fixture(params=["memory", "redis"])
def url(request, patient):
    return "memory://" if request.param == "memory" else request.getfixturevalue("redis_url")


@pytest.fixture
def guarded(clova, connect, ran):
    """Connect an extension of both kinds with a replay guard."""

    def guarded(url="memory://", **config):
        clova.launch(lambda: ran.append("launch") or ask("안녕"))
        clova.home.discover(lambda: [Lock("현관")])
        return connect(CLOVA_REPLAY_GUARD_URL=url, **config)

    return guarded


@pytest.fixture
def patient(monkeypatch):
    """Wait for Redis longer than a message does, where a test is not about that: a machine may be busy."""
    monkeypatch.setattr("clova_flask.storage.replays.SECONDS", 5)


def launched(**fields):
    """Write a message of a custom extension, another one each time unless its ids are given."""
    request = {"type": "LaunchRequest", "requestId": str(uuid.uuid4()), **fields}
    message = {
        "version": "1.0",
        "session": {"sessionId": "세션", "new": True, "user": {"userId": "보라"}},
        "context": {"System": {"application": {"applicationId": ID}}},
        "request": {name: value for name, value in request.items() if value is not ...},
    }
    return json.dumps(message, ensure_ascii=False).encode()


def unlock(**header):
    message = {
        "header": {
            "messageId": str(uuid.uuid4()),
            "namespace": "ClovaHome",
            "name": "SetLockStateRequest",
            "payloadVersion": "1.0",
            **header,
        },
        "payload": {
            "accessToken": "토큰",
            "appliance": {"applianceId": "현관"},
            "lockState": "UNLOCKED",
        },
    }
    if message["header"]["messageId"] is ...:
        del message["header"]["messageId"]
    return json.dumps(message, ensure_ascii=False).encode()


def statuses(cek, *bodies):
    return [cek.send(body).status_code for body in bodies]


@pytest.fixture
def signals():
    seen = []

    def verified(sender, message, **details):
        seen.append("verified")

    def refused(sender, error, **details):
        seen.append(error)

    with message_verified.connected_to(verified), message_refused.connected_to(refused):
        yield seen


@pytest.mark.parametrize("write", [launched, unlock], ids=["custom", "home"])
def test_a_repeat_is_refused_and_runs_nothing(guarded, url, ran, signals, caplog, write):
    cek = guarded(url)
    body = write()
    message = json.loads(body)
    name, part = ("requestId", "request") if write is launched else ("messageId", "header")
    repeated = REPEATED.format(f"{name} {message[part][name]}")
    assert cek.send(body).status_code == 200
    assert signals == ["verified"]
    for _ in range(3):
        caplog.clear()
        reply = cek.send(body)
        assert (reply.status_code, reply.json) == (409, {"error": repeated})
        assert [record.getMessage() for record in caplog.records] == [f"Refused with 409: {repeated}"]
    assert ran + Lock.opened == (["launch"] if write is launched else ["현관"])
    assert [type(one) for one in signals[1:]] == [ReplayedMessage] * 3  # receivers of the other hear nothing
    assert statuses(cek, write(), write()) == [200, 200]


@pytest.mark.parametrize("write", [launched, unlock], ids=["custom", "home"])
def test_of_many_at_once_one_runs(guarded, url, ran, write):
    cek = guarded(url)
    cek.send(launched())
    ran.clear()
    body = write()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: post(cek, body), range(200)))
    assert sorted(answers) == [200, *[409] * 199]
    assert len(ran + Lock.opened) == 1


@pytest.mark.parametrize(
    ("fields", "second"),
    [
        ({"requestId": "요청-1"}, 409),
        ({"requestId": ..., "timestamp": "2026-11-26T07:00:00Z"}, 409),
        ({"requestId": None, "timestamp": "어제"}, 409),
        ({"requestId": ""}, 200),
        ({"requestId": None, "timestamp": None}, 200),
        ({"requestId": ..., "locale": "ko-KR", "messageId": "다른 것"}, 200),
    ],
    ids=["id", "time", "no time", "empty", "null", "neither"],
)
def test_what_makes_a_message_one_of_its_own(guarded, url, ran, fields, second):
    body = launched(sentAt=str(uuid.uuid4()), **fields)  # which other runs on this Redis did not send
    assert statuses(guarded(url), body, body) == [200, second]


@pytest.mark.parametrize(
    ("message_id", "second"), [("시험", 409), ("", 200), (None, 200), (..., 200)], ids=repr
)
def test_what_makes_a_home_request_one_of_its_own(guarded, ran, message_id, second):
    body = unlock(messageId=message_id)
    assert statuses(guarded(), body, body) == [200, second]


def test_the_same_in_other_bytes_is_another_message(guarded, ran):
    """Only the platform can sign it; who repeats a message has the bytes that it signed."""
    body = launched()
    cek = guarded()
    assert statuses(cek, body, body + b" ", b"\n" + body, body) == [200, 200, 200, 409]
    signature = sign(cek.key, body)
    for same in (signature, signature[:20] + " " + signature[20:], signature.rstrip("=")):
        assert cek.post(body, {"SignatureCEK": same}).status_code in (409, 401)
    assert cek.post(body + b"  ", {"SignatureCEK": signature}).status_code == 401


def test_what_reaches_no_handler_is_not_remembered(guarded, url, ran):
    body = launched()
    cek = guarded(url, CLOVA_TIMESTAMP_TOLERANCE=60)
    for signature in ("", "위조", sign(cek.key, body + b" ")):
        assert cek.post(body, {"SignatureCEK": signature.encode().hex()}).status_code == 401
    assert statuses(cek, body, body) == [200, 409]
    stale = launched(timestamp="2020-01-01T00:00:00Z")
    assert statuses(cek, stale, stale) == [401, 401]
    foreign = body.replace(ID.encode(), b"com.example.other")
    assert statuses(cek, foreign, foreign) == [403, 403]
    odd = body.replace(b'"LaunchRequest"', b"7")
    assert statuses(cek, odd, odd, b"{}", b"{}", b"[", b"[") == [400] * 6


def test_without_signatures_it_guards_as_well(guarded, url, ran):
    app = guarded(url, CLOVA_VERIFY_SIGNATURE=False).app
    body = launched()
    posted = [app.test_client().post("/clova", data=body).status_code for _ in range(2)]
    assert posted == [200, 409]


def test_off_it_refuses_nothing(clova, connect, ran):
    clova.launch(lambda: ran.append("launch") or ask("안녕"))
    cek = connect()
    body = launched()
    assert statuses(cek, body, body) == [200, 200]
    assert cek.app.extensions["clova"]["clova"].guard is None


def app_with(url, *extensions, **config):
    """Make an app, as on a machine of its own, with extensions by name."""
    app = Flask(__name__)
    app.testing = True
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_REPLAY_GUARD_URL=url, CLOVA_HOME_ANY_TOKEN=True, **config)
    for name in extensions:
        clova = Clova(name, url_prefix=f"/{name}")
        clova.launch(lambda: ask("안녕"))
        clova.home.discover(lambda: [Lock("현관")])
        clova.init_app(app)
    return app


def test_two_extensions_of_one_app_do_not_share_what_they_remember(url, ran):
    app = app_with(url, "거실", "침실")
    ceks = [CekClient(app, name=name) for name in ("거실", "침실")]
    for body in (unlock(), launched()):
        assert [statuses(cek, body, body) for cek in ceks] == [[200, 409], [200, 409]]


def test_two_machines_share_one_redis(redis_url, patient, ran):
    body = unlock()
    ceks = [CekClient(app_with(redis_url, "거실", CLOVA_EXTENSION_ID=["a", "b"])) for _ in range(2)]
    ceks.append(CekClient(app_with(redis_url, "거실", CLOVA_EXTENSION_ID=["b", "a"])))
    assert [statuses(cek, body) for cek in ceks] == [[200], [409], [409]]
    other = CekClient(app_with(redis_url, "거실", CLOVA_EXTENSION_ID="c"))
    assert statuses(other, body) == [200]


def test_what_is_older_than_the_ttl_is_forgotten(guarded, url, ran):
    cek = guarded(url, CLOVA_REPLAY_GUARD_TTL=1)
    body = unlock()
    assert statuses(cek, body, body) == [200, 409]
    time.sleep(1.1)
    assert statuses(cek, body, body) == [200, 409]


def test_what_redis_keeps_of_a_message_is_a_digest_with_an_end(guarded, own_redis, patient, ran):
    redis = pytest.importorskip("redis")
    guarded(own_redis.url, CLOVA_REPLAY_GUARD_TTL="90").send(unlock())
    with redis.Redis.from_url(own_redis.url) as client:
        [key] = client.keys()
        assert len(key.removeprefix(b"clova:replay:")) == 64
        assert client.get(key) == b"1"
        assert 80_000 < client.pttl(key) <= 90_000


def until_it_guards(cek):
    """Send messages until a repeat is refused: on a busy machine Redis may answer too late at first."""
    end = time.monotonic() + 20
    while True:
        body = unlock()
        if statuses(cek, body, body) == [200, 409]:
            return
        assert time.monotonic() < end, "it does not guard"
        time.sleep(0.2)


def timed(cek, body):
    start = time.monotonic()
    status = cek.send(body).status_code
    return status, time.monotonic() - start


@pytest.mark.parametrize(("fail", "away"), [("open", 200), ("closed", 503)])
@pytest.mark.parametrize("how", ["stop", "hang"])
def test_while_redis_is_away(guarded, own_redis, ran, signals, caplog, fail, away, how):
    cek = guarded(own_redis.url, CLOVA_REPLAY_GUARD_FAIL=fail)
    until_it_guards(cek)
    getattr(own_redis, how)()
    told_already = "cannot be used" in caplog.text  # and again in a minute only
    caplog.clear()
    lost = unlock()
    answers = [timed(cek, body) for body in (lost, lost, *(launched() for _ in range(98)))]
    assert {status for status, _ in answers} == {away}
    # A message waits 0.15 s; a busy machine adds to it, and redis-py by itself would wait 5 s.
    assert max(seconds for _, seconds in answers) < 1
    assert sum(seconds for _, seconds in answers) < 5, "it is not asked for each message"
    assert len(ran) == (98 if fail == "open" else 0)
    told = [record.getMessage() for record in caplog.records if "replay guard" in record.getMessage()]
    assert len(told) == 1 or told_already
    for text in told:
        assert text.startswith("The Redis for the replay guard cannot be used (")
        assert ("answered unchecked" if fail == "open" else "refused") in text
    if fail == "closed":
        assert type(signals[-1]) is ReplayGuardUnavailable
        assert cek.send(lost).json["error"].startswith("Whether the message has come before cannot be known")
    own_redis.go_on() if how == "hang" else own_redis.start()
    until_it_guards(cek)
    assert "The replay guard works again. " in caplog.text or told_already


def test_the_outage_of_many_threads_costs_each_of_them_once(guarded, own_redis, ran):
    cek = guarded(own_redis.url)
    until_it_guards(cek)
    own_redis.hang()
    start = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(cek, launched()), range(80)))
    assert time.monotonic() - start < 5, "80 times 0.15 s, by 8 threads, are 1.5 s more than they take"
    own_redis.go_on()
    assert set(answers) == {200}


def post(cek, body):
    headers = {"SignatureCEK": sign(cek.key, body)}
    return cek.app.test_client().post("/clova", data=body, headers=headers).status_code


def test_what_redis_refuses_is_an_outage(guarded, own_redis, patient, ran, caplog):
    redis = pytest.importorskip("redis")
    cek = guarded(own_redis.url, CLOVA_REPLAY_GUARD_FAIL="closed")
    with redis.Redis.from_url(own_redis.url) as client:
        client.config_set("maxmemory", 1)
        assert statuses(cek, unlock()) == [503]
        assert "(its memory is full)" in caplog.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "redis"),
        ("URL", "memory"),
        ("URL", "memory://x"),
        ("URL", "http://:비밀@host"),
        ("URL", "redis://:비밀@host/prod"),
        ("URL", ""),
        ("URL", 6379),
        ("TTL", 0),
        ("TTL", 0.5),
        ("TTL", -1),
        ("TTL", "1h"),
        ("TTL", "inf"),
        ("TTL", "nan"),
        ("TTL", 10**9),
        ("TTL", True),
        ("FAIL", "opened"),
        ("FAIL", True),
        ("FAIL", ""),
    ],
)
def test_settings_that_are_refused(guarded, name, value):
    if str(value).startswith("redis://"):
        pytest.importorskip("redis")
    with pytest.raises(ConfigurationError, match=f"^CLOVA_REPLAY_GUARD_{name} must be ") as raised:
        guarded(**{"url": value} if name == "URL" else {f"CLOVA_REPLAY_GUARD_{name}": value})
    assert "비밀" not in str(raised.value)


def codes(caplog):
    return [record.getMessage().rpartition("[")[2].rstrip("]") for record in caplog.records]


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"url": "redis://localhost"}, []),
        ({"url": "memory://"}, ["settings.replay-guard-in-memory"]),
        ({"url": "redis://localhost", "CLOVA_TIMESTAMP_TOLERANCE": 1800}, []),
        (
            {"url": "redis://localhost", "CLOVA_TIMESTAMP_TOLERANCE": 1801},
            ["settings.replay-guard-forgets"],
        ),
        (
            {"url": "memory://", "CLOVA_TIMESTAMP_TOLERANCE": 150, "CLOVA_REPLAY_GUARD_TTL": 299},
            ["settings.replay-guard-in-memory", "settings.replay-guard-forgets"],
        ),
    ],
    ids=["redis", "memory", "tolerance", "long tolerance", "both"],
)
def test_warnings_at_start(guarded, caplog, config, found):
    if config["url"] != "memory://":
        pytest.importorskip("redis")
    guarded(testing=False, **config)
    assert codes(caplog) == found


def test_no_warning_in_testing(guarded, caplog):
    guarded(CLOVA_TIMESTAMP_TOLERANCE=10**6)
    assert caplog.records == []


def check(app):
    return app.test_cli_runner().invoke(args=["clova", "check"]).output


def test_check_finds_a_redis_that_is_away(guarded, own_redis):
    app = guarded(own_redis.url, testing=False).app
    assert "replay" not in check(app)
    own_redis.stop()
    output = check(app)
    assert "The Redis for the replay guard cannot be used" in output
    assert "CLOVA_REPLAY_GUARD_URL" in output


def test_check_says_nothing_where_there_is_no_guard(clova, connect):
    clova.launch(lambda: ask("안녕"))
    assert "replay" not in check(connect(testing=False).app).lower()
