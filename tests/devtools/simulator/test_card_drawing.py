"""Cards as a screen shows them."""

import pytest

from clova_flask import cards
from clova_flask.custom.card_templates import ROWS as ROW_FIELDS
from clova_flask.custom.card_templates import TEMPLATES
from clova_flask.devtools.simulator.card_drawing import MAX_ROWS, Drawing, Link, Picture, draw
from clova_flask.devtools.simulator.card_roles import ROLES, ROWS
from clova_flask.devtools.simulator.speech_parts import SpeechPart, speech_parts


def fields_of(roles):
    links = [name for link in roles.links for name in link]
    return {*roles.texts, *roles.pictures, *links, roles.title, roles.large, roles.rows} - {""}


def test_every_template_of_the_guides_has_a_drawing():
    assert set(ROLES) == set(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_drawn_are_fields_of_the_template(template):
    assert fields_of(ROLES[template]) <= set(TEMPLATES[template])
    if ROLES[template].rows:
        assert fields_of(ROWS[ROLES[template].rows]) <= set(ROW_FIELDS[ROLES[template].rows])


def test_a_text():
    drawing = draw(
        cards.text(
            "코스피",
            highlight_text="1,119",
            sub_text="오늘 종가",
            table_list=[{"item1": "고객 센터", "item2": "전화", "item2_link": "1588-1234"}],
            image_url="https://example.com/1.png",
            bg_url="https://example.com/2.png",
            reference_text="피자증권",
            reference_url="https://stock.example.com",
            subtitle="주식",
        )
    )
    assert drawing.template == "Text"
    assert drawing.subtitle == "주식"
    whole = drawing.whole
    assert (whole.title, whole.large, whole.texts) == ("코스피", "1,119", ("오늘 종가",))
    assert whole.pictures == (Picture("https://example.com/1.png", "https://example.com/1.png"),)
    assert whole.links == (Link("피자증권", "https://stock.example.com"),)
    (row,) = drawing.rows
    assert row.title == "고객 센터"
    assert row.links == (Link("전화", "tel:1588-1234"),)


def test_a_list():
    rows = [{"title": "ピザ", "description": ["マルゲリータ", "ビスマルク"]}]
    (row,) = draw(cards.card_list(rows, sub_type="Type1")).rows
    assert (row.title, row.texts) == ("ピザ", ("マルゲリータ", "ビスマルク"))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "clova-app://x", "https://[", "//x"]
)
def test_what_a_browser_must_not_open_is_text(url):
    card = {"type": "ImageText", "imageUrl": {"value": url}, "linkUrl": url, "referenceText": "보기"}
    whole = draw(card).whole
    assert whole.pictures == (Picture("", url),)
    assert [link.url for link in whole.links] == ["", ""]


def test_a_template_without_a_drawing_is_its_fields():
    drawing = draw(
        {"type": "Hologram", "depth": {"type": "number", "value": 3}, "layers": [{"name": "피자"}]}
    )
    assert drawing == Drawing("Hologram", fields=(("depth", "3"), ("layers[0].name", "피자")))


@pytest.mark.parametrize("card", [None, {}, [], "Text", 1])
def test_what_is_no_card_is_not_drawn(card):
    assert draw(card) is None


@pytest.mark.parametrize(
    "card",
    [
        {"type": ["Text"]},
        {"type": "Text", "mainText": {"value": [{"value": {}}]}, "tableList": {"a": 1}},
        {"type": "CardList", "cardList": [1, None, {"description": {"value": None}}]},
        {"type": "ImageText", "subTextList": [[[]], {"type": "x"}, 1.5, True]},
    ],
    ids=range(4),
)
def test_a_malformed_card_is_drawn_as_far_as_it_goes(card):
    assert isinstance(draw(card), Drawing)


def test_a_card_without_end_is_cut():
    deep = card = {"type": "x"}
    for _ in range(3000):
        deep["a"] = deep = {"b": 1}
    assert len(draw(card).fields) < 20
    rows = [{"title": "x" * 10_000}] * 10_000
    drawing = draw({"type": "CardList", "cardList": rows})
    assert len(drawing.rows) == MAX_ROWS
    assert len(drawing.rows[0].title) == 2000


def answer(speech):
    return {"response": {"outputSpeech": speech}}


def test_what_is_spoken_is_in_order():
    brief = {"type": "PlainText", "lang": "ko", "value": "요약"}
    bell = {"type": "URL", "lang": "", "value": "https://example.com/bell.mp3"}
    verbose = {"type": "SpeechList", "values": [bell, {"type": "PlainText", "lang": "ja", "value": "ピザ"}]}
    assert speech_parts(answer({"type": "SpeechSet", "brief": brief, "verbose": verbose})) == [
        SpeechPart("요약", lang="ko"),
        SpeechPart("https://example.com/bell.mp3", is_url=True),
        SpeechPart("ピザ", lang="ja"),
    ]
    assert speech_parts(answer({"type": "SimpleSpeech", "values": brief})) == [SpeechPart("요약", lang="ko")]


@pytest.mark.parametrize(
    "speech", [None, [], {"values": 1}, {"values": [None, {"value": 1}, {"value": ""}]}, {"verbose": []}]
)
def test_malformed_speech_is_not_spoken(speech):
    assert speech_parts(answer(speech)) == []
    assert speech_parts(speech) == []
