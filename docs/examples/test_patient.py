"""What the page on slow handlers shows."""

import patient
import pytest

from clova_flask.testing import CekClient

pytest.importorskip("asgiref")


@pytest.fixture
def kitchen(monkeypatch):
    def kitchen(seconds, *, timeout=0.1, **options):
        monkeypatch.setitem(patient.KITCHEN, "seconds", seconds)
        app = patient.create_app(timeout, **options)
        app.testing = True
        return CekClient(app, access_token="보라")

    return kitchen


def test_a_kitchen_in_time(kitchen):
    cek = kitchen(0, timeout=6)
    assert cek.intent("OrderPizza", pizzaType="페퍼로니").speech == "페퍼로니 주문했어요."
    assert cek.launch().speech == "다 됐어요."
    assert cek.control("TurnOn", "등").name == "TurnOnConfirmation"


def test_a_slow_kitchen(kitchen):
    cek = kitchen(20)
    reply = cek.intent("OrderPizza", pizzaType="페퍼로니")
    assert (reply.speech, reply.state) == ("주문이 밀려 있어요. 계속 기다릴까요?", "waiting")
    assert patient.KITCHEN["connections"] == 0
    assert cek.launch().speech == "아직 굽고 있어요."
    assert cek.control("TurnOn", "등").name == "TargetOfflineError"


def test_the_sentence_of_ones_own(kitchen):
    reply = kitchen(20, handles_timeouts=False).intent("OrderPizza", pizzaType="페퍼로니")
    assert reply.speech == "주방이 아직 답이 없어요. 잠시 후에 다시 말씀해 주세요."
