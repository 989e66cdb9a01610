"""What is left over from a model of another platform, and what one misspelt name leads to."""

import pytest

from clova_flask import HandlerGroup, tell
from clova_flask.devtools.diagnostics.handlers import check_handlers
from clova_flask.devtools.model.checks import check_model
from tests.devtools.models import against, model


def one(say, slots=None, regions=("KR",), **config):
    slots = {"what": "PIZZA_TYPE"} if slots is None else slots
    found = check_model(model({"Order": {"slots": slots, "say": say}}, **config), regions=regions)
    (finding,) = found
    return finding


TAGGED = "<what>페퍼로니</what> 줘"


@pytest.mark.parametrize(
    ("say", "mark", "slot"),
    [
        ("{what} 주문해 줘", "{what}", "what"),
        ("{페퍼로니|what} 주문해 줘", "{페퍼로니|what}", "what"),
        ("{ピザ | what}をください", "{ピザ | what}", "what"),
        ("@pizza:what 주문해 줘", "@pizza:what", "what"),
        ("@sys.number:amount 판 줘", "@sys.number:amount", "amount"),
        ("[페퍼로니](what) 줘", "[페퍼로니](what)", "what"),
        ("(내일)[@date:when] 예약", "(내일)[@date:when]", "when"),
        ("$what をください", "$what", "what"),
        ("@what をください", "@what", "what"),
        ("｛what｝をください", "{what}", "what"),
        ("<what>{what}</what>をください", "{what}", "what"),
    ],
)
def test_marks_of_other_platforms(say, mark, slot):
    finding = one([TAGGED, say, f"{say} 부탁해"])
    assert (finding.code, finding.where.line) == ("model.foreign-mark", 6)
    assert finding.message.startswith(f"{mark!r} is another platform's mark for a slot.")
    assert f"<{slot}>…</{slot}>" in finding.message


@pytest.mark.parametrize(
    "say", ["3,000원(삼천 원) 피자 줘", "a@example.com에 보내", "[속보] 틀어 줘", "5$짜리 줘"]
)
def test_words_that_are_no_marks(say):
    assert check_model(model({"Order": {"slots": {"what": "PIZZA_TYPE"}, "say": [TAGGED, say]}})) == []


@pytest.mark.parametrize(
    ("type_name", "regions", "words"),
    [
        ("AMAZON.NUMBER", ["KR"], "Alexa's word; here it is 'CLOVA.NUMBER'."),
        ("AMAZON.DATE", ["KR"], "Alexa's word; here it is 'CLOVA.DATETIME'."),
        ("AMAZON.DURATION", ["JP"], "here it is 'CLOVA.DURATION'."),
        ("AMAZON.City", ["KR"], "here it is 'CLOVA.WORLD_CITY'."),
        (
            "AMAZON.SearchQuery",
            ["KR"],
            "Clova has no type for it. Make one of your own: write slot_types/SEARCH",
        ),
        ("@sys.date-time", ["KR"], "Dialogflow's word; here it is 'CLOVA.DATETIME'."),
        ("@sys.unit-currency", ["JP"], "here it is 'CLOVA.MONEY'."),
        ("@sys.unit-currency", ["KR"], "here it is 'CLOVA.NUMBER'."),
        ("@sys.geo-country", ["KR"], "here it is 'CLOVA.WORLD_COUNTRY'."),
        ("actions.type.Number", ["KR"], "Google's word; here it is 'CLOVA.NUMBER'."),
        ("SchemaOrg_DateTime", ["KR"], "Google's word; here it is 'CLOVA.DATETIME'."),
    ],
)
def test_types_of_other_platforms(type_name, regions, words):
    (finding,) = check_model(
        model({"Order": {"slots": {"what": type_name}, "say": [TAGGED]}}, {}), regions=regions
    )
    assert finding.code == "model.unknown-slot-type"
    assert words in finding.message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("AMAZON.HelpIntent", "Alexa's word; here it is 'Clova.GuideIntent'."),
        ("AMAZON.StopIntent", "here it is 'Clova.CancelIntent'."),
        ("AMAZON.FallbackIntent", "here it is @clova.fallback."),
        ("AMAZON.NavigateHomeIntent", "Clova has no intent for it."),
        ("actions.intent.MAIN", "Google's word; here it is @clova.launch."),
        ("Default Welcome Intent", "Dialogflow's word; here it is @clova.launch."),
        ("LaunchRequest", "It is a request, not an intent; here it is @clova.launch."),
        ("SessionEndedRequest", "It is a request, not an intent; here it is @clova.session_ended."),
    ],
)
def test_intents_of_other_platforms(name, words):
    (listed,) = check_model(model({}, {}, built_in_intents=[name]), regions=["KR"])
    assert (listed.code, words in listed.message) == ("model.unknown-built-in", True)
    group = HandlerGroup()
    group.intent(name)(answer)
    (handled,) = [
        finding for finding in check_handlers(group.registry, ["JP"]) if "handlers.no-" not in finding.code
    ]
    assert (handled.code, words in handled.message) == ("handlers.foreign-intent", True)
    assert handled.where.name == "answer"
    assert against(lambda group: group.intent(name)(answer), {}, {}) == [], "it is told once"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("CLOVA.City", "'CLOVA.WORLD_CITY'"),
        ("CLOVA.US_CITY", "'CLOVA.WORLD_CITY'"),
        ("CLOVA.Country", "'CLOVA.WORLD_COUNTRY'"),
        ("CLOVA.NUMBR", "'CLOVA.NUMBER'"),
        ("CLOVA.ADDRESS", "'CLOVA.JP_ADDRESS_KEN', 'CLOVA.JP_ADDRESS_SHI' or 'CLOVA.JP_ADDRESS_KU'"),
    ],
)
def test_the_nearest_built_in_type_shares_words_or_letters(name, meant):
    (finding,) = check_model(model({"Order": {"slots": {"what": name}, "say": [TAGGED]}}, {}))
    assert finding.message.endswith(f"which is not a built-in slot type. Did you mean {meant}?")


def test_a_file_of_another_platforms_intent():
    found = check_model(model({"AMAZON.HelpIntent": {"say": ["도와줘"]}}, {}))
    (finding,) = found
    assert finding.code == "model.foreign-intent"
    assert finding.where.path.name == "AMAZON.HelpIntent.tsv"
    assert "here it is 'Clova.GuideIntent'." in finding.message


def answer():
    return tell("네")


def test_a_misspelt_intent_is_one_finding_whichever_side_is_wrong():
    intents = {"OrderPizza": {"say": ["피자 줘"]}}

    def declare(group):
        group.intent("OrdrePizza")(answer)
        group.intent("OrdrePizza", state="confirm")(lambda: tell("네"))

    (finding,) = against(declare, intents, {})
    assert finding.code == "handlers.unknown-intent"
    assert "Did you mean 'OrderPizza'? So does " in finding.message


def test_a_misspelt_built_in_intent_is_one_finding():
    listed = model({}, {}, built_in_intents=["Clova.YesIntnet"])
    found = check_model(listed) + against(
        lambda group: group.intent("Clova.YesIntent")(answer), {}, {}, built_in_intents=["Clova.YesIntnet"]
    )
    assert [finding.code for finding in found] == ["model.unknown-built-in"]


def test_a_misspelt_parameter_is_one_finding():
    intents = {"Order": {"slots": {"pizzaType": "PIZZA_TYPE"}, "say": ["<pizzaType>페퍼로니</pizzaType> 줘"]}}

    def declare(group):
        group.intent("Order")(lambda pizza_tpye=None: tell("네"))

    (finding,) = against(declare, intents)
    assert finding.code == "handlers.no-slot-for-optional"
    assert "Did you mean 'pizzaType'?" in finding.message


def test_a_misspelt_tag_is_one_finding():
    finding = one([TAGGED.replace("what", "waht"), "<waht>불고기</waht> 줘", "<waht>불고기</waht> 주세요"])
    assert finding.code == "model.undeclared-slot"
    assert finding.message.endswith("Did you mean 'what'? It is in 2 more expressions.")


def test_another_intent_without_handler_is_still_told():
    intents = {"OrderPizza": {"say": ["피자 줘"]}, "CancelOrder": {"say": ["취소해 줘"]}}
    found = against(lambda group: group.intent("OrderDrink")(answer), intents, {})
    assert sorted(finding.code for finding in found) == [
        "handlers.no-handler",
        "handlers.no-handler",
        "handlers.unknown-intent",
    ]


NAMES = {
    ("헤이 클로바 피자",): "'클로바' in it",
    ("피자봇 시작해 줘",): "'시작해줘' in it",
    ("피자봇에게",): "'에게' in it",
    ("오늘 날씨 봇",): "'오늘 날씨' in it",
}


@pytest.mark.parametrize(("names", "words"), NAMES.items(), ids=lambda value: value[0])
def test_words_that_an_invocation_name_must_not_have(names, words):
    (finding,) = check_model(model({}, {}, invocation_names=list(names)), regions=["KR"])
    assert (finding.code, words in finding.message) == ("model.reserved-invocation-name", True)
    assert check_model(model({}, {}, invocation_names=list(names)), regions=["JP"]) == []


def test_invocation_names_on_line():
    names = ["ピザ注文", "ピザちゅうもん", "ぴざ注文", "ぴざちゅうもん", "PIZZA注文"]
    assert check_model(model({}, {}, invocation_names=names), regions=["JP"]) == []
    (many,) = check_model(model({}, {}, invocation_names=[*names, "ピッツァ注文"]), regions=["JP"])
    assert "There are 6 invocation names; at most 5 are allowed." in many.message
    (long,) = check_model(model({}, {}, invocation_names=["ぴ" * 31]), regions=["JP"])
    assert (long.code, "31 characters; at most 30" in long.message) == ("model.long-invocation-name", True)
    (reserved,) = check_model(model({}, {}, invocation_names=["ねぇClovaピザ"]), regions=["JP"])
    assert reserved.code == "model.reserved-invocation-name"


def dates(*types):
    slots = {f"s{number}": type_ for number, type_ in enumerate(types)}
    return {"slots": slots, "say": ["".join(f"<{name}>昨日</{name}>" for name in slots) or "はい"]}


BOTH = ["CLOVA.DATETIME", "CLOVA.DATETIME_RECENT"]


def test_dates_to_come_and_gone_by():
    def codes(intents):
        found = check_model(model(intents, {}, built_in_slot_types=BOTH), regions=["JP"])
        return [finding.code for finding in found if "date-types" in finding.code]

    assert codes({"A": dates(*BOTH)}) == ["model.mixed-date-types"]
    assert codes({"A": dates(BOTH[0]), "B": dates(BOTH[1])}) == ["model.both-date-types"]
    assert codes({"A": dates(BOTH[1]), "B": dates(BOTH[1])}) == []


def test_intents_that_differ_in_case_alone():
    found = check_model(model({"Order": {"say": ["주문"]}, "order": {"say": ["시켜"]}}, {}))
    assert [finding.code for finding in found] == ["model.alike-intents"]


def test_a_slot_type_with_too_many_words(monkeypatch):
    monkeypatch.setattr("clova_flask.devtools.model.expression_counts.MAX_WORDS", 2)
    (finding,) = check_model(model())
    assert (finding.code, "There are 3 words" in finding.message) == ("model.too-many-words", True)
