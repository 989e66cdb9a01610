import pytest


@pytest.fixture
def pizza(browser, register):
    """An extension with a model that is built; returns the browser."""
    pytest.importorskip("rapidfuzz")
    from tests.devtools.console.models.pages import MODEL, add, build

    register(invocation_names=["피자봇 가게"])
    page = browser.get(MODEL)
    page.form("words").submit(type="PIZZA_TYPE", words="페퍼로니, 페페로니\n불고기")
    page = browser.get(MODEL).form("intent").submit(intent="OrderPizza")
    page = page.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "pizzaType", "type": "PIZZA_TYPE"})
    add(page, "<pizzaType>페퍼로니</pizzaType> 주문해 줘\n<pizzaType>불고기</pizzaType> 하나 시켜 줘\n")
    build(browser)
    return browser
