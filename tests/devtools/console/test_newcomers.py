"""What somebody sees who uses the console for the first time: texts that are whole, and lead on."""

import ast
from pathlib import Path

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools import console as package
from clova_flask.devtools.console.extensions import note
from clova_flask.devtools.console.lifecycle import ACTIONS
from clova_flask.devtools.console.models.places import place_of
from clova_flask.devtools.console.records import Version, db
from clova_flask.findings import Finding, Place
from tests.devtools.console.browser import Browser
from tests.devtools.console.models.pages import MODEL, ORDER
from tests.devtools.console.test_connection import connect
from tests.devtools.console.test_lifecycle import act


def test_a_wrong_address_tells_nothing_of_refusals(browser, register, serve):
    def answer(_environ, start_response):
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"nothing here"]

    register()
    page = connect(browser, serve(answer))
    assert page.text.count("not as it must be") == 1
    assert page.text.count("tells nothing: no endpoint is at this address") == 2
    assert "text-bg-success" not in page.html


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_the_hint_shows_both_tags(console, browser, register, language):
    register()
    browser.get(MODEL).form_to("add-intent").submit(intent="OrderPizza")
    page = Browser(console, language=language).get(ORDER)
    assert "&lt;pizzaType&gt;…&lt;/pizzaType&gt;</div>" in page.html


def test_an_approval_leads_to_the_button_that_deploys(browser, register):
    register()
    act(browser, "request_review")
    act(browser, "approve")
    page = browser.get("/extensions/1/release")
    assert "Here you play the platform, too" in page.text
    assert "/extensions/1/reviewing" in page.links
    text = browser.get("/extensions/1/reviewing").text
    assert text.index("Decision") < text.index("Checklist")


def test_open_findings_are_counted_at_the_request(browser, register):
    register()
    assert "Open findings: " in browser.get("/extensions/1/release").text


def test_personal_data_needs_a_policy(browser, register):
    register()
    page = browser.get("/extensions/1/privacy")
    page.form("personal_data").submit(personal_data="no", purchases="no", minors="no")
    gaps = browser.get("/extensions/1/privacy").text.count("fields that a review needs")
    browser.get("/extensions/1/privacy").form("personal_data").submit(personal_data="yes")
    assert browser.get("/extensions/1/privacy").text.count("fields that a review needs") == gaps + 1
    text = browser.get("/extensions/1/release").text
    assert "there must be a privacy policy" in text
    assert "Missing: Privacy policy" not in text


@pytest.mark.parametrize(("language", "title"), [("ko", "404 찾을 수 없음"), ("ja", "404 見つかりません")])
def test_errors_are_in_the_language_of_the_page(console, language, title):
    page = Browser(console, language=language).get("/no-such-page")
    assert page.status == 404
    assert title in page.text
    assert "Not Found" not in page.text


def noted():
    """Return the actions that the console's code notes."""
    names = set(ACTIONS)
    for path in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note":
                names |= {one.value for one in node.args[1:2] if isinstance(one, ast.Constant)}
    return names


def test_each_action_that_is_noted_has_a_name(console, browser, register):
    register()
    actions = noted()
    assert {"take_model", "write_model", "try"} <= actions
    with console.app_context():
        for action in actions:
            note(db.session.get(Version, 1), action, "detail")
        db.session.commit()
    html = Browser(console, language="ko").get("/extensions/1/history").html
    assert [one for one in actions if f">{one}: detail<" in html] == []


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("Write intents/OrderPizza.tsv.", ("intents", "OrderPizza")),
        ("Write intents/Other.tsv.", ("intents", "")),
        ("Add it to built_in_intents of model.toml.", ("built-in", "")),
    ],
)
def test_a_file_that_is_named_leads_to_its_page(console, message, place):
    with console.test_request_context():
        assert place_of(Finding("handlers.none", message, Place()), {"OrderPizza"}) == place
