"""Introspection (RFC 7662), where it is on."""

import time

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from tests.linking.shop import basic


@pytest.fixture
def shop(make_shop):
    return make_shop(CLOVA_LINKING_INTROSPECTION=True)


def test_it_is_off_unless_it_is_set(make_shop):
    assert make_shop().call("introspect", token="a").status_code == 404


def test_a_token_and_what_it_stands_for(shop):
    tokens = shop.link("さくら")
    answer = shop.call("introspect", token=tokens["access_token"])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json
    assert 3590 < told.pop("exp") - time.time() <= 3600
    assert told == {"active": True, "sub": "さくら", "scope": "orders", "token_type": "Bearer"}
    refresh = shop.call("introspect", token=tokens["refresh_token"], token_type_hint="refresh_token")
    assert refresh.json == {"active": True, "sub": "さくら", "scope": "orders"}


def test_a_client_is_told_of_its_own_tokens_alone(shop):
    other = shop.provider.make_client("another")
    tokens = shop.link()
    for kind in ("access_token", "refresh_token"):
        assert shop.call("introspect", auth=other, token=tokens[kind]).json == {"active": False}
    for token in ("unknown", "", "한글", "\x00", "x" * 60_000):
        assert shop.call("introspect", token=token).json == {"active": False}


@pytest.mark.parametrize("auth", [None, ("clova-of-pizza", "wrong"), ("evil", "wrong")])
def test_nobody_else_is_told_anything(shop, auth):
    answer = shop.call("introspect", auth=auth, token=shop.link()["access_token"])
    assert (answer.status_code, answer.json["error"]) == (401, "invalid_client")
    no_utf8 = shop.call(
        "introspect", auth=None, headers=basic("\udcff".encode("utf-8", "surrogatepass"), "a")
    )
    assert no_utf8.status_code == 401


def test_what_is_over(make_shop, monkeypatch):
    from clova_flask.linking import times

    shop = make_shop(CLOVA_LINKING_INTROSPECTION=True, CLOVA_LINKING_ROTATE=True)
    tokens, now = shop.link(), times.now()
    assert shop.refresh(tokens["refresh_token"]).status_code == 200
    monkeypatch.setattr(times, "now", lambda: now + 3600)
    for kind in ("access_token", "refresh_token"):
        assert shop.call("introspect", token=tokens[kind]).json == {"active": False}
    monkeypatch.setattr(times, "now", lambda: now)
    # To ask of a refresh token that was replaced does not end its link, as using it would.
    assert shop.is_valid(tokens["access_token"])
    with shop.app.app_context():
        shop.linking.unlink("bora")
    assert shop.call("introspect", token=tokens["access_token"]).json == {"active": False}


def test_what_is_no_question(shop):
    assert shop.call("introspect").status_code == 400
    assert 400 <= shop.call("introspect", token="a", token_type_hint="비밀").status_code < 500
    assert shop.app.test_client().get("/clova/link/introspect").status_code == 405
