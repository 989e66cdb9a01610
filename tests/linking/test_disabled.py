"""A user disables the skill: the link whose token comes with the event ends, after the app's handler."""

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from clova_flask.testing import CekClient


def disable(shop, access_token, name="ClovaSkill.SkillDisabled"):
    return CekClient(shop.app, access_token=access_token).event(name)


def test_its_link_ends_and_no_other(shop):
    phone, tablet, other = (shop.link(user)["access_token"] for user in ("bora", "bora", "さくら"))
    assert disable(shop, phone).status_code == 200
    assert [shop.is_valid(token) for token in (phone, tablet, other)] == [False, True, True]


def test_the_handler_has_the_user_before(shop):
    seen = []

    @shop.clova.event("ClovaSkill.SkillDisabled")
    def disabled(user: dict | None):
        with_links = len(shop.linking.links("bora"))
        seen.append((user["name"] if user else None, with_links))

    token = shop.link()["access_token"]
    disable(shop, token)
    assert seen == [("보라", 1)]
    assert not shop.is_valid(token)
    disable(shop, token)
    disable(shop, None)
    assert seen[1:] == [(None, 0), (None, 0)]


def test_a_handler_that_fails_or_a_hook_that_answers(shop):
    shop.app.config["PROPAGATE_EXCEPTIONS"] = False

    @shop.clova.event("ClovaSkill.*")
    def disabled():
        raise RuntimeError("주방이 닫혔다")

    token = shop.link()["access_token"]
    assert disable(shop, token).status_code == 200
    assert not shop.is_valid(token)


def test_a_hook_that_answers(shop):
    shop.clova.before_request(lambda session: "잠깐만요.")
    token = shop.link()["access_token"]
    disable(shop, token)
    with shop.app.app_context():
        assert shop.linking.links("bora") == []


@pytest.mark.parametrize(
    "name", ["ClovaSkill.SkillEnabled", "Kitchen.SkillDisabled", "AudioPlayer.PlayStopped"]
)
def test_other_events_end_nothing(shop, name):
    token = shop.link()["access_token"]
    CekClient(shop.app, access_token=token).event(name)
    assert shop.is_valid(token)


def test_what_proves_nothing(shop, monkeypatch):
    """An expired token may be in a message from long ago; others are not the link's."""
    from clova_flask.linking import times

    tokens, now = shop.link(), times.now()
    monkeypatch.setattr(times, "now", lambda: now + 3600)
    for token in (tokens["access_token"], tokens["refresh_token"], "unknown", "\x00", "x" * 10_000, ""):
        assert disable(shop, token).status_code == 200
    assert shop.refresh(tokens["refresh_token"]).status_code == 200


def test_another_extensions_token(make_shop, tmp_path):
    from clova_flask import Clova
    from tests.linking.shop import Shop

    shop = make_shop()
    url = f"sqlite:///{shop.provider.store.database.engine.url.database}"
    other = Shop(tmp_path, clova=Clova("other"), CLOVA_LINKING_DATABASE_URL=url).declare()
    token = shop.link()["access_token"]
    disable(other, token)
    assert shop.is_valid(token)
    other.provider.store.database.engine.dispose()


def test_a_database_that_is_away_is_logged(shop, monkeypatch, caplog):
    from clova_flask.storage import StorageUnavailable

    def away(_token):
        raise StorageUnavailable("The database for account linking cannot be used.")

    monkeypatch.setattr(shop.provider.store, "revoke_by_access", away)
    assert disable(shop, shop.link()["access_token"]).status_code == 200
    assert "unlinking failed after a user had disabled the skill" in caplog.text
    assert "cannot be used" in caplog.text
