"""Where CEK calls the app: the base URL of the test client, of dialogs and of commands."""

import json
from pathlib import Path

import pytest
from flask import Flask, request

from clova_flask import Clova, ClovaError, ask
from clova_flask.devtools.cli import clova as commands
from clova_flask.security.devkey import write_key
from clova_flask.testing import CekClient


@pytest.fixture
def make(tmp_path):
    """Make an app whose extension says where it was called."""

    def make(**config):
        app = Flask(__name__, instance_path=str(tmp_path / "instance"))
        app.config.update(config)
        clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
        clova.launch(lambda: ask(request.url))
        return app

    return make


@pytest.mark.parametrize(
    ("config", "called"),
    [
        ({}, "http://localhost/clova"),
        ({"SERVER_NAME": "voice.example.com"}, "http://voice.example.com/clova"),
        ({"PREFERRED_URL_SCHEME": "https"}, "https://localhost/clova"),
        (
            {"SERVER_NAME": "voice.example.com:8443", "PREFERRED_URL_SCHEME": "https"},
            "https://voice.example.com:8443/clova",
        ),
        ({"APPLICATION_ROOT": "/shop"}, "http://localhost/shop/clova"),
        ({"APPLICATION_ROOT": "/shop", "CLOVA_URL_PREFIX": "/음성"}, "http://localhost/shop/음성"),
        ({"CLOVA_URL_PREFIX": "/voice/pizza"}, "http://localhost/voice/pizza"),
        ({"CLOVA_URL_PREFIX": ""}, "http://localhost/"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_without_a_base_url_it_is_where_the_app_has_its_own_urls(make, config, called):
    assert CekClient(make(**config)).launch().speech == called


@pytest.mark.parametrize(
    ("base_url", "called"),
    [
        ("https://voice.example.com", "https://voice.example.com/clova"),
        ("https://voice.example.com/", "https://voice.example.com/clova"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000/clova"),
        ("https://voice.example.com/shop", "https://voice.example.com/shop/clova"),
    ],
)
def test_with_a_base_url_it_is_there(make, base_url, called):
    app = make(SERVER_NAME="www.example.com")
    assert CekClient(app, base_url=base_url).launch().speech == called


@pytest.mark.parametrize(
    "base_url", ["voice.example.com", "ftp://x", "https://", "http://[::1", "https://x/?a=1", "https://x#y"]
)
def test_what_is_no_base_url_is_told_so(make, base_url):
    with pytest.raises(ClovaError, match=r"is not a base URL\. It must be a scheme and a host"):
        CekClient(make(), base_url=base_url)


def test_the_path_is_the_extensions_own(make):
    assert CekClient(make()).path == "/clova"
    assert CekClient(make(CLOVA_URL_PREFIX="/voice"), base_url="https://x.example.com/shop").path == "/voice"


@pytest.fixture
def run(make, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")

    def run(*arguments, **config):
        app = make(**config)
        if not Path(app.instance_path).exists():
            write_key(Path(app.instance_path))
        return app.test_cli_runner().invoke(commands, list(map(str, arguments)))

    return run


@pytest.fixture
def message(tmp_path):
    path = tmp_path / "launch.json"
    path.write_text('{"version": "1.0", "request": {"type": "LaunchRequest"}}', encoding="utf-8")
    return path


@pytest.fixture
def dialog(tmp_path):
    pytest.importorskip("yaml")

    def dialog(text):
        path = tmp_path / "where.dialog.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return dialog


TRUSTED = {"TRUSTED_HOSTS": ["voice.example.com"]}


def test_commands_call_the_app_at_the_base_url(run, message, dialog):
    path = dialog("turns:\n  - launch:\n    speech: https://voice.example.com/clova\n")
    base_url = "--base-url", "https://voice.example.com"
    for command in (("replay", path), ("home", "control", "TurnOn", "lamp-1", "--token", "t")):
        refused = run(*command, **TRUSTED)
        assert refused.exit_code == 1
        assert "localhost is not one of the app's TRUSTED_HOSTS (voice.example.com)" in refused.output
        assert "--base-url" in refused.output
    assert run("replay", path, *base_url, **TRUSTED).exit_code == 0
    home = run("home", "control", "TurnOn", "lamp-1", "--token", "t", *base_url, **TRUSTED)
    assert "UnsupportedOperationError" in home.output


def test_send_calls_the_app_at_the_base_url(make, run, message):
    sent = CekClient(make()).caller.message({"type": "LaunchRequest"})
    message.write_text(json.dumps(sent), encoding="utf-8")
    refused = run("send", message, **TRUSTED)
    assert refused.exit_code == 1
    assert "localhost is not one of the app's TRUSTED_HOSTS (voice.example.com)" in refused.output
    done = run("send", message, "--base-url", "https://voice.example.com", **TRUSTED)
    assert "Clova: https://voice.example.com/clova" in done.output


def test_a_dialog_tells_its_base_url_itself(run, dialog):
    path = dialog(
        "base_url: https://voice.example.com\n"
        "turns:\n  - launch:\n    speech: https://voice.example.com/clova\n"
    )
    assert run("replay", path, **TRUSTED).exit_code == 0
    assert run("replay", path, "--base-url", "https://other.example.com", **TRUSTED).exit_code == 0


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("base_url: 1", "'base_url' must be text, not 1."),
        ("base_url: voice.example.com", "'voice.example.com' is not a base URL."),
        ("view_args: acme", "'view_args' must be a mapping whose keys are text, not 'acme'."),
        ("view_args: {tenant: acme}", "view_args has 'tenant', which /clova does not have."),
        ("base: x", "'base' is not a key here. Did you mean 'base_url'?"),
    ],
)
def test_a_dialog_whose_address_is_none_is_told_so(run, dialog, line, error):
    result = run("replay", dialog(f"{line}\nturns: [launch]\n"))
    assert result.exit_code == 1
    assert error in result.output


def test_a_running_endpoint_has_no_base_url(run, message):
    for option in (("--base-url", "https://x.example.com"), ("--view-arg", "tenant=acme")):
        result = run("send", message, "--url", "http://127.0.0.1:9/clova", *option)
        assert result.exit_code == 2
        assert "--url is the whole address of a server" in result.output


def test_a_view_arg_that_is_none_is_told_so(run, message):
    result = run("send", message, "--view-arg", "tenant")
    assert (result.exit_code, "'tenant' must be NAME=VALUE" in result.output) == (2, True)


def app_of(matches=None, server_name=None, **settings):
    """Make an app that matches hosts or subdomains, whose extension says where it was called."""
    options = {"hosts": {"host_matching": True, "static_host": "www.example.com"}}
    app = Flask(__name__, **options.get(matches, {"subdomain_matching": matches == "subdomains"}))
    app.config["SERVER_NAME"] = server_name
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot", **settings)
    clova.launch(lambda: ask(f"{request.url} {dict(sorted(request.view_args.items()))}"))
    return app


@pytest.mark.parametrize(
    ("bot", "client", "called"),
    [
        (app_of("hosts", host="voice.example.com"), {}, "http://voice.example.com/clova {}"),
        (
            app_of("subdomains", "example.com", subdomain="voice"),
            {},
            "http://voice.example.com/clova {}",
        ),
        (
            app_of("hosts", host="<tenant>.example.com"),
            {"view_args": {"tenant": "bora"}},
            "http://bora.example.com/clova {'tenant': 'bora'}",
        ),
        (
            app_of("hosts", host="<tenant>.example.com"),
            {"base_url": "https://minji.example.com:8443"},
            None,
        ),
        (
            app_of("hosts", host="<tenant>.example.com"),
            {"base_url": "https://minji.example.com"},
            "https://minji.example.com/clova {'tenant': 'minji'}",
        ),
        (
            app_of("subdomains", "example.com", subdomain="<tenant>", url_prefix="/<int:shop>/음성"),
            {"base_url": "https://minji.example.com", "view_args": {"shop": 7}},
            "https://minji.example.com/7/음성 {'shop': 7, 'tenant': 'minji'}",
        ),
        (
            app_of(url_prefix="/<path:tenant>/clova"),
            {"view_args": {"tenant": "서울/강남"}},
            "http://localhost/서울/강남/clova {'tenant': '서울/강남'}",
        ),
    ],
    ids=[
        "host",
        "subdomain",
        "variable host",
        "another port",
        "variable host of the base URL",
        "variable subdomain and prefix",
        "variable prefix",
    ],
)
def test_an_extension_with_a_host_of_its_own_is_called_there(bot, client, called):
    reply = CekClient(bot, **client).launch()
    if called is None:
        assert "The extension 'clova' is at http://<tenant>.example.com/clova" in reply.cause
    else:
        assert reply.speech == called


@pytest.mark.parametrize(
    ("bot", "client", "error"),
    [
        (
            app_of(url_prefix="/<tenant>/clova"),
            {},
            "is at /<tenant>/clova. Give values: view_args={'tenant': …} (on the command line --view-arg",
        ),
        (
            app_of("hosts", host="<tenant>.example.com", url_prefix="/<shop>"),
            {},
            "view_args={'shop': …, 'tenant': …}",
        ),
        (
            app_of("hosts", host="<tenant>.example.com", url_prefix="/<shop>"),
            {"base_url": "https://bora.example.com"},
            "view_args={'shop': …} ",
        ),
        (
            app_of(url_prefix="/<tenant>/clova"),
            {"view_args": {"tenent": "bora"}},
            "view_args has 'tenent', which /<tenant>/clova does not have. Did you mean 'tenant'?",
        ),
        (app_of(), {"view_args": {"tenant": "bora"}}, "which /clova does not have."),
        (
            app_of(url_prefix="/<int:shop>"),
            {"view_args": {"shop": "강남"}},
            "The values {'shop': '강남'} do not fit the address of the extension 'clova', /<int:shop>.",
        ),
    ],
    ids=["prefix", "host and prefix", "prefix beside a base URL", "misspelt", "none", "not an int"],
)
def test_an_address_whose_variables_lack_values_is_told_so(bot, client, error):
    with pytest.raises(ClovaError) as raised:
        CekClient(bot, **client)
    assert error in str(raised.value)


def test_commands_and_dialogs_have_values_too(dialog, tmp_path, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")

    def run(*arguments):
        app = app_of(url_prefix="/<tenant>/<int:shop>/clova")
        return app.test_cli_runner().invoke(commands, list(map(str, arguments)))

    turns = "turns:\n  - launch:\n    speech: http://localhost/bora/7/clova *\n"
    options = "--view-arg", "tenant=bora", "--view-arg", "shop=7"
    assert "--view-arg shop=… --view-arg tenant=…" in run("replay", dialog(turns)).output
    assert run("replay", dialog(turns), *options).exit_code == 0
    assert run("replay", dialog(f"view_args: {{tenant: bora, shop: 7}}\n{turns}")).exit_code == 0


def test_a_host_that_is_not_the_extensions_is_told_so():
    app = app_of("hosts", host="voice.example.com")
    reply = CekClient(app, base_url="https://www.example.com").launch()
    assert reply.status_code == 404
    assert "No rule of the app matches https://www.example.com/clova, or a hook answers so." in reply.cause
    assert 'is at http://voice.example.com/clova: base_url="http://voice.example.com"' in reply.cause
