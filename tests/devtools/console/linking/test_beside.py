"""Account linking of the app beside the console: a client is made in its store by one press."""

import re
from html import unescape

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("authlib")

import requests

from tests.devtools.console.browser import Browser
from tests.devtools.console.test_attached import attach  # noqa: F401 - attach is a fixture

SHOP = """
from flask import Flask, request
from clova_flask import Clova
from clova_flask.home import Appliance
from clova_flask.linking import AccountLinking

clova = Clova(extension_id="com.example.home", platform="naver")
linking = AccountLinking(clova)
linking.current_user_id(lambda: request.cookies.get("who"))
linking.load_user(lambda user_id: user_id)

@clova.home.discover
def discover(user):
    return [Appliance("lamp-1", type="LIGHT", friendly_name=f"{{user}}의 등")]

def create_app():
    app = Flask("shop", instance_path={instance!r})
    app.config.update(SECRET_KEY="비밀", CLOVA_LINKING_LOGIN_VIEW="/login")
    clova.init_app(app)
    linking.init_app(app)
    return app
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    text = SHOP.format(instance=str(tmp_path / "instance"))
    (folder / "shop.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def test_an_account_from_an_empty_store(attach, make_console):  # noqa: F811
    attached = attach()
    browser = Browser(make_console(attached=attached))
    form = browser.get("/register/naver/home").form("extension_id")
    form.submit(extension_id="com.example.home", name="보라의 집")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=f"{attached.url}/clova")
    page = browser.get("/extensions/1/account/")
    assert "clova linking client --redirect-uri" in page.text
    page = page.form_to("client").submit()
    assert "A client was made in the app's store, and entered here." in page.text
    assert "Fill in first:" not in page.text
    page = page.form_to("begin").submit()
    url = next(link for link in page.links if "response_type=code" in link)
    phone = requests.Session()
    phone.cookies.set("who", "bora")
    proof = unescape(re.search(r'name="proof" value="([^"]+)"', phone.get(url, timeout=5).text)[1])
    answer = {"proof": proof, "decision": "allow"}
    back = phone.post(url, answer, timeout=5, allow_redirects=False, headers={"Referer": url}).headers[
        "Location"
    ]
    assert "An account was linked." in browser.get(back.removeprefix("http://localhost:5050")).text
    assert "bora의 등" in browser.get("/extensions/1/home/").form_to("speak").submit().text


def test_a_client_that_cannot_be_made(attach, make_console, project):  # noqa: F811
    attached = attach()
    browser = Browser(make_console(attached=attached))
    form = browser.get("/register/naver/home").form("extension_id")
    form.submit(extension_id="com.example.home", name="보라의 집")
    form = browser.get("/extensions/1/account/").form_to("client")
    (project / "shop.py").write_text("raise LookupError('치즈')", encoding="utf-8")
    page = form.submit()
    assert page.status == 200
    assert "치즈" in page.text


def test_an_extension_that_is_not_the_apps(attach, make_console):  # noqa: F811
    browser = Browser(make_console(attached=attach()))
    form = browser.get("/register/naver/home").form("extension_id")
    form.submit(extension_id="com.example.other", name="다른 집")
    assert "Make a client" not in browser.get("/extensions/1/account/").text
    csrf = browser.get("/extensions/1/account/").forms[0].values
    assert browser.post("/extensions/1/account/client", csrf).status == 404
