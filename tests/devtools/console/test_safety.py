"""Who may use the console, and what its pages may do."""

import stat

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask import ConfigurationError
from clova_flask.devtools.console import create_app
from tests.devtools.console.browser import BASE, Browser

PAGES = [
    "/",
    "/register",
    "/register/naver/custom",
    "/extensions/1/info",
    "/extensions/1/connection",
    "/nowhere",
]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_runs_what_is_not_the_consoles(browser, register, path):
    register()
    headers = browser.get(path).response.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_from_elsewhere(browser, register, path):
    register()
    html = browser.get(path).html
    assert ' src="http' not in html
    assert '<link rel="stylesheet" href="http' not in html
    assert " style=" not in html
    assert " onclick=" not in html


@pytest.mark.parametrize(
    "base", ["http://evil.example:5050", "http://localhost.evil.example", "http://192.168.0.7:5050"]
)
def test_a_name_of_another_machine_is_refused(console, base):
    """A page of another site may point its own name at this machine."""
    assert Browser(console, base=base).get("/").status == 400


@pytest.mark.parametrize(
    "base", ["http://localhost:5050", "http://127.0.0.1:5050", "http://console.localhost:5050"]
)
def test_the_names_of_this_machine(console, base):
    assert Browser(console, base=base).get("/").status == 200


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:5000"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_of_another_site_is_refused(browser, register, headers):
    register()
    form = browser.get("/extensions/1/delete").form()
    data = {name: values[0] for name, values in form.values.items()}
    assert browser.post("/extensions/1/delete", data, headers=headers).status == 403
    assert browser.get("/extensions/1/info").status == 200


@pytest.mark.parametrize("path", ["/extensions/1/delete", "/extensions/1/info", "/language", "/take-over/0"])
def test_a_form_without_its_token_is_refused(browser, register, path):
    register()
    assert browser.post(path, {"name": "x"}).status == 400
    assert browser.get("/extensions/1/info").status == 200


def test_the_store_is_its_owners_alone(browser, register, tmp_path):
    register()
    folder = tmp_path / "console"
    kept = [
        path
        for path in folder.iterdir()
        if path.name.startswith(("clova_console.db", "clova-console-secret"))
    ]
    assert len(kept) >= 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def test_the_cookie_is_the_consoles_own(browser, register):
    register()
    cookie = browser.client.get_cookie("clova_console", domain="localhost")
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_other_machines_need_a_password(tmp_path):
    with pytest.raises(ConfigurationError, match="password"):
        create_app(instance_path=tmp_path, hosts=("192.168.0.7",))
    with pytest.raises(ConfigurationError, match="password"):
        create_app(instance_path=tmp_path, hosts=())


@pytest.fixture
def locked(make_console):
    return Browser(make_console(password="열려라 참깨", hosts=()), base="http://192.168.0.7:5050")


@pytest.mark.parametrize("path", ["/", "/register", "/extensions/1/info", "/images/0", "/nowhere"])
def test_without_the_password_nothing_is_shown(locked, path):
    page = locked.get(path)
    assert page.path == "/sign-in"
    assert "Password of the console" in page.text


def test_the_password_opens_the_console(locked):
    page = locked.get("/").form("password").submit(password="열려라")
    assert page.status == 403
    assert "That is not the password." in page.text
    page = page.form("password").submit(password="열려라 참깨")
    assert page.path == "/"
    assert locked.get("/register").path == "/register"


def test_passwords_cannot_be_tried_without_end(locked):
    page = locked.get("/")
    form = page.form("password")
    statuses = [form.submit(password=f"참깨 {n}").status for n in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    assert form.submit(password="열려라 참깨").status == 429


def test_a_session_of_another_console_opens_nothing(make_console, locked):
    locked.get("/").form("password").submit(password="열려라 참깨")
    other = Browser(make_console("another", password="다른", hosts=()), base=locked.base)
    cookie = locked.client.get_cookie("clova_console", domain="192.168.0.7")
    other.client.set_cookie("clova_console", cookie.value, domain="192.168.0.7")
    assert other.get("/").path == "/sign-in"


def test_a_language_is_chosen_and_kept(browser):
    page = browser.get("/register")
    page = page.form("language").submit(language="ko")
    assert page.path in ("/", "/register")
    assert '<html lang="ko"' in browser.get("/").html


@pytest.mark.parametrize("chosen", ["../../etc/passwd", "xx", ""])
def test_a_language_that_there_is_not(browser, chosen):
    browser.get("/").form("language").submit(language=chosen)
    assert '<html lang="en"' in browser.get("/").html


@pytest.mark.parametrize(
    ("asked", "language"), [("ko-KR,ko;q=0.9", "ko"), ("ja", "ja"), ("fr,de", "en"), ("", "en")]
)
def test_the_language_of_the_browser(console, asked, language):
    assert f'<html lang="{language}"' in Browser(console, language=asked).get("/").html


def test_the_page_to_return_to_is_of_the_console(browser):
    form = browser.get("/").form("language")
    data = {name: values[0] for name, values in form.values.items()}
    response = browser.post("/language", data, follow=False, headers={"Referer": "http://evil.example/steal"})
    assert response.response.location == "/"
    response = browser.post("/language", data, follow=False, headers={"Referer": f"{BASE}/register?a=1"})
    assert response.response.location == "/register?a=1"


def test_mounted_beside_another_app(console):
    from flask import Flask
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    app = Flask("shop")
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/console": console})
    page = Browser(app).get("/console/")
    assert page.status == 200
    assert "/console/register" in page.links
