"""The test of a custom extension."""

import json
import threading

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from flask import Flask

from clova_flask import Clova, ask, tell
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.devtools.console.models.understanders import Known
from clova_flask.devtools.console.records import db
from clova_flask.devtools.console.testing.turn_records import Turn
from clova_flask.devtools.model.files import load_model
from clova_flask.security.devkey import public_pem
from tests.devtools.console.browser import Browser

MODEL = 'language = "ko"\ninvocation_names = ["피자봇"]\nbuilt_in_slot_types = ["CLOVA.NUMBER"]\n'
ORDER = """\
[INTENT SLOT]
count\tCLOVA.NUMBER

[INTENT EXPRESSION]
피자 <count>두 판</count> 주문해 줘
<count>세 판</count> 시켜 줘
"""


@pytest.fixture
def public_key(console):
    with console.app_context():
        return public_pem(signing_key())


@pytest.fixture
def endpoint(serve, public_key):
    app = Flask("shop")
    clova = Clova(extension_id="com.example.pizzabot", platform="naver", public_key=public_key)

    @clova.launch
    def welcome():
        return ask("어서 오세요. <몇 판> 드릴까요?", reprompt="몇 판이요?")

    @clova.intent("OrderPizza")
    def order(count: int = 1):
        return tell(f"피자 {count}판을 주문했습니다.")

    clova.init_app(app)
    return f"{serve(app)}/clova"


@pytest.fixture
def model(tmp_path, monkeypatch):
    pytest.importorskip("rapidfuzz")
    folder = tmp_path / "model"
    (folder / "intents").mkdir(parents=True)
    (folder / "model.toml").write_text(MODEL, encoding="utf-8")
    (folder / "intents/OrderPizza.tsv").write_text(ORDER, encoding="utf-8")
    known = Known("model", lambda: load_model(folder))
    monkeypatch.setattr("clova_flask.devtools.console.testing.trying.known_of", lambda version: known)


@pytest.fixture
def extension(browser, register, endpoint):
    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=endpoint)


def say(browser, line):
    return browser.get("/extensions/1/test/").form("line").submit(line=line)


def test_a_conversation(browser, extension, model):
    page = say(browser, "피자봇 시작해 줘")
    assert "어서 오세요. <몇 판> 드릴까요?" in page.text
    assert "open" in page.text
    page = say(browser, "피자 두 판 주문해 줘")
    assert "피자 2판을 주문했습니다." in page.text
    assert "OrderPizza" in page.text
    assert "closed" in page.text


def test_a_turn_is_shown_with_both_messages(browser, extension, model):
    page = say(browser, "피자봇에게 세 판 시켜 줘")
    sent = json.loads(page.form("message").values["message"][0])
    assert sent["request"]["intent"]["name"] == "OrderPizza"
    assert sent["context"]["System"]["application"]["applicationId"] == "com.example.pizzabot"
    assert "Spoken answer 피자 3판을 주문했습니다." in page.text
    assert "HTTP 200" in page.text


def test_a_message_is_changed_and_sent_again(browser, extension, model):
    page = say(browser, "피자봇에게 세 판 시켜 줘")
    form = page.form("message")
    page = form.submit(message=form.values["message"][0].replace('"value": "3"', '"value": "7"'))
    assert "피자 7판을 주문했습니다." in page.text


@pytest.mark.parametrize(
    "message", ["{", "[]", "", '{"request": {}}', "[" * 5000, '{"a": ' * 900 + "1" + "}" * 900], ids=range(6)
)
def test_what_is_sent_again_may_be_anything(browser, extension, message):
    form = say(browser, "/launch").form("message")
    assert form.submit(message=message).status in (200, 422)


def test_commands(browser, extension):
    assert "어서 오세요." in say(browser, "/launch").text
    assert "/silence" in say(browser, "/help").text
    assert "open" in say(browser, "/silence").text
    assert "closed" in say(browser, "/silence").text


def test_without_a_model_the_page_says_so(browser, extension):
    assert "There is no interaction model" in browser.get("/extensions/1/test/").text
    assert "/extensions/1/model" in browser.get("/extensions/1/test/").html.split("alert-link")[1]
    told = say(browser, "피자").text
    assert "Build one on the page of the interaction model." in told
    assert "flask clova" not in told


def test_without_an_endpoint_an_utterance_is_understood(browser, register, model):
    register()
    page = say(browser, "피자봇에게 세 판 시켜 줘")
    assert "OrderPizza" in page.text
    assert "no answer" in page.text


def test_an_endpoint_that_is_away(browser, register, model):
    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url="http://127.0.0.1:9/clova")
    page = say(browser, "피자봇에게 세 판 시켜 줘")
    assert "Is the server running?" in page.text


def test_an_answer_is_judged(browser, register, serve):
    def answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"version": "<script>alert(1)</script>"}']

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    page = say(browser, "/launch")
    assert "answer.invalid-field" in page.text
    assert "<script>alert" not in page.html


def test_another_user(browser, extension):
    page = browser.get("/extensions/1/test/")
    page = page.form("user_id").submit(user_id="さくら", access_token="token-1", screen="s100")
    page = say(browser, "/launch")
    system = json.loads(page.form("message").values["message"][0])["context"]["System"]
    assert system["user"]["userId"] == "さくら"
    assert system["user"]["accessToken"] == "••••••••"
    assert system["device"]["display"]["size"] == "s100"


def test_an_access_token_is_sent_and_not_shown(browser, register, serve):
    heard = []

    def answer(environ, start_response):
        heard.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"no secret-token-1 here"]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    browser.get("/extensions/1/test/").form("user_id").submit(access_token="secret-token-1")
    page = say(browser, "/launch")
    page.form("message").submit()
    page = say(browser, "/token")
    assert [text.count("secret-token-1") for text in heard] == [2, 2]
    for path in ("/extensions/1/test/", "/extensions/1/test/history", "/extensions/1/test/turns/1"):
        assert "secret-token-1" not in browser.get(path).html


def test_the_history_is_kept_and_searched(browser, make_console, extension, model):
    say(browser, "피자봇에게 세 판 시켜 줘")
    say(browser, "/launch")
    again = Browser(make_console())
    page = again.get("/extensions/1/test/history")
    assert "2 messages" in page.text
    page = page.form("words").submit(words="시켜 피자봇")
    assert "1 messages" in page.text
    link = next(link for link in page.links if "/turns/" in link)
    assert "피자 3판을 주문했습니다." in again.get(link).text
    assert "0 messages" in page.form("words").submit(words="100%").text


def test_a_turn_of_another_extension_is_not_shown(browser, register, extension):
    say(browser, "/launch")
    register(extension_id="com.example.other")
    assert browser.get("/extensions/2/test/turns/1").status == 404


def test_an_extension_that_is_deleted_while_its_answer_is_waited_for(browser, register, serve, console):
    app = Flask("deleting")
    form = []

    @app.post("/clova")
    def deletes():
        form[0].submit()
        return {"version": "1.0", "sessionAttributes": {}, "response": {}}

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=f"{serve(app)}/clova")
    form.append(Browser(console).get("/extensions/1/delete").form())
    page = say(browser, "/launch")
    assert page.status == 404
    assert "There is no such extension; it may have been deleted." in page.text


def test_the_next_extension_begins_anew(browser, extension, register, endpoint):
    browser.get("/extensions/1/test/").form("access_token").submit(access_token="token-of-bora")
    say(browser, "/launch")
    browser.get("/extensions/1/delete").form().submit()
    register(extension_id="com.example.other")
    browser.get("/extensions/2/server").form("seen").submit(endpoint_url=endpoint)
    sent = browser.get("/extensions/2/test/").form("line").submit(line="/launch").text
    assert "com.example.other" in sent
    assert "com.example.pizzabot" not in sent
    assert "token" not in browser.get("/extensions/2/test/").form("access_token").values["access_token"][0]


@pytest.fixture
def waiting(serve):
    """An endpoint that answers when it is told to."""
    heard, go_on = threading.Event(), threading.Event()

    def answer(environ, start_response):
        heard.set()
        go_on.wait(10)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b"{}"]

    return serve(answer), heard, go_on


@pytest.mark.parametrize("kind", ["custom", "home"])
def test_what_is_under_way_is_not_kept_under_the_next_extension(console, browser, register, waiting, kind):
    url, heard, go_on = waiting
    register(kind=kind)
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=url)
    path, field, value = {"custom": ("test/", "line", "/launch"), "home": ("home/", "access_token", "bora")}[
        kind
    ]
    form = browser.get(f"/extensions/1/{path}").form(field)
    pages = []
    thread = threading.Thread(target=lambda: pages.append(form.submit(**{field: value})))
    thread.start()
    assert heard.wait(10)
    other = Browser(console)
    other.get("/extensions/1/delete").form().submit()
    form = other.get(f"/register/naver/{kind}").form("extension_id")
    assert form.submit(extension_id="com.example.other", name="다른 것").path == "/extensions/2/server"
    go_on.set()
    thread.join()
    assert pages[0].status == 404
    with console.app_context():
        assert db.session.query(Turn).count() == 0


def test_deleting_an_extension_deletes_its_conversations(console, browser, extension):
    say(browser, "/launch")
    browser.get("/extensions/1/delete").form().submit()
    with console.app_context():
        assert db.session.query(Turn).count() == 0


@pytest.mark.parametrize(
    "line", ["", " ", "가" * 5000, "/home", "/event 아무거나", "/wait -1", "\x00", "/token"]
)
def test_odd_lines(browser, extension, model, line):
    assert say(browser, line).status == 200


@pytest.fixture
def answering(browser, register, serve):
    """An endpoint that answers with what a test puts into its response."""
    response = {"outputSpeech": {}, "card": {}, "directives": [], "shouldEndSession": False}

    def answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"version": "1.0", "sessionAttributes": {}, "response": response}).encode()]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    return response


def policy(page):
    return page.response.headers["Content-Security-Policy"]


def test_a_card_is_drawn_on_the_screen_that_is_chosen(browser, answering):
    picture = 'https://example.com/"><script>alert(1)</script>.png'
    answering["card"] = {"type": "ImageText", "mainText": "<b>피자</b>", "imageUrl": picture}
    page = browser.get("/extensions/1/test/")
    assert "https:" not in policy(page)
    page = say(browser, "/launch")
    assert "Card ImageText on the screen l100" in page.text
    assert "screen-l100" in page.html
    assert "&lt;b&gt;피자" in page.html
    assert "<script>alert" not in page.html
    assert "img-src 'self' data: https: http:;" in policy(page)
    page = page.form_to("screen").submit(screen="s100")
    assert "Card ImageText on the screen s100" in page.text
    page = say(browser, "/launch")
    sent = json.loads(page.form("message").values["message"][0])
    assert sent["context"]["System"]["device"]["display"] == {
        "size": "s100",
        "contentLayer": {"width": 160, "height": 107},
        "dpi": 96,
    }
    page = page.form_to("screen").submit(screen="none")
    assert "The device has no screen, and shows no card." in page.text
    assert page.form_to("screen").submit(screen="huge").form_to("screen").values["screen"] == ["none"]
    # Of the history each is on the screen that it was made for.
    assert "on the screen l100" in browser.get("/extensions/1/test/turns/1").text
    assert "on the screen s100" in browser.get("/extensions/1/test/turns/2").text


def test_a_template_that_has_no_drawing_is_shown_as_fields(browser, answering):
    answering["card"] = {"type": "Hologram", "depth": {"type": "number", "value": "<3>"}}
    page = say(browser, "/launch")
    assert "The console has no drawing of this template" in page.text
    assert "depth <3>" in page.text


@pytest.mark.parametrize(
    "card",
    [[], "Text", {"type": "CardList", "cardList": [[], {"title": {}}]}, {"type": "Text", "a": "\ud800"}],
)
def test_a_malformed_card_is_told(browser, answering, card):
    answering["card"] = card
    page = say(browser, "/launch")
    assert page.status == 200
    assert browser.get("/extensions/1/test/turns/1").status == 200


def test_sounds_are_played_where_a_browser_can(browser, answering):
    urls = ["https://example.com/bell.mp3", "clova://x", "javascript:alert(1)"]
    values = [{"type": "URL", "lang": "", "value": url} for url in urls]
    answering["outputSpeech"] = {"type": "SpeechList", "values": values}
    page = say(browser, "/launch")
    assert page.html.count("<audio") == 1
    assert 'src="https://example.com/bell.mp3"' in page.html
    assert "clova://x" in page.text
    assert "javascript:" not in " ".join(page.links)
    assert 'data-url="https://example.com/bell.mp3"' in page.html
    assert 'data-url="javascript' not in page.html


def test_a_long_conversation_is_shown_in_pages(browser, answering):
    from clova_flask.devtools.console.testing.trying import SHOWN

    page = browser.get("/extensions/1/test/")
    while "Earlier" not in page.text:
        page = say(browser, "/help")
    assert page.html.count("<li") < SHOWN + 30
    earlier = browser.get(next(link for link in page.links if "before=" in link))
    assert "Latest" in earlier.text
    assert "Earlier" not in earlier.text
    assert browser.get("/extensions/1/test/?before=0").status == 200


def test_a_conversation_goes_on_at_the_url_that_is_stored_now(browser, register, endpoint):
    register()
    assert "no answer" in say(browser, "/launch").text
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=endpoint)
    assert "어서 오세요." in say(browser, "/launch").text
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url="http://127.0.0.1:9/other")
    page = say(browser, "/silence")  # the session is the same one
    assert "Clova says the reprompt" in page.text
    assert "http://127.0.0.1:9/other" in say(browser, "/end").text


def test_what_refused_a_message_is_told_of_the_url_of_now(browser, register, endpoint):
    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=endpoint)
    say(browser, "/launch")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=f"{endpoint}/moved")
    assert f"No rule of the app matches {endpoint}/moved" in say(browser, "/launch").text


def test_attributes_of_a_session_are_shown_as_they_are(browser, register, serve):
    answered = {"주문": "피자 두 판"}
    response = {"outputSpeech": {}, "card": {}, "directives": [], "shouldEndSession": False}

    def answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"version": "1.0", "sessionAttributes": answered, "response": response}).encode()]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    page = say(browser, "/launch")
    assert page.status == 200
    shown = page.text.partition("Session attributes")[2].partition("Audio player")[0]
    assert '"주문": "피자 두 판"' in shown


def test_remarks_are_in_the_language_of_the_page(console, browser, extension, model):
    from clova_flask.devtools.simulator.talk import COMMANDS

    korean = Browser(console, language="ko")
    page = say(korean, "피자 두 판 주문해 줘")
    assert "Nothing was sent" not in page.text
    assert "피자봇 시작해 줘" in page.text
    assert "피자봇에게 피자 두 판 주문해 줘" in page.text
    assert "nearest to" not in say(korean, "피자봇에게 세 판 시켜 줘").text
    assert "nearest to" in browser.get("/extensions/1/test/").text
    page = say(Browser(console, language="ja"), "/help")
    assert "コマンドの一覧" in page.text
    assert not [command.help for command in COMMANDS.values() if command.help in page.text]


def test_the_words_of_the_reprompt_are_shown(browser, register, serve):
    again = {"type": "SimpleSpeech", "values": {"type": "PlainText", "lang": "ko", "value": "계세요?"}}
    response = {"outputSpeech": {}, "card": {}, "directives": [], "shouldEndSession": False}
    response["reprompt"] = {"outputSpeech": again}

    def answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"version": "1.0", "sessionAttributes": {}, "response": response}).encode()]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    say(browser, "/launch")
    page = say(browser, "/silence")
    assert "Clova says the reprompt, and one more silence ends the session: 계세요?" in page.text


@pytest.mark.parametrize(
    ("status", "answered", "told"),
    [
        ("404 Not Found", "<!doctype html><title>404</title>", "HTTP 404: no endpoint is at this address."),
        ("418 I'm a teapot", '{"왜": "차"}', "HTTP 418, where the platform takes 200 alone."),
    ],
)
def test_a_bubble_tells_why_a_message_is_refused(browser, register, serve, status, answered, told):
    def answer(_environ, start_response):
        start_response(status, [("Content-Type", "text/html")])
        return [answered.encode()]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    bubbles = say(browser, "/launch").text.partition("Recordings")[2].partition("What you say to Clova")[0]
    assert told in bubbles
    assert "doctype" not in bubbles
    assert ("차" in bubbles) is ("차" in answered)


@pytest.mark.parametrize(("platform", "has"), [("naver", False), ("line", True)])
def test_the_commands_are_those_that_can_be_used_here(browser, register, platform, has):
    register(platform)
    page = say(browser, "/help")
    assert "/launch" in page.text
    assert [name for name in ("/home ", "/link ", "/token ", "/json ", "/quit ") if name in page.text] == []
    assert ("/enable " in page.text) is has
    assert "/home is not a command" in say(browser, "/home TurnOn lamp-1").text
