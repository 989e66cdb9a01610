import logging

import pytest

from clova_flask import AudioStream, ConfigurationError
from clova_flask.testing import CekClient
from sample_app import create_app


def test_an_order_fills_its_slots_one_by_one_and_is_confirmed(cek):
    assert "무엇을 주문할까요?" in cek.launch().speech
    asked = cek.intent("OrderPizza")
    assert (asked.speech, asked.asked_for) == ("어떤 피자로 드릴까요?", "pizzaType")
    asked = cek.intent("ChoosePizza", pizzaType="페퍼로니")
    assert asked.asked_for == "pizzaAmount"
    confirmation = cek.intent("OrderPizza", pizzaAmount="2")
    assert confirmation.speech == "페퍼로니 피자 2판, 31,800원입니다. 주문할까요?"
    assert confirmation.state == "confirm"
    assert confirmation.card["mainText"]["value"] == "페퍼로니 피자 2판"
    done = cek.intent("Clova.YesIntent")
    assert done.speech == "페퍼로니 피자 2판을 주문했어요. 맛있게 드세요. https://pizza.example.com/bell.mp3"
    assert done.should_end_session


def test_a_time_of_delivery_is_said_back(cek):
    reply = cek.intent("OrderPizza", pizzaType="고구마", pizzaAmount="1", deliveryTime="18:30:00")
    assert "18시 30분까지" in reply.speech


def test_a_no_keeps_the_session_and_forgets_the_order(cek):
    cek.intent("OrderPizza", pizzaType="고구마", pizzaAmount="1")
    reply = cek.intent("Clova.NoIntent")
    assert not reply.should_end_session
    assert (reply.attributes, reply.state) == ({}, None)


def test_a_pizza_that_is_not_on_the_menu_is_asked_for_again(cek):
    reply = cek.intent("OrderPizza", pizzaType="하와이안")
    assert reply.asked_for == "pizzaType"
    assert "하와이안 피자는 없어요" in reply.speech


def test_too_many_pizzas_are_asked_for_again(cek):
    assert cek.intent("OrderPizza", pizzaType="고구마", pizzaAmount="21").asked_for == "pizzaAmount"


def test_a_pizza_that_is_sold_out_leaves_the_session_open(cek):
    reply = cek.intent("OrderPizza", pizzaType="불고기", pizzaAmount="1")
    assert "다 팔렸어요" in reply.speech
    assert not reply.should_end_session


def test_yes_without_an_order_is_not_taken_for_one(cek):
    assert cek.intent("Clova.YesIntent").speech == "잘 알아듣지 못했어요. 다시 말씀해 주세요."


@pytest.mark.parametrize("order", [None, "고구마", [], {}, {"pizza": "고구마"}, {"pizza": 1, "amount": "둘"}])
def test_an_order_of_another_shape_is_asked_for_again(cek, order):
    cek.intent("OrderPizza", pizzaType="고구마", pizzaAmount="1")
    cek.caller.attributes["order"] = order
    reply = cek.intent("Clova.YesIntent")
    assert reply.speech == "주문을 다시 말씀해 주세요. 무엇을 주문할까요?"
    assert not reply.should_end_session
    assert reply.state is None


def test_the_menu_shows_what_can_be_ordered(cek):
    images = cek.intent("ShowMenu").card["thumbImageUrlList"]
    assert [image["imageTitle"]["value"] for image in images] == ["페퍼로니", "콤비네이션", "고구마"]


def test_music_is_played_from_an_address_that_is_asked_for(cek):
    play = cek.intent("PlayMusic").directives[0]
    item = play["payload"]["audioItem"]
    assert item["stream"]["urlPlayable"] is False
    stream = AudioStream(item["stream"]["url"], token=item["stream"]["token"], url_playable=False)
    reply = cek.event("AudioPlayer.StreamRequested", audio_item_id=item["audioItemId"], audio_stream=stream)
    delivered = reply.directives[0]["payload"]["audioStream"]
    assert delivered["urlPlayable"] is True
    assert delivered["url"] == "https://pizza.example.com/music/song-1.mp3"


@pytest.mark.parametrize(("name", "token"), [("Next", "song-3"), ("Previous", "song-1")])
def test_next_and_previous_go_from_what_is_playing(cek, name, token):
    intent = {"name": f"Clova.{name}Intent", "slots": None}
    message = cek.caller.message({"type": "IntentRequest", "intent": intent})
    stream = {"url": "pizza:song-2", "token": "song-2", "urlPlayable": False, "beginAtInMilliseconds": 0}
    message["context"]["AudioPlayer"] = {"playerActivity": "PLAYING", "stream": stream}
    assert cek.send(message).directives[0]["payload"]["audioItem"]["stream"]["token"] == token


@pytest.mark.parametrize("name", ["Pause", "Resume", "Stop"])
def test_the_player_is_controlled(cek, name):
    header = cek.intent(f"Clova.{name}Intent").directives[0]["header"]
    assert (header["namespace"], header["name"]) == ("PlaybackController", name)


def test_the_player_shows_what_comes_next(cek):
    reply = cek.event("TemplateRuntime.RequestPlayerInfo", token="song-1", range={"after": 1})
    items = reply.directives[0]["payload"]["playableItems"]
    assert [item["titleText"] for item in items] == ["오븐 앞에서", "토마토 왈츠"]


def test_the_end_of_a_song_is_logged(cek, caplog):
    caplog.set_level(logging.INFO, "sample_app")
    cek.event("AudioPlayer.PlayFinished", token="song-1", offset_in_milliseconds=183_000)
    assert "song-1 was played to its end at 183000 ms." in caplog.text


def test_the_second_order_is_counted(app):
    for user, thanks in (
        ("보라", "맛있게 드세요."),
        ("보라", "2번째 주문이네요"),
        ("健太", "맛있게 드세요."),
    ):
        cek = CekClient(app, user_id=user)
        cek.intent("OrderPizza", pizzaType="페퍼로니", pizzaAmount=2)
        assert thanks in cek.intent("Clova.YesIntent").speech


def test_who_has_no_id_orders_too(app):
    cek = CekClient(app, user_id="")
    for _ in range(2):
        cek.intent("OrderPizza", pizzaType="페퍼로니", pizzaAmount=2)
        assert "맛있게 드세요." in cek.intent("Clova.YesIntent").speech


def test_secrets_are_read_from_files(tmp_path, monkeypatch):
    (tmp_path / "SECRET_KEY").write_text("비밀\n", encoding="utf-8")
    (tmp_path / "SAMPLE_DATABASE_URL").write_text(f"sqlite:///{tmp_path}/of_a_file.db\n")
    monkeypatch.setenv("SAMPLE_SECRETS", str(tmp_path))
    monkeypatch.setenv("FLASK_SECRET_KEY", "of the environment")
    app = create_app()
    assert app.config["SECRET_KEY"] == "비밀"
    assert str(app.extensions["sample_home"].engine.url).endswith("of_a_file.db")
    app.extensions["sample_home"].close()


def test_in_production_a_secret_key_is_demanded(monkeypatch):
    monkeypatch.delenv("FLASK_SECRET_KEY", raising=False)
    with pytest.raises(ConfigurationError, match=r"SECRET_KEY is not set\. .* FLASK_SECRET_KEY"):
        create_app(may_make_secret_key=False)
