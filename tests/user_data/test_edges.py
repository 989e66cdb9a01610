"""User data at its edges: what cannot be kept, a limit that was lowered, classes from elsewhere."""

import sys
from types import ModuleType

import pytest

from clova_flask import UserData, UserDataInvalid
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
