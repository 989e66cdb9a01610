"""Pages of a model that takes long to be read: none of them waits for it."""

import threading
import time

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from clova_flask.devtools.console import kept
from clova_flask.devtools.console.models import preparing, store, understanders
from clova_flask.devtools.console.models.paging import PAGE
from clova_flask.devtools.understanding import fuzzy
from tests.devtools.console.browser import Browser
from tests.devtools.console.evaluating.sets import EVALUATE, new_set
from tests.devtools.console.models.pages import MODEL, ORDER, add, build

TEST = "/extensions/1/test/"
PROFILE = f"{MODEL}/profile?utterance=페퍼로니 주문해 줄래"
NOT_READY = "is being made ready"


@pytest.fixture
def built(browser, pizza):
    """A model that was built; returns the browser."""
    build(browser)
    return browser


@pytest.fixture
def slow(monkeypatch):
    """What understands takes as long as is wanted; returns what lets it go on, and those that were made."""
    monkeypatch.setattr(preparing, "PATIENCE", 0.1)
    goes_on, made = threading.Event(), []

    class Slow(understanders.Understander):
        def __init__(self, *given, **options):
            made.append(self)
            assert goes_on.wait(20)
            super().__init__(*given, **options)
            self.is_finished = True

    monkeypatch.setattr(understanders, "Understander", Slow)
    yield goes_on, made
    goes_on.set()


@pytest.fixture
def fresh(built, make_console):
    """A browser in a console that has just started beside a store with a model that was built."""
    return Browser(make_console())


def until(is_there):
    for _time in range(200):
        if is_there():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_no_page_waits_for_a_model(fresh, slow):
    goes_on, made = slow
    assert fresh.get(TEST).status == 200
    assert NOT_READY in fresh.get(PROFILE).text
    assert NOT_READY in fresh.get("/extensions/1/reviewing").text
    assert NOT_READY in fresh.get("/extensions/1/release").text
    assert "data-reload" in fresh.get(PROFILE).html
    goes_on.set()
    until(lambda: NOT_READY not in fresh.get(PROFILE).text)
    assert "OrderPizza" in fresh.get(PROFILE).text
    assert NOT_READY not in fresh.get("/extensions/1/release").text
    assert len(made) == 1


def test_what_is_said_meanwhile_waits_for_the_model_that_is_made_already(fresh, slow):
    goes_on, made = slow
    form = fresh.get(TEST).form("line")
    pages = []
    saying = threading.Thread(
        target=lambda: pages.append(form.submit(line="피자봇 가게에서 페퍼로니 주문해 줄래"))
    )
    saying.start()
    saying.join(0.5)
    assert saying.is_alive()
    goes_on.set()
    saying.join(20)
    assert "OrderPizza" in pages[0].text
    assert len(made) == 1


def test_the_pages_of_sets_and_the_empty_profiler_read_no_expressions(fresh, monkeypatch):
    lines = ("<pizzaType>불고기</pizzaType> 둘\tOrderPizza", "<size>큰</size> 것\tOrderPizza", "없다\tNo")
    new_set(fresh, lines="\n".join(lines))

    def fail(*_given):
        raise AssertionError("a file of the model is read")

    monkeypatch.setattr(store, "read_intent", fail)
    monkeypatch.setattr("clova_flask.devtools.console.models.building.unpack", fail)
    page = fresh.get(f"{EVALUATE}/1")
    assert "has no slot 'size'" in page.text
    assert "has no intent 'No'" in page.text
    assert page.text.count("has no slot") == 1
    for by in ("edited", "built"):
        assert "pizzaType" in fresh.get(f"{MODEL}/profile?by={by}").html


def test_a_built_model_is_another_one(fresh):
    assert "OrderPizza" in fresh.get(TEST).form("line").submit(line="피자봇 가게에서 페퍼로니 주문해 줘").text
    add(fresh.get(ORDER), "우주선 하나 태워 줘")
    build(fresh)
    page = fresh.get(TEST).form("line").submit(line="피자봇 가게에서 우주선 하나 태워 줘")
    assert "nearest to '우주선 하나 태워 줘' (1.00)" in page.text


def test_what_is_found_is_listed_in_pages(built):
    lines = "\n".join(f"{number}번 자리로 가져와" for number in range(PAGE + 5))
    for name in ("Bring", "Carry"):
        add(built.get(MODEL).form("intent").submit(intent=name), lines)
    build(built)
    first, second = (built.get(f"{MODEL}?found={number}") for number in (1, 2))
    found = [page.html.split('id="found"')[1].split("</section>")[0] for page in (first, second)]
    assert found[0].count("list-group-item") == PAGE
    assert 5 <= found[1].count("list-group-item") < PAGE
    assert found[0].count("text-bg-danger") == PAGE
    assert f"{MODEL}?found=2#found" in first.links


def test_pages_that_push_each_other_out_are_shown_both(fresh, slow, monkeypatch):
    goes_on, made = slow
    monkeypatch.setitem(kept.MAX_KEPT, "understanders", 1)
    pages = [PROFILE, f"{PROFILE}&by=edited"]
    assert all(NOT_READY in fresh.get(page).text for page in pages)
    goes_on.set()
    until(lambda: len(made) == 2 and all(hasattr(one, "is_finished") for one in made))
    for page in pages:
        until(lambda page=page: NOT_READY not in fresh.get(page).text)
    assert len(made) == 2


def test_whoever_looks_at_what_is_kept_uses_it(monkeypatch):
    monkeypatch.setitem(kept.MAX_KEPT, "understanders", 2)
    things = kept.Kept()
    for name in ("first", "second"):
        things.put("understanders", name, name)
    assert things.peek("understanders", "first") == "first"
    things.put("understanders", "third", "third")
    assert things.peek("understanders", "first") == "first"
    assert things.peek("understanders", "second") is None


def test_those_that_no_page_comes_back_for_are_not_held_for_ever(fresh, slow, monkeypatch):
    goes_on, made = slow
    monkeypatch.setitem(kept.MAX_KEPT, "understanders", 1)
    monkeypatch.setattr(preparing, "MAX_HELD", 0)
    assert NOT_READY in fresh.get(PROFILE).text
    goes_on.set()
    until(lambda: all(hasattr(one, "is_finished") for one in made))
    time.sleep(0.2)
    for page in (f"{PROFILE}&by=edited", PROFILE):
        until(lambda page=page: NOT_READY not in fresh.get(page).text)
    assert len(made) == 3


def test_a_machine_without_a_thread_left_tries_again(fresh, monkeypatch, caplog):
    def start(_thread):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(threading.Thread, "start", start)
        page = fresh.get(PROFILE)
    assert (page.status, NOT_READY in page.text) == (200, True)
    assert "No thread can be started" in caplog.text
    assert "OrderPizza" in fresh.get(PROFILE).text


def test_a_failure_of_any_kind_is_told_and_not_repeated_at_each_look(fresh, monkeypatch, caplog):
    tried = []

    def fail(*_given, **_options):
        tried.append(time.sleep(0.3))
        raise RecursionError

    monkeypatch.setattr(understanders, "Understander", fail)
    monkeypatch.setattr(preparing, "PATIENCE", 0.05)
    assert NOT_READY in fresh.get(PROFILE).text
    until(lambda: NOT_READY not in fresh.get(PROFILE).text)
    assert "could not be made ready. The log of the console tells why." in fresh.get(PROFILE).text
    assert "RecursionError" in caplog.text
    assert len(tried) == 1


def test_a_failure_is_told_in_the_language_of_the_page_until_it_has_passed(fresh, monkeypatch):
    korean = Browser(fresh.client.application, language="ko")
    monkeypatch.setattr(preparing, "FAILURE_SECONDS", 2)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(fuzzy, "fuzz", None)
        for page in (TEST, PROFILE):
            assert "발화를 이해하려면 rapidfuzz 패키지가 필요하지만" in korean.get(page).text
    until(lambda: "rapidfuzz" not in korean.get(TEST).text)
    assert "OrderPizza" in korean.get(PROFILE).text


def test_a_review_without_what_understands_tells_what_it_did_not_check(fresh, monkeypatch):
    form = fresh.get("/extensions/1/store").form("seen")
    form.submit(examples=["피자봇 가게 시작해 줘", "피자봇 가게에서 페퍼로니 주문해 줘", ""])
    monkeypatch.setattr(fuzzy, "fuzz", None)
    for page in ("release", "reviewing"):
        page = fresh.get(f"/extensions/1/{page}")
        assert page.status == 200
        assert "Understanding utterances needs rapidfuzz, which is not installed." in page.text
    assert fresh.get("/extensions/1/release").form("message").submit(message="첫 심사입니다.").status < 500
