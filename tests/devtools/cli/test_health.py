"""``flask clova health``: what a container asks, of a server that is well, not ready, away, or odd."""

import http.server
import json
import os
import socket
import subprocess
import sys
import threading
import time

import pytest
from flask import Flask

from clova_flask import Clova
from clova_flask.devtools.cli import clova as commands
from clova_flask.devtools.cli import health


@pytest.fixture
def server():
    """Serve what a test says, and keep what was asked."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append((self.path, self.headers["Host"]))
            self.send_response(server.status)
            for header in server.headers.items():
                self.send_header(*header)
            self.end_headers()

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked, server.status, server.headers = [], 200, {}
        server.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def ask(monkeypatch):
    """Run the command, in an environment whose proxy answers nothing."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    def ask(*arguments, app=None):
        runner = (app or Flask("none")).test_cli_runner()
        result = (
            runner.invoke(args=["clova", "health", *arguments])
            if app
            else runner.invoke(commands, ["health", *arguments])
        )
        assert result.output.count("\n") == 1 or result.exit_code == 2, result.output
        return result.exit_code, result.output.strip()

    return ask


def make_app(*, name="clova", app=None, health=True, **settings):
    app = app or Flask("shop", **({"host_matching": True, "static_host": "x"} if "host" in settings else {}))
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x")
    Clova(name, health=health, **settings).init_app(app)
    return app


@pytest.mark.parametrize("end", ["", "/", "/health", "/health?ready", "/?a=b"])
def test_one_that_is_ready(ask, server, end):
    url = f"{server.url}/clova{end}"
    assert ask(url) == (0, f"{server.url}/clova/health?ready: 200, well")
    assert ask(url, "--no-ready") == (0, f"{server.url}/clova/health: 200, well")
    assert [path for path, _ in server.asked] == ["/clova/health?ready", "/clova/health"]


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (503, {}, "503, not ready"),
        (404, {}, "404, nothing is there: is CLOVA_HEALTH on"),
        (302, {"Location": "https://example.com/로그인\x1b[1m"}, "302, redirected to https://example.com/"),
        (500, {}, "500, not the health"),
        (204, {}, "204, not the health"),
    ],
)
def test_one_that_is_not(ask, server, status, headers, told):
    server.status, server.headers = (
        status,
        {key: value.encode().decode("latin-1") for key, value in headers.items()},
    )
    exit_code, output = ask(f"{server.url}/clova")
    assert exit_code == 1
    assert f": {told}" in output
    assert "\x1b" not in output


def test_a_host_name(ask, server):
    ask(f"{server.url}/clova", "--host", "voice.example.com")
    assert server.asked == [("/clova/health?ready", "voice.example.com")]


@pytest.mark.parametrize(
    "says",
    [b"", b"rubbish\r\n\r\n", b"HTTP/1.", b"HTTP/1.1 x y\r\n\r\n", "안녕".encode(), None, b"drip"],
    ids=["nothing", "rubbish", "a half", "no status", "korean", "silence", "drip"],
)
def test_a_server_that_answers_oddly(ask, says):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stop = threading.Event()

        def serve():
            accepted, _ = listening.accept()
            with accepted:
                accepted.recv(1000)
                if says is None:
                    stop.wait(5)
                elif says == b"drip":
                    while not stop.wait(0.05):
                        accepted.sendall(b"H")
                else:
                    accepted.sendall(says)

        thread = threading.Thread(target=serve)
        thread.start()
        began = time.monotonic()
        exit_code, output = ask(f"http://127.0.0.1:{listening.getsockname()[1]}/clova", "--timeout", "0.5")
        stop.set()
        thread.join()
    assert exit_code == 1
    assert ": no answer" in output
    assert time.monotonic() - began < 3


def test_a_server_that_is_away(ask):
    exit_code, output = ask("http://127.0.0.1:1/clova")
    assert exit_code == 1
    assert "no answer (" in output
    assert "refused" in output


@pytest.mark.parametrize(
    "url", ["clova", "ftp://127.0.0.1/clova", "http:///clova", "http://127.0.0.1:x/clova"]
)
def test_what_is_no_url(ask, url):
    exit_code, output = ask(url)
    assert exit_code in (1, 2)
    assert "Traceback" not in output


@pytest.fixture
def here(monkeypatch, server):
    """Let the machine's server be that of the test."""
    monkeypatch.setattr(health, "SERVER", server.url)
    return server


def test_the_extension_of_the_app(ask, here):
    assert ask(app=make_app())[0] == 0
    assert ask("--no-ready", app=make_app(url_prefix="/voice"))[0] == 0
    assert ask(app=make_app(url_prefix="/"))[0] == 0
    assert [path for path, _ in here.asked] == ["/clova/health?ready", "/voice/health", "/health?ready"]


def test_an_extension_with_a_host_of_its_own(ask, here):
    ask(app=make_app(host="voice.example.com"))
    app = Flask("shop", subdomain_matching=True)
    app.config["SERVER_NAME"] = "example.com"
    ask(app=make_app(app=app, subdomain="radio"))
    assert [host for _, host in here.asked] == ["voice.example.com", "radio.example.com"]


def test_an_app_with_several(ask, here):
    app = make_app()
    make_app(app=app, name="radio", url_prefix="/radio")
    exit_code, output = ask(app=app)
    assert exit_code == 1
    assert "several Clova extensions: clova, radio" in output
    assert ask("--name", "radio", app=app)[0] == 0
    assert here.asked[0][0] == "/radio/health?ready"


def test_an_extension_that_cannot_be_asked(ask, here):
    assert ask(app=make_app(health=False)) == (
        1,
        "Error: The extension 'clova' has no health: set CLOVA_HEALTH.",
    )
    exit_code, output = ask(app=make_app(url_prefix="/<tenant>/clova"))
    assert exit_code == 1
    assert "is at /<tenant>/clova. Pass its URL with values" in output
    assert here.asked == []


SLOW = """
import sys
from flask.cli import main
sys.argv = ["flask", "clova", "health", sys.argv[1]]
try:
    main()
except SystemExit as stop:
    import json
    heavy = ("requests", "marshmallow", "clova_flask.runtime", "clova_flask.devtools.cli.commands")
    print(json.dumps([stop.code, [name for name in heavy if name in sys.modules]]))
"""


def test_with_a_url_neither_the_app_nor_the_other_commands_are_loaded(server, tmp_path):
    (tmp_path / "app.py").write_text("raise RuntimeError('loaded')")
    environ = {**os.environ, "FLASK_APP": "app.py"}
    done = subprocess.run(
        [sys.executable, "-c", SLOW, f"{server.url}/clova"],
        capture_output=True, text=True, cwd=tmp_path, env=environ, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []], done.stderr
