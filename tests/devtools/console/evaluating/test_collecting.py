"""An utterance of the test page goes into a set, or into the expressions of its intent."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from clova_flask.devtools.console.evaluating import collect_pages, collecting
from clova_flask.devtools.console.lifecycle import IN_REVIEW
from clova_flask.devtools.console.records import Version, db
from clova_flask.devtools.evaluation import read_cases
from clova_flask.errors import ConfigurationError
from tests.devtools.console.evaluating.sets import EVALUATE, new_set
from tests.devtools.console.models.pages import ORDER, stored

TEST = "/extensions/1/test"


def say(browser, line):
    return browser.get(f"{TEST}/").form("line").submit(line=line)


def button(page, do):
    """Press a button of an utterance."""
    form = next(form for form in page.forms if "/turns/" in form.action and ("do", do) in form.buttons)
    return form.submit(("do", do))


def kept(browser, number=1):
    data = browser.get(f"{EVALUATE}/{number}/utterances.tsv").response.get_data()
    return [(case.expression.text, case.intent) for case in read_cases(data)]


def test_in_one_click_into_a_set(pizza):
    page = say(pizza, "피자봇 가게에서 페페로니 주문해 줘")
    page = button(page, "set")
    assert "It is in the set Utterances of tests now." in page.text
    assert kept(pizza) == [("<pizzaType>페페로니</pizzaType> 주문해 줘", "OrderPizza")]
    page = button(pizza.get(f"{TEST}/history"), "set")
    assert "It was in the set Utterances of tests already." in page.text


def test_what_was_not_understood_is_expected_to_be_nothing(pizza):
    button(say(pizza, "피자봇 가게에서 우주 정거장에 도킹"), "set")
    assert kept(pizza) == [("우주 정거장에 도킹", "-")]


def test_of_two_sets_one_is_chosen(pizza):
    new_set(pizza, "가", "네\tClova.YesIntent")
    new_set(pizza, "나", "네\tClova.YesIntent")
    page = button(say(pizza, "피자봇 가게에서 불고기 하나 시켜 줘"), "set")
    form = page.form("text")
    assert form.values["text"] == ["<pizzaType>불고기</pizzaType> 하나 시켜 줘"]
    assert form.values["intent"] == ["OrderPizza"]
    page = form.submit(("do", "set"), set="2", intent="-")
    assert page.status == 422
    assert "no intent is to be understood" in page.text
    page = page.form("text").submit(("do", "set"), set="2", intent="OrderPizza")
    assert "It is in the set 나 now." in page.text
    assert len(kept(pizza, 2)) == 2
    assert len(kept(pizza, 1)) == 1
    again = pizza.get(f"{EVALUATE}/turns/1").form("text").submit(("do", "set"), set="")
    assert "It is in the set Utterances of tests now." in again.text


def test_in_one_click_into_the_expressions(console, pizza):
    page = button(say(pizza, "피자봇 가게에서 불고기 하나만 시켜 줄래"), "expression")
    assert page.path.startswith(ORDER)
    assert "It is an expression of OrderPizza now." in page.text
    texts = [item.text for item in stored(console).intents["OrderPizza"].expressions]
    assert texts[-1] == "<pizzaType>불고기</pizzaType> 하나만 시켜 줄래"
    page = button(pizza.get(f"{TEST}/turns/1"), "expression")
    assert "It was an expression of OrderPizza already." in page.text


def test_built_in_intents_have_no_expressions_of_ones_own(pizza):
    page = button(say(pizza, "피자봇 가게에서 네"), "expression")
    assert page.status == 422
    assert "The model has no intent Clova.YesIntent of your own." in page.text


def test_a_version_in_review_is_not_changed(console, pizza):
    page = say(pizza, "피자봇 가게에서 불고기 하나 시켜 줘")
    with console.app_context():
        db.session.get(Version, 1).state = IN_REVIEW
        db.session.commit()
    assert button(page, "expression").status == 409
    assert button(page, "set").status == 200
    assert ("do", "expression") not in pizza.get(f"{EVALUATE}/turns/1").form("text").buttons


def test_an_intent_that_the_model_does_not_understand_by_it_any_more(console, pizza):
    page = say(pizza, "피자봇 가게에서 불고기 하나 시켜 줘")
    from tests.devtools.console.models.pages import build

    next(form for form in pizza.get(ORDER).forms if form.action.endswith("rename")).submit(name="Bake")
    build(pizza)
    button(page, "set")
    assert kept(pizza) == [("불고기 하나 시켜 줘", "OrderPizza")]


@pytest.mark.parametrize("number", [1, 99])
def test_what_has_no_intent_is_not_collected(pizza, number):
    page = say(pizza, "/launch")
    assert not [form for form in page.forms if "/turns/" in form.action]
    assert pizza.get(f"{EVALUATE}/turns/{number}").status == 404


def test_without_the_extra_that_understands_nothing_is_tagged(pizza, monkeypatch):
    page = say(pizza, "피자봇 가게에서 불고기 하나 시켜 줘")

    def missing(model, place):
        raise ConfigurationError("Install the extra")

    monkeypatch.setattr(collecting, "understander_of", missing)
    button(page, "set")
    assert kept(pizza) == [("피자봇 가게에서 불고기 하나 시켜 줘", "OrderPizza")]


def test_of_two_who_begin_the_set_at_once_both_are_in_it(console, pizza, monkeypatch):
    page = say(pizza, "피자봇 가게에서 불고기 하나 시켜 줘")
    find, tried = collect_pages.set_named, []

    def set_named(extension, name):
        tried.append(name)
        if len(tried) == 1:
            pizza.get(EVALUATE).form("name").submit(name=name)
            return None
        return find(extension, name)

    monkeypatch.setattr(collect_pages, "set_named", set_named)
    assert button(page, "set").status == 200
    assert len(kept(pizza)) == 1
