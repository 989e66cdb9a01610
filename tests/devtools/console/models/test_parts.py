"""The pages of one intent and one slot type: slots, words, names, pages of a list."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.browser import Browser
from tests.devtools.console.models.pages import MODEL, ORDER, TYPE, add, row, stored


def slot_form(page, name):
    return next(form for form in page.forms if form.values.get("slot") == [name])


def values(console):
    return {entry.value: entry.synonyms for entry in stored(console).slot_types["PIZZA_TYPE"].entries}


def test_words_get_the_synonyms_that_they_lack(console, browser, pizza):
    page = add(browser.get(TYPE), "페퍼로니, 매운 피자\n고구마\t호박고구마\n\n高級ピザ、上ピザ")
    assert "Saved." in page.text
    assert values(console) == {
        "페퍼로니": ("페페로니", "매운 피자"),
        "불고기": (),
        "고구마": ("호박고구마",),
        "高級ピザ": ("上ピザ",),
    }


def test_a_line_without_a_word_is_told_and_nothing_is_added(console, browser, pizza):
    page = add(browser.get(TYPE), "고구마\n, 호박고구마")
    assert page.status == 422
    assert "Line 2: The line begins without a representative word." in page.text
    assert "고구마" not in values(console)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", "Enter one representative word"),
        ("치즈, 고구마", "Enter one representative word"),
        ("페퍼로니", "Another entry has this word."),
    ],
)
def test_words_that_cannot_be(console, browser, pizza, value, told):
    page = row(browser.get(TYPE), "불고기").submit(("do", "edit"), value=value)
    assert page.status == 422
    assert told in page.text
    assert list(values(console)) == ["페퍼로니", "불고기"]


def test_a_word_is_removed_and_put_back_with_its_synonyms(console, browser, pizza):
    page = row(browser.get(TYPE), "페퍼로니").submit(("do", "remove"))
    assert list(values(console)) == ["불고기"]
    next(form for form in page.forms if form.values.get("lines") == ["페퍼로니,페페로니"]).submit(
        ("do", "add")
    )
    assert values(console)["페퍼로니"] == ("페페로니",)


def test_of_two_browsers_the_later_is_told(console, browser, pizza):
    other = Browser(console).get(TYPE)
    row(browser.get(TYPE), "불고기").submit(("do", "edit"), value="치즈")
    page = row(other, "불고기").submit(("do", "edit"), value="고구마")
    assert page.status == 409
    assert "is not deleted" in other.form("seen").submit().text
    assert list(values(console)) == ["페퍼로니", "치즈"]


def test_words_are_searched_whatever_their_width(browser, pizza):
    add(browser.get(TYPE), "ﾁｰｽﾞ\nＢＢＱ")
    page = browser.get(f"{TYPE}?q=チーズ")
    assert [form.values["old"] for form in page.forms if "old" in form.values] == [["ﾁｰｽﾞ"]]
    assert [form.values["old"] for form in browser.get(f"{TYPE}?q=bbq").forms if "old" in form.values] == [
        ["ＢＢＱ"]
    ]
    assert "No word has this." in browser.get(f"{TYPE}?q=없음").text


def test_a_change_on_a_later_page_stays_there(browser, pizza):
    add(browser.get(TYPE), "\n".join(f"피자{n}번" for n in range(60)))
    page = row(browser.get(f"{TYPE}?page=2"), "피자55번").submit(("do", "edit"), value="피자55호")
    assert "page=2" in page.path
    assert "피자55호" in page.html
    add(browser.get(ORDER), "\n".join(f"{n}번 줘" for n in range(60)))
    page = row(browser.get(f"{ORDER}?page=2"), "55번 줘").submit(("do", "remove"))
    assert "page=2" in page.path


@pytest.mark.parametrize(("path", "name"), [(ORDER, "Empty"), (TYPE, "DRINK")])
def test_names_of_two_parts(browser, pizza, path, name):
    browser.get(MODEL).form("words").submit(type="DRINK", words="콜라")
    browser.get(MODEL).form("intent").submit(intent="Empty")
    page = browser.get(path).form("name").submit(name=name)
    assert page.status == 422
    assert "of this name already" in page.text
    page = browser.get(path).form("name").submit(name="이름 없음")
    assert page.status == 422
    assert "must be of letters" in page.text
    assert browser.get(path).form("name").submit().status == 200  # its own name


def test_an_intent_is_renamed(console, browser, pizza):
    page = browser.get(ORDER).form("name").submit(name="BuyPizza")
    assert page.path == f"{MODEL}/intents/BuyPizza"
    assert list(stored(console).intents) == ["BuyPizza"]
    assert browser.get(ORDER).status == 404


@pytest.mark.parametrize(
    ("new", "type_", "told"),
    [
        ("pizzaType", "PIZZA_TYPE", "Another slot has this name."),
        ("pizza type", "PIZZA_TYPE", "must be one word"),
        ("<b>", "PIZZA_TYPE", "must be one word"),
        ("", "PIZZA_TYPE", "must be one word"),
        ("count", "", "Choose a type for the slot."),
    ],
)
def test_slots_that_cannot_be(console, browser, pizza, new, type_, told):
    page = pizza.form("new-slot").submit(("do", "new-slot"), **{"new-slot": new, "type": type_})
    assert page.status == 422
    assert told in page.text
    assert [slot.name for slot in stored(console).intents["OrderPizza"].slots] == ["pizzaType"]


def test_a_slot_gets_another_type_and_name(console, browser, pizza):
    page = pizza.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "size", "type": "PIZZA_TYPE"})
    page = slot_form(page, "size").submit(("do", "slot"), type="CLOVA.NUMBER")
    page = slot_form(page, "size").submit(("do", "slot"), new="pizzaType")
    assert page.status == 422
    assert "Another slot has this name." in page.text
    page = slot_form(page, "size").submit(("do", "slot"), new="a b")
    assert page.status == 422
    assert stored(console).intents["OrderPizza"].slot_type("size") == "CLOVA.NUMBER"


@pytest.mark.parametrize("do", ["slot", "remove-slot"])
def test_a_slot_that_is_gone(console, browser, pizza, do):
    old = slot_form(browser.get(ORDER), "pizzaType")
    slot_form(pizza, "pizzaType").submit(("do", "slot"), new="pizza")
    assert old.submit(("do", do)).status == 409


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<pizzaType>페퍼로니</pizzaType> 주문해 줘", "This expression is there already."),
        ("<pizzaType>불고기 줘", "is never closed"),
        ("   ", "The expression has no words."),
    ],
)
def test_expressions_that_cannot_be(console, browser, pizza, text, told):
    old = "<pizzaType>불고기</pizzaType> 하나 시켜 줘"
    page = row(pizza, old).submit(("do", "edit"), text=text)
    assert page.status == 422
    assert told in page.text
    assert stored(console).intents["OrderPizza"].expressions[1].text == old


def test_what_no_button_does(browser, pizza):
    for path in (ORDER, TYPE):
        form = browser.get(path).form("lines")
        form.buttons.append(("do", "explode"))
        assert form.submit(("do", "explode")).status == 400


def test_a_slot_type_is_deleted(console, browser, pizza):
    page = browser.get(TYPE).form("seen").submit()
    assert "PIZZA_TYPE is deleted." in page.text
    assert stored(console).slot_types == {}
    assert "which is not defined" in browser.get(ORDER).text
