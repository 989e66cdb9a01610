"""What Clova asks where a slot is missing: `prompts=`, `clova.phrases`, and what is told in debug."""

import pytest
from flask import Flask, abort

from clova_flask import AudioURL, Clova, RegistrationError, SlotError, Speech, SpeechSet, ask_for, tell
from clova_flask.custom.phrases import PHRASES
from clova_flask.testing import CekClient

MISSING = PHRASES["ko"]["slot_missing"]
INVALID = PHRASES["ko"]["slot_invalid"]


@pytest.fixture
def barista(clova):
    @clova.intent("Brew", prompts={"strength": "얼마나 진하게요?", "cupSize": Speech("カップは?", lang="ja")})
    def brew(bean: str, strength: int, cup_size: str):
        return tell(f"{bean} {strength} {cup_size}")

    return clova


@pytest.mark.usefixtures("barista")
def test_each_slot_is_asked_for_in_its_own_words(connect):
    cek = connect()
    reply = cek.intent("Brew")
    assert (reply.speech, reply.asked_for, reply.should_end_session) == (MISSING, "bean", False)
    reply = cek.intent("Answer", bean="예가체프")
    assert (reply.speech, reply.asked_for) == ("얼마나 진하게요?", "strength")
    reply = cek.intent("Answer", strength="진하게")
    assert (reply.speech, reply.asked_for) == ("얼마나 진하게요?", "strength")
    reply = cek.intent("Answer", strength=3)
    assert (reply.speech, reply.asked_for) == ("カップは?", "cupSize")
    assert reply.output_speech["values"]["lang"] == "ja"
    assert cek.intent("Answer", cupSize="톨").speech == "예가체프 3 톨"


@pytest.mark.parametrize(
    "prompt",
    [
        "몇 호실이요?",
        Speech("몇 호실이요?"),
        ["몇 호실이요?"],
        SpeechSet("몇 호실이요?", ["방 번호를", "말씀해 주세요."]),
    ],
    ids=["str", "Speech", "list", "SpeechSet"],
)
@pytest.mark.parametrize("key", ["room", "roomNumber", "room_number"])
def test_a_prompt_is_anything_that_can_be_spoken_by_either_name(clova, connect, key, prompt):
    slots = {"room": "roomNumber"} if key == "room" else {}
    clova.intent("Knock", slots=slots, prompts={key: prompt})(
        (lambda room: tell(room)) if key == "room" else (lambda room_number: tell(room_number))
    )
    reply = connect().intent("Knock")
    assert "몇 호실이요?" in str(reply.output_speech)
    assert reply.asked_for == "roomNumber"


class Lazy:
    """A text that is not known before a message is handled, as lazy_gettext returns."""

    def __init__(self, read):
        self.read = read

    def __str__(self):
        return self.read()

    def __getattr__(self, name):
        return getattr(str(self), name)

    def __len__(self):
        return len(str(self))

    def __eq__(self, other):
        return str(self) == other

    __hash__ = None


def test_a_lazy_text_is_read_when_it_is_spoken(clova, connect):
    words = {}

    def read(name):
        if not words:
            raise RuntimeError("no message is handled")  # as a LocalProxy does
        return words[name]

    prompt, sorry = Lazy(lambda: read("prompt")), Lazy(lambda: read("sorry"))
    clova.phrases["ko"]["unhandled"] = sorry
    clova.intent("Brew", prompts={"strength": prompt})(lambda strength: tell(strength))
    words |= {"prompt": "얼마나 진하게요?", "sorry": "그건 못 해요."}
    cek = connect()
    assert (cek.intent("Brew").speech, cek.intent("Wash").speech) == ("얼마나 진하게요?", "그건 못 해요.")


def test_audio_may_ask(clova, connect):
    url = "https://quiz.example.com/question.mp3"
    clova.intent("Guess", prompts={"answer": AudioURL(url)})(lambda answer: tell(answer))
    assert connect().intent("Guess").output_speech["values"]["value"] == url


def test_an_errorhandler_of_slots_comes_first_and_knows_the_prompt(clova, connect):
    clova.errorhandler(SlotError)(lambda error: ask_for(error.name, f"죄송해요. {error.prompt}"))
    clova.intent("Brew", prompts={"strength": "얼마나 진하게요?"})(lambda strength: tell(strength))
    assert connect().intent("Brew").speech == "죄송해요. 얼마나 진하게요?"


def test_prompts_belong_to_their_handler(clova, connect):
    clova.intent("Brew", prompts={"size": "잔은요?"})(lambda size: tell(size))
    clova.intent("Wrap", prompts={"size": "상자는요?"})(lambda size: tell(size))
    clova.intent("Cut")(lambda size: tell(size))
    cek = connect()
    assert [cek.intent(name).speech for name in ("Brew", "Wrap", "Cut")] == ["잔은요?", "상자는요?", MISSING]


# In debug


@pytest.mark.parametrize(
    ("locale", "lang", "said"),
    [("ko-KR", "ko", "많이"), ("ja-JP", "ja", "たくさん"), ("en-US", "en", "many")],
)
def test_in_debug_the_question_names_the_slot(clova, connect, locale, lang, said):
    clova.intent("Order")(lambda pizza_amount: tell("네"))
    clova.intent("Count", slots={"n": "인원수"})(count)
    cek = connect(client={"locale": locale})
    cek.app.debug = True
    assert cek.intent("Order").speech == f"{PHRASES[lang]['slot_missing']} (pizzaAmount)"
    assert cek.intent("Count", 인원수=said).speech == f"{PHRASES[lang]['slot_invalid']} (인원수)"


def count(n: int):
    return tell(str(n))


def test_in_debug_a_prompt_stays_as_it_is(clova, connect):
    clova.intent("Brew", prompts={"strength": "얼마나 진하게요?"})(lambda strength: tell("네"))
    cek = connect()
    cek.app.debug = True
    assert cek.intent("Brew").speech == "얼마나 진하게요?"


# Phrases


SPOKEN = {
    "unhandled": lambda cek: cek.intent("Nothing"),
    "failed": lambda cek: cek.intent("Fail"),
    "slot_missing": lambda cek: cek.intent("Count"),
    "slot_invalid": lambda cek: cek.intent("Count", n="많이"),
    "account_linking": lambda cek: cek.intent("Mine"),
    "refused": lambda cek: cek.intent("Abort", status=403),
    "not_found": lambda cek: cek.intent("Abort", status=404),
    "busy": lambda cek: cek.intent("Abort", status=429),
}


def declare(clova):
    @clova.intent("Abort")
    def fail(status: int):
        abort(status)

    clova.intent("Fail")(lambda: 1 / 0)
    clova.intent("Count")(count)
    clova.intent("Mine")(lambda user: tell("네"))
    clova.user_loader(lambda access_token: None)


@pytest.mark.parametrize("lang", PHRASES)
@pytest.mark.parametrize("occasion", PHRASES["ko"])
def test_every_sentence_can_be_replaced(clova, connect, occasion, lang):
    declare(clova)
    clova.phrases[lang][occasion] = "다른 말"
    cek = connect(testing=False, client={"locale": {"ko": "ko-KR", "ja": "ja-JP", "en": "en-US"}[lang]})
    for other, send in SPOKEN.items():
        reply = send(cek)
        assert reply.speech == ("다른 말" if other == occasion else PHRASES[lang][other])
        assert reply.output_speech["values"]["lang"] == lang
        assert reply.should_end_session is (other == "account_linking")
        cek.caller.end_session()


def test_launch_without_a_handler_says_it_too(clova, connect):
    clova.phrases["ko"]["unhandled"] = Speech("안녕하세요. 무엇을 할까요?")
    clova.intent("Other")(lambda: tell("네"))
    assert connect().launch().speech == "안녕하세요. 무엇을 할까요?"


def test_a_language_is_replaced_by_several_at_once(clova):
    clova.phrases["ja"] = {"failed": "あれ", "busy": ["少し", "待って"]}
    clova.phrases["ja"].update(refused="だめです")
    said = dict(clova.phrases["ja"])
    assert (said["failed"], said["busy"], said["refused"]) == ("あれ", ["少し", "待って"], "だめです")
    assert said["unhandled"] == PHRASES["ja"]["unhandled"]
    assert {lang: list(sentences) for lang, sentences in clova.phrases.items()} == {
        lang: list(sentences) for lang, sentences in PHRASES.items()
    }
    assert ("ja" in clova.phrases, "jp" in clova.phrases, len(clova.phrases)) == (True, False, 3)
    assert ("failed" in said, "faild" in clova.phrases["ja"]) == (True, False)
    del clova.phrases["ja"]["failed"]
    assert clova.phrases["ja"]["failed"] == PHRASES["ja"]["failed"]
    assert len(clova.phrases["ja"]) == len(PHRASES["ja"])
    with pytest.raises(RegistrationError, match="Did you mean 'failed'"):
        del clova.phrases["ja"]["faild"]


def test_two_extensions_do_not_share_their_sentences(app_of):
    quiz, radio = Clova("quiz", url_prefix="/quiz"), Clova("radio", url_prefix="/radio")
    quiz.phrases["ko"]["unhandled"] = "문제를 들어 보세요."
    app = app_of(quiz, radio)
    said = [CekClient(app, name=name).intent("X").speech for name in ("quiz", "radio")]
    assert said == ["문제를 들어 보세요.", PHRASES["ko"]["unhandled"]]


def test_two_apps_have_what_was_there_when_each_was_opened(app_of, clova):
    first = app_of(clova)
    second = app_of(clova)
    clova.phrases["ko"]["unhandled"] = "하나"
    assert CekClient(first).intent("X").speech == "하나"
    with pytest.raises(
        RegistrationError, match="'busy' cannot be replaced any more: the app 'a' has answered"
    ):
        clova.phrases["ko"]["busy"] = "둘"
    clova.phrases["ko"]["unhandled"] = "하나"  # as a factory does for each app
    assert CekClient(second).intent("X").speech == "하나"


@pytest.fixture
def app_of():
    def app_of(*extensions):
        app = Flask("a")
        app.config.update(TESTING=True, CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.x")
        for one in extensions:
            if one.registry.is_empty:
                one.session_ended(lambda: None)
            one.init_app(app)
        return app

    return app_of


@pytest.mark.parametrize("occasion", ["slot_missing", "failed"])
def test_a_sentence_that_cannot_be_sent_costs_no_500(clova, connect, occasion):
    clova.phrases["ko"][occasion] = [Speech("가" * 300), AudioURL("")]
    declare(clova)
    assert SPOKEN[occasion](connect(testing=False)).status_code == 200
