"""Runs of a set, what came of them, and what changed."""

import threading
from datetime import UTC, datetime

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from clova_flask.devtools.console.evaluating import jobs, run_pages, runs, store
from clova_flask.devtools.console.evaluating.records import UtteranceSet
from clova_flask.devtools.console.kept import Kept
from clova_flask.devtools.console.records import Extension, db
from clova_flask.devtools.understanding import fuzzy
from tests.devtools.console.browser import Browser
from tests.devtools.console.evaluating.sets import EVALUATE, cells, change, new_set, run
from tests.devtools.console.models.pages import ORDER, add, build, row


@pytest.fixture
def with_set(pizza):
    new_set(pizza)
    return pizza


def test_a_run_with_its_figures(with_set):
    page = run(with_set)
    assert page.path == f"{EVALUATE}/runs/1"
    assert "80.0 % Accuracy" in page.text
    assert "5 utterances in" in page.text
    assert "This is the first run that is kept." in page.text
    errors = page.html.split('id="utterances"')[1].split('id="figures"')[0]
    assert "주문해 줘 네" in errors
    assert "Clova.NoIntent" in errors
    assert "네 좋아요" not in errors
    figures = page.html.split('id="figures"')[1]
    assert "pizzaType" in figures
    assert "OrderPizza" in figures


def test_the_matrix_is_a_table_whose_numbers_lead_to_their_utterances(with_set):
    page = run(with_set)
    found = cells(page)
    assert sum("right" in cell for cell in found) == 3
    [wrong] = [cell for cell in found if "wrong shade-5" in cell]
    assert wrong
    link = next(link for link in page.links if "expected=Clova.NoIntent" in link)
    shown = with_set.get(link.partition("#")[0]).html.split('id="utterances"')[1].split('id="figures"')[0]
    assert "주문해 줘 네" in shown
    assert "시세" not in shown
    assert "style=" not in page.html


def test_outcomes_by_verdict(with_set):
    run(with_set)
    page = with_set.get(f"{EVALUATE}/runs/1", query={"verdict": "right"})
    shown = page.html.split('id="utterances"')[1].split('id="figures"')[0]
    assert "오늘 주식 시세" in shown
    assert "주문해 줘 네" not in shown
    assert with_set.get(f"{EVALUATE}/runs/1", query={"verdict": "what", "page": "9"}).status == 200


def test_the_edited_model_or_the_built_one(with_set):
    add(with_set.get(ORDER), "우주선 하나 태워 줘")
    change(with_set.get(f"{EVALUATE}/1"), "add", lines="우주선 하나 태워 줘 얼른\tOrderPizza")
    edited = run(with_set, model="1-edited")
    assert "Version 1, as it is edited" in edited.text
    built = run(with_set, model="1-built")
    assert "Version 1, as it was built" in built.text
    assert "83.3 % Accuracy" in edited.text
    assert "66.7 % Accuracy" in built.text
    assert "▼ 1 worse" in built.text


def test_runs_of_two_sets_are_not_compared(with_set):
    run(with_set)
    new_set(with_set, name="다른 세트")
    run(with_set, number=2)
    page = with_set.get(f"{EVALUATE}/runs/2/against/1")
    assert page.status == 404
    assert "different sets" in page.text


def test_a_regression_is_seen(with_set):
    first = run(with_set)
    row(with_set.get(ORDER), "<pizzaType>불고기</pizzaType> 하나 시켜 줘").submit(("do", "remove"))
    with_set.get(ORDER).form_to("rename").submit(name="Bake")
    after = run(with_set)
    assert "▼ 2 worse" in after.text
    compared = with_set.get(next(link for link in after.links if "/against/" in link))
    worse = compared.html.split("Worse (2)")[1].split("Better (0)")[0]
    assert "페퍼로니 주문해 줄래" in worse
    assert "5 utterances are in both runs" in compared.text
    listed = with_set.get(f"{EVALUATE}/1")
    assert "▼ 40.0" in listed.text
    back = after.form("other").submit()
    assert back.path == f"{EVALUATE}/runs/2/against/1"
    assert "▲" not in back.text
    assert "▲ 2 better" in with_set.get(f"{EVALUATE}/runs/1/against/2").text
    assert first.path == f"{EVALUATE}/runs/1"


def test_the_same_model_again(with_set):
    run(with_set)
    page = run(with_set)
    assert "nothing better or worse" in page.text
    assert "by the same model" in page.text


def test_two_models_are_run_and_compared_at_once(with_set):
    add(with_set.get(ORDER), "주문해 줘 네")
    page = run(with_set, model="1-edited", against="1-built")
    assert page.path == f"{EVALUATE}/runs/2/against/1"
    assert "Version 1, as it was built" in page.text
    assert "Version 1, as it is edited" in page.text


def test_any_version_is_run(console, with_set):
    from clova_flask.devtools.console.records import Version, db
    from clova_flask.devtools.console.review import transitions

    with console.app_context():
        version = db.session.get(Version, 1)
        for action in ("request_review", "approve", "deploy"):
            transitions.perform(version.extension, action, message="심사 부탁드립니다")
    chosen = with_set.get(f"{EVALUATE}/1").form("model")
    assert chosen.values["model"] == ["2-edited"]
    assert "Version 1, as it was built" in run(with_set, model="1-built").text
    assert "Version 2, as it is edited" in run(with_set).text


def test_japanese(browser, register):
    register("line", extension_id="com.example.sakura", name="さくらピザ", invocation_name="さくらピザ")
    page = (
        browser.get("/extensions/1/model")
        .form("words")
        .submit(type="PIZZA_TYPE", words="マルゲリータ\n照り焼き")
    )
    page = browser.get("/extensions/1/model").form("intent").submit(intent="OrderPizza")
    page = page.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "pizzaType", "type": "PIZZA_TYPE"})
    add(page, "<pizzaType>マルゲリータ</pizzaType>をください")
    new_set(browser, "回帰", "<pizzaType>照り焼き</pizzaType>をください\tOrderPizza\nはい\tClova.YesIntent\n")
    assert "100.0 % Accuracy" in run(browser).text


def test_a_run_that_takes_long_shows_how_far_it_is_and_is_stopped(with_set, monkeypatch):
    entered, go_on = threading.Event(), threading.Event()

    def slowly(cases, understander):
        for outcome in outcomes_of(cases, understander):
            yield outcome
            entered.set()
            go_on.wait(10)

    outcomes_of = jobs.outcomes_of
    monkeypatch.setattr(jobs, "outcomes_of", slowly)
    monkeypatch.setattr(run_pages, "WAIT", 0.05)
    page = with_set.get(f"{EVALUATE}/1").form("model").submit()
    assert entered.wait(10)
    page = with_set.get(page.path)
    assert page.path == f"{EVALUATE}/1/running"
    assert "1 of 5 utterances" in page.text
    assert "left" in page.text
    assert "<progress" in page.html
    assert "A run is going on." in with_set.get(f"{EVALUATE}/1").text
    assert with_set.get(f"{EVALUATE}/1").form("model").submit().path == page.path  # and no second one
    page.form_to("stop").submit()
    go_on.set()
    while page.path.endswith("/running"):
        page = with_set.get(page.path)
    assert "The run was stopped; nothing of it is kept." in page.text
    assert with_set.get(f"{EVALUATE}/runs/1").status == 404


def test_a_run_is_bounded(with_set, monkeypatch):
    monkeypatch.setattr(jobs, "MAX_SECONDS", 0)
    assert "The run took longer than five minutes" in run(with_set).text


def test_a_run_that_fails_tells_where_to_look(with_set, monkeypatch, caplog):
    def fails(cases, understander):
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "outcomes_of", fails)
    assert "The run failed. The log of the console tells why." in run(with_set).text
    assert "ZeroDivisionError" in caplog.text


def test_a_model_that_is_built_anew_in_the_moment_it_is_chosen(console, with_set, monkeypatch):
    form, other = with_set.get(f"{EVALUATE}/1").form("model"), Browser(console)
    builds, build_of = [lambda: build(other)], runs.build_of

    def and_then_another(version):
        found = build_of(version)
        if builds:
            console.extensions["clova_console_kept"] = Kept()
            thread = threading.Thread(target=builds.pop())
            thread.start()
            thread.join()
        return found

    monkeypatch.setattr(runs, "build_of", and_then_another)
    page = form.submit(model="1-built")
    assert page.status == 409
    assert "Go back and send it again." in page.text
    assert "80.0 % Accuracy" in run(with_set, model="1-built").text


def test_a_run_that_cannot_begin_is_told_and_can_be_tried_again(with_set, monkeypatch, caplog):
    def start(_thread):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(threading.Thread, "start", start)
        page = with_set.get(f"{EVALUATE}/1").form("model").submit()
    assert "The run failed. The log of the console tells why." in page.text
    assert "No thread can be started" in caplog.text
    assert "80.0 % Accuracy" in run(with_set).text


def test_without_the_extra_that_understands(with_set, monkeypatch):
    from clova_flask.errors import ConfigurationError

    def missing(model, zone):
        raise ConfigurationError("Install the extra")

    monkeypatch.setattr(jobs, "understander_of", missing)
    assert "Install the extra" in run(with_set).text


def test_why_a_run_ended_is_told_in_the_language_of_the_page(console, with_set, monkeypatch):
    korean = Browser(console, language="ko")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(fuzzy, "fuzz", None)
        assert "발화를 이해하려면 rapidfuzz 패키지가 필요하지만" in run(korean).text
    monkeypatch.setattr(jobs, "MAX_SECONDS", 0)
    assert "실행이 5분을 넘어 중지했습니다." in run(korean).text


def test_a_set_that_is_deleted_meanwhile(with_set, monkeypatch):
    def deleting(cases, understander):
        with_set.get(f"{EVALUATE}/1").form_to("delete").submit()
        yield from outcomes_of(cases, understander)

    outcomes_of = jobs.outcomes_of
    monkeypatch.setattr(jobs, "outcomes_of", deleting)
    page = with_set.get(f"{EVALUATE}/1").form("model").submit()
    while page.status == 200 and page.path.endswith("/running"):
        page = with_set.get(page.path)
    assert page.status == 404
    assert with_set.get(EVALUATE).status == 200


def test_the_last_runs_are_kept(with_set, monkeypatch):
    monkeypatch.setattr(runs, "MAX_RUNS", 2)
    for _ in range(4):
        run(with_set)
    assert with_set.get(f"{EVALUATE}/runs/2").status == 404
    assert with_set.get(f"{EVALUATE}/runs/3").status == 200
    assert "runs/3" in with_set.get(f"{EVALUATE}/1").html


def test_of_many_intents_those_that_are_mixed_up_are_shown(with_set, monkeypatch):
    monkeypatch.setattr(run_pages, "MAX_LABELS", 2)
    page = run(with_set)
    assert "Only the intents that were taken for others most often." in page.text
    assert len([cell for cell in cells(page) if "wrong" in cell]) == 1


def test_many_errors_have_pages(with_set):
    lines = "".join(f"우주 정거장 {n}호\tOrderPizza\n" for n in range(120))
    new_set(with_set, "많은 것", lines)
    page = run(with_set, 2)
    assert page.html.count("우주 정거장") == 50
    page = with_set.get(page.path, query={"page": "3"})
    assert page.html.count("우주 정거장") == 20


def test_odd_requests(with_set):
    token = with_set.get(f"{EVALUATE}/1").form("model").values["csrf_token"]
    for chosen in ("", "9-edited", "1-what", "x", "1-built-x"):
        page = with_set.post(f"{EVALUATE}/1/run", {"csrf_token": token, "model": [chosen]})
        assert page.status in (200, 404), chosen
    assert with_set.post(f"{EVALUATE}/1/stop", {"csrf_token": token}).status == 200
    assert "Nothing is running." in with_set.get(f"{EVALUATE}/1/running").text
    assert with_set.get(f"{EVALUATE}/runs/1").status == 404
    assert with_set.get(f"{EVALUATE}/runs/1/against", query={"other": "x"}).status == 404


def test_what_a_set_has_is_never_markup(with_set):
    new_set(with_set, "x", '&lt;script&gt; "이름" 네\t<b>\n'.replace("<b>", "Clova.YesIntent"))
    page = run(with_set, 2)
    assert "<script>" not in page.html.split("<main")[1].split("</main>")[0]


def test_what_cannot_be_told_yet_is_not_told():
    assert jobs.Job(runs.SetId(1, 1, datetime.now(UTC)), (), ()).seconds_left() is None


def test_a_run_of_an_extension_that_is_deleted_is_stopped(console, with_set, register, monkeypatch):
    entered, go_on = threading.Event(), threading.Event()

    def slowly(cases, understander):
        entered.set()
        go_on.wait(10)
        yield from outcomes_of(cases, understander)

    outcomes_of = jobs.outcomes_of
    monkeypatch.setattr(jobs, "outcomes_of", slowly)
    monkeypatch.setattr(run_pages, "WAIT", 0.05)
    with_set.get(f"{EVALUATE}/1").form("model").submit()
    assert entered.wait(10)
    [job] = console.extensions["clova_console_jobs"]._by_set.values()
    with_set.get("/extensions/1/delete").form().submit()
    register(extension_id="com.example.other")
    assert with_set.get(f"{EVALUATE}/1").status == 404
    assert with_set.get(EVALUATE.replace("1", "2") + "/1").status == 404
    go_on.set()
    assert job.finished.wait(10)
    assert job.problem == jobs.STOPPED
    assert job.runs == []
    assert with_set.get(f"{EVALUATE}/runs/1").status == 404


def test_a_run_that_began_while_its_extension_was_deleted_keeps_nothing(console, with_set):
    with console.app_context():
        extension = db.session.get(Extension, 1)
        old = runs.id_of(db.session.get(UtteranceSet, 1), extension)
        cases, target = store.cases_of(db.session.get(UtteranceSet, 1)), runs.target_of(extension, "1-edited")
    with_set.get("/extensions/1/delete").form().submit()
    job = console.extensions["clova_console_jobs"].start(old, cases, [target])
    assert job.finished.wait(10)
    assert job.problem == jobs.DELETED
    assert with_set.get(f"{EVALUATE}/runs/1").status == 404


def test_what_is_judged_is_told_of_the_whole_set(pizza):
    assert "As soon as one utterance of the set has a tag" in pizza.get(EVALUATE).text
    lines = "불고기 하나 시켜 줘\tOrderPizza"
    new_set(pizza, "의도만", lines)
    assert "Slots are not judged: no utterance of the set tags one." in run(pizza, 1).text
    new_set(pizza, "슬롯도", f"{lines}\n<pizzaType>페퍼로니</pizzaType> 주문해 줘\tOrderPizza")
    page = run(pizza, 2)
    assert "50.0 % Accuracy" in page.text
    assert "Slots are judged in every utterance, since the set tags some" in page.text
