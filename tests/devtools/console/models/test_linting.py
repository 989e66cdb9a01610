"""What the checks find, at the expressions and words concerned; slots made of what is marked."""

from html import unescape

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.models.pages import MODEL, ORDER, TYPE, add, build, row, stored


def beside(page, text):
    """Return the item of a list that has a text."""
    items = (item.split("</li>")[0] for item in unescape(page.html).split("<li")[1:])
    return next(item for item in items if text in item)


def test_a_word_without_its_tag_is_told_at_the_expression(pizza):
    page = add(pizza, "불고기 줘")
    assert "is a word of PIZZA_TYPE and has no tag here" in beside(page, "불고기 줘")


def test_a_value_again_and_again_is_told_at_the_expression(browser, pizza):
    lines = [
        f"<pizzaType>불고기</pizzaType> 주문{end}" for end in ("해 줘", "할래", "해 주세요", "합니다", "하자")
    ]
    page = add(pizza, "\n".join(lines))
    assert "differ only in what follows" in beside(page, "주문하자")
    assert "differ only" not in beside(page, "주문합니다")


def test_what_another_intent_claims_is_told_at_once(browser, pizza):
    page = browser.get(MODEL).form("intent").submit(intent="Reorder")
    page = page.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "pizzaType", "type": "PIZZA_TYPE"})
    page = add(
        page, "<pizzaType>불고기</pizzaType> 주문해 줘\n<pizzaType>불고기</pizzaType> 하나 시켜 줘\n또 줘"
    )
    assert "only in the words of its slots" in beside(page, "주문해 줘")
    assert "is also an expression of OrderPizza" in beside(page, "하나 시켜 줘")
    assert "OrderPizza" not in beside(page, "또 줘")
    page = browser.get(ORDER)
    assert "is also an expression of Reorder" in beside(page, "하나 시켜 줘")
    row(page, "<pizzaType>불고기</pizzaType> 하나 시켜 줘").submit(("do", "remove"))
    assert "is also" not in beside(browser.get(f"{MODEL}/intents/Reorder"), "하나 시켜 줘")


def with_slots(browser, intent, **slots):
    page = browser.get(MODEL).form("intent").submit(intent=intent)
    for name, type_ in slots.items():
        page = page.form("new-slot").submit(("do", "new-slot"), **{"new-slot": name, "type": type_})
    return page


def test_another_name_for_slots_of_one_type_is_told_at_the_slot(browser, pizza):
    page = with_slots(browser, "Reorder", kind="PIZZA_TYPE", count="CLOVA.NUMBER")
    told = "A PIZZA_TYPE is named 'kind' here and 'pizzaType' elsewhere."
    assert told in beside(page, 'value="kind"')
    assert "elsewhere" not in beside(page, 'value="count"')
    assert "elsewhere" not in browser.get(ORDER).text  # of two one is enough


def test_two_slots_of_one_type_have_names_of_their_own(browser, pizza):
    with_slots(browser, "Compare", first="PIZZA_TYPE", second="PIZZA_TYPE")
    assert "elsewhere" not in browser.get(ORDER).text


def test_names_that_differ_in_case_and_types_of_dates_are_told(browser, register):
    register("line", invocation_name="さくらピザ")
    with_slots(browser, "Order", when="CLOVA.DATETIME")
    page = with_slots(browser, "order", when="CLOVA.DATETIME_RECENT")
    assert "The intents Order and order differ only in case." in page.text
    assert "order has a slot of CLOVA.DATETIME_RECENT, and Order one of CLOVA.DATETIME." in page.text


def test_of_a_large_model_what_the_build_has_read_is_compared(browser, pizza, monkeypatch):
    monkeypatch.setattr("clova_flask.devtools.console.models.linting.MAX_READ", 1)
    page = browser.get(MODEL).form("intent").submit(intent="Reorder")
    page = add(page, "불고기 하나 시켜 줘")
    assert "is also an expression" not in page.text
    build(browser)
    assert "is also an expression of OrderPizza" in browser.get(f"{MODEL}/intents/Reorder").text


def test_a_word_as_a_name_is_told_at_the_word(browser, pizza):
    pizza.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "치즈", "type": "PIZZA_TYPE"})
    page = add(browser.get(TYPE), "치즈")
    assert "the name of a slot of OrderPizza" in beside(page, 'value="치즈"')
    assert "the name of" not in beside(page, 'value="불고기"')


def test_how_many_expressions_reviewers_ask_for(browser, pizza):
    assert "2 expressions fill it; reviewers ask for about 30." in pizza.text
    page = add(browser.get(MODEL).form("intent").submit(intent="OrderStatus"), "배달 언제 와")
    assert "Reviewers ask for about 10 expressions of an intent without slots." in page.text
    page = add(page, "\n".join(f"배달 {n}번 언제 와" for n in range(10)))
    assert "Reviewers ask" not in page.text
    assert "model.few-expressions" in build(browser).text


def test_a_tag_without_a_slot_becomes_one(console, pizza):
    page = add(pizza, "<size>라지</size> 피자 줘")
    assert "tags words, and is not a slot yet" in page.text
    form = next(form for form in page.forms if form.values.get("new-slot") == ["size"])
    page = form.submit(("do", "new-slot"))
    assert page.status == 422
    assert "Choose a type for the slot." in page.text
    form.submit(("do", "new-slot"), type="PIZZA_TYPE")
    assert stored(console).intents["OrderPizza"].slot_type("size") == "PIZZA_TYPE"


def new_slot(page, lines, **values):
    return page.form("with-slot").submit(("do", "add"), lines=lines, **values)


def test_expressions_come_with_a_new_slot(console, browser, pizza):
    given = {"with-slot": "count", "with-type": "CLOVA.NUMBER"}
    page = new_slot(pizza, "피자 <count>두</count> 판 줘", **given)
    assert '<mark class="slot slot-1">두<small>count</small></mark>' in page.html
    intent = stored(console).intents["OrderPizza"]
    assert intent.slot_type("count") == "CLOVA.NUMBER"
    assert stored(console).built_in_slot_types == ("CLOVA.NUMBER",)
    page = new_slot(page, "피자 <count>세</count> 판 줘", **{**given, "with-type": ""})  # it is there already
    assert page.status == 200


@pytest.mark.parametrize(
    ("name", "type_", "told"),
    [("count", "", "Choose a type for the slot."), ("co unt", "CLOVA.NUMBER", "must be one word")],
)
def test_a_new_slot_that_cannot_be(console, pizza, name, type_, told):
    page = new_slot(pizza, "피자 두 판 줘", **{"with-slot": name, "with-type": type_})
    assert page.status == 422
    assert told in page.text
    assert page.form("with-slot").values["lines"] == ["피자 두 판 줘"]
    assert page.form("with-slot").values["with-slot"] == [name]
    assert len(stored(console).intents["OrderPizza"].expressions) == 2
