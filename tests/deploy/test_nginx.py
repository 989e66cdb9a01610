"""nginx and gunicorn by the files of `sample_app/deploy`, with messages that are really signed."""

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from importlib import metadata

import pytest

pytest.importorskip("gunicorn")
pytest.importorskip("authlib")
if not hasattr(os, "fork"):
    pytest.skip("the system cannot fork", allow_module_level=True)

from clova_flask.settings import Settings
from tests.deploy.servers import (
    call,
    connect,
    free_port,
    gunicorn,
    launch,
    nginx,
    nginx_config,
    nginx_program,
    post,
    wait_until,
)

if nginx_program() is None:
    pytest.skip("no nginx is installed: its configuration is not tested", allow_module_level=True)

# What the app sees of a request that came through the proxy.
SEEN = """
from flask import request
from sample_app.wsgi import app

@app.route("/seen")
def seen():
    return {"address": request.remote_addr, "url": request.url, "forwarded": request.headers.get("Forwarded")}
"""


ends_well = pytest.mark.skipif(
    int(metadata.version("gunicorn").split(".")[0]) < 25,
    reason="gunicorn before 25 loses messages when a gthread worker ends: not tested",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory, certificate):
    folder = tmp_path_factory.mktemp("served")
    (folder / "seen.py").write_text(SEEN)
    with gunicorn(folder, app="seen:app") as (_, port), nginx(folder, certificate, port) as https:
        yield https


def test_nginx_accepts_the_configuration(tmp_path, certificate):
    config = nginx_config(tmp_path, certificate, free_port(), [8000])
    done = subprocess.run(
        [nginx_program(), "-t", "-p", str(tmp_path), "-c", str(config)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_a_signed_message_is_answered_by_https(served, certificate):
    status, answer = post(served, launch(), tls=certificate)
    assert status == 200
    assert json.loads(answer)["response"]["outputSpeech"]["values"]["value"].startswith("피자봇입니다.")


@pytest.mark.parametrize("text", [{}, {"SignatureCEK": "AAAA"}], ids=["unsigned", "forged"])
def test_what_is_not_signed_is_refused(served, certificate, text):
    assert call(served, "POST", "/clova", launch(), text, tls=certificate)[0] == 401


def test_the_longest_message_passes_and_one_byte_more_does_not(served, certificate):
    longest = Settings().max_content_length
    body = launch()
    body += b" " * (longest - len(body))
    assert post(served, body, tls=certificate)[0] == 200
    assert call(served, "POST", "/clova", body + b" ", tls=certificate)[0] == 413


def test_forwarded_headers_of_the_client_do_not_count(served, certificate):
    forged = {
        "X-Forwarded-For": "8.8.8.8",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "for=8.8.8.8",
        "X-Forwarded-Prefix": "/evil",
    }
    status, answer = call(served, "GET", "/seen", headers=forged, tls=certificate, source="127.0.0.2")
    assert status == 200
    seen = {"address": "127.0.0.2", "url": "https://pizza.example.com/seen", "forwarded": None}
    assert json.loads(answer) == seen


def test_the_consent_page_sees_https(served, certificate):
    status, page = call(served, "GET", "/clova/link/authorize", tls=certificate)
    assert status == 400
    assert b"ProxyFix" not in page


def test_the_health_is_for_this_machine_alone(served, certificate):
    assert call(served, "GET", "/clova/health?ready", tls=certificate)[0] in (200, 503)
    assert call(served, "GET", "/clova/health", tls=certificate)[0] == 200
    assert call(served, "GET", "/clova/health", tls=certificate, source="127.0.0.2")[0] == 403


@contextlib.contextmanager
def slow_clients(count, port, **options):
    """Keep clients that have sent half a message."""
    body = launch()
    head = f"POST /clova HTTP/1.1\r\nHost: pizza.example.com\r\nContent-Length: {len(body)}\r\n\r\n"
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            client = stack.enter_context(connect(port, **options))
            client.sendall(head.encode() + body[: len(body) // 2])
            time.sleep(0.1)  # until a worker, or nginx, has it
        yield


def test_slow_clients_stop_sync_workers_and_not_those_behind_nginx(tmp_path, certificate):
    options = ("--worker-class", "sync", "--threads", "1", "--workers", "2")
    with gunicorn(tmp_path / "gunicorn", *options) as (_, port), nginx(tmp_path, certificate, port) as https:
        with slow_clients(2, https, tls=certificate):
            for _ in range(20):
                assert post(https, launch(), tls=certificate, timeout=2)[0] == 200
        with slow_clients(2, port), pytest.raises(TimeoutError):
            post(port, launch(), timeout=2)


@contextlib.contextmanager
def load(port, **options):
    """Send messages, by four clients, until the block ends; yield what became of them."""
    outcomes, is_over = Counter(), threading.Event()

    def client():
        while not is_over.is_set():
            try:
                outcome = post(port, launch(), **options)[0]
            except OSError as error:
                outcome = type(error).__name__
            outcomes[outcome] += 1

    clients = [threading.Thread(target=client) for _ in range(4)]
    for one in clients:
        one.start()
    try:
        yield outcomes
    finally:
        is_over.set()
        for one in clients:
            one.join()


VERSIONED = """
from pathlib import Path
from sample_app.wsgi import app

version = (Path(__file__).parent / "version").read_text()
app.add_url_rule("/version", view_func=lambda: version)
"""


@ends_well
def test_a_reload_runs_the_new_code_and_loses_no_message(tmp_path, certificate):
    (tmp_path / "versioned.py").write_text(VERSIONED)
    (tmp_path / "version").write_text("before")
    with (
        gunicorn(tmp_path, app="versioned:app") as (process, port),
        nginx(tmp_path / "nginx", certificate, port) as https,
    ):
        assert call(https, "GET", "/version", tls=certificate) == (200, b"before")
        with load(https, tls=certificate) as outcomes:
            for version in (b"one", b"two"):
                (tmp_path / "version").write_bytes(version)
                process.send_signal(signal.SIGHUP)
                wait_until(lambda: versions(https, certificate) == {version}, process)  # noqa: B023
        assert outcomes.keys() == {200}
    assert outcomes[200] >= 5  # on a busy machine a message takes its time


def versions(https, certificate):
    return {call(https, "GET", "/version", tls=certificate)[1] for _ in range(10)}


@ends_well
def test_workers_that_are_replaced_lose_no_message(tmp_path, certificate):
    options = ("--max-requests", "25", "--max-requests-jitter", "10")
    with (
        gunicorn(tmp_path, *options) as (process, port),
        nginx(tmp_path / "nginx", certificate, port) as https,
        load(https, tls=certificate) as outcomes,
    ):
        log = tmp_path / "gunicorn.log"
        wait_until(lambda: log.read_text().count("Booting worker") >= 6, process)
    assert outcomes.keys() == {200}


def test_a_machine_that_is_gone_costs_no_message(tmp_path, certificate):
    gone = free_port()
    with (
        gunicorn(tmp_path) as (_, port),
        nginx(tmp_path / "nginx", certificate, gone, port) as https,
    ):
        assert Counter(post(https, launch(), tls=certificate)[0] for _ in range(20)) == {200: 20}


def test_another_name_gets_no_certificate(served, certificate):
    with pytest.raises(OSError, match="UNRECOGNIZED_NAME"):
        call(served, "GET", "/", tls=certificate, host="evil.example")
