"""What the page "Tests" shows of account linking."""

import pytest

for package in ("alembic", "authlib", "flask_login", "sqlalchemy"):
    pytest.importorskip(package)

import linked

from clova_flask.testing import CekClient, LinkingError


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


# [link]
def test_a_user_is_greeted_by_name(cek):
    assert "연결" in cek.launch().speech  # asks to link an account
    cek.link(user="bora")
    assert cek.launch().speech == "bora님, 안녕하세요."
    # [end of link]


# [page]
def test_the_login_page_leads_back(app, cek):
    browser = app.test_client()
    browser.post("/sign-in", data={"name": "bora", "password": "보라의 비밀번호"})
    linking = cek.link(browser=browser)
    assert not linking.findings, "what the platform would refuse, or advises against"
    # [end of page]


# [ends]
def test_a_link_that_has_ended(app, cek):
    cek.link(user="bora")
    with app.app_context():
        linked.linking.unlink("bora")
    assert "연결" in cek.launch().speech


def test_a_token_that_has_expired(cek):
    token = cek.link(user="bora").access_token
    cek.expire_token()
    assert cek.launch().speech == "bora님, 안녕하세요."
    assert cek.caller.access_token != token  # refreshed before the turn, as CEK does it
    cek.expire_token(refresh=False)
    assert "연결" in cek.launch().speech


def test_a_user_who_refuses(cek):
    assert cek.link(user="bora", decision="refuse").error == "access_denied"
    assert "연결" in cek.launch().speech
    # [end of ends]


def test_nobody_is_signed_in(app):
    with pytest.raises(LinkingError, match="/sign-in"):
        CekClient(app).link(browser=app.test_client())
