"""The tests that the guide on testing quotes."""

from flask import Flask

from clova_flask import Slot
from clova_flask.testing import CekClient


# [fixture]
def test_an_order_is_confirmed(cek: CekClient) -> None:
    assert cek.launch().reprompt == "메뉴를 말씀해 주세요."
    assert cek.intent("OrderPizza").asked_for == "pizzaType"
    assert cek.intent("OrderPizza", pizzaType="페퍼로니").state == "confirm"
    reply = cek.intent("Clova.YesIntent")
    assert (reply.speech, reply.should_end_session) == ("페퍼로니 주문했어요.", True)


# [end of fixture]
# [client]
def test_a_slot_brings_its_unit(app: Flask) -> None:
    cek = CekClient(app, user_id="minji", locale="ko-KR", screen="none")
    reply = cek.intent("OrderPizza", pizzaType="고구마", pizzaAmount=Slot("pizzaAmount", "3", unit="판"))
    assert reply.speech == "고구마 3판, 주문할까요?"
    assert reply.attributes == {"pizza": "고구마"}


# [end of client]
# [base url]
def test_it_is_called_at_its_public_address(app: Flask) -> None:
    app.config["TRUSTED_HOSTS"] = ["voice.example.com"]
    assert CekClient(app, base_url="https://voice.example.com").launch().status_code == 200
    assert "TRUSTED_HOSTS" in CekClient(app, base_url="https://www.example.com").launch().cause


# [end of base url]
# [say]
def test_it_understands(cek: CekClient) -> None:
    cek.say("피자봇 시작해 줘")
    assert cek.say("고구마 두 판 주문해 줘").speech == "고구마 2판, 주문할까요?"
    assert cek.say("아니").state is None


# [end of say]
# [refused]
def test_a_message_for_another_extension_is_refused(app: Flask, cek: CekClient) -> None:
    cek.caller.extension_id = "com.example.another"
    reply = cek.launch()
    assert reply.status_code == 403
    assert "another extension" in str(reply.error)


# [end of refused]
