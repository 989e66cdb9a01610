"""User data at its edges: what cannot be kept, a limit that was lowered, classes from elsewhere."""

import asyncio
import pickle
import sys
from types import ModuleType

import pytest
from flask import Flask

from clova_flask import UserData, UserDataConflict, UserDataInvalid, UserDataUnavailable, ask, ask_for
from clova_flask.home import Appliance, action
from tests.user_data.test_parameters import Shop


@pytest.fixture
def shop():
    return Shop()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"\ud800": 1}, "it has a key that is text with a lone surrogate"),
        ({"이름": {"\udfff": 1}}, "이름 has a key that is text with a lone surrogate"),
        ({7: 1}, "it has a key that is int, not text"),
        ({True: 1}, "it has a key that is bool, not text"),
    ],
)
def test_keys_that_json_does_not_have(shop, value, told):
    @shop.clova.launch
    def welcome(data: UserData):
        data.update(value)
        return "やあ"

    with pytest.raises(UserDataInvalid) as refused:
        shop.cek().launch()
    assert told in str(refused.value)
    assert shop.kept() == {}


def test_what_was_kept_before_the_limit_was_lowered_is_read_and_made_smaller():
    shop = Shop(CLOVA_USER_DATA_MAX_SIZE=1000)
    store, scope = shop.store, shop.app.extensions["clova"]["clova"].keeper.scope
    assert store.write(scope.key("custom", "さくら"), '{"log":"%s"}' % ("가" * 400), replacing=None)

    @shop.clova.launch
    def welcome(data: UserData):
        return f"{len(data['log'])}字"

    @shop.clova.intent("Add")
    def add(data: UserData):
        data["more"] = 1
        return "足しました。"

    @shop.clova.intent("Empty")
    def empty(data: UserData):
        data["log"] = "비었다"
        return "空にしました。"

    assert shop.cek().launch().speech == "400字"
    with shop.app.app_context():
        assert shop.clova.user_data.update("さくら", len) == 1
    with pytest.raises(UserDataInvalid, match=r"takes 1219 bytes, and 1000 are allowed .*'log' takes 1202"):
        shop.cek().intent("Add")
    shop.cek().intent("Empty")
    assert shop.kept() == {"log": "비었다"}


DEVICES = """
from clova_flask import UserData
from clova_flask.home import Appliance, action

class Kettle(Appliance, type="ELECTRICKETTLE"):
    @action("TurnOn")
    def boil(self, data: UserData):
        data["boiled"] = data.get("boiled", 0) + 1
"""


def test_an_appliance_whose_class_is_in_no_package_of_the_apps(shop, monkeypatch):
    devices = ModuleType("kettles_of_another_package")
    monkeypatch.setitem(sys.modules, devices.__name__, devices)
    exec(DEVICES, vars(devices))
    shop.clova.user_loader(lambda token: token)
    shop.clova.user_data.key(str)
    shop.clova.home.discover(lambda user: [devices.Kettle(id="k", friendly_name="주전자")])
    assert shop.cek(access_token="민지").control("TurnOn", "k").name == "TurnOnConfirmation"
    assert shop.kept("민지", kind="home") == {"boiled": 1}


def test_the_dialog_stays_where_it_was_when_the_data_cannot_be_saved(shop):
    shop.change(count=1)

    @shop.clova.errorhandler(UserDataConflict)
    def conflict(error):
        return ask("もう一度お願いします。")

    @shop.clova.intent("Order", state="menu")
    def order(data: UserData, session):
        shop.change(count=5)
        data["count"] = 2
        session["cart"] = ["김치"]
        return ask("よろしいですか？", state="confirm")

    @shop.clova.intent("Pour")
    def pour(data: UserData, size: str | None):
        shop.change(count=data["count"] + 1)
        data["count"] = 0
        return ask_for("size", "サイズは？")

    shop.clova.launch(lambda: ask("メニューです。", state="menu"))
    cek = shop.cek()
    at_menu = cek.launch().attributes
    reply = cek.intent("Order")
    assert reply.speech == "もう一度お願いします。"
    assert reply.attributes == at_menu
    assert cek.intent("Pour").attributes == at_menu


def test_after_hooks_and_errorhandlers_that_need_data_are_passed_over_where_nobody_is_told(shop):
    @shop.clova.errorhandler(UserDataUnavailable)
    def counted(error, data: UserData):
        raise AssertionError

    @shop.clova.errorhandler(Exception)
    def unknown(error, data: UserData | None):
        assert data is None
        return "どなたか分かりません。"

    @shop.clova.after_request
    def after(answer, data: UserData):
        data["answers"] = data.get("answers", 0) + 1

    @shop.clova.intent("Keep")
    def keep(data: UserData):
        return "やあ"

    shop.clova.launch(lambda: "やあ")
    assert shop.cek("").launch().speech == "やあ"
    assert shop.cek("").intent("Keep").speech == "どなたか分かりません。"
    assert shop.cek().launch().speech == "やあ"
    assert shop.kept() == {"answers": 1}


def test_after_hooks_of_home_that_take_data_let_the_answer_to_an_unknown_token_be(shop):
    seen = []

    @shop.clova.home.after_request
    def after(reply, data: UserData):
        data["answers"] = data.get("answers", 0) + 1

    @shop.clova.home.after_request
    def see(reply, data: UserData | None):
        seen.append(data and dict(data))

    shop.clova.user_loader({"token": "민지"}.get)
    shop.clova.user_data.key(str)
    shop.clova.home.discover(lambda user: [])
    assert shop.cek(access_token="gone").discover().name == "InvalidAccessTokenError"
    assert shop.cek(access_token="token").discover().name == "DiscoverAppliancesResponse"
    assert shop.kept("민지", kind="home") == {"answers": 1}
    assert seen == [None, {"answers": 1}]


def test_a_key_that_is_async_has_the_time_of_the_turn():
    pytest.importorskip("asgiref")
    shop = Shop(CLOVA_HANDLER_TIMEOUT=0.1)

    async def key(user):
        await asyncio.sleep(5 if user == "느림" else 0)
        return user

    class Kettle(Appliance, type="ELECTRICKETTLE"):
        __module__ = "homes.of_these_tests"

        @action("TurnOn")
        def turn_on(self, data: UserData):
            data["boiled"] = True

    shop.clova.user_loader(lambda token: token)
    shop.clova.user_data.key(key)
    shop.clova.home.discover(lambda user: [Kettle(id="k", friendly_name="주전자")])
    assert shop.cek(access_token="느림").control("TurnOn", "k").name == "DriverInternalError"
    assert shop.kept("느림", kind="home") == {}
    assert shop.cek(access_token="민지").control("TurnOn", "k").name == "TurnOnConfirmation"
    assert shop.kept("민지", kind="home") == {"boiled": True}


def test_an_app_without_the_extension(shop):
    with Flask("another").app_context(), pytest.raises(LookupError, match="has no Clova extension"):
        shop.clova.user_data.delete("さくら")


@pytest.mark.parametrize("told", [UserDataConflict(["횟수", "a"]), UserDataConflict(deleted=True)])
def test_a_conflict_comes_whole_out_of_another_process(told):
    """As `update` raises it in a worker of a pool, whose exceptions are pickled."""
    came = pickle.loads(pickle.dumps(told))
    assert (came.keys, str(came)) == (told.keys, str(told))
