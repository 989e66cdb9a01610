"""A parameter annotated with UserData is the speaker's own dict, loaded once and saved with the answer."""

import datetime
import threading
import uuid

import pytest
from flask import Flask

from clova_flask import (
    Clova,
    ConfigurationError,
    HandlerGroup,
    RegistrationError,
    UserData,
    UserDataConflict,
    UserDataInvalid,
    UserDataUnavailable,
    ask,
    tell,
)
from clova_flask.home import Appliance, DriverInternalError, TargetOfflineError, action
from clova_flask.testing import CekClient

ELSEWHERE = "homes.of_these_tests"
"""The package of appliances and their handlers: in the tests' own, each test would have them."""


def elsewhere(function):
    function.__module__ = ELSEWHERE
    return function


class Shop:
    """An app in testing, whose user data is in memory."""

    def __init__(self, *, propagate=True, clova=None, **config):
        self.app = Flask("shop")
        self.app.testing = True
        self.app.config.update(
            CLOVA_PLATFORM="line",
            CLOVA_EXTENSION_ID="com.example.shop",
            PROPAGATE_EXCEPTIONS=propagate,
            **config,
        )
        self.app.config.update(config)
        self.clova = clova or Clova()
        self.clova.init_app(self.app)

    def cek(self, user_id="さくら", **options):
        return CekClient(self.app, user_id=user_id, **options)

    def kept(self, user_id="さくら", **options):
        with self.app.app_context(), self.clova.user_data.open(user_id, **options) as data:
            return dict(data)

    def change(self, user_id="さくら", **changes):
        with self.app.app_context():
            self.clova.user_data.update(user_id, lambda data: data.update(changes))

    @property
    def store(self):
        return self.app.extensions["clova"]["clova"].keeper.store


@pytest.fixture
def shop():
    return Shop()


def count_visits(clova):
    @clova.launch
    def welcome(data: UserData):
        data["visits"] = data.get("visits", 0) + 1
        return ask(f"{data['visits']}回目ですね。")


def test_it_comes_back_in_the_next_session(shop):
    count_visits(shop.clova)
    assert [shop.cek().launch().speech for _ in range(3)] == [
        "1回目ですね。",
        "2回目ですね。",
        "3回目ですね。",
    ]
    assert shop.cek("보라").launch().speech == "1回目ですね。"
    assert shop.kept() == {"visits": 3}
    assert shop.kept("보라") == {"visits": 1}


def test_the_name_of_the_parameter_is_free(shop):
    @shop.clova.intent("Remember")
    def remember(user: UserData, what: str, session: UserData | None = None):
        assert session is user
        user["what"] = what
        return "覚えました。"

    assert shop.cek().intent("Remember", what="傘 ☔️").speech == "覚えました。"
    assert shop.kept() == {"what": "傘 ☔️"}


def test_hooks_and_the_handler_have_one_dict(shop):
    seen = []

    @shop.clova.before_request
    def before(data: UserData):
        data["hook"] = 1
        seen.append(data)

    @shop.clova.launch
    def welcome(data: UserData):
        seen.append(data)
        return "やあ"

    @shop.clova.after_request
    def after(answer, data: UserData):
        data["after"] = True

    shop.cek().launch()
    assert seen[0] is seen[1]
    assert shop.kept() == {"hook": 1, "after": True}


class Counting:
    """A store that counts what is asked of it."""

    def __init__(self, store):
        self.store, self.reads, self.writes = store, 0, 0

    def read(self, key):
        self.reads += 1
        return self.store.read(key)

    def write(self, key, text, **options):
        self.writes += 1
        return self.store.write(key, text, **options)


def counted(shop):
    keeper = shop.app.extensions["clova"]["clova"].keeper
    keeper.store = Counting(keeper.store)
    return keeper.store


def test_it_is_loaded_once_and_only_when_asked_for(shop):
    @shop.clova.launch
    def welcome():
        return "やあ"

    @shop.clova.intent("Look")
    def look(data: UserData, again: UserData | None):
        return f"{len(data)}"

    store = counted(shop)
    shop.cek().launch()
    assert (store.reads, store.writes) == (0, 0)
    shop.cek().intent("Look")
    assert (store.reads, store.writes) == (1, 0)


def test_it_is_saved_only_when_changed(shop):
    shop.change(b=2, a=[1, {"x": None}])

    @shop.clova.launch
    def welcome(data: UserData):
        data["a"] = [1, {"x": None}]
        data["b"] = data.pop("b")
        return "やあ"

    @shop.clova.intent("Type")
    def change_type(data: UserData):
        data["b"] = 2.0

    store = counted(shop)
    shop.cek().launch()
    assert store.writes == 0
    shop.clova = None
    with pytest.raises(Exception, match="returned None"):
        shop.cek().intent("Type")


def test_a_bool_is_not_the_number_that_it_equals(shop):
    shop.change(loud=1)

    @shop.clova.launch
    def welcome(data: UserData):
        data["loud"] = True
        return "やあ"

    shop.cek().launch()
    assert shop.kept()["loud"] is True


def test_what_a_handler_changed_before_it_raised_is_not_saved():
    shop = Shop(propagate=False)

    @shop.clova.launch
    def welcome(data: UserData):
        data["paid"] = True
        raise RuntimeError("주방이 닫혔다")

    assert shop.cek().launch().status_code == 200
    assert shop.kept() == {}


def test_an_errorhandler_begins_with_what_was_kept(shop):
    shop.change(errors=2)

    @shop.clova.errorhandler(ZeroDivisionError)
    def divided(error, data: UserData):
        assert data == {"errors": 2}
        data["errors"] += 1
        return "すみません。"

    @shop.clova.launch
    def welcome(data: UserData):
        data["paid"] = 1 / 0

    assert shop.cek().launch().speech == "すみません。"
    assert shop.kept() == {"errors": 3}


def test_an_answer_that_cannot_be_sent_saves_nothing():
    shop = Shop(propagate=False)

    @shop.clova.launch
    def welcome(data: UserData):
        data["paid"] = True
        return object()

    assert "すみません" in shop.cek().launch().speech
    assert shop.kept() == {}


def test_two_turns_that_change_different_keys_are_merged(shop):
    shop.change(a=1, b=1, c=1)

    @shop.clova.launch
    def welcome(data: UserData):
        shop.change(b=2, d=[2])
        with shop.app.app_context():
            shop.clova.user_data.update("さくら", lambda data: data.pop("c"))
        data["a"] = 2
        return "やあ"

    shop.cek().launch()
    assert shop.kept() == {"a": 2, "b": 2, "d": [2]}


@pytest.mark.parametrize("value", [2, 3])
def test_two_turns_that_change_the_same_key_conflict(shop, value):
    """Even where both write the same: two who count from 1 to 2 have counted 2."""
    shop.change(count=1, a=1)
    told = []

    @shop.clova.errorhandler(UserDataConflict)
    def conflict(error, data: UserData):
        told.append((error.keys, dict(data)))
        return "もう一度お願いします。"

    @shop.clova.launch
    def welcome(data: UserData):
        shop.change(count=value)
        data.update(count=2, a=5)
        return "数えました。"

    assert shop.cek().launch().speech == "もう一度お願いします。"
    assert told == [(("count",), {"count": value, "a": 1})]
    assert shop.kept() == {"count": value, "a": 1}


def test_one_that_was_deleted_meanwhile_does_not_come_back():
    shop = Shop(propagate=False)
    shop.change(count=1)

    @shop.clova.launch
    def welcome(data: UserData):
        with shop.app.app_context():
            assert shop.clova.user_data.delete("さくら")
        data["new"] = 1
        return "やあ"

    assert "すみません" in shop.cek().launch().speech
    assert shop.kept() == {}


def test_a_conflict_that_nobody_answers_is_an_apology(caplog):
    shop = Shop(propagate=False)

    @shop.clova.launch
    def welcome(data: UserData):
        shop.change(count=5)
        data["count"] = 1
        return "数えました。"

    assert "すみません" in shop.cek().launch().speech
    assert "'count'" in caplog.text
    assert "user_data.update" in caplog.text


def test_an_apology_can_be_sent_whatever_an_after_hook_keeps():
    shop = Shop(propagate=False)

    @shop.clova.after_request
    def after(answer, data: UserData):
        shop.change(seen=len(data))
        data["seen"] = "both"

    shop.clova.launch(lambda: "やあ")
    reply = shop.cek().launch()
    assert reply.status_code == 200
    assert "すみません" in reply.speech


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (datetime.date(2026, 11, 26), "orders[1].day is date"),
        (uuid.UUID(int=7), "orders[1].day is UUID"),
        ({1, 2}, "orders[1].day is set"),
        (float("nan"), "orders[1].day is nan"),
        (2**70, "orders[1].day is an integer of more than 64 bits"),
        ("\ud800", "orders[1].day is text with a lone surrogate"),
        ({1: 2}, "orders[1].day has a key that is int"),
    ],
)
def test_what_json_does_not_have_is_refused_with_its_path(shop, value, told):
    @shop.clova.launch
    def welcome(data: UserData):
        data["orders"] = [1, {"day": value}]
        return "やあ"

    with pytest.raises(UserDataInvalid) as refused:
        shop.cek().launch()
    assert told in str(refused.value)
    assert shop.kept() == {}


def test_what_nests_too_deep_or_in_itself(shop):
    deep = []
    for _ in range(120):
        deep = [deep]
    ring = []
    ring.append(ring)

    @shop.clova.intent("Keep")
    def keep(data: UserData, what: str):
        data["x"] = {"deep": deep, "ring": ring}[what]
        return "やあ"

    for what in ("deep", "ring"):
        with pytest.raises(UserDataInvalid):
            shop.cek().intent("Keep", what=what)


def test_too_much_is_refused_with_what_takes_most():
    shop = Shop(CLOVA_USER_DATA_MAX_SIZE=1000)

    @shop.clova.launch
    def welcome(data: UserData):
        data["small"] = "a"
        data["기록"] = "가" * 400
        return "やあ"

    with pytest.raises(UserDataInvalid, match=r"1000 are allowed .*'기록' takes 1202"):
        shop.cek().launch()


def test_two_that_fit_alone_and_not_together():
    shop = Shop(CLOVA_USER_DATA_MAX_SIZE=1000)

    @shop.clova.launch
    def welcome(data: UserData):
        shop.change(a="x" * 600)
        data["b"] = "x" * 600
        return "やあ"

    with pytest.raises(UserDataInvalid):
        shop.cek().launch()
    assert [*shop.kept()] == ["a"]


@pytest.mark.parametrize("user_id", ["", None])
def test_a_message_without_a_user(shop, user_id):
    @shop.clova.launch
    def welcome(data: UserData | None):
        return "誰でしょう。" if data is None else "やあ"

    @shop.clova.intent("Keep")
    def keep(data: UserData):
        return "やあ"

    @shop.clova.errorhandler(UserDataUnavailable)
    def unknown(error):
        return "どなたか分かりません。"

    cek = shop.cek("")
    assert cek.launch().speech == "誰でしょう。"
    assert cek.intent("Keep").speech == "どなたか分かりません。"


def test_the_speakers_own_and_not_the_owners_of_the_device(shop):
    count_visits(shop.clova)
    cek = shop.cek("guest")
    message = cek.launch().request
    message["context"]["System"]["user"] = {"userId": "owner"}
    cek.send(message)
    assert shop.kept("owner") == {}
    assert shop.kept("guest")["visits"] == 2


def test_extensions_and_platforms_are_apart():
    app = Flask("two")
    app.testing = True
    clovas = [
        Clova("one", url_prefix="/one", platform="line"),
        Clova("two", url_prefix="/two", platform="naver"),
    ]
    for clova in clovas:
        count_visits(clova)
        clova.init_app(app)
    assert CekClient(app, name="one").launch().speech == "1回目ですね。"
    assert CekClient(app, name="two").launch().speech == "1回目ですね。"


def test_a_group(shop):
    group = HandlerGroup()
    count_visits(group)
    shop.clova.register(group)
    assert shop.cek().launch().speech == "1回目ですね。"


async def _welcome(data: UserData):
    data["visits"] = 1
    return "やあ"


def test_an_async_handler(shop):
    pytest.importorskip("asgiref")
    shop.clova.launch(_welcome)
    shop.cek().launch()
    assert shop.kept() == {"visits": 1}


class Unclear:
    """What nobody can tell the id of."""


def test_a_user_who_disables_the_skill_is_forgotten(shop):
    count_visits(shop.clova)
    said = []

    @shop.clova.event("ClovaSkill.SkillDisabled")
    def disabled(data: UserData):
        said.append(dict(data))
        data["left"] = True

    for user in ("さくら", "보라"):
        shop.cek(user).launch()
    assert shop.cek().event("ClovaSkill.SkillDisabled").status_code == 200
    assert said == [{"visits": 1}]
    assert shop.kept() == {}
    assert shop.kept("보라") == {"visits": 1}


def test_a_user_who_disables_a_skill_without_handlers_for_it(shop):
    count_visits(shop.clova)
    shop.cek().launch()
    shop.cek().event("ClovaSkill.SkillEnabled")
    assert shop.kept() == {"visits": 1}
    shop.cek().event("ClovaSkill.SkillDisabled")
    assert shop.kept() == {}


def test_a_handler_that_fails_when_the_skill_is_disabled():
    shop = Shop(propagate=False)
    count_visits(shop.clova)

    @shop.clova.event("ClovaSkill.SkillDisabled")
    def disabled(data: UserData):
        data["left"] = True
        raise RuntimeError("주방이 닫혔다")

    shop.cek().launch()
    shop.cek().event("ClovaSkill.SkillDisabled")
    assert shop.kept() == {}


def test_a_store_that_is_away_when_the_skill_is_disabled(shop, caplog):
    count_visits(shop.clova)
    shop.cek().launch()
    keeper = shop.app.extensions["clova"]["clova"].keeper

    class Away:
        def delete(self, key):
            raise OSError("away")

    store, keeper.store = keeper.store, Away()
    assert shop.cek().event("ClovaSkill.SkillDisabled").status_code == 200
    assert "flask clova data delete --key " in caplog.text
    assert "さくら" not in caplog.text
    key = caplog.text.partition("--key ")[2].split()[0]
    assert store.read(key).text == '{"visits":1}'


def test_without_a_store_outside_testing():
    app = Flask("shop")
    clova = Clova(platform="naver", extension_id="a")
    count_visits(clova)
    with pytest.raises(RegistrationError, match=r"welcome \(.*takes user data.*CLOVA_USER_DATA_URL"):
        clova.init_app(app)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///clova.db"])
def test_a_store_that_is_lost_with_its_process_is_warned_of(url, caplog, tmp_path):
    pytest.importorskip("sqlalchemy")
    app = Flask("shop", instance_path=str(tmp_path))
    app.config["CLOVA_USER_DATA_URL"] = url
    Clova(app, platform="naver", extension_id="a")
    assert ("[settings.user-data-in-memory]" in caplog.text) is (url != "sqlite:///clova.db")


def test_without_a_store_and_a_handler_that_comes_later():
    app = Flask("shop")
    clova = Clova(app, platform="naver", extension_id="a")
    with pytest.raises(RegistrationError, match="CLOVA_USER_DATA_URL"):
        count_visits(clova)


def test_without_a_store_and_a_method_of_an_appliance():
    clova = Clova(platform="naver", extension_id="a")

    class Kettle(Appliance, type="ELECTRICKETTLE"):
        __module__ = ELSEWHERE

        @action("TurnOn")
        def turn_on(self, data: UserData): ...

    clova.home.discover(elsewhere(lambda user: [Kettle(id="k", friendly_name="주전자")]))
    with pytest.raises(RegistrationError, match=r"turn_on .*takes user data"):
        clova.init_app(Flask("shop"))


def test_without_a_store_and_outside_a_turn():
    app = Flask("shop")
    clova = Clova(app, platform="naver", extension_id="a")
    with app.app_context(), pytest.raises(UserDataUnavailable, match="CLOVA_USER_DATA_URL"):
        clova.user_data.delete("さくら")


@pytest.mark.parametrize("engine", [7, "sqlite://", object()])
def test_an_engine_that_is_none(engine):
    with pytest.raises(ConfigurationError, match="an SQLAlchemy engine, or a function that returns one"):
        Shop(CLOVA_USER_DATA_ENGINE=engine)


def lamp(clova, data_of):
    class Lamp(Appliance, type="LIGHT"):
        __module__ = ELSEWHERE

        @action("TurnOn")
        def turn_on(self, data: UserData):
            data["on"] = data.get("on", 0) + 1

        @action("TurnOff")
        def turn_off(self, data: UserData):
            data["off"] = True
            raise TargetOfflineError

    clova.user_loader({"token": {"id": 7}, "nobody": {"id": None}}.get)
    clova.home.discover(elsewhere(lambda user: [Lamp(id="lamp", friendly_name="전등")]))
    if data_of:
        clova.user_data.key(data_of)


def test_home_by_what_the_key_makes_of_the_user(shop):
    lamp(shop.clova, lambda user: user["id"])
    cek = shop.cek(access_token="token")
    assert cek.control("TurnOn", "lamp").name == "TurnOnConfirmation"
    assert cek.control("TurnOn", "lamp").name == "TurnOnConfirmation"
    assert cek.control("TurnOff", "lamp").name == "TargetOfflineError"
    assert shop.kept(7, kind="home") == {"on": 2}
    assert shop.kept("7", kind="home") == {"on": 2}
    assert shop.kept(7) == {}


def test_the_check_finds_that_there_is_no_key(shop):
    lamp(shop.clova, None)
    checked = shop.app.test_cli_runner().invoke(args=["clova", "check"])
    assert "[home.no-user-data-key]" in checked.output
    shop.clova.user_data.key(lambda user: user["id"])
    checked = shop.app.test_cli_runner().invoke(args=["clova", "check"])
    assert "[home.no-user-data-key]" not in checked.output


def test_home_without_a_key_or_with_nobody(shop, caplog):
    shop.app.config["PROPAGATE_EXCEPTIONS"] = False
    lamp(shop.clova, None)
    assert shop.cek(access_token="token").control("TurnOn", "lamp").name == DriverInternalError().name
    assert "@clova.user_data.key" in caplog.text


def test_home_with_a_key_that_is_none(shop):
    shop.app.config["PROPAGATE_EXCEPTIONS"] = False
    lamp(shop.clova, lambda user: user["id"])
    assert shop.cek(access_token="nobody").control("TurnOn", "lamp").name == DriverInternalError().name


def test_a_key_that_is_no_id(shop):
    lamp(shop.clova, lambda user: Unclear())
    with pytest.raises(TypeError, match="must be a str, an int or a UUID, not Unclear"):
        shop.cek(access_token="token").control("TurnOn", "lamp")


def test_a_key_must_have_one_parameter(shop):
    with pytest.raises(RegistrationError, match="must have one parameter, the user"):
        shop.clova.user_data.key(lambda: 7)
    shop.clova.user_data.key(lambda user: 7)
    with pytest.raises(RegistrationError, match=r"user_data\.key has a handler already"):
        shop.clova.user_data.key(lambda user: 8)


def test_a_state_of_several_queries_has_one_dict(shop):
    seen = []

    class AirCon(Appliance, type="AIRCONDITIONER"):
        __module__ = ELSEWHERE

        @action("GetCurrentTemperature")
        def current(self, data: UserData):
            seen.append(data)
            return {"current_temperature": 21}

        @action("GetTargetTemperature")
        def target(self, data: UserData):
            seen.append(data)
            return {"target_temperature": 23}

    shop.clova.user_loader(lambda token: token)
    shop.clova.user_data.key(str)
    shop.clova.home.discover(lambda user: [AirCon(id="r", friendly_name="에어컨")])
    assert shop.cek(access_token="t").control("GetDeviceState", "r").status_code == 200
    assert len(seen) == 2
    assert seen[0] is seen[1]


def test_changes_from_threads_at_once(shop):
    """A hundred turns at once count by `update`, each of which is confirmed."""

    @shop.clova.launch
    def welcome():
        shop.clova.user_data.update("さくら", lambda data: data.update(n=data.get("n", 0) + 1))
        return "やあ"

    shop.cek().launch()
    threads = [threading.Thread(target=lambda: shop.cek().launch()) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shop.kept() == {"n": 21}


def test_an_answer_may_end_the_session(shop):
    @shop.clova.launch
    def welcome(data: UserData):
        data["x"] = 1
        return tell("さようなら。")

    @shop.clova.session_ended
    def ended(data: UserData):
        data["ended"] = True

    cek = shop.cek()
    cek.launch()
    cek.end()
    assert shop.kept() == {"x": 1, "ended": True}
