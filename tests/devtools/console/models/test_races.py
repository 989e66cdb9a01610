"""Two who do something with one model in the same moment."""

import threading

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from sqlalchemy import event

from clova_flask.devtools.console.kept import Kept
from clova_flask.devtools.console.lifecycle import IN_DEVELOPMENT, IN_REVIEW
from clova_flask.devtools.console.models import building, store
from clova_flask.devtools.console.models.records import ModelPart
from clova_flask.devtools.console.records import Version, db
from clova_flask.errors import ModelError
from tests.devtools.console.browser import Browser
from tests.devtools.console.models.pages import MODEL, ORDER, TYPE, add, build, row, stored


@pytest.fixture
def meanwhile():
    """Do something once, just before the database is written to the next time."""
    doing = []

    def before(_session, _context, _instances):
        if doing:
            doing.pop()()

    event.listen(db.session, "before_flush", before)
    yield doing.append
    event.remove(db.session, "before_flush", before)


def in_another_thread(do):
    done = []
    thread = threading.Thread(target=lambda: done.append(do()))
    thread.start()
    thread.join()
    return done[0]


def request_review(console):
    form = Browser(console).get("/extensions/1/release").form("message")
    page = in_another_thread(lambda: form.submit(message="첫 심사입니다."))
    assert "The review is requested." in page.text


EDITS = {
    "expression": lambda browser: add(browser.get(ORDER), "새 피자 줘"),
    "word": lambda browser: add(browser.get(TYPE), "고구마"),
    "rename": lambda browser: browser.get(TYPE).form("name").submit(name="PIZZA"),
    "delete": lambda browser: browser.get(ORDER).form("seen").submit(),
    "built-in": lambda browser: browser.get(MODEL).form("chosen").submit(chosen=["CLOVA.NUMBER"]),
    "intent": lambda browser: browser.get(MODEL).form("intent").submit(intent="Other"),
    "build": build,
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_in_the_moment_of_a_review_request_loses(console, browser, pizza, meanwhile, name):
    before = stored(console)
    meanwhile(lambda: request_review(console))
    page = EDITS[name](browser)
    assert page.status == 409
    assert "It is in review." in page.text
    assert stored(console) == before
    with console.app_context():
        assert db.session.get(Version, 1).state == IN_REVIEW


def test_a_review_is_requested_of_what_was_seen(console, browser, pizza):
    form = browser.get("/extensions/1/release").form("message")
    add(Browser(console).get(ORDER), "새 피자 줘")
    page = form.submit(message="첫 심사입니다.")
    assert page.status == 409
    assert "Meanwhile it was changed elsewhere" in page.text
    with console.app_context():
        assert db.session.get(Version, 1).state == IN_DEVELOPMENT


def test_edits_of_two_intents_in_the_same_moment_are_both_kept(console, browser, pizza, meanwhile):
    browser.get(MODEL).form("intent").submit(intent="Other")
    other = Browser(console).get(f"{MODEL}/intents/Other")
    meanwhile(lambda: in_another_thread(lambda: add(other, "다른 것 줘")))
    assert "Saved." in add(browser.get(ORDER), "새 피자 줘").text
    model = stored(console)
    assert [item.text for item in model.intents["Other"].expressions] == ["다른 것 줘"]
    assert len(model.intents["OrderPizza"].expressions) == 3


def test_of_two_edits_of_one_expression_in_the_same_moment_one_is_told(console, browser, pizza, meanwhile):
    old = "<pizzaType>불고기</pizzaType> 하나 시켜 줘"
    other = row(Browser(console).get(ORDER), old)
    mine = row(browser.get(ORDER), old)
    meanwhile(lambda: in_another_thread(lambda: other.submit(("do", "edit"), text="불고기 둘 줘")))
    page = mine.submit(("do", "edit"), text="불고기 셋 줘")
    assert page.status == 409
    assert stored(console).intents["OrderPizza"].expressions[1].text == "불고기 둘 줘"


def test_two_who_add_one_name_in_the_same_moment(console, browser, pizza, meanwhile):
    other = Browser(console).get(MODEL).form("intent")
    mine = browser.get(MODEL).form("intent")
    meanwhile(lambda: in_another_thread(lambda: other.submit(intent="Reorder")))
    page = mine.submit(intent="Reorder")
    assert page.status == 422
    assert "There is an intent of this name already." in page.text


def test_an_edit_of_what_is_deleted_in_the_same_moment(console, browser, pizza, meanwhile):
    form = Browser(console).get("/extensions/1/delete").form()
    meanwhile(lambda: in_another_thread(form.submit))
    page = add(pizza, "새 피자 줘")
    assert page.status == 404
    with console.app_context():
        assert db.session.query(ModelPart).count() == 0


def test_two_builds_in_the_same_moment(console, browser, pizza, meanwhile):
    other = Browser(console).get(MODEL).form_to("build")
    meanwhile(lambda: in_another_thread(other.submit))
    assert "The model is built." in build(browser).text


def test_one_who_always_loses_is_told_to_send_it_again(console, browser, pizza):
    lost = []

    def touch():
        with console.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("update console_versions set revision = revision + 1")

    def before(session, _context, _instances):
        if session.get_transaction() not in lost:  # later it is this one who writes
            lost.append(session.get_transaction())
            in_another_thread(touch)

    event.listen(db.session, "before_flush", before)
    try:
        page = add(pizza, "새 피자 줘")
    finally:
        event.remove(db.session, "before_flush", before)
    assert page.status == 409
    assert "Others are changing the same at this moment." in page.text
    assert len(lost) == 5


def test_built_in_ones_that_two_choose_at_once_are_both_chosen(console, browser, pizza):
    mine = browser.get(MODEL).form("chosen")
    other = Browser(console).get(MODEL).form("chosen")
    kept = [name for name in other.values["chosen"] if name != "Clova.YesIntent"]
    other.submit(chosen=[*kept, "CLOVA.NUMBER"])
    page = mine.submit(chosen=[*mine.values["chosen"], "CLOVA.DATETIME"])
    assert "Saved." in page.text
    assert {"CLOVA.NUMBER", "CLOVA.DATETIME"} <= set(stored(console).built_in_slot_types)
    page.form("chosen").submit(
        chosen=[name for name in page.form("chosen").values["chosen"] if name != "CLOVA.NUMBER"]
    )
    assert "CLOVA.NUMBER" not in stored(console).built_in_slot_types


def known_models(console, find):
    """Return the model that is kept and the one that is stored."""
    with console.app_context():
        known = find(db.session.get(Version, 1))
        return known.model(), known.read()


def test_a_model_that_is_edited_in_the_moment_it_is_read_is_not_taken_for_the_one_before(
    console, browser, pizza, monkeypatch
):
    pytest.importorskip("rapidfuzz")
    profile, new = f"{MODEL}/profile?by=edited&utterance=불고기 하나 시켜 줘", "우주선 하나 태워 줘"
    edits = [lambda: add(Browser(console).get(ORDER), new)]
    read = store.model_to_build

    def edited_before(version):
        if edits:
            in_another_thread(edits.pop())
        return read(version)

    monkeypatch.setattr(store, "model_to_build", edited_before)
    assert "is being made ready" in browser.get(profile).text
    assert "OrderPizza" in browser.get(profile).text
    row(browser.get(ORDER), new).submit(("do", "remove"))
    used, read_anew = known_models(console, store.edited_of)
    assert used == read_anew
    assert len(used.intents["OrderPizza"].expressions) == 2


def test_a_row_that_was_read_before_is_read_whole_as_it_is_now(console, pizza):
    with console.app_context():
        version = db.session.get(Version, 1)
        known, rows = store.edited_of(version), store.parts_of(version)
        in_another_thread(lambda: add(Browser(console).get(ORDER), "우주선 하나 태워 줘"))
        with pytest.raises(ModelError, match="was changed in this moment"):
            known.model()
        assert rows


def test_of_two_builds_tests_use_the_later_one(console, browser, pizza, monkeypatch):
    others = [lambda: (add(Browser(console).get(ORDER), "불고기 배달해 줘"), build(Browser(console)))]
    committed = building.committed

    def and_then_the_other(version, action):
        committed(version, action)
        if others:
            in_another_thread(others.pop())

    monkeypatch.setattr(building, "committed", and_then_the_other)
    build(browser)
    used, read_anew = known_models(console, building.built_of)
    assert used == read_anew
    assert len(used.intents["OrderPizza"].expressions) == 3


def test_an_archive_is_read_by_its_own_key_alone(console, browser, pizza):
    build(browser)
    with console.app_context():
        version = db.session.get(Version, 1)
        known = building.built_of(version)
        console.extensions["clova_console_kept"] = Kept()
        in_another_thread(lambda: build(Browser(console)))
        with pytest.raises(ModelError, match="was changed in this moment"):
            known.model()
