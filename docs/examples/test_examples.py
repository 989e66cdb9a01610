"""What the other programs of the guides do."""

import re

import delivery
import heating
import lamps
import news
import pizzabot
import pytest
import radio
import stamps
from flask import Flask

from clova_flask import Clova
from clova_flask.testing import CekClient


def client(module, **options) -> CekClient:
    app = module.create_app()
    app.testing = True
    return CekClient(app, **options)


@pytest.fixture(scope="module")
def shop():
    return delivery.create_app()


@pytest.fixture
def order(shop) -> CekClient:
    return CekClient(shop)


def test_slots_become_what_is_annotated(order):
    reply = order.intent("OrderPizza", pizzaType="고구마", size="작은 것", pizzaAmount="3")
    assert (reply.speech, reply.state) == ("작은 것으로 고구마 3판, 주문할까요?", "confirm")
    assert reply.attributes["order"] == {"pizza": "고구마", "size": "작은 것", "amount": 3}
    assert order.intent("Clova.YesIntent").speech == "고구마 3판 주문했어요."


def test_a_slot_is_asked_for_and_the_others_are_remembered(order):
    reply = order.intent("OrderPizza", pizzaAmount="2")
    assert (reply.asked_for, reply.reprompt) == ("pizzaType", "피자 이름을 말씀해 주세요.")
    assert order.intent("TellPizza", pizzaType="치즈").speech == "큰 것으로 치즈 2판, 주문할까요?"


def test_a_value_out_of_range_is_asked_for_again(order):
    reply = order.intent("OrderPizza", pizzaType="치즈", pizzaAmount="21")
    assert (reply.speech, reply.asked_for) == ("잘 못 들었어요. 다시 말씀해 주세요.", "pizzaAmount")


def test_a_fallback_of_the_state_comes_first(order):
    assert order.intent("Dance").speech == "피자 이름을 말씀해 주세요."
    order.intent("OrderPizza", pizzaType="치즈")
    assert order.intent("Dance").speech == "주문할까요? 네, 아니요로 말씀해 주세요."
    assert order.intent("Clova.NoIntent").state is None


def test_a_slot_by_another_name(order):
    assert order.intent("FindShop", region="강남").speech == "강남 지점을 찾고 있어요."


def test_a_prompt_asks_for_its_slot(order):
    for stars in (None, "9"):
        reply = order.intent("Rate", stars=stars)
        assert (reply.speech, reply.asked_for) == ("별 몇 개를 주시겠어요? 하나부터 다섯까지요.", "stars")
    assert order.intent("Number", stars="5").speech == "별 5개, 고마워요."


def test_months_are_added_to_a_date(order):
    assert re.fullmatch(r"\d+월 \d+일까지 쉬어 갈게요\.", order.intent("PauseMembership", span="P3M").speech)


def test_a_user_who_has_left_is_forgotten(order):
    delivery.ADDRESSES["test-user"] = "서울"
    assert order.event("ClovaSkill.SkillDisabled").speech == ""
    assert delivery.ADDRESSES == {}


def test_the_apology_is_the_shops_own(monkeypatch):
    app = delivery.create_app()
    app.testing = False
    monkeypatch.setattr(delivery, "summary", lambda: 1 / 0)
    cek = CekClient(app)
    cek.intent("OrderPizza", pizzaType="치즈")
    assert cek.intent("Clova.YesIntent").speech == "주방에 문제가 생겼어요. 잠시 후에 다시 말씀해 주세요."


def test_errors_and_hooks(shop, order):
    assert order.intent("OrderPizza", pizzaType="트러플").speech == "지금은 주문을 받지 않아요."
    assert CekClient(shop, user_id="banned").launch().speech == "이용할 수 없어요."
    assert order.intent("OrderPizza", pizzaType="치즈").card["mainText"]["value"] == "치즈"
    assert CekClient(shop, screen="none").intent("OrderPizza", pizzaType="치즈").card == {}


def test_a_radio():
    cek = client(radio)
    reply = cek.intent("PlayMusic")
    item = reply.directives[0]["payload"]["audioItem"]
    assert item["stream"]["urlPlayable"] is False
    reply = cek.event("AudioPlayer.StreamRequested", audioItemId="1", audioStream=item["stream"])
    assert reply.directives[0]["payload"]["audioStream"]["url"] == "https://radio.example.com/song-1.mp3"
    assert cek.event("AudioPlayer.PlayFinished", token="song-1", offset_in_milliseconds=1000).speech == ""
    assert cek.intent("Clova.PauseIntent").directives[0]["header"]["name"] == "Pause"
    assert len(cek.event("TemplateRuntime.RequestPlayerInfo").directives[0]["payload"]["playableItems"]) == 2
    assert cek.intent("WhatIsPlaying").speech == "오븐 앞에서, 치즈 밴드의 노래예요."
    assert client(radio).intent("WhatIsPlaying").speech == "지금은 아무것도 나오지 않아요."
    assert cek.intent("Clova.NextIntent").speech == "토마토 왈츠, 들려드릴게요."
    assert cek.intent("PlayJingle").speech == "로고송입니다. https://radio.example.com/jingle.mp3"


@pytest.mark.parametrize("module", [delivery, heating, lamps, pizzabot, radio, stamps])
def test_every_program_passes_its_check(module):
    app = module.create_app()
    app.testing = True  # where tables are made when they are first used
    result = app.test_cli_runner().invoke(args=["clova", "check"])
    assert result.exit_code == 0, result.output


@pytest.fixture
def cafe():
    app = stamps.create_app(CLOVA_USER_DATA_URL=None, TESTING=True)
    with app.app_context():
        yield app


def test_a_stamp_card(cafe):
    phone = CekClient(cafe, user_id="U1")
    assert phone.launch().speech == "도장이 0개 있어요. 무엇을 드릴까요?"
    assert phone.intent("OrderCoffee", coffee="라테").speech == "라테 준비할게요. 도장이 1개예요."
    assert stamps.add_stamps("U1", 12) == 13
    stamps.rename("U1", "민지")
    with stamps.clova.user_data.open("U1") as card:
        assert card == {"last": "라테", "stamps": 3, "free": 1, "name": "민지"}
    assert CekClient(cafe, user_id="").intent("OrderCoffee", coffee="라테").speech.startswith("누구신지")


def test_a_conflict_of_two_devices(cafe, monkeypatch):
    keeper = cafe.extensions["clova"]["clova"].keeper
    write = keeper.store.write

    def beside_another(key, text, **options):
        monkeypatch.setattr(keeper.store, "write", write)
        stamps.add_stamps("U1", 1)
        return write(key, text, **options)

    monkeypatch.setattr(keeper.store, "write", beside_another)
    reply = CekClient(cafe, user_id="U1").intent("OrderCoffee", coffee="라테")
    assert reply.speech == "방금 다른 기기에서도 주문하셨네요. 다시 한번 말씀해 주세요."


def test_a_kettle(cafe):
    cek = CekClient(cafe, access_token="token-of-minji")
    cek.control("TurnOn", "kettle-1")
    with stamps.clova.user_data.open(7, kind="home") as card:
        assert card == {"boiled": 1}


@pytest.fixture
def rooms():
    """Connect the heating of four rooms, and read their temperatures."""
    app = heating.create_app()
    app.testing = True
    rooms = {"거실": {}, "서재": {"is_online": False}, "침실": {"is_open": True}, "욕실": {"is_locked": True}}
    heating.db.add_all([heating.Room(id=name, **columns) for name, columns in rooms.items()])
    heating.db.commit()
    heating.db.remove()
    cek = CekClient(app, access_token="token-of-minji")

    def targets():
        rows = heating.db.query(heating.Room)
        found = {room.id: room.target for room in rows if room.target != 20}
        heating.db.remove()
        return found

    return cek, targets


def heat(cek, room):
    return cek.intent("Heat", room=room, degrees="23").speech


def heat_at_home(cek, room):
    return cek.control("SetTargetTemperature", room, target_temperature=23).name


def test_errors_of_both_kinds(rooms):
    cek, _ = rooms
    assert heat(cek, "거실") == "거실 온도를 23도로 맞췄어요."
    assert heat_at_home(cek, "거실") == "SetTargetTemperatureConfirmation"
    assert heat(cek, "서재") == heat(cek, "침실") == "지금은 난방을 조절할 수 없어요."
    assert heat_at_home(cek, "서재") == "TargetOfflineError"
    assert heat_at_home(cek, "침실") == "ConditionsNotMetError"
    assert heat(cek, "차고") == "그런 방은 없어요. 어느 방을 데울까요?"
    assert heat_at_home(cek, "차고") == "NoSuchTargetError"


@pytest.mark.parametrize("room", ["서재", "침실", "욕실", "차고"])
def test_what_failed_is_rolled_back(rooms, room):
    cek, targets = rooms
    assert heat_at_home(cek, "거실") == "SetTargetTemperatureConfirmation"
    assert targets() == {"거실": 23}
    assert heat_at_home(cek, room).endswith("Error")
    if room != "욕실":
        heat(cek, room)
    assert targets() == {"거실": 23}


def test_hooks_of_both_kinds(rooms):
    cek, _ = rooms
    heating.answers.clear()
    heating.maintenance.add("vendor")
    try:
        assert heat(cek, "거실") == "지금은 난방을 조절할 수 없어요."
        assert heat_at_home(cek, "거실") == "ActionTemporarilyBlockedError"
    finally:
        heating.maintenance.clear()
    assert heating.answers == {"speech": 1, "ActionTemporarilyBlockedError": 1}


# [home]
def test_a_lamp_is_dimmed():
    app = lamps.create_app()
    app.testing = True
    cek = CekClient(app, access_token="token-of-minji")
    listed = cek.discover().payload["discoveredAppliances"]
    assert [appliance["applianceId"] for appliance in listed] == ["lamp-1", "lamp-2"]
    assert cek.control("SetBrightness", "lamp-1", brightness=50).name == "NotSupportedInCurrentModeError"
    assert cek.control("TurnOn", "lamp-1").name == "TurnOnConfirmation"
    assert cek.control("SetBrightness", "lamp-1", brightness=50).payload == {"brightness": {"value": 50}}
    assert cek.control("SetBrightness", "lamp-1", brightness=200).name == "ValueOutOfRangeError"
    assert cek.control("TurnOn", "lamp-2").name == "TargetOfflineError"
    assert cek.control("TurnOn", "lamp-9").name == "NoSuchTargetError"


# [end of home]


def test_an_appliance_has_limits_of_its_own():
    clova = Clova(platform="naver", extension_id="com.example.heaters")
    clova.user_loader(lambda access_token: access_token)
    clova.home.discover(lamps.heaters)
    app = Flask(__name__)
    app.testing = True
    clova.init_app(app)
    cek = CekClient(app, access_token="token-of-minji")
    living, child = cek.discover().payload["discoveredAppliances"]
    assert (living["location"], child["location"]) == ("LIVING_ROOM", "BED_ROOM")
    heaters = ("heater-1", "heater-2")
    names = [cek.control("SetTargetTemperature", one, target_temperature=28).name for one in heaters]
    assert names == ["SetTargetTemperatureConfirmation", "ValueOutOfRangeError"]


def test_news_on_both_platforms(caplog):
    app = news.create_app()
    app.testing = True
    naver, line = CekClient(app, name="naver"), CekClient(app, name="line")
    assert naver.launch().speech == "뉴스를 들려드릴까요?"
    reply = naver.intent("ReadNews")
    assert reply.output_speech["values"][1]["lang"] == "ko"
    assert [row["title"]["value"] for row in reply.card["cardList"]] == [
        "코스피, 상승 마감",
        "주말 날씨 맑음",
    ]
    assert "imageUrl" not in reply.card["cardList"][1]
    reply = line.intent("ReadNews")
    assert (reply.output_speech["values"]["lang"], reply.card) == ("ja", {})
    stock = CekClient(app, name="clova", base_url="https://stock.example.com")
    assert stock.intent("StockPrice").card["highlightText"] == {"type": "number", "value": "1,119"}
    assert stock.intent("Jingle").speech.startswith("https://stock.example.com/static/")
    assert caplog.records == []
