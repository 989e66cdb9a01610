"""What no intent is for: it is likened to what people say to other domains, and refused."""

from datetime import datetime

import pytest

pytest.importorskip("rapidfuzz")
pytest.importorskip("numpy")

from clova_flask.devtools.model.objects import CustomIntent, Expression, InteractionModel, Part
from clova_flask.devtools.understanding import Understander, missing_analyser
from clova_flask.devtools.understanding.languages import base

NOW = datetime.fromisoformat("2026-11-20T10:00:00+09:00")

BICYCLES = {
    "ko": {
        "RentBicycle": [
            "자전거 빌리고 싶어",
            "자전거 한 대 빌려 줘",
            "자전거 대여할래",
            "전기 자전거 빌릴 수 있어",
        ],
        "ReturnBicycle": ["자전거 반납할게", "자전거 돌려줄게", "다 탔어 반납해 줘", "자전거 어디에 반납해"],
        "AskBill": ["자전거 요금 얼마야", "지금까지 얼마 나왔어", "한 시간에 얼마야", "빌리는 값 알려 줘"],
        "ReportFault": ["자전거가 고장 났어", "바퀴에 바람이 빠졌어", "브레이크가 안 돼", "체인이 끊어졌어"],
    },
    "ja": {
        "RentBicycle": [
            "自転車を借りたい",
            "自転車を一台貸して",
            "電動自転車は借りられますか",
            "レンタルしたい",
        ],
        "ReturnBicycle": [
            "自転車を返します",
            "自転車を返却したい",
            "もう乗り終わりました",
            "どこに返せばいいですか",
        ],
        "AskBill": ["料金はいくらですか", "一時間いくら", "今までの値段を教えて", "自転車の料金を知りたい"],
        "ReportFault": [
            "自転車が故障しました",
            "タイヤがパンクした",
            "ブレーキがきかない",
            "チェーンが切れた",
        ],
    },
}
WEATHER = {
    "ko": {
        "AskWeather": [
            "오늘 날씨 어때",
            "내일 비 오니",
            "우산 챙겨야 돼",
            "주말에 날씨 알려 줘",
            "밖에 추워",
        ],
        "AskDust": ["미세먼지 알려 줘", "오늘 공기 어때", "마스크 써야 돼", "먼지 많아"],
    },
    "ja": {
        "AskWeather": ["今日の天気は", "明日は雨が降る", "傘はいりますか", "週末の天気を教えて", "外は寒い"],
        "AskPollen": ["花粉は飛んでる", "花粉の量を教えて", "マスクは必要", "花粉がひどいかな"],
    },
}
REFUSED = {"ko": "Clova.GuideIntent", "ja": "Clova.FallbackIntent"}


def model(language, intents):
    """Make a model of intents without slots."""
    built_in = ["Clova.YesIntent", "Clova.NoIntent", "Clova.CancelIntent", "Clova.GuideIntent"]
    return InteractionModel(
        extension_id="com.example.bicycles",
        language=language,
        invocation_names=("따릉이",),
        built_in_intents=(*built_in, *(["Clova.FallbackIntent"] if language == "ja" else [])),
        built_in_slot_types=(),
        intents={
            name: CustomIntent(name, (), tuple(Expression(text, (Part(text),)) for text in texts))
            for name, texts in intents.items()
        },
        slot_types={},
    )


@pytest.fixture(params=["analysed", "letters"])
def understand(request, monkeypatch):
    """Return a function that understands, with the analysers and without them."""
    if request.param == "letters":
        monkeypatch.setattr(base, "_analysers", dict.fromkeys(REFUSED))
    else:
        pytest.importorskip("kiwipiepy")
        pytest.importorskip("sudachipy")
    made = {}

    def understand(language, utterance, intents=BICYCLES):
        key = language, id(intents)
        made.setdefault(key, Understander(model(language, intents[language])))
        return made[key].understand(utterance, now=NOW)

    return understand


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "오늘 저녁에 비가 올까"),
        ("ko", "신나는 음악 좀 들려줄래"),
        ("ko", "거실 불 좀 꺼 줄래"),
        ("ko", "한국에서 제일 높은 산이 뭐야"),
        ("ko", "엄마한테 전화 걸어"),
        ("ko", "비트코인 시세 말해 봐"),
        ("ja", "今夜は雨が降りそうかな"),
        ("ja", "ノリのいい曲を流してほしい"),
        ("ja", "リビングの電気を消してくれる"),
        ("ja", "日本で一番高い山は何ですか"),
        ("ja", "お母さんに電話をかけて"),
        ("ja", "ビットコインの相場を教えてください"),
    ],
)
def test_what_other_domains_are_for_is_refused(understand, language, utterance):
    got = understand(language, utterance)
    assert (got.intent, got.is_near, dict(got.slots)) == (REFUSED[language], False, {})


@pytest.mark.parametrize(
    ("language", "utterance", "intent"),
    [
        ("ko", "자전거 두 시간 빌릴게요", "RentBicycle"),
        ("ko", "자전거를 이제 반납하려고요", "ReturnBicycle"),
        ("ko", "요금이 얼마나 나왔나요", "AskBill"),
        ("ko", "자전거 브레이크가 고장이에요", "ReportFault"),
        ("ja", "自転車を二時間借りたいんですけど", "RentBicycle"),
        ("ja", "そろそろ自転車を返却します", "ReturnBicycle"),
        ("ja", "料金を教えていただけますか", "AskBill"),
        ("ja", "タイヤがパンクしてしまいました", "ReportFault"),
    ],
)
def test_what_an_intent_is_for_is_understood(understand, language, utterance, intent):
    assert understand(language, utterance).intent == intent


@pytest.mark.parametrize(
    ("language", "utterance", "intent"),
    [
        ("ko", "모레 비 오니", "AskWeather"),
        ("ko", "지금 미세먼지 심해", "AskDust"),
        ("ja", "あさっては雨が降るかな", "AskWeather"),
        ("ja", "今日は花粉が多いですか", "AskPollen"),
    ],
)
def test_a_models_own_domain_is_no_rival_of_it(understand, language, utterance, intent):
    assert understand(language, utterance, WEATHER).intent == intent


@pytest.mark.parametrize(
    ("language", "one", "other", "intent"),
    [
        ("ko", "자전거 대여하고 싶습니다", "자전거 렌트하고 싶습니다", "RentBicycle"),
        ("ja", "自転車の値段はいくらですか", "自転車の費用はいくらですか", "AskBill"),
    ],
)
def test_another_word_for_the_same_is_understood(language, one, other, intent):
    pytest.importorskip("kiwipiepy")
    pytest.importorskip("sudachipy")
    understander = Understander(model(language, BICYCLES[language]))
    assert [understander.understand(said, now=NOW).intent for said in (one, other)] == [intent] * 2


def test_a_model_is_always_understood_alike(understand):
    """It is trained from the same start in the same order."""
    utterance = "전기 자전거로 한 대만 빌려도 될까요"
    one, other = (Understander(model("ko", BICYCLES["ko"])).consider(utterance, now=NOW) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("odd", ["\ud83d", "\0", "\ufeff", "\u202e", "😀"])
@pytest.mark.parametrize(
    ("language", "utterance", "intent"),
    [("ko", "자전거 {}반납할게요", "ReturnBicycle"), ("ja", "自転車を{}返却します", "ReturnBicycle")],
)
def test_what_no_keyboard_has_is_no_obstacle(understand, language, utterance, intent, odd):
    """Halves of characters too, and bytes that are no UTF-8, as a terminal passes them on."""
    assert understand(language, odd).intent == REFUSED[language]
    assert understand(language, utterance.format(odd)).intent == intent


@pytest.mark.parametrize(("code", "extra"), [("ko", "local-ko"), ("ja", "local-ja"), ("en", None)])
def test_what_is_missing_is_told(monkeypatch, code, extra):
    monkeypatch.setattr(base, "_analysers", dict.fromkeys(REFUSED))
    told = missing_analyser(code)
    assert told is None if extra is None else f"pip install 'clova-flask[{extra}]'" in str(told)
