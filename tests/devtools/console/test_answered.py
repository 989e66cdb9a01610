"""Going back and reading again sends nothing, and what is sent twice is done once."""

import io
import json
import sqlite3
import threading
from contextlib import closing

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from sqlalchemy import event

from clova_flask.devtools.console import answered, once
from clova_flask.devtools.console.records import Act, db
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


def refused(browser, **values):
    """Send a form that cannot be stored; return the page that it is answered with."""
    return browser.get(INFO).form("seen").submit(**{"contact": "보라", **values})


def pressed_again(form, browser, **values):
    """Send a form as by two presses: the browser sends the second before it has the cookies of the first."""
    before = dict(browser.client._cookies)
    first = form.submit(at_once=True, follow=False, **values)
    assert first.status in (302, 303)
    browser.client._cookies = before
    return form.submit(at_once=True, **values)


def test_two_presses_enter_the_console(make_console):
    browser = Browser(make_console(password="비밀번호"))
    page = pressed_again(browser.get("/").form("password"), browser, password="비밀번호")
    assert (page.status, page.path) == (200, "/")


def test_the_same_form_of_another_browser_is_another(console, browser, register):
    register()
    other = Browser(console)
    forms = [one.get("/extensions/1/evaluate").form("name") for one in (browser, other)]
    for form, one in zip(forms, (browser, other), strict=True):
        token = form.values["csrf_token"]
        form.values |= {"once": ["same"], "csrf_token": []}
        one.headers["X-CSRFToken"] = token[0]
        form.submit(at_once=True, name="세트", lines="피자\tpizza")
    assert sent_in(console) == 3  # with that of the registration


def sent_in(console):
    return len(console.extensions["clova_console_forms"]._sent)


def test_a_page_that_cannot_be_kept_is_answered_as_it_is(console, browser, register, monkeypatch):
    register()
    form = browser.get(INFO).form("seen")
    with console.app_context():
        db.engine.dispose()  # new connections wait as is told them here
        path, listen = db.engine.url.database, event.listens_for(db.engine, "connect")
        listen(lambda connection, _: connection.execute("PRAGMA busy_timeout = 50"))
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        page = form.submit(contact="보라")
        other.rollback()
    assert (page.status, page.path) == (422, INFO)
    assert page.form("seen").values["contact"] == ["보라"]
    assert "Saved." in page.form("seen").submit(contact="bora@example.com").text


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/extensions/1/model/intents/a%0ab", "/extensions/1/model/intents/a%0Ab"),
        ("/extensions/1/model/intents/a%3Fb", "/extensions/1/model/intents/a%3Fb"),
        ("/extensions/1/model/intents/가%25", "/extensions/1/model/intents/%EA%B0%80%25"),
        ("/foo%0d%0aX:y", "/"),
    ],
)
def test_an_odd_path_of_a_page_that_is_not_kept(browser, register, path, wanted):
    register()
    sent = browser.get(path + "?shown=x", follow=False)
    assert sent.response.location == wanted


def test_a_path_is_no_name_of_a_host(browser, register):
    register()
    browser.environ = {"PATH_INFO": "//extensions/1/info"}
    assert browser.get("/?shown=x", follow=False).response.location == INFO


@pytest.mark.parametrize("name", ["a%0ab", "a%3Fb", "%5C%5Cexample.com", "%ff", "가 나"])
def test_an_odd_path_of_a_page_that_is_kept(browser, register, name):
    register()
    token = browser.get(INFO).form("seen").values["csrf_token"]
    address = f"/extensions/1/test/dialogs/{name}/delete"
    page = browser.post(address, {"csrf_token": token})
    assert page.status in (404, 405)
    assert browser.post("/foo%0d%0aX:y", {"csrf_token": token}).status == 404
    page = browser.post(f"/extensions/1/{name}", {"csrf_token": token})
    assert page.status == 404
    assert "shown=" in page.path
    assert browser.get(page.path).status == 404


def test_nothing_is_kept_of_another_site_nor_at_no_address(console, browser, register):
    register()
    token = browser.get(INFO).form("seen").values["csrf_token"]
    foreign = {"Origin": "http://localhost:9", "Sec-Fetch-Site": "same-site"}
    assert browser.post(INFO, {"csrf_token": token}, headers=foreign).status == 403
    assert browser.post(INFO, {}).status == 400
    assert browser.post("/nowhere", {"csrf_token": token}).status == 404
    assert pages_in(console) == 0


def test_browsers_do_not_push_out_each_others_pages(console, browser, register, monkeypatch):
    register()
    monkeypatch.setattr(answered, "MAX_KEPT", 2)
    mine = refused(browser)
    other = Browser(console)
    for _ in range(3):
        refused(other)
    assert "보라" in browser.get(mine.path).html
    assert pages_in(console) == 3
    monkeypatch.setattr(answered, "MAX_ALL", 2)
    refused(Browser(console))
    assert pages_in(console) == 2


def grow_old(console):
    with console.app_context():
        db.session.query(answered.AnsweredPage).update({"at": answered.now() - answered.MAX_AGE * 2})
        db.session.commit()


def test_a_page_is_kept_for_a_day(console, browser, register):
    register()
    page = refused(browser)
    grow_old(console)
    shown = browser.get(page.path)
    assert (shown.status, shown.path) == (200, INFO)
    assert pages_in(console) == 1
    refused(browser)
    assert pages_in(console) == 1


def test_what_a_view_leaves_behind_is_not_stored_with_its_page(console, browser):
    @console.post("/left")
    def left():
        db.session.add(Act(extension_id="com.example.left", version=1, actor="developer", action="change"))
        db.session.flush()
        return "<p>refused</p>", 422

    token = browser.get("/").form("language").values["csrf_token"]
    page = browser.post("/left", {"csrf_token": token})
    assert (page.status, "shown=" in page.path) == (422, True)
    with console.app_context():
        assert db.session.query(Act).count() == 0


def test_a_page_is_at_its_own_address_alone(browser, register):
    register()
    page = refused(browser)
    shown = browser.get(page.path.replace("/info", "/server"))
    assert (shown.status, shown.path) == (200, "/extensions/1/server")
    assert "보라" not in shown.html


def test_the_pages_of_an_extension_go_with_it(console, browser, register):
    register()
    page = refused(browser)
    browser.get("/extensions/1/delete").form().submit()
    assert pages_in(console) == 0
    assert "보라" not in browser.get(page.path).html
    token = browser.get("/").form("language").values["csrf_token"]
    assert browser.post(INFO, {"csrf_token": token}).status == 404
    assert pages_in(console) == 0


def test_the_bytes_of_a_page_are_counted(console, browser, register, monkeypatch):
    register()
    page = refused(browser)
    monkeypatch.setattr(answered, "MAX_BYTES", len(page.html.encode()) - 1)
    assert len(page.html) < answered.MAX_BYTES
    assert refused(browser).path == INFO
    assert pages_in(console) == 1
