"""Account linking with servers that do not do as they should: each is told as a finding."""

import json
import time

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools.console.linking.records import LinkedAccount, LinkingStep
from clova_flask.devtools.console.records import db
from clova_flask.devtools.simulator import linking_http
from clova_flask.wire.http import Limits
from tests.devtools.console.browser import BASE

GOOD = {"access_token": "토큰-1234", "refresh_token": "r-1234", "token_type": "Bearer", "expires_in": 3600}
DEAD = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(linking_http, "LIMITS", Limits(connect=0.5, read=0.5, total=1.0, size=100_000))


class Server:
    """Answers what the test says, at each path."""

    def __init__(self):
        self.answers = {}
        self.calls = []

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.calls.append(path)
        status, headers, chunks = self.answers.get(path, ("404 Not Found", [], [b""]))
        start_response(status, [("Content-Type", "text/html; charset=utf-8"), *headers])
        return chunks() if callable(chunks) else chunks


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def extension(browser, register, serve, server):
    url = serve(server)

    def extension(**changes):
        register(kind="home", extension_id="com.example.home")
        settings = {
            "authorization_url": f"{url}/authorize",
            "token_url": f"{url}/token",
            "refresh_url": f"{url}/token",
            "client_id": "클로바",
            "client_secret": "비밀-1234",
            **changes,
        }
        browser.get("/extensions/1/server").form("seen").submit(endpoint_url=f"{url}/clova", **settings)
        return url

    return extension


def begin(browser):
    return browser.get("/extensions/1/account/").form_to("begin").submit()


def come_back(browser, page):
    """Bring a code, as if the page had been answered."""
    asked = next(link for link in page.links if "response_type=code" in link)
    state = asked.partition("state=")[2].partition("&")[0]
    return browser.get(f"/linking/return?code=code-1234&token_type=Bearer&state={state}")


def codes(console, kind):
    with console.app_context():
        step = db.session.scalars(db.select(LinkingStep).where(LinkingStep.kind == kind)).all()[-1]
        return [code.removeprefix("linking.") for code, _ in step.findings]


def slowly():
    for _ in range(100):
        time.sleep(0.05)
        yield b" "


HUGE = [b"x" * 60_000] * 4
HTML = ("200 OK", [], ["<p>점검 중입니다".encode()])
REDIRECT = ("302 Found", [("Location", "http://127.0.0.1:9/elsewhere")], [b""])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (("200 OK", [], slowly), ["no-answer"]),
        (("200 OK", [], HUGE), ["no-answer"]),
        (HTML, ["token-not-json", "no-access-token", "token-type", "expires-in", "no-refresh"]),
        (("200 OK", [], [b"[" * 50_000]), ["token-not-json"]),
        (("200 OK", [], [b'{"access_token": ["a"], "expires_in": true}']), ["no-access-token"]),
        (("200 OK", [], [b"\x00\xff"]), ["token-not-json"]),
        (("200 OK", [], [b'{"access_token": "a\\ud800b", "token_type": "bearer"}']), ["no-access-token"]),
        (("200 OK", [], [b'{"access_token": "a\\u0000b", "scope": "\\ud800"}']), ["no-access-token"]),
        (
            ("400 Bad Request", [], [b'{"error": "\\ud800", "error_description": "\\u0000"}']),
            ["token-status"],
        ),
        (("204 No Content", [], []), ["token-status"]),
        (("500 Internal Server Error", [], [b"<h1>"]), ["token-status"]),
        (REDIRECT, ["token-status"]),
    ],
    ids=[
        "slow",
        "huge",
        "HTML",
        "deep",
        "odd JSON",
        "bytes",
        "half a letter",
        "NUL",
        "an odd error",
        "empty",
        "500",
        "redirect",
    ],
)
def test_the_token_endpoint(browser, extension, server, console, answer, expected):
    server.answers = {"/authorize": HTML, "/token": answer}
    extension()
    page = come_back(browser, begin(browser))
    assert page.status == 200
    assert "No account was linked." in page.text
    found = codes(console, "token")
    assert [code for code in expected if code in found] == expected[:1] or found[: len(expected)] == expected
    with console.app_context():
        assert db.session.scalars(db.select(LinkedAccount)).all() == []
    for kind in ("wrong_code", "wrong_secret", "used_code", "foreign_redirect"):
        assert browser.get("/extensions/1/account/").form_to(kind).submit().status == 200


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (("200 OK", [], slowly), ["no-answer"]),
        (("200 OK", [], HUGE), ["no-answer"]),
        (("500 Internal Server Error", [], [b"<h1>"]), ["page-status"]),
        (("302 Found", [("Location", "/authorize")], [b""]), ["page-status"]),
        (("302 Found", [("Location", "intent://app")], [b""]), ["page-status"]),
        (("302 Found", [("Location", "http://[")], [b""]), None),
        (("302 Found", [("Location", f"{DEAD}/login")], [b""]), ["no-answer"]),
        (("302 Found", [("Location", "http://login.invalid/")], [b""]), ["no-answer", "http"]),
    ],
    ids=["slow", "huge", "500", "in circles", "another scheme", "no URL", "to nobody", "by http"],
)
def test_the_authorization_page(browser, extension, server, console, answer, expected):
    server.answers = {"/authorize": answer}
    extension()
    page = begin(browser)
    assert page.status == 200
    if expected is not None:
        assert codes(console, "open")[: len(expected)] == expected
    assert len(server.calls) <= 11


def test_nobody_listens(browser, extension, console):
    extension(authorization_url=f"{DEAD}/a", token_url=f"{DEAD}/t", refresh_url=f"{DEAD}/t")
    page = come_back(browser, begin(browser))
    assert "No account was linked." in page.text
    assert codes(console, "ask") == [], "that they are on this machine is told once, by the page"
    assert "The addresses are on this machine." in page.text
    assert [codes(console, kind) for kind in ("open", "token")] == [["no-answer"], ["no-answer"]]


def test_a_server_that_speaks_no_tls(browser, extension, server, console):
    url = extension()
    secure = url.replace("http://", "https://")
    browser.get("/extensions/1/server").form("seen").submit(
        authorization_url=f"{secure}/authorize", token_url=f"{secure}/token"
    )
    come_back(browser, begin(browser))
    assert [codes(console, kind) for kind in ("open", "token")] == [["no-answer"], ["no-answer"]]


def test_what_a_page_contains_is_no_markup(browser, extension, server):
    server.answers = {
        "/authorize": ("200 OK", [("X-Odd", "<b>")], [b"<script>alert(1)</script>"]),
        "/token": ("400 Bad Request", [], [json.dumps({"error": "<i>odd</i>"}).encode()]),
    }
    extension()
    page = come_back(browser, begin(browser))
    assert "<script>alert" not in page.html
    assert "<i>odd" not in page.html
    assert "<b>" not in page.html


def linked(browser, server, **changes):
    answer = json.dumps({**GOOD, **changes}).encode()
    server.answers = {"/authorize": HTML, "/token": ("200 OK", [("Cache-Control", "no-store")], [answer])}
    return come_back(browser, begin(browser))


def test_a_server_that_tells_no_end(browser, extension, server):
    extension()
    assert "the server did not tell" in linked(browser, server, expires_in="곧").text


@pytest.mark.parametrize(
    "answer", [{"expires_in": float("inf")}, {"scope": "\ud800"}, {"refresh_token": "\0"}]
)
def test_odd_values_beside_the_token(browser, extension, server, answer):
    extension()
    page = linked(browser, server, **answer)
    assert "An account was linked." in page.text
    assert browser.get("/extensions/1/account/").status == 200


def test_without_a_refresh_token(browser, extension, server):
    extension()
    assert "Refresh token none" in linked(browser, server, refresh_token="").text
    page = browser.get("/extensions/1/account/").form_to("refresh").submit()
    assert "there is no refresh token" in page.text


def test_a_server_that_accepts_anything(browser, extension, server, console):
    extension()
    linked(browser, server)
    server.answers["/revoke"] = ("200 OK", [], [b""])
    server.answers["/clova"] = ("200 OK", [], [b'{"header": {"name": "DiscoverAppliancesResponse"}}'])
    for kind in ("wrong_code", "wrong_secret", "used_code", "revoke", "use"):
        page = browser.get("/extensions/1/account/").form_to(kind).submit()
        assert "토큰-1234" not in page.html
    found = [codes(console, kind) for kind in ("wrong_code", "wrong_secret", "used_code", "revoked", "use")]
    assert found == [["wrong-code"], ["wrong-secret"], ["used-code"], ["revoked"], ["token-accepted"]]


def test_a_server_that_redirects_anywhere(browser, extension, server, console):
    extension()

    def follow(environ, start_response):
        from urllib.parse import parse_qs

        asked = parse_qs(environ["QUERY_STRING"])
        start_response("302 Found", [("Location", f"{asked['redirect_uri'][0]}?code=leaked-1234")])
        return [b""]

    server.__class__ = type("Open", (Server,), {"__call__": lambda _self, *given: follow(*given)})
    begin(browser)
    page = browser.get("/extensions/1/account/").form_to("foreign_redirect").submit()
    assert codes(console, "foreign_redirect") == ["redirect-unchecked"]
    assert "leaked-1234" not in page.html


def test_a_code_with_odd_letters(browser, extension, server, console):
    """Whatever comes to the return address is a finding, and no error of the console."""
    extension()
    begin(browser)
    for query in (
        "code=%00&state=%00",
        "code=%FF%FE",
        "error=%3Cscript%3E",
        "a" * 5000,
        "state=" + "%41" * 3000,
    ):
        assert (
            browser.get(f"{BASE.removeprefix('http://localhost:5050')}/linking/return?{query}").status < 500
        )
