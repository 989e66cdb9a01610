"""Sets of utterances that are kept with an extension."""

import io
import threading

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from clova_flask.devtools.console.evaluating import pages, store
from clova_flask.devtools.evaluation import read_cases
from tests.devtools.console.browser import Browser
from tests.devtools.console.evaluating.sets import EVALUATE, LINES, change, new_set, row, run, upload

SET = f"{EVALUATE}/1"


def download(browser, kind="tsv"):
    return browser.get(f"{SET}/utterances.{kind}").response.get_data()


def texts(browser):
    return [case.expression.text for case in read_cases(download(browser))]


def test_a_set_is_pasted_and_shown(pizza):
    assert "There is no set yet." in pizza.get(EVALUATE).text
    page = new_set(pizza)
    assert page.path == SET
    assert "5 utterances are added." in page.text
    assert "페퍼로니" in page.text
    assert '<mark class="slot slot-0">페퍼로니<small>pizzaType</small></mark>' in page.html
    listed = pizza.get(EVALUATE)
    assert "회귀" in listed.text
    assert "5 utterances · not run yet" in listed.text


def test_the_page_is_linked_from_the_extension(pizza):
    assert EVALUATE in pizza.get("/extensions/1/model").links


def test_a_set_of_a_file_and_its_file(pizza):
    page = pizza.get(EVALUATE)
    file = "\ufeffutterance,intent\r\n" + LINES.replace("\t", ",").replace("\n", "\r\n")
    page = page.form("name").submit(name="파일", file=(io.BytesIO(file.encode()), "set.csv"))
    assert "5 utterances are added." in page.text
    assert download(pizza).decode() == f"utterance\tintent\n{LINES}"
    as_csv = pizza.get(f"{SET}/utterances.csv").response
    assert as_csv.get_data().startswith("\ufeffutterance,intent\n".encode())
    assert "attachment" in as_csv.headers["Content-Disposition"]
    assert [case.intent for case in read_cases(as_csv.get_data())][-2:] == ["Clova.NoIntent", "-"]


def test_a_set_may_begin_without_utterances(pizza):
    page = new_set(pizza, lines="")
    assert "0 utterances are added." in page.text
    page = pizza.get(SET).form("model").submit()
    assert "There is nothing to run yet." in page.text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Enter a name."),
        ("x" * 101, "at most 100 characters"),
        ("회\0귀", "only letters and signs that can be seen"),
        (" 회귀 ", "There is a set of this name already."),
    ],
)
def test_names_of_sets(pizza, name, told):
    new_set(pizza)
    page = new_set(pizza, name)
    assert page.status == 422
    assert told in page.text
    assert page.form("name").values["lines"] == [LINES]


def test_sets_of_two_extensions_may_have_one_name(pizza, register):
    new_set(pizza)
    register(extension_id="com.example.other")
    page = pizza.get("/extensions/2/evaluate").form("name").submit(name="회귀", lines="네\tClova.YesIntent")
    assert page.status == 200
    assert pizza.get("/extensions/2/evaluate/1").status == 404
    assert pizza.get("/extensions/1/evaluate/2").status == 404


def test_every_line_that_is_wrong_is_told(pizza):
    page = new_set(pizza, lines="네\n<a>네\tClova.YesIntent\n네\tClova.YesIntent")
    assert page.status == 422
    assert "Line 1" in page.text
    assert "Line 2" in page.text
    assert "Line 3" not in page.text
    assert "There is no set yet." in pizza.get(EVALUATE).text


_OTHERS = ("네	A".encode("utf-16"), "피자	A".encode("cp949"), b"\0\0", b"x" * 200_000)


@pytest.mark.parametrize("data", _OTHERS, ids=["UTF-16", "CP949", "bytes", "a long line"])
def test_files_that_are_none_are_refused(pizza, data):
    new_set(pizza)
    page = upload(pizza.get(SET), data)
    assert page.status == 422
    assert "Nothing is stored." in page.text
    assert len(texts(pizza)) == 5


def test_utterances_are_added_once(pizza):
    new_set(pizza)
    page = change(pizza.get(SET), "add", lines="네 좋아요\tClova.YesIntent\n그래\tClova.YesIntent")
    assert "1 utterances are added." in page.text
    page = change(page, "add", lines="네, 좋아요!\tClova.NoIntent\n또 그래\tClova.YesIntent")
    assert page.status == 422
    assert "It is in the set already, in another way: 네 좋아요, Clova.YesIntent" in page.text
    assert texts(pizza)[-1] == "그래"


def test_an_utterance_is_written_anew_and_removed_and_put_back(pizza):
    new_set(pizza)
    page = row(pizza.get(SET), "네 좋아요").submit(("do", "edit"), text="응 좋아", intent="Clova.YesIntent")
    assert "Saved." in page.text
    assert "응 좋아" in texts(pizza)
    page = row(page, "응 좋아").submit(("do", "remove"))
    assert "Removed: 응 좋아" in page.text
    assert "응 좋아" not in texts(pizza)
    change(page, "add")
    assert texts(pizza)[-1] == "응 좋아"


@pytest.mark.parametrize(
    ("text", "intent", "told"),
    [
        ("<a>응 좋아", "Clova.YesIntent", "never closed"),
        ("응 좋아", "", "There is no intent."),
        ("", "Clova.YesIntent", "There is no utterance."),
        ("응\n좋아", "Clova.YesIntent", "control character"),
        ("응\0", "Clova.YesIntent", "control character"),
        ("응", "Clova\0", "control character"),
        ("오늘  주식 시세?", "Clova.YesIntent", "This utterance is in the set already."),
    ],
)
def test_what_an_utterance_cannot_be(pizza, text, intent, told):
    new_set(pizza)
    page = row(pizza.get(SET), "네 좋아요").submit(("do", "edit"), text=text, intent=intent)
    assert page.status == 422
    assert told in page.text
    assert row(page, text).values["intent"] == [intent]
    assert "네 좋아요" in texts(pizza)


def test_of_two_who_change_an_utterance_the_later_is_told(pizza):
    new_set(pizza)
    first, second = pizza.get(SET), pizza.get(SET)
    row(first, "네 좋아요").submit(("do", "edit"), text="응 좋아")
    for do in ("edit", "remove"):
        page = row(second, "네 좋아요").submit(("do", do), text="그럼 좋지")
        assert page.status == 409
        assert "changed or removed elsewhere meanwhile" in page.text
    assert "응 좋아" in texts(pizza)
    assert "그럼 좋지" not in texts(pizza)
    page = row(second, "네 좋아요").submit(("do", "edit"), text="그럼 좋지")
    assert "Stored meanwhile: 응 좋아 → Clova.YesIntent" in page.text
    assert "Saved." in row(page, "그럼 좋지").submit(("do", "edit")).text
    assert "그럼 좋지" in texts(pizza)


def test_an_utterance_that_was_removed_meanwhile_can_be_added_anew(pizza):
    new_set(pizza)
    first, second = pizza.get(SET), pizza.get(SET)
    row(first, "네 좋아요").submit(("do", "remove"))
    page = row(second, "네 좋아요").submit(("do", "edit"), text="그럼 좋지")
    assert page.status == 409
    again = next(form for form in page.forms if form.values.get("lines") == ["그럼 좋지\tClova.YesIntent"])
    assert "1 utterances are added." in again.submit(("do", "add")).text
    assert "그럼 좋지" in texts(pizza)


def test_a_set_that_was_changed_meanwhile_is_not_deleted_and_not_renamed(pizza):
    new_set(pizza)
    first = pizza.get(SET)
    change(pizza.get(SET), "add", lines="응\tClova.YesIntent")
    page = first.form_to("delete").submit()
    assert page.status == 409
    assert "is not deleted. Look at it once more." in page.text
    pizza.get(SET).form_to("rename").submit(name="그들의 것")
    page = first.form_to("rename").submit(name="나의 것")
    assert page.status == 409
    assert "Stored meanwhile: 그들의 것" in page.text
    assert page.form_to("rename").values["name"] == ["나의 것"]
    page = page.form_to("rename").submit()
    assert "나의 것" in page.text
    page = page.form_to("delete").submit()
    assert "is deleted." in page.text


def test_two_who_add_at_once_lose_nothing(console, pizza):
    new_set(pizza, lines="")
    statuses = []

    def add(who):
        browser = Browser(console)
        for n in range(8):
            page = change(browser.get(SET), "add", lines=f"{who} {n}번\tOrderPizza\n둘 다 {n}번\tOrderPizza")
            statuses.append(page.status)

    threads = [threading.Thread(target=add, args=(who,)) for who in ("민지", "보라")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 16
    assert len(texts(pizza)) == len(set(texts(pizza))) == 24


def test_renaming_and_deleting(pizza):
    new_set(pizza)
    new_set(pizza, "다른 것", "네\tClova.YesIntent")
    page = pizza.get(SET).form_to("rename").submit(name="다른 것")
    assert page.status == 422
    assert "There is a set of this name already." in page.text
    page = pizza.get(SET).form_to("rename").submit(name="<b>새 이름</b>")
    assert "&lt;b&gt;새 이름&lt;/b&gt;" in page.html
    page = page.form_to("delete").submit()
    assert "is deleted." in page.text
    assert pizza.get(SET).status == 404
    assert pizza.get(f"{EVALUATE}/2").status == 200


def test_searching(pizza):
    new_set(pizza)
    for query, count in (("불고기 하나", 1), ("YesIntent", 1), ("100%", 0), ("", 5), ("!", 0)):
        page = pizza.get(SET, query={"q": query})
        assert len([form for form in page.forms if ("do", "edit") in form.buttons]) == count, query


def test_names_that_the_model_does_not_have_are_told(pizza):
    page = new_set(pizza, lines="피자\tOrderPiza\n<pizaType>불고기</pizaType> 줘\tOrderPizza")
    assert "Did you mean &#39;OrderPizza&#39;?" in page.html
    assert "Did you mean &#39;pizzaType&#39;?" in page.html
    page = run(pizza)
    assert "The set has names that the model does not have" in page.text
    assert "Did you mean &#39;pizzaType&#39;?" in page.html


def test_there_is_a_most(pizza, monkeypatch):
    monkeypatch.setattr(pages, "MAX_CASES", 4)
    page = new_set(pizza)
    assert "A set has at most 4 utterances." in page.text
    assert "There is no set yet." in pizza.get(EVALUATE).text
    monkeypatch.setattr(pages, "MAX_CASES", 6)
    monkeypatch.setattr(store, "MAX_CASES", 6)
    new_set(pizza)
    page = change(pizza.get(SET), "add", lines="하나\tOrderPizza\n둘\tOrderPizza")
    assert page.status == 422
    assert "A set has at most 6 utterances." in page.text
    assert len(texts(pizza)) == 5


def test_a_home_has_none(browser, register):
    register(kind="home", extension_id="com.example.home")
    assert browser.get(EVALUATE).status == 404


def test_sets_go_with_their_extension(console, pizza):
    new_set(pizza)
    pizza.get("/extensions/1/delete").form().submit()
    from clova_flask.devtools.console.evaluating.records import Utterance
    from clova_flask.devtools.console.records import db

    with console.app_context():
        assert db.session.query(Utterance).count() == 0


def test_odd_requests(pizza):
    new_set(pizza)
    form = next(form for form in pizza.get(SET).forms if ("do", "add") in form.buttons)
    token = form.values["csrf_token"]
    assert pizza.post(SET, {"csrf_token": token, "do": ["what"]}).status == 400
    assert pizza.post(SET, {"csrf_token": token, "do": ["edit"], "row": ["99"], "seen": ["x"]}).status == 422
    assert pizza.post(SET, {"csrf_token": token, "do": ["remove"], "row": ["99"]}).status == 409
    assert pizza.get(SET, query={"page": "99999"}).status == 200
    assert pizza.get(f"{SET}/utterances.exe").status == 404
    assert pizza.get(f"{EVALUATE}/7").status == 404


def test_a_line_with_a_comma_among_tabs_is_told_not_to_mix(pizza):
    page = new_set(pizza, lines="네 좋아\tClova.YesIntent\n아니요,Clova.NoIntent")
    assert "Line 2: The line has a comma and no tab" in page.text
    assert "Do not mix the two" in page.text
