"""Which utterances start an extension, end its session, or are taken for an intent."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.simulator.listener import Listener, SaidToClova


class Echo:
    """Takes every utterance for the intent `Heard`, with its words in a slot."""

    def __init__(self):
        self.now = None
        self.asked = None

    def understand(self, utterance, *, now=None, asked=None):
        self.now, self.asked = now, asked
        slot = SimpleNamespace(value=utterance, unit="판", value_type="DATE")
        return SimpleNamespace(intent="Heard", slots={"words": slot}, why=f"heard {utterance}")


def listen(language="ko", *names):
    return Listener(InteractionModel(language=language, invocation_names=names), Echo())


def outcome(listener, utterance, *, in_session=False):
    heard = listener.hear(utterance, in_session=in_session)
    if heard.request["type"] == "IntentRequest":
        return heard.request["intent"]["slots"]["words"]["value"], heard.starts
    return heard.request["type"], heard.starts


@pytest.mark.parametrize("in_session", [False, True])
@pytest.mark.parametrize(
    ("language", "name", "utterance"),
    [
        ("ko", "피자봇", "피자봇 시작해 줘"),
        ("ko", "피자봇", "피자봇 시작"),
        ("ko", "피자봇", "피자봇을 켜 줘."),
        ("ko", "피자봇", "피자봇 좀 열어 줄래?"),
        ("ko", "피자봇", "피자봇 실행해 주시겠어요"),
        ("ko", "피자봇", "피자봇 불러줘"),
        ("ja", "ピザボット", "ピザボットを起動して"),
        ("ja", "ピザボット", "ピザボットを開いてください。"),
        ("ja", "ピザボット", "ピザボットを始めて"),
        ("ja", "ピザボット", "ピザボットにつないで"),
        ("ja", "ピザボット", "ピザボット スタート"),
        ("ja", "朝ごはん", "朝ごはんを開いて"),
        ("ja", "朝ごはん", "朝ごはんをひらいて"),
        ("ja", "朝ごはん", "朝ごはん開いて"),
        ("ja", "朝ごはん", "ねえ、朝ごはんを開いて"),
        ("ja", "朝ごはん", "ねぇClova、朝ごはんを開いて"),
        ("ja", "夜ラジオ", "夜ラジオをつけて"),
        ("ja", "夜ラジオ", "夜ラジオつけて"),
        ("ja", "夜ラジオ", "夜ラジオをかけて"),
        ("ja", "夜ラジオ", "夜ラジオを流して"),
        ("ja", "夜ラジオ", "夜ラジオに繋いで"),
        ("ja", "夜ラジオ", "夜ラジオが聞きたい"),
        ("ja", "おはよう朝", "おはよう 朝 を 開いて"),
        ("ja", "夕方クイズ", "夕方クイズを立ち上げて"),
        ("ko", "아침방송", "아침방송 틀어 줘"),
        ("ko", "아침방송", "클로바, 아침 방송 시작해 줘"),
        ("ko", "밤라디오", "헤이 클로바 밤라디오 켜 줘"),
        ("en", "pizza bot", "open pizza bot"),
        ("en", "pizza bot", "Start Pizza Bot, please!"),
        ("en", "pizza bot", "talk to pizza bot"),
    ],
)
def test_an_extension_is_started_by_its_name(language, name, utterance, in_session):
    assert outcome(listen(language, name), utterance, in_session=in_session) == ("LaunchRequest", True)


@pytest.mark.parametrize(
    ("language", "name", "utterance"),
    [("ko", "피자봇", "피자봇!"), ("ja", "ピザボット", "ピザボット。"), ("en", "pizza bot", "Pizza bot")],
)
def test_its_name_alone_starts_it_unless_it_listens_already(language, name, utterance):
    listener = listen(language, name)
    assert outcome(listener, utterance) == ("LaunchRequest", True)
    assert outcome(listener, utterance, in_session=True) == (utterance, False)


@pytest.mark.parametrize("in_session", [False, True])
@pytest.mark.parametrize(
    ("language", "name", "utterance", "wish"),
    [
        ("ko", "피자봇", "피자봇에게 페퍼로니 주문해 줘", "페퍼로니 주문해 줘"),
        ("ko", "피자봇", "피자봇한테 페퍼로니 시켜 줘", "페퍼로니 시켜 줘"),
        ("ko", "피자 가게", "피자 가게에서 메뉴 알려 줘", "메뉴 알려 줘"),
        ("ko", "피자봇", "피자봇으로 주문해 줘", "주문해 줘"),
        ("ko", "피자봇", "피자봇아 배고파", "배고파"),
        ("ko", "피자봇", "피자봇에게 시작하는 법 물어봐", "시작하는 법 물어봐"),
        ("ja", "ピザボット", "ピザボットでペパロニを注文して", "ペパロニを注文して"),
        ("ja", "ピザボット", "ピザボットに開いている店を聞いて", "開いている店を聞いて"),
        ("ja", "ピザボット", "ピザボットを使ってマルゲリータを頼んで", "マルゲリータを頼んで"),
        ("en", "pizza bot", "ask pizza bot to order two pepperoni", "order two pepperoni"),
        ("en", "pizza bot", "Ask pizza bot for a margherita", "a margherita"),
    ],
)
def test_a_name_with_a_wish_starts_a_session_with_the_wish(language, name, utterance, wish, in_session):
    assert outcome(listen(language, name), utterance, in_session=in_session) == (wish, True)


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "그만"),
        ("ko", "이제 그만할래요."),
        ("ko", "종료해 줘"),
        ("ko", "끝내자"),
        ("ja", "終了"),
        ("ja", "もう終わりにして"),
        ("ja", "終了してください"),
        ("en", "stop"),
        ("en", "Goodbye!"),
        ("en", "exit please"),
    ],
)
def test_words_that_stop_end_a_session_and_nothing_else(language, utterance):
    listener = listen(language, "피자봇")
    assert outcome(listener, utterance, in_session=True) == ("SessionEndedRequest", False)
    assert outcome(listen(language), utterance) == (utterance, True)


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "그만 주문할 피자를 골라 줘"),
        ("ko", "종료 시간 알려 줘"),
        ("ko", "피자봇 라디오 틀어 줘"),
        ("ko", "피자봇 시작하는 방법 알려 줘"),
        ("ja", "終了時間を教えて"),
        ("en", "stop the music in the kitchen"),
        ("en", "stopwatch"),
    ],
)
def test_words_that_only_look_like_stopping_or_starting_are_understood(language, utterance):
    listener = listen(language, "피자봇")
    assert outcome(listener, utterance, in_session=True) == (utterance, False)


@pytest.mark.parametrize(
    ("name", "utterance"),
    [
        ("피자봇", "피자 봇 시작해 줘"),
        ("피자 가게", "피자가게 열어 줘"),
        ("피자  봇", "피 자 봇 켜 줘"),
        ("C++ 봇", "c++봇 시작해 줘"),
        ("피자(진짜)", "피자(진짜) 시작해 줘"),
        ("뭐든지.*", "뭐든지.* 시작해 줘"),
        ("a|b", "a|b 시작해 줘"),
    ],
)
def test_a_name_may_be_spaced_otherwise_and_hold_any_characters(name, utterance):
    assert outcome(listen("ko", name), utterance)[0] == "LaunchRequest"


@pytest.mark.parametrize("utterance", ["뭐든지 시작해 줘", "뭐든지아무거나 시작해 줘"])
def test_the_characters_of_a_name_stand_for_themselves(utterance):
    listener = listen("ko", "뭐든지.*")
    assert outcome(listener, utterance, in_session=True) == (utterance, False)
    with pytest.raises(SaidToClova):
        listener.hear(utterance, in_session=False)


@pytest.mark.parametrize(
    ("language", "name", "utterance", "remedy"),
    [
        (
            "ko",
            "피자봇",
            "페퍼로니 두 판",
            "피자봇 시작해 줘, or 피자봇에게 페퍼로니 두 판. Or launch it first.",
        ),
        ("ko", "피자봇", "그만", "피자봇에게 그만"),
        ("ja", "ピザボット", "ペパロニを二枚", "ピザボットを開いて, or ピザボットでペパロニを二枚."),
        ("en", "pizza bot", "two pizzas", "open pizza bot, or ask pizza bot to two pizzas."),
    ],
)
def test_outside_a_session_nothing_is_sent_that_names_no_extension(language, name, utterance, remedy):
    listener = listen(language, name, "다른 이름")
    with pytest.raises(SaidToClova) as raised:
        listener.hear(utterance, in_session=False)
    assert "the user would be talking to Clova herself" in str(raised.value)
    assert remedy in str(raised.value)
    named = str(raised.value).partition(", or ")[2].partition(". Or")[0]
    assert outcome(listener, named) == (utterance, True)


def test_a_name_in_decomposed_hangul_is_the_same_name():
    assert outcome(listen("ko", "피자봇"), "피자봇 시작해 줘")[0] == "LaunchRequest"


def test_the_longest_name_counts():
    assert outcome(listen("ko", "피자", "피자에게"), "피자에게한테 줘") == ("줘", True)


@pytest.mark.parametrize("names", [(), ("",), (" ", "")])
@pytest.mark.parametrize("utterance", ["시작해 줘", "피자봇 시작해 줘", ""])
def test_without_invocation_names_everything_is_understood(names, utterance):
    assert outcome(listen("ko", *names), utterance) == (utterance, True)


def test_a_language_nobody_knows_is_spoken_to_as_in_english():
    assert outcome(listen("fr", "pizza"), "open pizza")[0] == "LaunchRequest"


def test_slots_come_with_unit_and_kind_and_the_reason_is_told():
    heard = listen("ko").hear("두 판", in_session=True)
    slots = heard.request["intent"]["slots"]
    assert slots == {"words": {"name": "words", "value": "두 판", "unit": "판", "valueType": "DATE"}}
    assert heard.why == "heard 두 판"


def test_what_is_said_is_understood_at_the_time_it_is_said():
    echo = Echo()
    now = datetime.fromisoformat("2026-11-20T10:00:00+09:00")
    Listener(InteractionModel(), echo).hear("내일", in_session=True, now=now)
    assert echo.now == now


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "나가기 전에 메뉴 알려 줘"),
        ("ko", "그만 기다리고 페퍼로니 주문해 줘"),
        ("ko", "종료 요일이 언제야"),
        ("ja", "終わりに飲み物も追加して"),
        ("ja", "終了で何時に閉店しますか"),
    ],
)
def test_a_sentence_that_only_begins_like_an_end_is_none(language, utterance):
    model = InteractionModel(language=language, invocation_names=("피자봇",))
    heard = Listener(model, Echo()).hear(utterance, in_session=True)
    assert heard.request["type"] == "IntentRequest"


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "이제 그만할래"),
        ("ko", "종료해 줘"),
        ("ja", "終了してください"),
        ("ja", "もう終わりにします"),
        ("en", "stop"),
    ],
)
def test_an_end_is_an_end(language, utterance):
    model = InteractionModel(language=language, invocation_names=("피자봇",))
    heard = Listener(model, Echo()).hear(utterance, in_session=True)
    assert heard.request["type"] == "SessionEndedRequest"
