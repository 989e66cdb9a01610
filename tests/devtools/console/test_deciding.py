"""What a newcomer reads on the pages of a review, and what a decision keeps."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools.console.records import Version, db
from tests.devtools.console.browser import Browser
from tests.devtools.console.test_review import request_review


@pytest.fixture
def reviewed(browser, register):
    register()
    request_review(browser)
    return browser.get("/extensions/1/reviewing")


def ticked(console):
    with console.app_context():
        return db.session.get(Version, 1).ticked


@pytest.mark.parametrize(
    ("action", "given"), [("approve", {"despite": "y"}), ("reject", {"message": "아이콘"})]
)
def test_a_decision_keeps_the_ticks(console, reviewed, action, given):
    assert reviewed.form_to(f"acts/{action}").submit(rule=["P1", "P2"], **given).status == 200
    assert ticked(console) == ["P1", "P2"]


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_decision_that_is_refused_shows_the_ticks_again(console, reviewed, action):
    page = reviewed.form_to(f"acts/{action}").submit(rule=["P1", "P2"])
    assert page.status == 409
    assert page.form("rule").values["rule"] == ["P1", "P2"]
    assert "Stored meanwhile" not in page.text
    assert ticked(console) == []


def test_what_is_written_for_a_rejection_is_no_part_of_an_approval(browser, reviewed):
    reviewed.form_to("acts/approve").submit(message="아이콘이 하얗습니다.", despite="y")
    assert "아이콘이 하얗습니다." not in browser.get("/extensions/1/history").text


def test_rules_of_linking_are_none_where_no_accounts_are_linked(browser, register):
    register()
    page = browser.get("/extensions/1/reviewing")
    assert page.text.count("Does not apply: no accounts are linked.") == 3
    browser.get("/extensions/1/server").form("seen").submit(account_linking="yes")
    assert "Does not apply" not in browser.get("/extensions/1/reviewing").text


def test_it_is_told_what_closes_the_open_points(browser, reviewed):
    assert "Wait for your tick: 21" in reviewed.text
    page = reviewed.form("rule").submit(rule=[f"{letter}{at}" for letter in "BCNP" for at in range(1, 12)])
    assert "Wait for your tick" not in page.text
    assert "Wait for the endpoint to be tried, by the button above: 8" in page.text
    assert "Have an error, which the developer mends" in page.text


@pytest.mark.parametrize(
    ("language", "field"), [("en", "Terms of use"), ("ko", "이용약관"), ("ja", "利用規約")]
)
def test_findings_name_their_fields(console, register, language, field):
    register(name="피자봇")
    browser = Browser(console)
    browser.get("/extensions/1/privacy").form("seen").submit(
        terms_url="https://localhost/t", policy_url="https://localhost/p"
    )
    browser.get("/extensions/1/info").form("seen").submit(invocation_names=["피자봇", "", ""])
    page = Browser(console, language=language).get("/extensions/1/release")
    assert field in page.text
    if language == "en":
        assert page.text.count(": This is an address of your own machine.") == 2
        assert page.text.count(": A review refuses 피자봇, a single word") == 2
        assert "피자봇: A review refuses" not in page.text


def test_findings_of_texts_name_their_fields(browser, register):
    register()
    given = {"description": "피자를 주문합니다.", "review_description": "피자"}
    browser.get("/extensions/1/store").form("seen").submit(**given)
    text = browser.get("/extensions/1/release").text
    assert "Description for users: No e-mail address" in text
    assert "Description for review: It has 2 characters" in text


@pytest.mark.parametrize("name", ["Clova 피자", "clova", "ＣＬＯＶＡ 피자"])
def test_the_platforms_word_in_latin_letters(browser, register, name):
    register(name=name)
    assert "review.reserved-name" in browser.get("/extensions/1/release").text


def test_stopping_is_asked_for_where_it_is_led_to(browser, reviewed):
    reviewed.form_to("acts/approve").submit(despite="y")
    browser.get("/extensions/1/reviewing").form_to("acts/deploy").submit()
    assert "/extensions/1/release?do=stop#stop" in browser.get("/").links
    assert '<details id="stop" open>' in browser.get("/extensions/1/release?do=stop").html
    assert '<details id="stop">' in browser.get("/extensions/1/release").html
