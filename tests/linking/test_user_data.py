"""What is kept of a user goes with the link of the account."""

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from clova_flask import UserData
from clova_flask.storage import StorageUnavailable
from clova_flask.testing import CekClient


def keep(shop):
    @shop.clova.intent("Order")
    def order(data: UserData, what: str):
        data["order"] = what
        return "주문했어요."


def order(shop, user, token):
    CekClient(shop.app, user_id=user, access_token=token).intent("Order", what="김치전")


def kept(shop, user):
    with shop.app.app_context(), shop.clova.user_data.open(user) as data:
        return dict(data)


def test_unlink_deletes_what_the_account_has(shop):
    keep(shop)
    for user, account in (("phone", "bora"), ("tablet", "bora"), ("guest", "さくら")):
        order(shop, user, shop.link(account)["access_token"])
    order(shop, "nobody", None)
    order(shop, "stranger", "unknown")
    with shop.app.app_context():
        shop.linking.unlink("bora")
    assert [bool(kept(shop, user)) for user in ("phone", "tablet", "guest", "nobody", "stranger")] == [
        False, False, True, True, True,
    ]  # fmt: skip


def test_an_account_that_was_linked_later(shop):
    keep(shop)
    order(shop, "phone", None)
    token = shop.link("bora")["access_token"]
    CekClient(shop.app, user_id="phone", access_token=token).intent("Order", what="물냉면")
    with shop.app.app_context():
        shop.linking.unlink("bora")
    assert kept(shop, "phone") == {}


@pytest.mark.parametrize("writes", [[], ["overtaken"], ["away"]])
def test_an_account_that_was_linked_later_and_whose_turns_only_read(shop, monkeypatch, writes):
    """Turns that read are answered, whatever becomes of the note of whose account it is."""
    keep(shop)

    @shop.clova.intent("Ask")
    def offer(data: UserData):
        return f"{data['order']} 또 드릴까요?"

    order(shop, "phone", None)
    token = shop.link("bora")["access_token"]
    cek = CekClient(shop.app, user_id="phone", access_token=token)
    store = shop.app.extensions["clova"]["clova"].keeper.store
    write, count = store.write, []

    def fail_first(key, text, **options):
        count.append(text)
        if not writes:
            return write(key, text, **options)
        if writes.pop() == "away":
            raise StorageUnavailable
        assert write(key, '{"order": "수정과"}', replacing=store.read(key).version)
        return False

    monkeypatch.setattr(store, "write", fail_first)
    assert cek.intent("Ask").speech == "김치전 또 드릴까요?"
    cek.intent("Ask")
    tries = len(count)
    cek.intent("Ask")
    assert len(count) == tries
    with shop.app.app_context():
        shop.linking.unlink("bora")
    assert kept(shop, "phone") == {}


def test_the_command_finds_it_by_the_account(shop):
    keep(shop)
    order(shop, "phone", shop.link("bora")["access_token"])
    shown = shop.app.test_cli_runner().invoke(args=["clova", "data", "show", "bora", "--account"])
    assert "김치전" in shown.output
    gone = shop.app.test_cli_runner().invoke(args=["clova", "data", "show", "さくら", "--account"])
    assert gone.exit_code == 1
