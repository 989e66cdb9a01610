"""``flask clova console``: the app and the console beside it, by real HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

import requests
from flask import Flask

from clova_flask import Clova

SHOP = """
from flask import Flask
from clova_flask import Clova, tell

app = Flask("shop", instance_path={instance!r})
clova = Clova(app, extension_id="com.example.pizzabot", platform="naver")

@clova.launch
def welcome():
    app.logger.info("누가 왔습니다")
    return tell("어서 오세요.")
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def get(url):
    end = time.monotonic() + 30
    while True:
        try:
            return requests.get(url, headers={"Accept-Language": "ko"}, timeout=5)
        except requests.ConnectionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def is_served(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _hear_of_ctrl_c():
    """Undo what a shell does to what it runs in the background, where the tests may run."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("named", ["shop", ""], ids=["--app", "app.py"])
def test_the_console_and_the_app(tmp_path, named):
    port, app_port = free_port(), free_port()
    file = tmp_path / f"{named or 'app'}.py"
    file.write_text(SHOP.format(instance=str(tmp_path / "instance")), encoding="utf-8")
    command = [sys.executable, "-m", "flask", *(("--app", named) if named else ())]
    command += ["clova", "console", "--port", str(port), "--app-port", str(app_port)]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, preexec_fn=_hear_of_ctrl_c
    ) as process:
        try:
            page = get(f"http://localhost:{port}/")
            assert "com.example.pizzabot" in page.text
            assert "실행 중" in page.text
            assert requests.get(f"http://127.0.0.1:{app_port}/", timeout=5).status_code == 404
        finally:
            process.send_signal(signal.SIGINT)
            told = process.stdout.read()
    assert f"http://localhost:{port}" in told
    end = time.monotonic() + 10
    while is_served(app_port) and time.monotonic() < end:
        time.sleep(0.1)
    assert not is_served(app_port)
    assert (tmp_path / "instance/clova_console.db").exists()


@pytest.fixture
def runner():
    app = Flask("shop")
    Clova(app, extension_id="com.example.pizzabot", platform="naver")
    return app.test_cli_runner()


def test_other_machines_need_a_password(runner):
    result = runner.invoke(args=["clova", "console", "--host", "0.0.0.0"])
    assert result.exit_code == 2
    assert "CLOVA_CONSOLE_PASSWORD" in result.output


@pytest.mark.parametrize("option", ["--port", "--app-port"])
def test_a_port_in_use_is_told(runner, option, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text("", encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        other = "--app-port" if option == "--port" else "--port"
        arguments = [option, str(taken.getsockname()[1]), other, str(free_port())]
        result = runner.invoke(args=["clova", "console", *arguments])
    assert result.exit_code == 2
    assert f"Choose another: {option}" in result.output


def test_a_command_line_of_the_apps_own_has_to_name_it(runner, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = runner.invoke(args=["clova", "console"])
    assert result.exit_code == 2
    assert "flask --app shop clova console" in result.output


def test_without_an_app_the_console_is_served_alone(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "flask", "clova", "console", "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "FLASK_APP"}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_of_ctrl_c,
    ) as process:
        try:
            assert get(f"http://localhost:{port}/").status_code == 200
        finally:
            process.send_signal(signal.SIGINT)
            told = process.stdout.read()
    assert "flask --app shop clova console" in told
    assert (tmp_path / "instance/clova_console.db").exists()
