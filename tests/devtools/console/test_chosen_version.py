"""The version that is chosen stays chosen from one page to the next, and each page has its tab."""

import json
import re
import threading

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.browser import Browser


@pytest.fixture
def released(browser, register, serve):
    """An extension whose first version is in service, and each version has an endpoint of its own."""
    heard = {"service": [], "test": []}

    def endpoint(name):
        def answer(environ, start_response):
            heard[name].append(environ["PATH_INFO"])
            start_response("200 OK", [("Content-Type", "application/json")])
            return [b"{}"]

        return serve(answer)

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=endpoint("service"))
    browser.get("/extensions/1/release").form("message").submit(message="첫 심사입니다.")
    browser.get("/extensions/1/reviewing").form_to("approve").submit(despite="y")
    assert "Deployed." in browser.get("/extensions/1/reviewing").form_to("deploy").submit().text
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=endpoint("test"))
    return heard


def tabs(page):
    return [link for link in page.links if re.match(r"/extensions/1/(?!reviewing|versions|store-page)", link)]


def test_tabs_keep_the_version(browser, released):
    page = browser.get("/extensions/1/info?version=1")
    assert "version 1" in page.text
    for path in [link for link in tabs(page) if "version=1" in link]:
        shown = browser.get(path)
        assert shown.status == 200, path
        assert any("version=1" in link for link in tabs(shown)), path
    kept = {link.partition("?")[0] for link in tabs(page) if "version=1" in link}
    assert {
        f"/extensions/1/{name}" for name in ("test/", "connection", "release", "history", "model")
    } <= kept
    (to_test,) = {link for link in tabs(page) if "version" not in link}
    assert "version 2" in browser.get(to_test).text


def test_a_test_is_of_the_version_that_is_chosen(browser, released):
    page = browser.get("/extensions/1/test/?version=1").form("line").submit(line="/launch")
    assert "version=1" in page.path
    assert {name: len(heard) for name, heard in released.items()} == {"service": 1, "test": 0}
    browser.get("/extensions/1/connection?version=1").form().submit()
    assert {name: len(heard) for name, heard in released.items()} == {"service": 4, "test": 0}
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    assert len(released["test"]) == 1


def test_the_review_page_of_a_released_version_does_nothing(browser, released):
    page = browser.get("/extensions/1/release?version=1")
    assert "What is reviewed is the test version." in page.text
    assert [form for form in page.forms if "/acts/" in form.action or form.action.endswith("/tries")] == []
    assert "Stop service" in browser.get("/extensions/1/release").text


def test_a_page_of_the_test_version_alone_says_so(browser, released):
    assert "This page is of the test version, 2." in browser.get("/extensions/1/account/?version=1").text
    assert "This page is of the test version" not in browser.get("/extensions/1/account/?version=2").text


ROOMS = {
    "/extensions/1/test/": "Test",
    "/extensions/1/test/history": "Test",
    "/extensions/1/test/events/": "Test",
    "/extensions/1/recordings/": "Test",
    "/extensions/1/connection": "Connection",
    "/extensions/1/release": "Review",
    "/extensions/1/reviewing": "Review",
    "/extensions/1/versions": "Review",
    "/extensions/1/store-page": "Review",
    "/extensions/1/history": "History",
    "/extensions/1/model": "Interaction model",
    "/extensions/1/model/files/all": "Interaction model",
    "/extensions/1/evaluate": "Evaluate",
    "/extensions/1/account/": "Account linking",
    "/extensions/1/delete": "Extension info",
    "/extensions/1/store": "Store info",
}


@pytest.mark.parametrize("path", ROOMS)
def test_each_page_has_its_tab(browser, register, path):
    register()
    browser.get("/extensions/1/server").form("seen").submit(account_linking="yes")
    page = browser.get(path)
    assert page.status == 200
    marked = re.findall(r'<a class="nav-link active" aria-current="page"[^>]*>([^<]+)', page.html)
    assert [title.strip() for title in marked] == [ROOMS[path]]


def test_what_cannot_be_changed_looks_alike(browser, released):
    page = browser.get("/extensions/1/store?version=1")
    assert "<select" not in page.html.partition("<main")[2]
    assert not any(kind in ("radio", "select", "checkbox") for kind in page.form("seen").types.values())


@pytest.mark.parametrize("kind", ["custom", "home"])
@pytest.mark.parametrize("beside", ["nothing", "no extension", "an extension"])
def test_the_example_of_an_endpoint_is_that_of_the_app_beside(make_console, kind, beside):
    from tests.devtools.console.test_registering import Beside, described

    attached = {"nothing": None, "no extension": Beside(), "an extension": Beside(described(path="/pizza"))}[
        beside
    ]
    if attached is not None:
        attached.url = "http://127.0.0.1:5777"
    browser = Browser(make_console(attached=attached))
    form = browser.get(f"/register/naver/{kind}").form("extension_id")
    page = form.submit(extension_id="com.example.other", name="다른 것")
    example = {"nothing": "5000/clova", "no extension": "5777/clova", "an extension": "5777/pizza"}[beside]
    assert f"it may be on this machine: http://127.0.0.1:{example}." in page.text


def test_icons_tell_their_formats(browser, register):
    register(platform="line")
    register(extension_id="com.example.two")
    assert "PNG or JPG, square or round: it is cut to a circle." in browser.get("/extensions/1/store").text
    assert "PNG, which may be transparent, or JPG. Round:" in browser.get("/extensions/2/store").text


def test_counts_of_the_checklist_and_of_the_history_agree(browser, register):
    register()
    browser.get("/extensions/1/release").form("message").submit(message="첫 심사입니다.")
    page = browser.get("/extensions/1/reviewing").form("rule").submit(rule=["P1", "P2"])
    (ticked, known) = re.search(r"(\d+) of (\d+) ticked", page.text).groups()
    assert ticked == "2"
    assert f"ticked: {ticked}/{known}" in browser.get("/extensions/1/history").text


PLAY = {
    "header": {"namespace": "AudioPlayer", "name": "Play", "messageId": "m"},
    "payload": {
        "playBehavior": "REPLACE_ALL",
        "source": {"name": "피자 라디오"},
        "audioItem": {
            "audioItemId": "a",
            "titleText": "치즈 밴드",
            "stream": {
                "beginAtInMilliseconds": 0,
                "token": "t",
                "url": "https://example.com/a.mp3",
                "urlPlayable": True,
                "progressReport": {},
            },
        },
    },
}


class Radio:
    """An endpoint that plays, keeps its name in the session, and can be held in mid-answer."""

    def __init__(self, name):
        self.name, self.heard = name, []
        self.asked, self.answers = threading.Event(), threading.Event()
        self.answers.set()

    def __call__(self, environ, start_response):
        self.heard.append(json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
        self.asked.set()
        self.answers.wait(20)
        start_response("200 OK", [("Content-Type", "application/json")])
        answer = {"shouldEndSession": False, "directives": [PLAY], "card": {}, "outputSpeech": {}}
        return [
            json.dumps(
                {"version": "0.1.0", "sessionAttributes": {"of": self.name}, "response": answer}
            ).encode()
        ]


@pytest.fixture
def radios(browser, released, serve):
    """Two of them: that of the version in service, and that of the test version."""
    radios = Radio("service"), Radio("test")
    urls = [serve(radio) for radio in radios]
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=urls[0])
    browser.get("/extensions/1/release").form("message").submit(message="주소가 달라졌습니다.")
    browser.get("/extensions/1/reviewing").form_to("approve").submit(despite="y")
    browser.get("/extensions/1/reviewing").form_to("deploy").submit()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=urls[1])
    return radios


def test_each_version_has_a_conversation_of_its_own(browser, radios):
    service, test = radios
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    browser.get("/extensions/1/test/?version=2").form("line").submit(line="/launch")
    assert service.heard[0]["session"]["sessionAttributes"] == {}
    browser.get("/extensions/1/test/").form("line").submit(line="/silence")
    assert test.heard[-1]["session"]["sessionAttributes"] == {"of": "test"}


def test_a_tab_that_looks_at_another_version_leaves_a_turn_alone(console, browser, radios):
    service, test = radios
    form = browser.get("/extensions/1/test/").form("line")
    test.answers.clear()
    talking = threading.Thread(target=form.submit, kwargs={"line": "/launch"})
    talking.start()
    assert test.asked.wait(20)
    assert Browser(console).get("/extensions/1/test/?version=2").status == 200
    test.answers.set()
    talking.join()
    assert service.heard == []
    assert len(test.heard) > 1, "the launch, and the events of the player"


def test_a_url_that_is_changed_in_mid_turn_counts_from_the_next_one_on(console, browser, radios, serve):
    _service, test = radios
    later = Radio("later")
    form = browser.get("/extensions/1/test/").form("line")
    test.answers.clear()
    talking = threading.Thread(target=form.submit, kwargs={"line": "/launch"})
    talking.start()
    assert test.asked.wait(20)
    other = Browser(console)
    other.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(later))
    other.get("/extensions/1/test/")
    test.answers.set()
    talking.join()
    assert later.heard == []
    browser.get("/extensions/1/test/").form("line").submit(line="/silence")
    assert later.heard
