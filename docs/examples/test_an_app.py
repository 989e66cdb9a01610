"""What the page "In an app that you have" shows."""

import pytest

for package in ("flask_login", "flask_limiter", "flask_sqlalchemy", "flask_talisman", "flask_wtf"):
    pytest.importorskip(package)

import an_app
from an_app import Order, User, db

from clova_flask.testing import CekClient

ADDRESS = "https://pizza.example.com"


@pytest.fixture
def app(monkeypatch):
    for name, value in {
        "SECRET_KEY": "비밀",
        "SQLALCHEMY_DATABASE_URI": "sqlite://",
        "CLOVA_PLATFORM": "naver",
        "CLOVA_EXTENSION_ID": "com.example.pizzabot",
    }.items():
        monkeypatch.setenv(f"FLASK_{name}", value)
    app = an_app.create_app()
    app.testing = True
    with app.app_context():
        db.session.add(User(name="보라", access_token="token-of-bora"))
        db.session.commit()
    yield app
    with app.app_context():
        db.drop_all()
        db.engine.dispose()


@pytest.fixture
def speaker(app):
    return CekClient(app, base_url=ADDRESS, access_token="token-of-bora")


@pytest.fixture
def guest(app):
    return CekClient(app, base_url=ADDRESS)


def test_csrf_protects_the_app_and_not_the_endpoint(app, speaker):
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    assert app.test_client().post("/page", base_url=ADDRESS).status_code == 400
    assert speaker.launch().speech == "보라님, 무엇을 드릴까요?"


def test_the_limit_is_for_the_app_and_not_for_the_endpoint(app, speaker):
    web = app.test_client()
    statuses = [web.get("/page", base_url=ADDRESS).status_code for _ in range(5)]
    assert (statuses[0], statuses[-1]) == (200, 429)
    assert [speaker.launch().status_code for _ in range(6)] == [200] * 6


def test_the_endpoint_is_called_over_https(app):
    over_http = CekClient(app)
    assert over_http.launch().status_code == 302


def test_the_account_is_the_speakers(speaker, guest):
    assert speaker.launch().speech == "보라님, 무엇을 드릴까요?"
    assert guest.launch().speech == "무엇을 드릴까요?"


def test_services_of_the_app_find_the_speaker(speaker, guest):
    assert speaker.intent("WhoAmI").speech == "보라님이에요."
    assert "연결" in guest.intent("WhoAmI").speech


def test_an_order_is_committed_and_a_second_one_rolled_back(app, speaker):
    assert speaker.intent("OrderPizza", pizzaType="고구마").speech == "고구마 주문했어요."
    assert speaker.intent("OrderPizza", pizzaType="고구마").speech == "이미 주문하셨어요."
    assert speaker.intent("CountOrders").speech == "1건 있어요."
    with app.app_context():
        assert [order.pizza for order in db.session.scalars(db.select(Order))] == ["고구마"]


def test_g_and_url_for_are_those_of_any_request(app, speaker):
    where = "지점이에요. 주소는 https://pizza.example.com/page 에 있어요."
    assert speaker.intent("WhereIsIt").speech == f"강남 {where}"
    assert CekClient(app, base_url=ADDRESS, screen="none").intent("WhereIsIt").speech == f"홍대 {where}"
