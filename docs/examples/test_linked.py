"""What the page "Account linking" shows."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

for package in ("authlib", "flask_login", "sqlalchemy"):
    pytest.importorskip(package)

import linked

from clova_flask.testing import CekClient

ADDRESS = "https://pizza.example.com"
REDIRECT = "https://prod-ni-cic.clova.ai/v1/al/token"


@pytest.fixture
def app(monkeypatch, tmp_path):
    for name, value in {
        "SECRET_KEY": "비밀",
        "TESTING": "1",
        "CLOVA_PLATFORM": "naver",
        "CLOVA_EXTENSION_ID": "com.example.pizzabot",
        "CLOVA_LINKING_DATABASE_URL": f"sqlite:///{tmp_path}/linking.db",
    }.items():
        monkeypatch.setenv(f"FLASK_{name}", value)
    return linked.create_app()


@pytest.fixture
def browser(app):
    return app.test_client()


def make_client(app):
    printed = app.test_cli_runner().invoke(args=["clova", "linking", "client"]).output
    return [re.search(rf"{label} +(\S+)", printed)[1] for label in ("Client ID", "Client secret")]


def test_from_the_platforms_app_to_a_greeting(app, browser):
    client_id, secret = make_client(app)
    query = {"response_type": "code", "client_id": client_id, "redirect_uri": REDIRECT, "state": "상태"}
    asked = browser.get("/clova/link/authorize", query_string=query, base_url=ADDRESS)
    wrong = browser.post(asked.location, data={"name": "bora", "password": "아니"}, base_url=ADDRESS)
    assert "로그인" in wrong.text
    signed_in = {"name": "bora", "password": "보라의 비밀번호"}
    back = browser.post(asked.location, data=signed_in, base_url=ADDRESS)
    page = browser.get(back.location, base_url=ADDRESS)
    assert "NAVER Clova에서 내 계정을 사용하도록 허용할까요?" in page.text
    proof = re.search('name="proof" value="([^"]*)"', page.text)[1]
    answered = browser.post(back.location, data={"proof": proof, "decision": "allow"}, base_url=ADDRESS)
    (code,) = parse_qs(urlsplit(answered.location).query)["code"]
    form = {"code": code, "redirect_uri": REDIRECT}
    url = "/clova/link/token?grant_type=authorization_code"
    tokens = app.test_client().post(url, data=form, auth=(client_id, secret), base_url=ADDRESS).json
    cek = CekClient(app, access_token=tokens["access_token"])
    assert cek.launch().speech == "bora님, 안녕하세요."
    assert "<li>NAVER Clova, " in browser.get("/account", base_url=ADDRESS).text
    assert browser.post("/unlink", base_url=ADDRESS).location == "/account"
    assert "연결" in cek.launch().speech


def test_the_page_names_the_account_and_lets_another_sign_in(app, browser):
    client_id, _ = make_client(app)
    query = {"response_type": "code", "client_id": client_id, "redirect_uri": REDIRECT, "state": "상태"}
    browser.post("/sign-in", data={"name": "bora", "password": "보라의 비밀번호"}, base_url=ADDRESS)
    page = browser.get("/clova/link/authorize", query_string=query, base_url=ADDRESS)
    assert '<p class="name">bora</p>' in page.text
    proof = re.search('name="proof" value="([^"]*)"', page.text)[1]
    answered = browser.post(
        "/clova/link/authorize",
        query_string=query,
        data={"proof": proof, "decision": "switch"},
        base_url=ADDRESS,
    )
    assert answered.location.startswith("/sign-in?next=/clova/link/authorize?")
    assert browser.get("/account", base_url=ADDRESS).location.startswith("/sign-in")


def test_signing_in_leads_to_no_other_site(browser):
    signed_in = {"name": "bora", "password": "보라의 비밀번호"}
    back = browser.post("/sign-in?next=//evil.example.com", data=signed_in, base_url=ADDRESS)
    assert back.location == "/account"
