"""The profiler: what an utterance is understood as, and what else was considered."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from tests.devtools.console.models.pages import MODEL, ORDER, add, build

PROFILE = f"{MODEL}/profile"


@pytest.fixture
def built(browser, pizza):
    """Two intents of its own and those that are built in; returns the browser."""
    page = browser.get(MODEL).form("intent").submit(intent="OrderStatus")
    add(page, "주문한 피자 언제 와\n배달 어디쯤이야")
    page = browser.get(ORDER).form("new-slot")
    page.submit(("do", "new-slot"), **{"new-slot": "count", "type": "CLOVA.NUMBER"})
    add(browser.get(ORDER), "<pizzaType>불고기</pizzaType> <count>두</count> 판 주문해 줘")
    build(browser)
    return browser


def profile(browser, utterance, **chosen):
    form = browser.get(PROFILE).form("utterance")
    return form.submit(utterance=utterance, **chosen)


def test_an_utterance_with_what_was_considered(built):
    page = profile(built, "페페로니 피자 세 판 주문해 주세요")
    html = page.html.split('id="understood"')[1]
    best, considered = html.split('id="considered"')
    assert "OrderPizza" in best
    assert '<th scope="row">pizzaType</th><td>페퍼로니</td><td>페페로니</td>' in best
    assert '<th scope="row">count</th><td>3</td>' in best
    assert "Nearest expression:" in best
    assert "&lt;pizzaType&gt;불고기&lt;/pizzaType&gt; &lt;count&gt;두&lt;/count&gt; 판 주문해 줘" in best
    assert f"{MODEL}/intents/OrderStatus" in considered
    assert "&gt;" not in considered.split("OrderStatus")[0]
    assert "주문한 피자 언제 와" in considered
    assert f"{MODEL}/intents/OrderPizza" not in considered


def test_an_expression_as_it_stands(built):
    page = profile(built, "배달 어디쯤이야")
    assert "OrderStatus" in page.html.split('id="understood"')[1].split("</h3>")[0]
    assert "Confidence 1.0" in page.text
    assert "No slot is filled." in page.text


def test_built_in_intents_are_considered(built):
    page = profile(built, "응 그래")
    assert "Clova.YesIntent" in page.html.split('id="understood"')[1].split("</h3>")[0]


def test_nothing_is_near_enough(built):
    page = profile(built, "우주에는 별이 몇 개나 있나")
    assert "Clova.GuideIntent" in page.html.split('id="understood"')[1].split("</h3>")[0]
    assert "Nothing is near enough" in page.text
    assert "0.24 is needed" in page.text


@pytest.mark.parametrize(
    ("utterance", "told"),
    [
        ("피자봇 가게 시작해 줘", "It calls the extension by its name, and launches it."),
        ("이제 그만할래", "It ends the session."),
        ("피자봇 가게에서 배달 어디쯤이야", "Without the invocation name: 배달 어디쯤이야"),
    ],
)
def test_what_calls_and_ends_the_extension(built, utterance, told):
    assert told in profile(built, utterance).text


def test_the_built_model_or_the_edited_one(built):
    add(built.get(f"{MODEL}/intents/OrderStatus"), "언제쯤 먹을 수 있을까")
    page = profile(built, "언제쯤 먹을 수 있을까")
    assert "Confidence 1.0" not in page.text
    assert "The model was edited after it was built" in page.text
    page = profile(built, "언제쯤 먹을 수 있을까", by="edited")
    assert "Confidence 1.0" in page.text
    assert page.form("utterance").values["utterance"] == ["언제쯤 먹을 수 있을까"]
    assert 'id="by-edited" value="edited" checked' in page.html


def test_what_the_extension_has_asked_for(built):
    page = profile(built, "세 판이요", asked="count")
    assert '<th scope="row">count</th><td>3</td>' in page.html


def test_a_model_that_was_never_built(browser, pizza):
    page = profile(browser, "페퍼로니 주문해 줘")
    assert "The model has not been built yet." in page.text
    page = profile(browser, "페퍼로니 주문해 줘", by="edited")
    assert "Confidence 1.0" in page.text


def test_a_japanese_utterance(browser, register):
    register("line", extension_id="com.example.sakura", invocation_name="さくら珈琲")
    browser.get(MODEL).form("words").submit(type="DRINK", words="コーヒー、珈琲\n紅茶")
    page = browser.get(MODEL).form("intent").submit(intent="OrderDrink")
    page = page.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "drink", "type": "DRINK"})
    add(page, "<drink>コーヒー</drink>をください\n<drink>紅茶</drink>を注文して")
    page = profile(browser, "珈琲を注文してください", by="edited")
    assert '<th scope="row">drink</th><td>コーヒー</td><td>珈琲</td>' in page.html


def test_of_a_version_in_service_its_own_model_is_asked(console, built):
    from clova_flask.devtools.console.lifecycle import PREPARING
    from clova_flask.devtools.console.records import Version, db
    from clova_flask.devtools.console.review.transitions import perform

    with console.app_context():
        version = db.session.get(Version, 1)
        version.state = PREPARING
        db.session.commit()
        perform(version.extension, "deploy")
    add(built.get(f"{MODEL}/intents/OrderStatus"), "언제쯤 먹을 수 있을까")
    build(built)
    assert "Confidence 1.0" in profile(built, "언제쯤 먹을 수 있을까").text
    form = built.get(f"{PROFILE}?version=1").form("utterance")
    assert "Confidence 1.0" not in form.submit(utterance="언제쯤 먹을 수 있을까").text


@pytest.mark.parametrize("utterance", ["<script>alert(1)</script>", "\0", "피" * 5000, " ", "?!"])
def test_odd_utterances(built, utterance):
    page = built.get(PROFILE, query={"utterance": utterance, "by": "edited", "asked": "<b>"})
    assert page.status == 200
    assert "<script>alert" not in page.html


def test_without_what_understands(built, monkeypatch):
    from clova_flask.devtools.understanding import fuzzy

    monkeypatch.setattr(fuzzy, "fuzz", None)
    add(built.get(ORDER), "새 피자 줘")
    page = profile(built, "피자 줘", by="edited")
    assert page.status == 200
    assert "pip install 'clova-flask[local]'" in page.text
