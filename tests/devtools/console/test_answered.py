"""Going back and reading again sends nothing, and what is sent twice is done once."""

import io
import json
import threading

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools.console import answered, once
from clova_flask.devtools.console.records import db
from tests.devtools.console.browser import Browser

INFO = "/extensions/1/info"


def pages_in(console):
    with console.app_context():
        return db.session.query(answered.AnsweredPage).count()


def test_a_form_that_is_refused_is_at_an_address_of_its_own(browser, register):
    register()
    form = browser.get(INFO).form("seen")
    sent = form.submit(contact="보라", follow=False)
    assert sent.status == 303
    page = browser.get(sent.response.location)
    again = browser.get(page.path)
    assert (page.status, again.status) == (422, 422)
    assert again.form("seen").values["contact"] == ["보라"]
    page = again.form("seen").submit(contact="bora@example.com")
    assert "Saved." in page.text
    assert page.path == INFO


def test_what_is_shown_for_a_press_is_read_again_without_another(console, browser, register, serve):
    heard = []

    def answer(environ, start_response):
        heard.append(environ["PATH_INFO"])
        start_response("400 Bad Request", [])
        return [b""]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    page = browser.get("/extensions/1/connection").form().submit()
    sent = len(heard)
    assert "as it must be" in page.text
    assert "as it must be" in browser.get(page.path).text
    assert sent == len(heard) == 3


@pytest.mark.parametrize(
    ("path", "form", "values", "above"),
    [
        ("/extensions/1/model", "intent", {"intent": "1"}, "/extensions/1/model"),
        ("/extensions/1/test/", "line", None, "/extensions/1/test"),
        (INFO, "seen", {"contact": "보라"}, INFO),
    ],
)
def test_a_page_that_is_not_kept_any_more(console, browser, register, monkeypatch, path, form, values, above):
    register()
    if values is None:
        page = browser.post(
            "/extensions/1/test/send", {**browser.get(path).form(form).values, "message": "{"}
        )
    else:
        page = browser.get(path).form(form).submit(**values)
    assert page.status == 422
    assert "shown=" in page.path
    with console.app_context():
        db.session.query(answered.AnsweredPage).delete()
        db.session.commit()
    page = browser.get(page.path)
    assert page.status == 200
    assert page.path.rstrip("/") == above


def test_only_the_browser_that_sent_it_is_shown_it_and_in_its_language(console, browser, register):
    register()
    page = browser.get(INFO).form("seen").submit(contact="보라")
    other = Browser(console)
    other.get(INFO)
    assert "보라" not in other.get(page.path).html
    assert "보라" not in Browser(console).get(page.path).html
    browser.headers["Accept-Language"] = "ja"
    shown = browser.get(page.path)
    assert (shown.status, shown.path) == (200, INFO)


def test_what_is_kept_is_bounded_and_cannot_be_read_in_the_store(console, browser, register, monkeypatch):
    register()
    monkeypatch.setattr(answered, "MAX_KEPT", 3)
    for number in range(5):
        page = browser.get(INFO).form("seen").submit(contact=f"보라 {number}")
    assert pages_in(console) == 3
    assert "보라 4" in browser.get(page.path).html
    with console.app_context():
        kept = b"".join(row.content for row in db.session.query(answered.AnsweredPage))
    assert "보라".encode() not in kept
    monkeypatch.setattr(answered, "MAX_BYTES", 10)
    page = browser.get(INFO).form("seen").submit(contact="소라")
    assert (page.status, page.path) == (422, INFO)
    assert "소라" in page.html
    assert pages_in(console) == 3


def test_what_was_not_stored_is_not_stored_with_the_page(console, browser, register):
    register()
    page = browser.get("/extensions/1/evaluate").form("name").submit(name="첫 세트", lines="a\tb\nc")
    assert page.status == 422
    assert "첫 세트" not in browser.get("/extensions/1/evaluate").html


@pytest.fixture
def endpoint(browser, register, serve):
    """An endpoint that is slow, and counts what it hears."""
    heard, go_on = [], threading.Event()

    def answer(environ, start_response):
        heard.append(environ["PATH_INFO"])
        go_on.wait(5)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b"{}"]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    return heard, go_on


def twice(form, go_on, **values):
    """Send a form twice at once; return the two pages."""
    pages = []
    threads = [
        threading.Thread(target=lambda: pages.append(form.submit(at_once=True, **values))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    threads[0].join(0.3)
    go_on.set()
    for thread in threads:
        thread.join()
    return pages


def test_what_is_sent_twice_is_said_once(browser, endpoint):
    heard, go_on = endpoint
    form = browser.get("/extensions/1/test/").form("line")
    pages = twice(form, go_on, line="/launch")
    assert len(heard) == 1
    assert [page.status for page in pages] == [200, 200]
    assert pages[0].path == pages[1].path
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    assert len(heard) == 2


def test_a_page_that_was_gone_back_to_is_sent_again(browser, endpoint, monkeypatch):
    heard, go_on = endpoint
    go_on.set()
    monkeypatch.setattr(once, "SECONDS", 0.0)
    form = browser.get("/extensions/1/test/").form("line")
    for _ in range(2):
        form.submit(at_once=True, line="/launch")
    assert len(heard) == 2


def test_both_tell_what_came_of_it(console, browser, register):
    register()
    form = browser.get(INFO).form("seen")
    pages = [form.submit(at_once=True, provider="보라 상회") for _ in range(2)]
    assert ["Saved." in page.text for page in pages] == [True, True]
    form = browser.get("/register/naver/custom").form("extension_id")
    pages = [form.submit(at_once=True, extension_id="com.example.two", name="둘") for _ in range(2)]
    assert ["is registered." in page.text for page in pages] == [True, True]


def test_one_that_takes_too_long_is_told(browser, endpoint, monkeypatch):
    monkeypatch.setattr(once, "MAX_WAIT", 0.05)
    heard, go_on = endpoint
    pages = twice(browser.get("/extensions/1/test/").form("line"), go_on, line="/launch")
    assert sorted(page.status for page in pages) == [200, 409]
    assert len(heard) == 1


def test_few_forms_are_remembered(console, browser, register, monkeypatch):
    monkeypatch.setattr(once, "MAX_KNOWN", 2)
    register()
    for number in range(4):
        browser.get(INFO).form("seen").submit(provider=f"보라 {number}")
    assert len(console.extensions["clova_console_forms"]._sent) == 2


def test_whoever_does_not_know_the_password_leaves_no_page(make_console):
    console = make_console(password="비밀번호")
    browser = Browser(console)
    page = browser.get("/").form("password").submit(password="아무거나")
    assert (page.status, page.path) == (403, "/sign-in")
    assert pages_in(console) == 0


def test_large_files_are_sent_whole(console, browser, register):
    register()
    form = browser.get("/extensions/1/recordings/").form_to("upload")
    content = b'{"request": {}, "answer": {}}' + b" " * 700_000  # more than is kept in memory
    pages = [form.submit(at_once=True, files=[(io.BytesIO(content), "0001-x.json")]) for _ in range(2)]
    assert ["1 recordings are uploaded." in page.text for page in pages] == [True, True]
    page = form.submit(at_once=True, files=[(io.BytesIO(content), "0002-x.json")])
    assert "0002-x.json" in page.text


def test_answers_are_kept_with_pictures_from_elsewhere_where_they_have_some(browser, register, serve):
    def answer(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        url = {"type": "url", "value": "https://example.com/pizza.png"}
        card = {"type": "ImageText", "imageUrl": url, "mainText": {"type": "string", "value": "피자"}}
        return [json.dumps({"version": "0.1.0", "response": {"card": card}}).encode()]

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    plain = browser.get(INFO).form("seen").submit(contact="보라")
    browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    page = browser.get("/extensions/1/test/").form("message").submit(message="{")
    policies = [one.response.headers["Content-Security-Policy"] for one in (plain, page)]
    assert ["img-src 'self' data: https: http:" in policy for policy in policies] == [False, True]


def test_an_odd_name_of_a_page(browser, register):
    register()
    for name in ("", "x", "\0", "가" * 500, "%ff"):
        page = browser.get(INFO, query={"shown": name})
        assert (page.status, page.path) == (200, INFO)
    assert browser.get("/nowhere/at/all", query={"shown": "x"}).path == "/"
