"""Whatever is sent to the editor, the answer is no 5xx, and the model can still be read."""

from urllib.parse import quote

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.models.pages import MODEL, ORDER, TYPE, add, row, stored

ODD = [
    "", "\0", "a\0b", "\ud800", "x" * 100_000, "<", "</>", "<a>x</b>", "<a b>x</a b>", "\t", "\u2028", "\x85",
    "💩", "A\u0301", "../../x", "{{7*7}}", "<pizzaType>\0</pizzaType>", "<pizzaType>" * 5000, "\ufeffx",
    "[INTENT SLOT]", "[INTENT EXPRESSION]\tq", "Clova.X", "con", ".", "-1", "9" * 30,
]  # fmt: skip
VALUES = {
    "lines": "피자 줘", "old": "x", "text": "y", "slot": "pizzaType", "new": "z", "type": "PIZZA_TYPE",
    "new-slot": "q", "value": "치즈", "synonyms": "", "name": "Other", "intent": "Other", "words": "치즈",
    "chosen": "CLOVA.NUMBER", "seen": "",
}  # fmt: skip
FORMS = {
    ORDER: (("add", "lines with-slot with-type"), ("edit", "old text"), ("remove", "old"),
            ("new-slot", "new-slot type"), ("slot", "slot new type"), ("remove-slot", "slot"), ("", "do q")),
    TYPE: (("add", "lines"), ("edit", "old value synonyms"), ("remove", "old"), ("", "do")),
    f"{ORDER}/rename": (("", "name"),),
    f"{TYPE}/rename": (("", "name"),),
    f"{ORDER}/delete": (("", "seen"),),
    f"{TYPE}/delete": (("", "seen"),),
    f"{MODEL}/add-intent": (("", "intent"),),
    f"{MODEL}/add-type": (("", "type words"),),
    f"{MODEL}/built-in": (("", "chosen"),),
    f"{MODEL}/files/intents/OrderPizza": (("", "seen file"),),
    f"{MODEL}/files/all": (("", "seen file"),),
}  # fmt: skip
CASES = [(path, do, names.split()) for path, forms in FORMS.items() for do, names in forms]


def quoted(text):
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def send(browser, path, values):
    body = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in values.items())
    return browser.client.post(
        path, base_url=browser.base, data=body, content_type="application/x-www-form-urlencoded",
        headers={"Origin": browser.base},
    )  # fmt: skip


@pytest.mark.parametrize(("path", "do", "names"), CASES, ids=lambda value: str(value))
def test_forms_that_no_page_sends(console, browser, pizza, path, do, names):
    token = pizza.form("seen").values["csrf_token"][0]
    console.config["PROPAGATE_EXCEPTIONS"] = False
    given = {name: VALUES.get(name, "") for name in names}
    sent = [{}, *({**given, name: odd} for name in names for odd in ODD)]
    for values in sent:
        answer = send(browser, path, {"csrf_token": token, "do": do, **values})
        assert answer.status_code < 500, (path, values)
    assert stored(console).language == "ko"


@pytest.mark.parametrize(
    "path",
    [
        f"{MODEL}?version={{}}", f"{MODEL}/intents/{{}}", f"{MODEL}/slot-types/{{}}", f"{ORDER}?page={{}}",
        f"{ORDER}?q={{}}&removed={{}}", f"{TYPE}?q={{}}&removed={{}}", f"{MODEL}/files/intents/{{}}.tsv",
        f"{MODEL}/files/slot-types/{{}}", "/extensions/{}/model", f"{MODEL}/files/model.zip?version={{}}",
    ],
)  # fmt: skip
def test_addresses_that_no_page_has(console, browser, pizza, path):
    console.config["PROPAGATE_EXCEPTIONS"] = False
    for odd in ODD:
        answer = browser.client.get(path.replace("{}", quoted(odd)[:3000]), base_url=browser.base)
        assert answer.status_code < 500, odd


def test_what_is_longer_than_anybody_says(console, browser, pizza):
    assert "It has more than 1000 characters." in add(pizza, "피" * 1001).text
    assert "Send at most 10000 lines at once." in add(pizza, "a\n" * 10_001).text
    page = browser.get(TYPE)
    assert "Line 2: It has more than 200 characters." in add(page, f"치즈\n고구마, {'구' * 201}").text
    page = row(page, "불고기").submit(("do", "edit"), value="불" * 201)
    assert "It has more than 200 characters." in page.text
    assert (
        "A name has at most 60 characters."
        in pizza.form("new-slot")
        .submit(("do", "new-slot"), **{"new-slot": "s" * 61, "type": "PIZZA_TYPE"})
        .text
    )
    assert len(stored(console).intents["OrderPizza"].expressions) == 2


def test_of_many_wrong_lines_the_first_are_told(pizza):
    page = add(pizza, "\n".join(["<a>x"] * 50))
    assert page.text.count("is never closed") == 20
    assert "30 more lines." in page.text
