"""What containers fill in the guide's programs."""

import pytest

from clova_flask.testing import CekClient


def client(module) -> CekClient:
    app = module.create_app()
    app.testing = True
    return CekClient(app)


def test_a_container_fills_what_no_slot_does():
    pytest.importorskip("dependency_injector")
    import injected

    order = client(injected)
    assert order.intent("Price", pizzaType="치즈").speech == "9900원이에요."
    assert order.intent("Price", pizzaType="마라").speech == "마라는 없어요. 다른 것을 말씀해 주세요."
    assert order.intent("Minimum", amount=1).speech == "12000원부터 배달해요."


def test_a_container_fills_by_type():
    pytest.importorskip("flask_injector")
    import injected_by_type

    assert client(injected_by_type).intent("Price", pizzaType="치즈").speech == "9900원이에요."
