"""Accounts that are linked from the terminal: `/link` in a conversation, and `--link` of the commands."""

import json
import threading
from pathlib import Path

import pytest

for package in ("alembic", "authlib", "sqlalchemy"):
    pytest.importorskip(package)

import requests
from click import unstyle
from flask import Flask
from werkzeug.serving import make_server

from clova_flask import Clova
from clova_flask.devtools.cli import clova as commands
from clova_flask.devtools.cli.talk import show_line
from clova_flask.devtools.simulator.address import Where
from clova_flask.devtools.simulator.caller import Caller
from clova_flask.devtools.simulator.linking_by_url import CLIENT_ID, CLIENT_SECRET
from clova_flask.devtools.simulator.requests import launch_request
from clova_flask.devtools.simulator.start import make_cek
from clova_flask.devtools.simulator.talk import Talk
from clova_flask.runtime import runtime_of
from clova_flask.security.devkey import write_key
from tests.linking.shop import CLIENT_ID as SHOPS
from tests.linking.shop import proof_in

NAVER = "https://prod-ni-cic.clova.ai/v1/al/token"
GREETED = "Clova: 보라님, 안녕하세요."


def talking(app, where=None):
    talk = Talk(make_cek(app, runtime_of(app), where=where or Where(), needs_model=False))

    def say(text):
        talk.styled = list(show_line(talk, text))
        return [unstyle(row) for row in talk.styled]

    talk.say = say
    return talk


@pytest.fixture
def talk(shop):
    return talking(shop.app)


@pytest.fixture
def run(shop, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    write_key(Path(shop.app.instance_path))

    def run(*arguments, **options):
        return shop.app.test_cli_runner().invoke(commands, arguments, **options)

    return run


def test_a_conversation_with_a_linked_account(talk):
    assert "연결" in talk.say("/launch")[1]
    (linked,) = talk.say("/link bora")
    told = "the account of bora is linked, and no session; the token is valid for 3600 s, /token shows it"
    assert linked == f"  ({told})"
    assert GREETED in talk.say("/launch")
    assert "Home: DiscoverAppliancesResponse" in talk.say("/home DiscoverAppliances")
    token, left = talk.say("/token")
    assert token.strip() == talk.cek.device.caller.access_token
    assert left in ("  (valid for 3600 s more, scopes: none)", "  (valid for 3599 s more, scopes: none)")


def test_another_account_and_none(talk):
    talk.say("/link bora")
    talk.say("/link さくら orders profile")
    assert "Clova: さくら님, 안녕하세요." in talk.say("/launch")
    assert "scopes: orders profile" in talk.say("/token")[1]
    assert talk.say("/unlink") == ["  (the tokens are forgotten, and no session; the app is not told)"]
    assert talk.say("/token") == ["  (there is no access token; /link USER or /as TOKEN)"]
    assert "연결" in talk.say("/launch")[1]


def test_a_token_that_is_given_takes_the_place_of_the_account(talk):
    talk.say("/link bora")
    talk.say("/as made-up")
    assert talk.say("/token") == ["  made-up"]
    assert "Home: InvalidAccessTokenError" in talk.say("/home DiscoverAppliances")


def test_a_long_conversation_refreshes_the_token(talk):
    talk.say("/link bora")
    first = talk.cek.device.caller.access_token
    talk.cek.linker.expire(first)
    talk.cek.account.expire(refreshes=True)
    assert talk.say("/token")[1].startswith("  (valid for 0 s more")
    assert GREETED in talk.say("/launch")
    assert talk.cek.device.caller.access_token != first


def test_a_link_that_ended_is_told_when_it_cannot_be_refreshed(shop, talk):
    talk.say("/link bora")
    with shop.app.app_context():
        shop.linking.unlink("bora")
    talk.cek.account.expire(refreshes=True)
    (problem,) = talk.say("/launch")
    assert "did not refresh it" in problem
    assert talk.styled[0].startswith("\x1b[33m")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("/link", "Name who is signed in, and the scopes if there are any: /link bora orders"),
        ('/link bora "', "The app did not link the account: invalid_scope"),
        ("/lnk bora", "/lnk is not a command; /help lists them. Did you mean 'link'?"),
    ],
)
def test_what_cannot_be_linked_is_said(talk, line, text):
    (problem,) = talk.say(line)
    assert problem.strip().startswith(text)
    assert "연결" in talk.say("/launch")[1]


def test_an_app_without_linking_is_told(tmp_path):
    app = Flask("home", instance_path=str(tmp_path))
    Clova(app, platform="naver").launch(lambda: "안녕")
    assert "has no account linking" in talking(app).say("/link bora")[0]


@pytest.mark.parametrize("testing", [True, False])
def test_an_app_that_fails_does_not_end_the_conversation(make_shop, testing):
    shop = make_shop(declare=False)
    shop.app.testing = testing
    (problem,) = talking(shop.app).say("/link bora")
    assert "answers 500 instead of a page." in problem
    assert not testing or "ConfigurationError: Account linking does not know who is signed in." in problem


def test_what_the_page_lacks_is_said(shop, talk):
    from jinja2 import DictLoader

    own = "<form method=post><input name=proof value='{{ proof }}'><button name=decision value=allow></form>"
    shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": own})
    linked, finding = talk.say("/link bora")
    assert "is linked" in linked
    assert finding.endswith("[linking.page-viewport]")


# With an extension elsewhere


@pytest.fixture
def elsewhere(shop):
    """The shop behind a socket, by http at loopback, which OAuth allows."""
    shop.app.debug = True
    write_key(Path(shop.app.instance_path))
    server = make_server("127.0.0.1", 0, shop.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.port}/clova"
    server.shutdown()
    thread.join()
    server.server_close()


def by_hand(address):
    """Sign in with a browser and allow; return the address that it is sent to."""
    with requests.Session() as browser:
        browser.cookies.set("who", b"bora".hex())
        page = browser.get(address)
        form = {"proof": proof_in(page), "decision": "allow"}
        answered = browser.post(address, data=form, headers={"Referer": address}, allow_redirects=False)
    return answered.headers["Location"]


def test_an_account_elsewhere(shop, elsewhere, monkeypatch):
    talk = talking(shop.app, Where(url=elsewhere))
    (needs,) = talk.say("/link")
    assert f"{CLIENT_ID} and {CLIENT_SECRET}" in needs
    assert "/as TOKEN" in needs
    monkeypatch.setenv(CLIENT_ID, SHOPS)
    monkeypatch.setenv(CLIENT_SECRET, shop.secret)
    assert "Begin with /link alone" in talk.say(f"/link {NAVER}?code=a")[0]
    head, address, then = (line.strip() for line in talk.say("/link orders"))
    assert address.startswith(f"{elsewhere}/link/authorize?state=")
    assert (head[:4], then[:4]) == ("Open", "Then")
    back = by_hand(address)
    assert "state was changed" in talk.say(f"/link {back.replace('state=', 'state=a')}")[0]
    linked, *findings = talk.say(f"/link {back}")
    assert "the account is linked" in linked
    assert all(finding.endswith("[linking.http]") for finding in findings)
    assert GREETED in talk.say("/launch")
    assert "invalid_grant" in talk.say(f"/link {back}")[0], "a code is redeemed once"


def test_nobody_can_be_signed_in_elsewhere_from_here(run, shop):
    for command in (["say", "안녕"], ["home", "discover"], ["talk"], ["send", "-"]):
        result = run(*command, "--link", "bora", "--url", "http://127.0.0.1:9/clova", input="{}")
        assert result.exit_code == 2
        assert "/link" in result.output


# Commands


def test_the_commands_of_a_home(run):
    listed = run("home", "discover", "--link", "bora")
    assert (listed.exit_code, "보라 등" in listed.output) == (0, True)
    controlled = run("home", "control", "HealthCheck", "lamp-1", "--link", "さくら", "--json")
    assert json.loads(controlled.stdout)["header"]["name"] == "HealthCheckResponse"


def test_a_stored_message_brings_the_token(run, tmp_path):
    caller = Caller("com.example.pizzabot", version="0.1.0")
    file = tmp_path / "launch.json"
    file.write_text(json.dumps(caller.message(launch_request())))
    assert "연결" in run("send", str(file)).output
    assert GREETED in run("send", str(file), "--link", "bora").output
    header = {"messageId": "1", "namespace": "ClovaHome", "name": "DiscoverAppliancesRequest"}
    file.write_text(json.dumps({"header": {**header, "payloadVersion": "1.0"}, "payload": {}}))
    assert "보라 등" in run("send", str(file), "--link", "bora").output
    assert run("send", "-", "--link", "bora", input="[").exit_code == 1


def test_a_conversation_may_begin_with_it(run):
    result = run("talk", "--link", "bora", input="/launch\n/unlink\n/launch\n")
    assert "the account of bora is linked" in result.output
    assert result.output.index("보라님") < result.output.index("연결해")


def test_a_dialog_of_a_linked_account(run, tmp_path):
    pytest.importorskip("yaml")
    dialog = tmp_path / "greeting.dialog.yaml"
    dialog.write_text("turns:\n- launch:\n  speech: 보라님, 안녕하세요.\n", encoding="utf-8")
    result = run("replay", str(dialog), "--link", "bora")
    assert "passed" in result.output, result.output
    assert run("replay", str(dialog)).exit_code == 1


def test_a_user_that_cannot_be_linked(run):
    result = run("home", "discover", "--link", "")
    assert result.exit_code == 1
    assert "Name who is signed in" in result.output
