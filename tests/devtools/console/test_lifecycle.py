"""From the request for a review to the end of the service: each state, each action."""

import re
import threading

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools.console.records import Extension, db
from tests.devtools.console.browser import Browser

FORMS = {
    "request_review": ("release", {"message": "첫 심사입니다."}),
    "cancel_review": ("release", {}),
    "stop": ("release", {}),
    "reject": ("reviewing", {"message": "아이콘이 하얗습니다."}),
    "approve": ("reviewing", {"despite": "y"}),
    "deploy": ("reviewing", {}),
    "suspend": ("reviewing", {"message": "한 달째 고장입니다."}),
}
"""The page of each action, and what is entered for it."""


def act(browser, action, **given):
    page, entered = FORMS[action]
    form = browser.get(f"/extensions/1/{page}").form_to(f"acts/{action}")
    return form.submit(**{**entered, **given})


def state_of(console):
    """Return the states of the versions, the oldest first."""
    with console.app_context():
        return [version.state for version in db.session.get(Extension, 1).versions]


WAYS = {
    "in_development": [],
    "attention": ["request_review", "reject"],
    "in_review": ["request_review"],
    "preparing": ["request_review", "approve"],
}
RELEASE = ["request_review", "approve", "deploy"]
AFTER = {
    ("in_development", "request_review"): "in_review",
    ("attention", "request_review"): "in_review",
    ("in_review", "cancel_review"): "in_development",
    ("in_review", "reject"): "attention",
    ("in_review", "approve"): "preparing",
    ("preparing", "deploy"): "in_development",
    ("in_development", "stop"): "in_development",
    ("attention", "stop"): "in_development",
    **{(state, "suspend"): state for state in WAYS},
    ("in_development", "delete"): None,
    ("attention", "delete"): None,
}
"""The state of the test version after each action that is allowed; None where all is gone."""
NEEDS_SERVICE = {"stop": True, "suspend": True, "delete": False}
WHAT_TO_DO = {
    "in_development": "Request a review first",
    "attention": "Request a review first",
    "in_review": "Cancel the review first|in review already|Approve it first",
    "preparing": "Deploy it",
}


@pytest.mark.parametrize("in_service", [False, True], ids=["new", "in-service"])
@pytest.mark.parametrize("action", [*FORMS, "delete"])
@pytest.mark.parametrize("state", WAYS)
def test_each_action_in_each_state(console, browser, register, state, action, in_service):
    register()
    for step in [*(RELEASE if in_service else []), *WAYS[state]]:
        act(browser, step)
    assert state_of(console)[-1] == state
    before = state_of(console)
    is_allowed = (state, action) in AFTER and NEEDS_SERVICE.get(action, in_service) == in_service
    page = press(browser, action)
    assert (page.status == 200) == is_allowed, page.text
    if is_allowed and AFTER[state, action] is None:
        assert "is deleted" in page.text
    elif is_allowed:
        assert state_of(console)[-1] == AFTER[state, action]
    else:
        assert page.status == 409
        told = [*WHAT_TO_DO[state].split("|"), "Stop the service first", "nothing to stop"]
        assert any(text in page.text for text in told), page.text
        assert state_of(console) == before


def press(browser, action):
    """Post an action as a page of another state would."""
    if action == "delete":
        return browser.post("/extensions/1/delete", {"csrf_token": token(browser)})
    shown = browser.get("/extensions/1/reviewing")
    revision = next(form.values["revision"] for form in shown.forms if "revision" in form.values)
    return browser.post(
        f"/extensions/1/acts/{action}",
        {"csrf_token": token(browser), "revision": revision, **FORMS[action][1]},
    )


def token(browser):
    return browser.get("/register").forms[0].values["csrf_token"]


@pytest.mark.parametrize("state", ["in_review", "preparing"])
def test_a_version_that_is_decided_about_is_not_changed(console, browser, register, state):
    register()
    form = browser.get("/extensions/1/info").form("seen")
    for step in WAYS[state]:
        act(browser, step)
    page = form.submit(name="다른 이름")
    assert page.status == 409
    assert any(text in page.text for text in WHAT_TO_DO[state].split("|"))
    assert "다른 이름" not in browser.get("/").text


def test_a_cancelled_review_goes_back_to_the_state_before(console, browser, register):
    register()
    for step in ("request_review", "reject", "request_review", "cancel_review"):
        act(browser, step)
    assert state_of(console) == ["attention"]
    assert "아이콘이 하얗습니다." in browser.get("/extensions/1/release").text


def test_a_release_and_its_update(console, browser, register):
    register()
    for step in RELEASE:
        act(browser, step)
    assert state_of(console) == ["in_service", "in_development"]
    page = browser.get("/extensions/1/info").form("seen").submit(name="피자봇 새 가게")
    assert "Saved." in page.text
    assert "피자봇 가게" in browser.get("/extensions/1/info?version=1").form("seen").values["name"]
    refused = browser.get("/extensions/1/info?version=1").form("seen").submit(name="몰래")
    assert refused.status == 409
    assert "Change the test version" in refused.text
    for step in RELEASE:
        act(browser, step)
    assert state_of(console) == ["retired", "in_service", "in_development"]
    assert browser.get("/extensions/1/info?version=2").form("seen").values["name"] == ["피자봇 새 가게"]
    assert browser.get("/extensions/1/info?version=1").form("seen").values["name"] == ["피자봇 가게"]
    listed = browser.get("/").text
    assert "service 2" in listed
    assert "test 3" in listed


def test_the_service_goes_on_while_its_update_is_reviewed(console, browser, register):
    register()
    for step in [*RELEASE, "request_review", "reject"]:
        act(browser, step)
    assert state_of(console) == ["in_service", "attention"]


def test_a_stopped_service_can_be_deleted(console, browser, register):
    register()
    for step in [*RELEASE, "stop"]:
        act(browser, step)
    assert state_of(console) == ["retired", "in_development"]
    assert "is deleted" in browser.get("/extensions/1/delete").form().submit().text


def test_who_did_what(browser, register):
    register()
    for step in ["request_review", "reject", *RELEASE, "suspend"]:
        act(browser, step)
    text = browser.get("/extensions/1/history").text
    told = [
        "reviewer service suspended: 한 달째 고장입니다.",
        "platform deployed",
        "reviewer approved",
        "developer review requested: 첫 심사입니다.",
        "reviewer rejected: 아이콘이 하얗습니다.",
        "developer registered",
    ]
    assert sorted(told, key=text.index) == told
    assert len(re.findall(r"\d{2}:\d{2}:\d{2}", text)) == len(told) + 1  # one was rejected between


@pytest.mark.parametrize(
    ("action", "ways"), [("request_review", []), ("reject", ["request_review"]), ("suspend", RELEASE)]
)
def test_a_message_is_needed(console, browser, register, action, ways):
    register()
    for step in ways:
        act(browser, step)
    before = state_of(console)
    page = act(browser, action, message="  ")
    assert page.status == 409
    assert page.text.count("Write a message first.") == 1
    assert page.html.count('aria-invalid="true"') == 1
    assert state_of(console) == before


def test_a_request_on_line(console, browser, register):
    register("line")
    page = act(browser, "request_review", message="審査をお願いします。")
    assert page.status == 409
    assert "Declare that the skill conforms" in page.text
    assert "審査をお願いします。" in page.html
    page = act(browser, "request_review", message="あ" * 2001, conforms="y")
    assert page.status == 409
    assert "at most 2000" in page.text
    assert act(browser, "request_review", message="あ" * 2000, conforms="y").status == 200
    assert state_of(console) == ["in_review"]


def test_a_page_that_is_out_of_date_does_nothing(console, browser, register):
    """What was approved is what the reviewer saw."""
    register()
    act(browser, "request_review")
    seen = browser.get("/extensions/1/reviewing")
    act(browser, "cancel_review")
    browser.get("/extensions/1/info").form("seen").submit(name="다른 이름")
    act(browser, "request_review")
    page = seen.form_to("acts/approve").submit(despite="y")
    assert page.status == 409
    assert "Meanwhile it was changed elsewhere" in page.text
    assert state_of(console) == ["in_review"]


@pytest.mark.parametrize(
    ("ways", "actions", "after"),
    [
        (["request_review"], ["approve", "reject"], {"preparing", "attention"}),
        (["request_review", "approve"], ["deploy", "deploy"], {"in_development"}),
        ([], ["request_review", "request_review"], {"in_review"}),
    ],
    ids=["approve-reject", "deploy-deploy", "request-request"],
)
def test_of_two_at_once_exactly_one_does_it(console, browser, register, ways, actions, after):
    register()
    for step in ways:
        act(browser, step)
    browsers = [Browser(console) for _ in range(6)]
    pages = [one.get(f"/extensions/1/{FORMS[actions[0]][0]}") for one in browsers]
    start, statuses = threading.Barrier(6), []

    def do(index):
        action = actions[index % 2]
        form = pages[index].form_to(f"acts/{action}")
        start.wait()
        statuses.append(form.submit(**FORMS[action][1]).status)

    threads = [threading.Thread(target=do, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [409] * 5
    assert state_of(console)[-1] in after
    assert len(state_of(console)) == (2 if "deploy" in actions else 1)


def test_messages_are_no_markup(browser, register):
    register()
    act(browser, "request_review", message="<script>alert(1)</script>")
    assert "<script>alert" not in browser.get("/extensions/1/reviewing").html
    act(browser, "reject", message="<img src=x onerror=alert(1)>")
    for path in ("/extensions/1/release", "/extensions/1/history", "/extensions/1/info"):
        assert "<img src=x" not in browser.get(path).html


def test_what_is_in_review(browser, register):
    assert "Nothing is in review." in browser.get("/review").text
    register()
    act(browser, "request_review")
    page = browser.get("/review")
    assert "피자봇 가게 In review" in page.text
    assert "/extensions/1/reviewing" in page.links


def test_there_is_no_such_action(browser, register):
    register()
    data = {"csrf_token": token(browser), "revision": "1"}
    assert browser.post("/extensions/1/acts/promote", data).status == 404
    assert browser.post("/extensions/9/acts/approve", data).status == 404


def test_both_that_a_request_on_line_lacks_are_told_at_their_fields(browser, register):
    register("line")
    page = act(browser, "request_review", message="")
    assert "Write a message first." in page.text
    assert "Declare that the skill conforms" in page.text
    assert 'aria-describedby="request-help request-error"' in page.html
    assert 'aria-describedby="conforms-error"' in page.html
