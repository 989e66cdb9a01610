"""The interaction model of an extension: edited, up and down, built."""

import io
import threading

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools.console.lifecycle import IN_REVIEW, PREPARING
from clova_flask.devtools.console.models.building import built_model_of
from clova_flask.devtools.console.models.records import ModelBuild, ModelPart
from clova_flask.devtools.console.models.store import model_of, store_model
from clova_flask.devtools.console.records import Version, db
from clova_flask.devtools.console.review.transitions import perform
from clova_flask.devtools.model.expressions import parse_expression
from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    IntentSlot,
    InteractionModel,
    SlotEntry,
)
from tests.devtools.console.browser import Browser
from tests.devtools.console.models.pages import MODEL, ORDER, TYPE, add, row, send_all, stored, zipped


def test_a_model_is_made_by_the_forms(console, pizza):
    model = stored(console)
    assert pizza.path == ORDER
    assert [item.text for item in model.intents["OrderPizza"].expressions] == [
        "<pizzaType>페퍼로니</pizzaType> 주문해 줘",
        "<pizzaType>불고기</pizzaType> 하나 시켜 줘",
    ]
    assert model.slot_types["PIZZA_TYPE"].entries[0].synonyms == ("페페로니",)
    assert model.invocation_names == ("피자봇 가게",)
    assert model.language == "ko"


def test_a_japanese_model(console, browser, register):
    register("line", extension_id="com.example.sakura", invocation_name="さくら珈琲")
    browser.get(MODEL).form("words").submit(type="DRINK", words="コーヒー、珈琲\n紅茶")
    page = browser.get(MODEL).form("intent").submit(intent="OrderDrink")
    page = page.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "drink", "type": "DRINK"})
    page = add(page, "<drink>コーヒー</drink>をください\n<drink>紅茶</drink>を注文して")
    assert '<mark class="slot slot-0">コーヒー<small>drink</small></mark>' in page.html
    model = stored(console)
    assert model.language == "ja"
    assert model.slot_types["DRINK"].entries[0].synonyms == ("珈琲",)


def test_each_line_that_is_no_expression_is_told_and_nothing_is_added(console, pizza):
    page = add(pizza, "피자 줘\n<pizzaType>콤비네이션 줘\n치즈 <a><b>x</b></a>")
    assert page.status == 422
    assert "Line 2: <pizzaType> is never closed." in page.text
    assert "Line 3: <b> is inside <a>" in page.text
    assert "피자 줘" in page.form("lines").values["lines"][0]
    assert len(stored(console).intents["OrderPizza"].expressions) == 2


def test_an_expression_is_edited_removed_and_put_back(console, browser, pizza):
    old = "<pizzaType>불고기</pizzaType> 하나 시켜 줘"
    page = row(pizza, old).submit(("do", "edit"), text="<pizzaType>불고기</pizzaType> 두 판 줘")
    new = "<pizzaType>불고기</pizzaType> 두 판 줘"
    assert [item.text for item in stored(console).intents["OrderPizza"].expressions][1] == new
    page = row(page, new).submit(("do", "remove"))
    assert len(stored(console).intents["OrderPizza"].expressions) == 1
    undo = next(form for form in page.forms if form.values.get("lines") == [new])
    undo.submit(("do", "add"))
    assert [item.text for item in stored(console).intents["OrderPizza"].expressions][1] == new


def test_of_two_browsers_the_later_is_told(console, browser, pizza):
    old = "<pizzaType>불고기</pizzaType> 하나 시켜 줘"
    other = Browser(console).get(ORDER)
    row(pizza, old).submit(("do", "edit"), text="불고기 줘")
    page = row(other, old).submit(("do", "edit"), text="불고기 피자 줘")
    assert page.status == 409
    assert "changed or removed elsewhere" in page.text
    assert "You have entered:" in page.text
    refused = other.form("seen").submit()
    assert "is not deleted" in refused.text
    expressions = [item.text for item in stored(console).intents["OrderPizza"].expressions]
    assert expressions[1] == "불고기 줘"
    again = next(form for form in page.forms if form.values.get("lines") == ["불고기 피자 줘"])
    assert "Saved." in again.submit(("do", "add")).text
    now = [item.text for item in stored(console).intents["OrderPizza"].expressions]
    assert now == [*expressions, "불고기 피자 줘"]


def slot(page, name="pizzaType"):
    return next(form for form in page.forms if form.values.get("slot") == [name])


def test_of_two_types_of_a_slot_both_are_shown(console, browser, pizza):
    other = Browser(console).get(ORDER)
    slot(pizza).submit(("do", "slot"), type="CLOVA.NUMBER")
    page = slot(other).submit(("do", "slot"), type="CLOVA.DATETIME")
    assert page.status == 409
    assert "Stored meanwhile: CLOVA.NUMBER" in page.text
    assert stored(console).intents["OrderPizza"].slot_type("pizzaType") == "CLOVA.NUMBER"
    assert slot(page).values["type"] == ["CLOVA.DATETIME"]
    assert "Saved." in slot(page).submit(("do", "slot")).text
    assert stored(console).intents["OrderPizza"].slot_type("pizzaType") == "CLOVA.DATETIME"


def test_a_slot_that_was_renamed_meanwhile_can_be_added_anew(console, browser, pizza):
    other = Browser(console).get(ORDER)
    slot(pizza).submit(("do", "slot"), new="kind")
    page = slot(other).submit(("do", "slot"), new="sort")
    assert page.status == 409
    again = next(form for form in page.forms if form.values.get("new-slot") == ["sort"])
    assert "Saved." in again.submit(("do", "new-slot")).text
    slots = {one.name: one.type for one in stored(console).intents["OrderPizza"].slots}
    assert slots == {"kind": "PIZZA_TYPE", "sort": "PIZZA_TYPE"}


def entries(console):
    return {entry.value: entry.synonyms for entry in stored(console).slot_types["PIZZA_TYPE"].entries}


def test_of_two_who_change_the_synonyms_of_a_word_both_are_shown(console, browser, pizza):
    add(browser.get(TYPE), "고구마, 호박고구마")
    mine, theirs = browser.get(TYPE), Browser(console).get(TYPE)
    row(theirs, "고구마").submit(("do", "edit"), synonyms="밤고구마")
    for do in ("edit", "remove"):
        page = row(mine, "고구마").submit(("do", do), synonyms="물고구마")
        assert page.status == 409
        assert entries(console)["고구마"] == ("밤고구마",)
    page = row(mine, "고구마").submit(("do", "edit"), synonyms="물고구마")
    assert "Stored meanwhile: 고구마 : 밤고구마" in page.text.replace("고구마:", "고구마 :")
    assert row(page, "고구마").values["synonyms"] == ["물고구마"]
    assert "Saved." in row(page, "고구마").submit(("do", "edit")).text
    assert entries(console)["고구마"] == ("물고구마",)


def test_a_word_that_was_removed_meanwhile_can_be_added_anew(console, browser, pizza):
    add(browser.get(TYPE), "고구마")
    mine, theirs = browser.get(TYPE), Browser(console).get(TYPE)
    row(theirs, "고구마").submit(("do", "remove"))
    page = row(mine, "고구마").submit(("do", "edit"), value="단호박", synonyms="호박")
    assert page.status == 409
    again = next(form for form in page.forms if form.values.get("lines") == ["단호박, 호박"])
    assert "Saved." in again.submit(("do", "add")).text
    assert entries(console)["단호박"] == ("호박",)


def test_expressions_added_at_once_are_all_kept(console, pizza):
    def write(who):
        browser = Browser(console)
        for number in range(6):
            page = add(browser.get(ORDER), f"{who} 피자 {number} 줘")
            while page.status == 409:
                page = add(browser.get(ORDER), f"{who} 피자 {number} 줘")
            assert page.status == 200

    threads = [threading.Thread(target=write, args=(who,)) for who in ("보라", "さくら")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stored(console).intents["OrderPizza"].expressions) == 14


def test_what_the_checks_find_is_shown_at_its_line(pizza):
    page = add(pizza, "<pizzaSize>라지</pizzaSize> 피자 줘")
    row = page.html.split("라지<small>pizzaSize")[1].split("</li>")[0]
    assert "pizzaSize" in row
    assert "error" in row


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Enter a name."),
        ("Clova.YesIntent", "the platform&#39;s own"),
        ("../model", "must be of letters"),
        ("Order Pizza", "must be of letters"),
        ("OrderPizza", "an intent of this name already"),
        ("P" * 61, "at most 60 characters"),
    ],
    ids=["none", "platform's", "path", "space", "taken", "long"],
)
def test_names_that_an_intent_cannot_have(browser, pizza, name, told):
    page = browser.get(MODEL).form("intent").submit(intent=name)
    assert page.status == 422
    assert told in page.html


def test_a_slot_type_is_renamed_in_the_intents_too(console, browser, pizza):
    page = browser.get(TYPE).form("name").submit(name="PIZZA")
    assert page.path.endswith("/slot-types/PIZZA")
    model = stored(console)
    assert list(model.slot_types) == ["PIZZA"]
    assert model.intents["OrderPizza"].slot_type("pizzaType") == "PIZZA"


def test_a_slot_is_renamed_and_removed_with_its_tags(console, browser, pizza):
    form = next(form for form in pizza.forms if form.values.get("slot") == ["pizzaType"])
    page = form.submit(("do", "slot"), new="pizza")
    assert stored(console).intents["OrderPizza"].expressions[0].text == "<pizza>페퍼로니</pizza> 주문해 줘"
    form = next(form for form in page.forms if form.values.get("slot") == ["pizza"])
    form.submit(("do", "remove-slot"))
    intent = stored(console).intents["OrderPizza"]
    assert intent.slots == ()
    assert intent.expressions[0].text == "페퍼로니 주문해 줘"


def test_words_are_edited_and_the_last_one_stays(console, browser, pizza):
    page = browser.get(TYPE)
    page = next(form for form in page.forms if form.values.get("old") == ["불고기"]).submit(("do", "remove"))
    assert [entry.value for entry in stored(console).slot_types["PIZZA_TYPE"].entries] == ["페퍼로니"]
    last = next(form for form in page.forms if form.values.get("old") == ["페퍼로니"])
    assert "A slot type needs a word." in last.submit(("do", "remove")).text
    page = browser.get(TYPE)
    page.form("synonyms").submit(("do", "edit"), value="페퍼로니", synonyms="페페로니, 매운 피자")
    entry = stored(console).slot_types["PIZZA_TYPE"].entries[0]
    assert entry.synonyms == ("페페로니", "매운 피자")


def test_a_built_in_type_of_a_slot_is_listed_in_the_model(console, pizza):
    slot = {"new-slot": "count", "type": "CLOVA.NUMBER"}
    pizza.form("new-slot").submit(("do", "new-slot"), **slot)
    assert stored(console).built_in_slot_types == ("CLOVA.NUMBER",)


def test_built_in_ones_are_those_of_the_platform(console, browser, pizza):
    """NAVER gives each extension four intents, and its console shows them greyed."""
    page = browser.get(MODEL)
    assert "CLOVA.DATETIME_RECENT" not in page.html
    assert "Clova.FallbackIntent" not in page.html
    assert page.text.count("always on") == 4
    page.form("chosen").submit(chosen=["Clova.StopIntent", "CLOVA.ORDER"])
    model = stored(console)
    assert model.built_in_intents == (
        "Clova.CancelIntent", "Clova.GuideIntent", "Clova.YesIntent", "Clova.NoIntent", "Clova.StopIntent"
    )  # fmt: skip
    assert model.built_in_slot_types == ("CLOVA.ORDER",)


def test_on_line_the_guide_is_locked_and_the_others_are_chosen(console, browser, register):
    register("line", extension_id="com.example.sakura", invocation_name="さくら珈琲")
    page = browser.get(MODEL)
    assert page.text.count("always on") == 1
    assert "Clova.StopIntent" not in page.html
    assert "Without it, Clova.GuideIntent gets that." in page.text
    page.form("chosen").submit(chosen=["Clova.FallbackIntent", "Clova.YesIntent"])
    assert stored(console).built_in_intents == (
        "Clova.GuideIntent", "Clova.YesIntent", "Clova.FallbackIntent"
    )  # fmt: skip


def test_built_in_ones_are_described_with_examples(browser, pizza):
    page = browser.get(MODEL)
    assert "A date, a time, both, or a period. 오늘 저녁 7시, 다음 주" in page.text
    assert "The user asks for help. 도움말" in page.text
    assert "CLOVA.NUMBER – A number; with its unit where the tag encloses it." in browser.get(ORDER).text


def test_what_is_always_on_is_built_where_the_model_does_not_list_it(console, browser, pizza):
    config = 'language = "ko"\nbuilt_in_intents = ["Clova.StopIntent"]\n'
    send_all(browser, zipped(("model.toml", config), ("intents/A.tsv", "[INTENT EXPRESSION]\n피자 줘\n")))
    assert stored(console).built_in_intents == ("Clova.StopIntent",)
    browser.get(MODEL).form_to("build").submit()
    with console.app_context():
        built = built_model_of(db.session.get(Version, 1))
    assert set(built.built_in_intents) == {
        "Clova.StopIntent", "Clova.CancelIntent", "Clova.GuideIntent", "Clova.YesIntent", "Clova.NoIntent"
    }  # fmt: skip


def test_the_files_go_down_and_up(console, browser, pizza):
    path = f"{MODEL}/files/intents/OrderPizza"
    sent = browser.get(f"{path}.tsv")
    data = sent.response.get_data()
    assert "com.example.pizzabot_intent_OrderPizza.tsv" in sent.response.headers["Content-Disposition"]
    assert "<pizzaType>페퍼로니</pizzaType> 주문해 줘" in data.decode()
    longer = data + "피자 줘\n".encode()
    page = browser.get(path).form("file").submit(file=(io.BytesIO(longer), "a.tsv"))
    assert "OrderPizza is replaced by the file." in page.text
    assert len(stored(console).intents["OrderPizza"].expressions) == 3
    assert browser.get(f"{path}.tsv").response.get_data() == longer


def test_a_file_that_is_none_is_told_with_its_lines(console, browser, pizza):
    wrong = "[INTENT SLOT]\npizzaType\n\n[INTENT EXPRESSION]\n<pizzaType>불고기 줘\n"
    page = browser.get(f"{MODEL}/files/intents/OrderPizza").form("file")
    page = page.submit(file=(io.BytesIO(wrong.encode()), "a.tsv"))
    assert page.status == 422
    assert "Line 2: The slot 'pizzaType' has no type." in page.text
    assert "Line 5: <pizzaType> is never closed." in page.text
    assert len(stored(console).intents["OrderPizza"].expressions) == 2


def test_a_whole_model_goes_down_and_up_as_a_zip(console, browser, pizza):
    data = browser.get(f"{MODEL}/files/model.zip").response.get_data()
    before = stored(console)
    pizza.form("seen").submit()
    assert stored(console).intents == {}
    assert "The model is replaced by the file." in send_all(browser, data).text
    assert stored(console) == before


def test_a_build_makes_the_model_that_tests_use(console, browser, pizza):
    page = browser.get(MODEL).form_to("build").submit()
    assert "The model is built." in page.text
    page = add(browser.get(ORDER), "피자 주문")
    page = browser.get(MODEL)
    assert "edited since" in page.text
    with console.app_context():
        built = built_model_of(db.session.get(Version, 1))
    assert len(built.intents["OrderPizza"].expressions) == 2
    assert built.invocation_names == ("피자봇 가게",)
    assert "Tests use the model as it is." in page.form_to("build").submit().text


def test_errors_refuse_the_build_and_the_one_before_stays(console, browser, pizza):
    browser.get(MODEL).form_to("build").submit()
    browser.get(MODEL).form("intent").submit(intent="Empty")
    page = browser.get(MODEL).form_to("build").submit()
    assert "is not built" in page.text
    assert "The intent has no expressions" in page.text
    with console.app_context():
        assert list(built_model_of(db.session.get(Version, 1)).intents) == ["OrderPizza"]


def test_conflicts_are_told_with_who_wins(browser, pizza):
    pytest.importorskip("rapidfuzz")
    add(pizza, "좋아")
    browser.get(MODEL).form("chosen").submit(
        chosen=["Clova.YesIntent", "Clova.CancelIntent", "Clova.StopIntent"]
    )
    page = browser.get(MODEL).form("intent").submit(intent="Reorder")
    page = page.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "pizza", "type": "PIZZA_TYPE"})
    add(page, "<pizza>불고기</pizza> 주문 좀 해 줘\n<pizza>불고기</pizza> 또 시켜 줘")
    page = browser.get(MODEL).form_to("build").submit()
    conflicts = page.html.split('id="conflicts"')[1]
    assert "<strong>좋아</strong>" in conflicts
    assert "Clova.YesIntent: <code>좋아</code>" in conflicts
    assert "Reorder: <code>&lt;pizza&gt;불고기&lt;/pizza&gt; 주문 좀 해 줘</code>" in conflicts
    assert "OrderPizza: <code>&lt;pizzaType&gt;페퍼로니&lt;/pizzaType&gt; 주문해 줘</code>" in conflicts
    assert "또 시켜" not in conflicts
    assert "Clova.StopIntent" not in conflicts  # which claims what Clova.CancelIntent does
    assert "At the last build also claimed by OrderPizza" in browser.get(f"{MODEL}/intents/Reorder").text


def test_what_a_model_contains_is_never_markup(browser, pizza):
    page = browser.get(MODEL).form("words").submit(type="EVIL", words="<script>alert(1)</script>")
    assert "<script>alert" not in page.html
    page = browser.get(f"{ORDER}?q=%3Cscript%3Ealert(1)&removed=%3Cimg%20src=x%3E")
    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_help_shows_how_a_tag_is_written(console, pizza, language):
    assert "<pizzaType>…</pizzaType>" in Browser(console, language=language).get(ORDER).text


def test_a_home_extension_has_no_model(browser, register):
    page = register("naver", "home")
    assert "/model" not in " ".join(page.links)
    assert browser.get(MODEL).status == 404


def test_deleting_the_extension_deletes_its_model(console, browser, pizza):
    browser.get(MODEL).form_to("build").submit()
    browser.get("/extensions/1/delete").form().submit()
    with console.app_context():
        assert db.session.query(ModelPart).count() == db.session.query(ModelBuild).count() == 0


def test_a_release_leaves_each_version_a_model_of_its_own(console, browser, pizza):
    browser.get(MODEL).form_to("build").submit()
    with console.app_context():
        version = db.session.get(Version, 1)
        version.state = PREPARING
        db.session.commit()
        perform(version.extension, "deploy")
    add(browser.get(ORDER), "새 피자 줘")
    old = browser.get(f"{ORDER}?version=1")
    assert "새 피자 줘" not in old.text
    assert not any("lines" in form.types for form in old.forms)
    assert "새 피자 줘" in browser.get(ORDER).text
    with console.app_context():
        first, second = db.session.get(Version, 1), db.session.get(Version, 2)
        assert built_model_of(second) == built_model_of(first)
        assert len(model_of(first).intents["OrderPizza"].expressions) == 2


def test_what_is_in_review_is_not_changed(console, browser, pizza):
    with console.app_context():
        db.session.get(Version, 1).state = IN_REVIEW
        db.session.commit()
    assert add(pizza, "피자 줘").status == 409
    assert len(stored(console).intents["OrderPizza"].expressions) == 2


def test_200_intents_of_200_expressions_stay_usable(console, browser, register):
    """The figures are of the test's machine; the limit leaves room for a slow one."""
    import time

    register(invocation_names=["피자봇 가게"])
    words = [f"피자{n}" for n in range(200)]
    intents = {
        f"Order{n}": CustomIntent(
            f"Order{n}",
            (IntentSlot("pizza", "PIZZA"),),
            tuple(parse_expression(f"<pizza>{word}</pizza> {n}번 주문해 줘") for word in words),
        )
        for n in range(200)
    }
    types = {"PIZZA": CustomSlotType("PIZZA", tuple(SlotEntry(word) for word in words))}
    with console.app_context():
        store_model(db.session.get(Version, 1), InteractionModel(intents=intents, slot_types=types))
        db.session.commit()
    browser.get(MODEL)
    took = {}
    for path in (
        MODEL,
        f"{MODEL}/intents/Order7",
        f"{MODEL}/intents/Order7?q=피자1&page=2",
        f"{MODEL}/slot-types/PIZZA",
    ):
        started = time.perf_counter()
        page = browser.get(path)
        took[path] = time.perf_counter() - started
        assert page.status == 200
    assert max(took.values()) < 1.0, took


def test_a_tag_that_is_no_slot_is_told_when_its_expression_is_saved(browser, pizza):
    page = add(pizza, "<size>큰</size> 피자 <b>둘</b>")
    assert "Saved, and not right yet: tags that are no slots: <size>, <b>." in page.text
    assert "&lt;size&gt;" in page.html
    page = row(page, "<size>큰</size> 피자 <b>둘</b>").submit(("do", "edit"), text="큰 피자 둘")
    assert "Saved." in page.text
    assert "not right yet" not in page.text
