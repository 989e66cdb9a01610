"""The builders of cards: content templates as they are sent, and what is refused."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from clova_flask import cards, tell
from clova_flask.devtools.simulator.judge import judge

PICTURE = "https://example.com/pizza.png"


def string(value):
    return {"type": "string", "value": value}


def url(value):
    return {"type": "url", "value": value}


@pytest.fixture
def sent(clova, connect):
    """Send a card with an answer, and give it as it was sent."""

    def sent(card):
        clova.launch(lambda: tell("메뉴입니다.", card=card))
        return connect().launch().card

    return sent


# What stands in a template, by its wire name, from the guides' tables.

TEXT = {
    "subText": string("오늘의 피자"),
    "highlightText": string("할인"),
    "paragraphText": string("긴 글"),
    "sentenceText": string("한 문장."),
    "imageUrl": url(PICTURE),
    "linkUrl": url("https://example.com/menu"),
    "bgUrl": url("https://example.com/bg.png"),
    "referenceText": string("피자봇"),
    "referenceUrl": url("https://example.com"),
    "emotionCode": string("HAPPY"),
    "motionCode": string("NOD"),
}
IMAGE_TEXT = {
    "imageUrl": url(PICTURE),
    "subTextList": [string("얇은 도우"), string("두꺼운 도우")],
    "thumbImageUrl": url("https://example.com/thumb.png"),
    "thumbImageType": string("책"),
    "linkUrl": url("https://example.com/menu"),
    "appLinkUrl": url("clova://pizza"),
    "referenceText": string("피자봇"),
    "referenceUrl": url("https://example.com"),
}
IMAGE = {
    "imageReference": string("출처"),
    "imageTitle": string("마르게리타"),
    "imageUrl": url(PICTURE),
    "referenceText": string("피자봇"),
    "referenceUrl": url("https://example.com"),
    "thumbImageUrl": url("https://example.com/thumb.png"),
}
CARD = {
    "contentProviderText": string("피자봇"),
    "description": [string("첫 줄"), string("둘째 줄")],
    "imageUrl": url(PICTURE),
    "linkUrl": url("https://example.com/menu"),
    "press": string("피자신문"),
    "pressIconUrl": url("https://example.com/icon.png"),
    "publishDate": {"type": "date", "value": "2018-08-10"},
    "referenceText": string("출처"),
    "referenceUrl": url("https://example.com"),
    "title": string("새 피자"),
    "videoUrl": url("https://example.com/pizza.mp4"),
}
COMMON = {"subtitle": string("부제"), "failureMessage": string("볼 수 없어요.")}


def snake(wire_name):
    return "".join("_" + char.lower() if char.isupper() else char for char in wire_name)


def plain(fields):
    """Give the arguments that a builder takes for fields in wire form."""

    def value(wire):
        return [inner["value"] for inner in wire] if isinstance(wire, list) else wire["value"]

    return {snake(name): value(wire) for name, wire in fields.items()}


@pytest.mark.parametrize("name", TEXT)
def test_a_text_card_has_each_field_as_its_template_wants(sent, name):
    card = cards.text("페퍼로니", **plain({name: TEXT[name]}))
    assert sent(card) == {"type": "Text", "mainText": string("페퍼로니"), name: TEXT[name]}


def test_a_text_card_with_everything(sent):
    rows = [
        {"item1": "라지", "item2": "20,000원", "item2_link": "https://example.com/l", "item3": "품절"},
        {"item1": "레귤러"},
    ]
    card = cards.text("페퍼로니", table_list=rows, **plain(TEXT), **plain(COMMON))
    assert sent(card) == {
        "type": "Text",
        "mainText": string("페퍼로니"),
        "tableList": [
            {
                "item1": string("라지"),
                "item2": string("20,000원"),
                "item2Link": url("https://example.com/l"),
                "item3": string("품절"),
            },
            {"item1": string("레귤러")},
        ],
        **TEXT,
        **COMMON,
    }


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (20000, "20000"),
        (36.5, "36.5"),
        (-3, "-3"),
        (0, "0"),
        (Decimal("7.5"), "7.5"),
        (Decimal(7), "7"),
    ],
)
def test_what_is_highlighted_may_be_a_number(sent, number, written):
    card = sent(cards.text("기온", highlight_text=number))
    assert card["highlightText"] == {"type": "number", "value": written}


@pytest.mark.parametrize("name", IMAGE_TEXT)
def test_an_image_text_card_has_each_field_as_its_template_wants(sent, name):
    card = cards.image_text("페퍼로니", **plain({name: IMAGE_TEXT[name]}))
    assert sent(card) == {"type": "ImageText", "mainText": string("페퍼로니"), name: IMAGE_TEXT[name]}


@pytest.mark.parametrize("kind", ["인물", "책", "앨범", "キャラクター", "네이버 뉴스", ""])
def test_a_thumbnail_is_of_any_kind(sent, kind):
    assert sent(cards.image_text("a", thumb_image_type=kind))["thumbImageType"] == string(kind)


def test_an_image_list_card(sent):
    card = cards.image_list([plain(IMAGE), {"image_url": PICTURE}], **plain(COMMON))
    assert sent(card) == {
        "type": "ImageList",
        "thumbImageUrlList": [IMAGE, {"imageUrl": url(PICTURE)}],
        **COMMON,
    }


def test_a_card_list_card(sent):
    card = cards.card_list(
        [plain(CARD), {"title": "또 다른 피자"}],
        sub_type="Type2",
        notice_text="알림",
        notice_link="https://example.com/notice",
        **plain(COMMON),
    )
    assert sent(card) == {
        "type": "CardList",
        "cardList": [CARD, {"title": string("또 다른 피자")}],
        "subType": "Type2",
        "noticeText": string("알림"),
        "noticeLink": url("https://example.com/notice"),
        **COMMON,
    }


@pytest.mark.parametrize("sub_type", ["Type1", "Type2", "Type3", "Type4"])
def test_a_card_list_is_of_a_known_sub_type(sent, sub_type):
    assert sent(cards.card_list([], sub_type=sub_type)) == {
        "type": "CardList",
        "cardList": [],
        "subType": sub_type,
    }


@pytest.mark.parametrize(
    ("make", "card"),
    [
        (lambda: cards.text("글"), {"type": "Text", "mainText": string("글")}),
        (
            lambda: cards.text("글", sub_text=None, table_list=None),
            {"type": "Text", "mainText": string("글")},
        ),
        (lambda: cards.image_text("글"), {"type": "ImageText", "mainText": string("글")}),
        (lambda: cards.image_list([]), {"type": "ImageList", "thumbImageUrlList": []}),
        (lambda: cards.card_list([{"title": None}]), {"type": "CardList", "cardList": [{}]}),
    ],
)
def test_what_is_not_given_is_left_out(sent, make, card):
    assert sent(make()) == card


def test_what_is_empty_is_sent(sent):
    card = sent(cards.text("글", sub_text="", table_list=[], highlight_text=0))
    assert (card["subText"], card["tableList"]) == (string(""), [])
    assert card["highlightText"] == {"type": "number", "value": "0"}


@pytest.mark.parametrize(
    ("date", "written"), [(dt.date(2018, 8, 10), "2018-08-10"), ("2018-08-10", "2018-08-10")]
)
def test_a_date_may_be_a_date_or_its_text(sent, date, written):
    (card,) = sent(cards.card_list([{"publish_date": date}]))["cardList"]
    assert card["publishDate"] == {"type": "date", "value": written}


def test_a_date_with_a_time_is_written_as_its_date(sent):
    (card,) = sent(cards.card_list([{"publish_date": dt.datetime(2018, 8, 10, 3)}]))["cardList"]
    assert card["publishDate"] == {"type": "date", "value": "2018-08-10"}


BUILDERS = {
    "Text": lambda **more: cards.text("글", **more),
    "ImageText": lambda **more: cards.image_text("글", **more),
    "ImageList": lambda **more: cards.image_list([], **more),
    "CardList": lambda **more: cards.card_list([], **more),
}


@pytest.mark.parametrize("name", BUILDERS)
def test_every_card_takes_the_common_fields(sent, name):
    card = BUILDERS[name](
        subtitle="부제",
        failure_message="안 돼요.",
        action_list=["clova://a", "clova://b"],
        meta_version="1.0",
    )
    written = sent(card)
    assert {key: written[key] for key in ("type", "subtitle", "failureMessage", "actionList", "meta")} == {
        "type": name,
        "subtitle": string("부제"),
        "failureMessage": string("안 돼요."),
        "actionList": [
            {"type": "action", "value": "clova://a"},
            {"type": "action", "value": "clova://b"},
        ],
        "meta": {"version": string("1.0")},
    }


@pytest.mark.parametrize("make", [tuple, iter, list])
def test_lists_may_be_any_iterable(make):
    card = cards.image_text("글", sub_text_list=make(["하나", "둘"]))
    assert card["subTextList"] == [string("하나"), string("둘")]
    card = cards.image_list(make([{"image_title": "하나"}]))
    assert card["thumbImageUrlList"] == [{"imageTitle": string("하나")}]


def test_what_is_given_is_not_changed():
    row = {"item1": "라지"}
    cards.text("글", table_list=[row])
    assert row == {"item1": "라지"}


# What is refused.


@pytest.mark.parametrize(
    ("make", "text"),
    [
        *(
            (
                lambda make=make: make(subtitel="부제"),
                f"'subtitel' is not a field of cards.{snake(name)[1:]}. Did you mean 'subtitle'?",
            )
            for name, make in BUILDERS.items()
        ),
        (
            lambda: cards.text("글", sub_txt="a"),
            "'sub_txt' is not a field of cards.text. Did you mean 'sub_text'?",
        ),
        (
            lambda: cards.text("글", subText="a"),
            "'subText' is not a field of cards.text. Did you mean 'sub_text'?",
        ),
        (
            lambda: cards.card_list([], subtype="Type1"),
            "'subtype' is not a field of cards.card_list. Did you mean 'sub_type'?",
        ),
        (
            lambda: cards.image_list([], 제목="a"),
            "'제목' is not a field of cards.image_list. Use one of: images, action_list, failure_message, ",
        ),
        (
            lambda: cards.text("글", table_list=[{"item1": "a"}, {"no": "a"}]),
            "'no' is not a field of table_list[1]. Use one of: item1, item2, item2_link, item3.",
        ),
        (
            lambda: cards.text("글", table_list=[{"item2Link": "a"}]),
            "'item2Link' is not a field of table_list[0]. Did you mean 'item2_link'?",
        ),
        (
            lambda: cards.image_list([{"title": "a"}]),
            "'title' is not a field of images[0]. Did you mean 'image_title'?",
        ),
        (
            lambda: cards.card_list([{"상품": "a"}]),
            "'상품' is not a field of cards[0]. Use one of: content_provider_text, ",
        ),
    ],
)
def test_an_unknown_field_is_named_with_the_nearest(make, text):
    with pytest.raises(TypeError) as error:
        make()
    assert str(error.value).startswith(text)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (
            lambda: cards.card_list([], sub_type="Type5"),
            "sub_type must be one of Type1, Type2, Type3, Type4, not 'Type5'.",
        ),
    ],
)
def test_an_unknown_choice_is_named_with_those_there_are(make, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        make()


def test_a_card_without_its_text_is_not_built():
    for make in (cards.text, cards.image_text):
        with pytest.raises(TypeError, match=r"^main_text must be a str, not None\.$"):
            make(None)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: cards.text(["하나"]), "main_text must be a str, not list."),
        (lambda: cards.text("글", sub_text=True), "sub_text must be a str, not bool."),
        (lambda: cards.text("글", sub_text=[]), "sub_text must be a str, not list."),
        (
            lambda: cards.text("글", bg_url=[{"type": "url", "value": PICTURE}]),
            "bg_url must be a str, not list.",
        ),
        (lambda: cards.text("글", highlight_text=True), "highlight_text must be a str, not bool."),
        (lambda: cards.text("글", highlight_text=float("nan")), "highlight_text must be a str, not nan."),
        (lambda: cards.text("글", image_url=5), "image_url must be a str, not int."),
        (lambda: cards.text("글", table_list=[{"item1": object()}]), "item1 must be a str, not object."),
        (lambda: cards.text("글", subtitle=b"abc"), "subtitle must be a str, not bytes."),
        (
            lambda: cards.text("글", action_list=["clova://a", None]),
            "action_list[1] must be a str, not None.",
        ),
        (lambda: cards.text("글", meta_version=[1]), "meta_version must be a str, not list."),
        (
            lambda: cards.image_text("글", sub_text_list=["하나", None]),
            "sub_text_list[1] must be a str, not None.",
        ),
        (
            lambda: cards.card_list([{"publish_date": 20180810}]),
            "publish_date must be a datetime.date or a str, not int.",
        ),
    ],
)
def test_a_value_of_another_type_is_refused_by_name(make, text):
    with pytest.raises(TypeError) as error:
        make()
    assert str(error.value) == text


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda: cards.text(5), "mainText"),
        (lambda: cards.text("글", sub_text=5), "subText"),
        (lambda: cards.image_text("글", reference_text=5), "referenceText"),
        (lambda: cards.card_list([], notice_text=5), "noticeText"),
    ],
)
def test_a_number_in_place_of_a_text_is_written_as_text(make, key):
    assert make()[key] == string("5")


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (
            lambda: cards.image_text("글", sub_text_list="하나"),
            "sub_text_list must be a list of str, not str.",
        ),
        (lambda: cards.card_list([{"description": "하나"}]), "description must be a list of str, not str."),
        (lambda: cards.text("글", action_list="clova://a"), "action_list must be a list of str, not str."),
        (
            lambda: cards.text("글", table_list={"item1": "라지"}),
            "table_list must be a list of dicts, not dict.",
        ),
        (lambda: cards.text("글", table_list=5), "table_list must be a list of dicts, not int."),
        (lambda: cards.image_list({"image_url": PICTURE}), "images must be a list of dicts, not dict."),
        (lambda: cards.card_list({"title": "새 피자"}), "cards must be a list of dicts, not dict."),
        (lambda: cards.image_list([PICTURE]), "images[0] must be a dict with image_reference, image_title, "),
    ],
)
def test_one_thing_in_place_of_a_list_is_refused_by_name(make, text):
    with pytest.raises(TypeError) as error:
        make()
    assert str(error.value).startswith(text)


# Numbers, telephone numbers, objects by hand, meta.


@pytest.mark.parametrize("number", ["1,119", "20000", "-3", "+1.5", "1,234,567.89"])
def test_a_number_may_be_written_as_text(sent, number):
    assert sent(cards.text("종가", highlight_text=number))["highlightText"] == {
        "type": "number",
        "value": number,
    }


@pytest.mark.parametrize("words", ["20,000원", "3 °C", "1,19", "2018-08-10", "１番", "", ","])
def test_text_with_a_number_in_it_is_text(sent, words):
    assert sent(cards.text("종가", highlight_text=words))["highlightText"] == string(words)


def test_a_table_has_links_and_telephone_numbers(sent):
    rows = [
        {"item1": "전화", "item2": "031-784-4181", "item2_link": "031-784-4181"},
        {"item1": "지도", "item2_link": "navermaps://?menu=location"},
        {"item1": "팩스", "item2_link": {"type": "fax", "value": "031-784-4182"}},
    ]
    links = [row["item2Link"] for row in sent(cards.text("가게", table_list=rows))["tableList"]]
    assert links == [
        {"type": "phone", "value": "031-784-4181"},
        url("navermaps://?menu=location"),
        {"type": "fax", "value": "031-784-4182"},
    ]


@pytest.mark.parametrize(
    "value", [{}, {"type": "url"}, {"value": PICTURE}, {"type": 1, "value": PICTURE}], ids=str
)
def test_an_object_by_hand_has_a_type_and_a_value(value):
    with pytest.raises(TypeError, match=r"^image_url must be a str, or a dict .* with text in both\.$"):
        cards.text("글", image_url=value)


@pytest.mark.parametrize(
    "more", [{"meta": {"version": "v0.1"}}, {"meta_version": "v0.1"}], ids=["meta", "meta_version"]
)
def test_meta_has_the_version(sent, more):
    card = cards.image_list([], failure_message="카드를 볼 수 없어요.", **more)
    assert sent(card) == {
        "type": "ImageList",
        "thumbImageUrlList": [],
        "failureMessage": string("카드를 볼 수 없어요."),
        "meta": {"version": string("v0.1")},
    }


def test_an_unknown_field_of_meta_is_named():
    with pytest.raises(TypeError, match=r"^'verison' is not a field of meta\. Did you mean 'version'\?$"):
        cards.text("글", meta={"verison": "1"})


# Cards as dicts: what production and the guides send, and what is told of the others.

NEWS = {
    "type": "CardList",
    "cardList": [
        {
            "title": string("코스피 마감"),
            "description": [string("첫 줄\n둘째 줄"), string("")],
            "imageUrl": url(""),
            "linkUrl": url("http://news.example.com/1"),
            "press": string("연합뉴스"),
            "publishDate": {"type": "date", "value": "2018-08-10"},
            "referenceText": None,
        },
        {"title": string("日経平均")},
    ],
    "subType": "Type1",
    "actionList": [{"type": "action", "value": "clova://news"}],
    "failureMessage": string("없어요."),
    "meta": {"version": string("v0.1")},
    "subtitle": string("오늘"),
}
QUIET = {
    "none": {},
    "news": NEWS,
    "empty list": {"type": "CardList", "cardList": []},
    "character": {
        "type": "ImageText",
        "mainText": string("コニー"),
        "thumbImageType": string("キャラクター"),
    },
    "empty kind": {"type": "ImageText", "mainText": string(""), "thumbImageType": string("")},
    "number as text": {"type": "Text", "highlightText": {"type": "number", "value": "1,119"}},
    "number": {"type": "WindSpeed", "windSpeed": {"type": "number", "value": 3.5}},
    "phone": {"type": "Text", "tableList": [{"item2Link": {"type": "phone", "value": "02-1234-5678"}}]},
    "weather": {
        "type": "TodayWeather",
        "nowTemperature": {"type": "temperature-c", "value": 21},
        "hourlyWeatherList": [{"rainfallProbability": {"type": "percentage", "value": "30"}}],
    },
    "popup": {"type": "Popup", "displayType": "TOAST", "toastText": string("저장했어요.")},
    "null": {"type": "Memo", "content": None, "memo": None},
    "template to come": {"type": "Karaoke", "가사": "…"},
    "field to come": {"type": "Memo", "배경": "…"},
}


@pytest.mark.parametrize("name", QUIET)
def test_a_card_as_production_sends_it_is_quiet(sent, caplog, name):
    assert sent(QUIET[name]) == QUIET[name]
    assert caplog.records == []


OBJECT = 'Must be a dict such as {"type": "string", "value": "…"}, as clova_flask.cards writes it, not'
TOLD = {
    "plain text": ({"type": "Text", "mainText": "글"}, f"response.card.mainText: {OBJECT} str."),
    "plain url": ({"type": "Text", "imageUrl": PICTURE}, f"response.card.imageUrl: {OBJECT} str."),
    "list": (
        {"type": "ImageText", "subTextList": [string("하나"), "둘"]},
        f"response.card.subTextList[1]: {OBJECT} str.",
    ),
    "no value": (
        {"type": "Memo", "content": {"type": "string"}},
        "response.card.content.value: Must be a str, not missing.",
    ),
    "no type of a value": (
        {"type": "Memo", "content": {"value": "글"}},
        "response.card.content.type: Must be a str, such as 'string', not missing.",
    ),
    "number as a picture": (
        {"type": "Text", "bgUrl": {"type": "url", "value": 5}},
        "response.card.bgUrl.value: Must be a str, not int.",
    ),
    "no type": (
        {"mainText": string("글")},
        "response.card.type: Must be the name of a content template, such as 'Text', not missing.",
    ),
    "misspelt type": (
        {"type": "Imagetext", "mainText": string("글")},
        "response.card.type: 'Imagetext' is not a content template of the guides. Did you mean 'ImageText'?",
    ),
    "misspelt field": (
        {"type": "Text", "main_text": string("글")},
        "response.card.main_text: The guides define no such field. Did you mean 'mainText'?",
    ),
    "misspelt field of a row": (
        {"type": "CardList", "cardList": [{"titel": string("글")}]},
        "response.card.cardList[0].titel: The guides define no such field. Did you mean 'title'?",
    ),
    "row": (
        {"type": "MemoList", "memoList": ["글"]},
        "response.card.memoList[0]: Must be a dict with content, lastModified, token, not str.",
    ),
    "sub type": (
        {"type": "CardList", "cardList": [], "subType": "Type5"},
        "response.card.subType: 'Type5' is not a subType of the guides. Use one of: Type1, Type2,",
    ),
    "sub type as an object": (
        {"type": "CardList", "subType": string("Type1")},
        "response.card.subType: Must be a str, not dict.",
    ),
    "file": (
        {"type": "ImageText", "thumbImageUrl": url("file:///srv/a.png")},
        "response.card.thumbImageUrl.value: 'file:///srv/a.png' is not an absolute URL",
    ),
}


@pytest.mark.parametrize(("card", "warning"), TOLD.values(), ids=TOLD)
@pytest.mark.parametrize("whole", [True, False], ids=["in a dict", "in tell"])
def test_a_card_that_would_be_shown_wrong_is_sent_and_told_and_judged(
    clova, connect, caplog, card, warning, whole
):
    answer = {"response": {"card": card, "shouldEndSession": True}} if whole else tell("네", card=card)
    clova.launch(lambda: answer)
    reply = connect().launch()
    assert reply.card == card
    [record] = caplog.records
    assert record.getMessage().startswith(warning)
    [finding] = judge(reply)
    assert (finding.code, str(finding).startswith(warning)) == ("answer.card", True)


def test_without_validation_no_card_is_looked_at(clova, connect, caplog):
    clova.launch(lambda: tell("네", card={"type": "Text", "mainText": "글"}))
    assert connect(CLOVA_VALIDATE_RESPONSES=False).launch().card
    assert caplog.records == []


def test_in_production_fields_that_no_table_has_are_not_looked_up(clova, connect, caplog):
    clova.launch(lambda: tell("네", card={"type": "Text", "main_text": string("글")}))
    assert connect(testing=False).launch().card
    assert caplog.records == []


LINKS = {
    "an app's scheme": ("linkUrl", "yeyakbot://open?예약=1", ""),
    "mail": ("referenceUrl", "mailto:bora@example.com", ""),
    "a phone number": ("item2Link", "02-1234-5678", ""),
    "a phone number for a picture": ("imageUrl", "02-1234-5678", "not an absolute URL"),
    "a phone number for another link": ("linkUrl", "02-1234-5678", "not an absolute URL"),
    "an app's scheme for a picture": ("imageUrl", "yeyakbot://a.png", "must begin with https://"),
}


@pytest.mark.parametrize(("field", "url", "problem"), LINKS.values(), ids=LINKS)
def test_a_link_may_have_a_scheme_of_an_app_and_a_picture_may_not(
    clova, connect, caplog, field, url, problem
):
    value = {"type": "url", "value": url}
    row = {"item1": {"type": "string", "value": "전화"}, field: value}
    card = {"type": "Text", "tableList": [row]} if field == "item2Link" else {"type": "Text", field: value}
    response = {"outputSpeech": {}, "card": card, "directives": [], "shouldEndSession": True}
    clova.launch(lambda: {"response": response})
    assert connect().launch().json["response"]["card"] == card
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == bool(problem)
    assert problem in "".join(told)


@pytest.mark.parametrize(("given", "named"), [({}, "missing"), ({"type": 7}, "int")])
def test_the_type_of_a_value_must_be_text(clova, connect, caplog, given, named):
    card = {"type": "Text", "mainText": {"value": "안내", **given}}
    response = {"outputSpeech": {}, "card": card, "directives": [], "shouldEndSession": True}
    clova.launch(lambda: {"response": response})
    connect().launch()
    assert f"mainText.type: Must be a str, such as 'string', not {named}." in caplog.text
