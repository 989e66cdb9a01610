"""What a build is used for: tests, the review, and what the handlers of the app beside lack."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools.console.records import Version, db
from clova_flask.devtools.console.testing.known_models import model_of
from tests.devtools.console.models.pages import MODEL, ORDER, add, build
from tests.devtools.console.test_attached import attach, project  # noqa: F401

NOT_BUILT = "The interaction model was not built after its last change."


def heard(browser, line):
    """Say something on the test page; return the message that is made of it."""
    page = browser.get("/extensions/1/test/").form("line").submit(line=f"피자봇 가게에서 {line}")
    return page.form("message").values["message"][0]


def test_tests_use_what_was_built_last(browser, pizza):
    pytest.importorskip("rapidfuzz")
    add(pizza, "계산서 가져다 달라고")
    build(browser)
    add(browser.get(ORDER), "영업 시간이 궁금해")
    assert "OrderPizza" in heard(browser, "계산서 가져다 달라고")
    assert "Clova.GuideIntent" in heard(browser, "영업 시간이 궁금해")
    build(browser)  # in the middle of the conversation
    assert "OrderPizza" in heard(browser, "영업 시간이 궁금해")


def test_the_test_page_tells_that_the_model_was_edited_after_its_build(browser, pizza):
    edited = "The model was edited after it was built"
    build(browser)
    assert edited not in browser.get("/extensions/1/test/").text
    add(browser.get(ORDER), "영업 시간이 궁금해")
    page = browser.get("/extensions/1/test/")
    assert edited in page.text
    assert "/extensions/1/model#build" in page.links
    build(browser)
    assert edited not in browser.get("/extensions/1/test/").text


def test_the_model_that_was_built_is_kept_until_the_next_build(console, browser, pizza):
    def known():
        with console.app_context():
            return model_of(db.session.get(Version, 1))

    assert known() is None
    build(browser)
    first = known()
    add(browser.get(ORDER), "새 피자 줘")
    assert known() is first
    build(browser)
    assert known() is not first
    assert len(known().intents["OrderPizza"].expressions) == 3


def test_a_review_wants_the_model_built_after_its_last_change(browser, pizza):
    page = browser.get("/extensions/1/release")
    assert NOT_BUILT in page.text
    assert "/extensions/1/model#build" in page.links
    build(browser)
    assert NOT_BUILT not in browser.get("/extensions/1/release").text
    assert NOT_BUILT not in browser.get("/extensions/1/reviewing").text
    add(browser.get(ORDER), "새 피자 줘")
    assert NOT_BUILT in browser.get("/extensions/1/release").text
    reviewing = browser.get("/extensions/1/reviewing")
    rule = reviewing.html.split("The model was built after its last change, and the server is up.")[1]
    assert NOT_BUILT in rule.split("The endpoint is on https")[0]


def test_a_review_wants_no_model_of_a_home(browser, register):
    register("naver", "home")
    assert NOT_BUILT not in browser.get("/extensions/1/release").text


def test_a_change_of_the_model_asks_for_another_try(console, browser, pizza):
    with console.app_context():
        db.session.get(Version, 1).tried = []
        db.session.commit()
    assert "not checked yet" not in browser.get("/extensions/1/release").text
    add(pizza, "새 피자 줘")
    assert "not checked yet" in browser.get("/extensions/1/release").text


@pytest.fixture
def beside(make_console, attach, browser):  # noqa: F811
    """The pizza bot with an app beside the console, in a process of its own; returns the browser."""
    from tests.devtools.console.browser import Browser

    browser = Browser(make_console(attached=attach()))
    page = browser.get("/register/naver/custom").form("extension_id")
    page.submit(extension_id="com.example.pizzabot", name="피자봇 가게", invocation_names=["피자봇 가게"])
    for name in ("OrderPizza", "Reorder"):
        page = browser.get(MODEL).form("intent").submit(intent=name)
        add(page, f"{name} 주문해 줘")
    return browser


def test_what_the_handlers_of_the_app_beside_lack(beside, project):  # noqa: F811
    """They are compared with what is built, not with the model in the project's folder."""
    page = build(beside)
    assert "The model is built. Problems that its users would meet: " in page.text
    assert "alert-warning" in page.html
    assert f"{MODEL}/intents/Reorder" in page.links
    found = page.html.split('id="found"')[1].split('id="conflicts"')[0]
    assert "handlers.no-handler" in found
    assert "Reorder" in found
    assert "intents/Reorder.tsv" in found
    assert "OrderPizza.tsv" not in found
    assert "handlers.no-guide" in found
    beside.get(f"{MODEL}/intents/Reorder").form("seen").submit()
    assert "intents/Reorder.tsv" not in build(beside).text


def test_handlers_that_cannot_be_looked_at_keep_nobody_from_building(beside, project):  # noqa: F811
    (project / "shop.py").write_text("import nothing_of_that_name", encoding="utf-8")
    page = build(beside)
    assert "The handlers of your app could not be looked at" in page.text
    assert "nothing_of_that_name" in page.text
    assert "The model is built." in page.text


def test_without_what_understands_a_model_is_built_without_conflicts(browser, pizza, monkeypatch):
    from clova_flask.devtools.understanding import fuzzy

    monkeypatch.setattr(fuzzy, "fuzz", None)
    assert "The model is built." in build(browser).text


def test_an_expression_that_two_intents_have_is_not_told_to_be_none(browser, pizza):
    page = browser.get(MODEL).form("intent").submit(intent="Other")
    add(pizza, "피자 하나 줘요")
    add(page, "피자 하나 줘요")
    page = build(browser)
    assert "The model has errors" in page.text
    assert "Not looked for, since the model has errors." in page.text
    assert "Claimed by two intents (0)" not in page.text


def test_a_first_build_that_fails_tells_of_no_model_before_it(browser, pizza):
    browser.get(MODEL).form("intent").submit(intent="Empty")
    page = build(browser)
    assert "Tests have no model until it is." in page.text
    assert "Tests use the one before" not in page.text
    browser.get(f"{MODEL}/intents/Empty").form_to("delete").submit()
    build(browser)
    browser.get(MODEL).form("intent").submit(intent="Empty")
    assert "Tests use the one before." in build(browser).text


def test_the_result_of_a_build_and_what_it_finds_are_seen_at_once(browser, pizza):
    page = build(browser)
    assert page.path == MODEL  # without an anchor below the result
    places = [page.html.index(text) for text in ("The model is built", 'id="found"', 'id="intents"')]
    assert places == sorted(places)


def test_the_lists_of_a_model_count_their_own_rows(browser, pizza):
    page = browser.get(MODEL)
    assert "Intents (1)" in page.text
    assert "Slot types (1)" in page.text


def test_the_tab_of_the_model_tells_that_it_is_to_be_built(browser, pizza):
    mark = 'title="to be built"'
    assert mark in browser.get("/extensions/1/server").html
    build(browser)
    assert mark not in browser.get("/extensions/1/server").html
    add(browser.get(ORDER), "새 피자 줘")
    assert mark in browser.get("/extensions/1/server").html


def test_another_invocation_name_asks_for_another_build(browser, pizza):
    told = "The invocation names are part of the model"
    page = browser.get("/extensions/1/info").form("seen").submit(invocation_names=["피자 가게"])
    assert told not in page.text  # nothing was built yet
    build(browser)
    page = page.form("seen").submit()
    assert "Saved." in page.text
    assert told not in page.text
    page = page.form("seen").submit(invocation_names=["피자봇"])
    assert told in page.text
    assert f"{MODEL}#build" in page.links


@pytest.mark.parametrize("platform", ["naver", "line"])
def test_what_the_names_lack_is_put_right_in_the_form(browser, register, platform):
    register(platform)
    page = build(browser)
    name = {"naver": "invocation_names", "line": "invocation_name"}[platform]
    assert f"/extensions/1/info#{name}" in page.links
    assert "Enter one in the form, in the field of the invocation names." in page.text
    assert "model.toml" not in page.text
    assert "invocation_names =" not in page.text
    assert f'id="{name}"' in browser.get("/extensions/1/info").html


def test_a_slot_that_is_not_declared_is_put_right_on_the_page_of_its_intent(browser, pizza):
    add(pizza, "<size>큰</size> 피자")
    page = build(browser)
    assert "below [INTENT SLOT]" not in page.text
    assert "make it a slot on the page of the intent" in page.text
    assert ORDER in page.links
