"""Mistakes that developers make, and what each gets: an error or a warning with function, value and remedy.

A row is a mistake. `make` declares it, and `say` is what a user then says or does. Where `error` is set it is
raised, by the declaration or in testing by the turn; where `warns` is set, an app that is not in testing logs
one warning and answers with 200. Both hold all of `says`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Blueprint, Flask

from clova_flask import (
    AccountLinkingRequired,
    AnswerError,
    AudioURL,
    Clova,
    ClovaError,
    ConfigurationError,
    HandlerGroup,
    RegistrationError,
    Session,
    SlotError,
    ask,
    ask_for,
    audio,
    cards,
    tell,
)
from clova_flask.home import Appliance, action


@dataclass(frozen=True)
class Mistake:
    """A mistake, and what it gets."""

    make: Callable[[Clova], object]
    says: tuple[str, ...]
    say: Callable | None = None
    error: type[Exception] | None = None
    warns: bool = False
    debug: bool = False


ORDER = "order ("
"""The function's name; file and line follow it."""


def handled(function, *names, **options):
    return lambda clova: clova.intent(*(names or ("Order",)), **options)(function)


def order(pizza_type: str):
    return ask(f"{pizza_type}, 주문할까요?")


def declaring(declare, *says, error=RegistrationError):
    return Mistake(declare, says, error=error)


# Parameters


def _self(clova):
    @clova.intent("Order")
    def order(self, pizza_type: str):
        return ask(pizza_type)


def _session(clova):
    @clova.intent("Order")
    def order(sesion: Session):
        return ask("네")


def _sesion(clova):
    @clova.intent("Order")
    def order(sesion):
        return ask("네")


def _no_converter(clova):
    @clova.intent("Order")
    def order(pizza_type: list):
        return ask("네")


def _payload(clova):
    @clova.event("AudioPlayer.PlayFinished")
    def order(tokn: str):
        pass


PARAMETERS = {
    "self": declaring(_self, ORDER, "the parameter 'self'", "clova.intent(…)(shop.order)"),
    "sesion: Session": declaring(_session, ORDER, "'sesion'", "Rename it to 'session'"),
    "sesion": Mistake(
        _sesion,
        (ORDER, "'sesion'", "Did you mean 'session'?"),
        say=lambda cek: cek.intent("Order", sesion="네"),
        warns=True,
        debug=True,
    ),
    "no converter": declaring(_no_converter, ORDER, "'pizza_type'", "list", "Annotate it as str, int"),
    "payload field": declaring(_payload, ORDER, "'tokn'", "Did you mean 'token'?"),
    "slots names a parameter that is not there": declaring(
        handled(order, slots={"pizza": "pizzaType"}), ORDER, "'pizza'", "Did you mean 'pizza_type'?"
    ),
    "slots is a list": declaring(
        handled(order, slots=["pizzaType"]), "slots must be a dict", "not list", "slots={"
    ),
    "prompts names no slot": declaring(
        handled(order, prompts={"pizaType": "어떤 피자로요?"}),
        ORDER,
        "'pizaType'",
        "Did you mean 'pizzaType'?",
    ),
    "prompts is text": declaring(
        handled(order, prompts="네?"), "prompts must be a dict", "not str", "prompts={"
    ),
    "a prompt is a number": declaring(
        handled(order, prompts={"pizza_type": 5}), ORDER, "prompts['pizza_type'] must be a str", "not int"
    ),
    "a prompt is empty": declaring(
        handled(order, prompts={"pizzaType": ""}), ORDER, "'pizzaType'", "not be empty"
    ),
    "mapping": declaring(
        lambda clova: clova.intent("Order", mapping={"kind": "pizzaType"}),
        "no mapping=",
        "slots={'kind': 'pizzaType'}",
        error=TypeError,
    ),
    "convert": declaring(
        lambda clova: clova.intent("Order", convert={"n": int}),
        "no convert=",
        "def order(amount: int)",
        error=TypeError,
    ),
    "default": declaring(
        lambda clova: clova.intent("Order", default={"n": 1}),
        "no default=",
        "def order(amount=1)",
        error=TypeError,
    ),
    "another option": declaring(
        lambda clova: clova.intent("Order", stat="menu"), "'stat'", "Did you mean 'state'?", error=TypeError
    ),
}

# Answers


def _launch(clova):
    @clova.launch
    def order():
        ask("어서 오세요")


def _intent(clova):
    @clova.intent("Order", state="menu")
    @clova.intent("Order")
    def order(pizza_type: str = "치즈"):
        tell(f"{pizza_type} 주문했어요.")


def _fallback(clova):
    @clova.fallback
    def order(request):
        ask("다시 말씀해 주세요")


def _asks_for(clova):
    @clova.intent("Order")
    def order(pizza_type: str | None = None):
        return ask_for("pizaType", "어떤 피자로요?")


def _asks_at_launch(clova):
    @clova.launch
    def order():
        return ask_for("pizzaType", "어떤 피자로요?")


def _number(clova):
    @clova.intent("Order")
    def order():
        return 5


def _empty(clova):
    @clova.intent("Order")
    def order():
        return []


def _status(clova):
    @clova.intent("Order")
    def order():
        return "없어요", 404


NOTHING = ("returned None, so Clova says nothing", "Return tell(…) or ask(…)", "-> None")

ANSWERS = {
    "launch forgets to return": Mistake(
        _launch, (ORDER, "launch:", *NOTHING), say=lambda cek: cek.launch(), error=AnswerError, warns=True
    ),
    "an intent forgets to return": Mistake(
        _intent,
        (ORDER, "intent Order:", *NOTHING),
        say=lambda cek: cek.intent("Order"),
        error=AnswerError,
        warns=True,
    ),
    "the fallback forgets to return": Mistake(
        _fallback,
        (ORDER, "fallback:", *NOTHING),
        say=lambda cek: cek.intent("Other"),
        error=AnswerError,
        warns=True,
    ),
    "an intent returns an empty list": Mistake(
        _empty,
        (ORDER, "intent Order:", "returned [], so Clova says nothing", *NOTHING[1:]),
        say=lambda cek: cek.intent("Order"),
        error=AnswerError,
        warns=True,
    ),
    "a view's tuple": Mistake(
        _status,
        ("a tuple with a number", "abort(404)", "@clova.errorhandler(404)"),
        say=lambda cek: cek.intent("Order"),
        error=AnswerError,
    ),
    "a slot that a test misspells": Mistake(
        handled(order),
        ("'pizzaTyp' is not a slot of Order", "Did you mean 'pizzaType'?"),
        say=lambda cek: cek.intent("Order", pizzaTyp="치즈"),
        error=ClovaError,
    ),
    "an intent that a test misspells": Mistake(
        handled(order),
        ("No handler for the intent 'Ordr'", "Did you mean 'Order'?"),
        say=lambda cek: cek.intent("Ordr"),
        warns=True,
    ),
    "ask_for a slot that nothing takes": Mistake(
        _asks_for,
        (ORDER, "ask_for('pizaType')", "Did you mean 'pizzaType'?"),
        say=lambda cek: cek.intent("Order"),
        warns=True,
    ),
    "ask_for at launch": Mistake(
        _asks_at_launch,
        ("ask_for('pizzaType') outside an intent", "use ask(…)"),
        say=lambda cek: cek.launch(),
        error=AnswerError,
    ),
    "a number": Mistake(
        _number, ("returned int", "tell(…), ask(…)"), say=lambda cek: cek.intent("Order"), error=AnswerError
    ),
}

# What is played, shown and kept


def _giving(make):
    def declare(clova):
        @clova.intent("Order")
        def order(session):
            return make(session)

    return declare


def _refused(make, *says, error=ValueError):
    return Mistake(_giving(lambda _: make()), says, say=lambda cek: cek.intent("Order"), error=error)


def _told(answer, *says):
    return Mistake(_giving(lambda _: answer), (ORDER, *says), say=lambda cek: cek.intent("Order"), warns=True)


def _keep(session):
    session["day"] = date(2018, 8, 10)
    return ask("네")


def _whole(**response):
    return {"response": {"shouldEndSession": True, **response}}


SONG = {"title_text": "봄날", "title_sub_text1": "가수", "source_name": "라디오"}
STOP = {"header": {"namespace": "PlaybackController", "name": "Stopp"}, "payload": {}}
DELIVER = {"header": {"namespace": "AudioPlayer", "name": "StreamDeliver"}, "payload": {"audioItemId": "1"}}

SHOWN = {
    "audio on the disk": _refused(
        lambda: AudioURL("/srv/노래/a.mp3"), "'/srv/노래/a.mp3'", "not an absolute URL", "url_for('static'"
    ),
    "audio with a line break": _refused(
        lambda: AudioURL("https://example.com/a.mp3\n"), "has '\\n'", "strip() the text"
    ),
    "a stream with a space": _refused(
        lambda: audio.play("https://example.com/첫 곡.mp3", **SONG),
        "AudioPlayer.Play: audioItem.stream.url: ",
        "has ' '",
        "urllib.parse.quote",
    ),
    "a stream without a host": _refused(
        lambda: audio.stream("1", "https:///a.mp3", token="t"), "audioStream.url: ", "names no host"
    ),
    "a picture of a placeholder": _refused(
        lambda: cards.text("글", image_url="https://{host}/a.png"), "image_url: ", "'{host}'"
    ),
    "a field of a card": _refused(
        lambda: cards.text("글", imageUrl=""), "'imageUrl'", "Did you mean 'image_url'?", error=TypeError
    ),
    "a text in place of an object": _told(
        tell("네", card={"type": "Text", "mainText": "글"}),
        "response.card.mainText",
        "not str",
        "clova_flask.cards",
    ),
    "a template": _told(
        _whole(card={"type": "Imagetext"}), "response.card.type: 'Imagetext'", "Did you mean 'ImageText'?"
    ),
    "a picture that nobody can fetch": _told(
        _whole(card={"type": "Text", "imageUrl": {"type": "url", "value": "a.png"}}),
        "response.card.imageUrl.value: 'a.png'",
        "url_for('static'",
    ),
    "a directive": _told(
        _whole(directives=[STOP]), "PlaybackController.Stopp", "Did you mean 'PlaybackController.Stop'?"
    ),
    "a directive that lacks a field": _told(
        tell(directives=[DELIVER]), "payload.audioStream: Must be a dict, but is missing."
    ),
    "a date in the session": Mistake(
        _giving(_keep),
        (ORDER, "sessionAttributes.day is date", "the text of its slot", "value.isoformat()"),
        say=lambda cek: cek.intent("Order"),
        error=AnswerError,
    ),
}

# Events


def _position(clova):
    @clova.event("AudioPlayer.PlayFinished")
    def order(token: str, offset_in_milliseconds: int):
        pass


def _loader(clova):
    clova.user_loader(lambda access_token: None)


def _disabled(clova):
    @clova.event("ClovaSkill.SkillDisabled")
    def order(user):
        pass


def _loader_first(clova):
    _loader(clova)
    _disabled(clova)


def _loader_last(clova):
    _disabled(clova)
    _loader(clova)


def _loader_in_a_group(clova):
    group = HandlerGroup()
    _loader(group)
    _disabled(clova)
    clova.register(group)


def _any_skill_event(clova):
    _loader(clova)

    @clova.event("ClovaSkill.*")
    def order(user: str):
        pass


def _any_event(clova):
    _loader(clova)

    @clova.event("*")
    def order(user):
        pass


def _speaks_to_nobody(clova):
    @clova.event("ClovaSkill.SkillEnabled")
    def order():
        return tell("어서 오세요")


REMEDY = ("user: X | None", "context.system.user.id")

EVENTS = {
    "a field is missing": Mistake(
        _position,
        (ORDER, "'offsetInMilliseconds' is missing", "expects int"),
        say=lambda cek: cek.event("AudioPlayer.PlayFinished", token="곡"),
        error=SlotError,
        warns=True,
    ),
    "a field does not convert": Mistake(
        _position,
        (ORDER, "'offsetInMilliseconds' has a value that is not valid", "expects int"),
        say=lambda cek: cek.event("AudioPlayer.PlayFinished", token="곡", offset_in_milliseconds="처음"),
        error=SlotError,
        warns=True,
    ),
    "SkillDisabled needs a user": declaring(_loader_first, ORDER, "ClovaSkill.SkillDisabled", *REMEDY),
    "SkillDisabled needs a user of a later loader": declaring(
        _loader_last, ORDER, "ClovaSkill.SkillDisabled", *REMEDY
    ),
    "SkillDisabled needs a user of a group's loader": declaring(_loader_in_a_group, ORDER, *REMEDY),
    "ClovaSkill.* needs a user": declaring(_any_skill_event, ORDER, "ClovaSkill.*", *REMEDY),
    "a handler of all events needs a user": Mistake(
        _any_event,
        (ORDER, "it needs a user", "X | None", "context.system.user.id"),
        say=lambda cek: cek.event("ClovaSkill.SkillDisabled"),
        error=AccountLinkingRequired,
        warns=True,
    ),
    "speech for nobody": Mistake(
        _speaks_to_nobody,
        (ORDER, "outputSpeech", "Return None"),
        say=lambda cek: cek.event("ClovaSkill.SkillEnabled"),
        warns=True,
    ),
    "an event that does not exist": declaring(
        lambda clova: clova.event("AudioPlayer.PlayFinish"),
        "'AudioPlayer.PlayFinish'",
        "AudioPlayer.PlayFinished",
    ),
    "a built-in intent that does not exist": declaring(
        lambda clova: clova.intent("Clova.YesIntnet"), "'Clova.YesIntnet'", "Did you mean 'Clova.YesIntent'?"
    ),
}

# Phrases


def _replace(lang, occasion, speech):
    def make(clova):
        clova.phrases[lang][occasion] = speech

    return make


def _late(clova):
    clova.launch(lambda: tell("네"))
    app = Flask(__name__)
    app.config.update(TESTING=True, CLOVA_PLATFORM="naver")
    clova.init_app(app)
    app.extensions["clova"][clova.name].open()
    clova.phrases["ko"]["failed"] = "앗"


PHRASES = {
    "a language": declaring(_replace("kr", "failed", "앗"), "'kr'", "Use one of: ko, ja, en."),
    "an occasion": declaring(_replace("ja", "faild", "あれ"), "'faild'", "Did you mean 'failed'?"),
    "no speech": declaring(
        _replace("ja", "failed", 5), "clova.phrases['ja']['failed'] must be a str", "not int"
    ),
    "empty speech": declaring(
        _replace("ja", "failed", ""), "clova.phrases['ja']['failed']", "must not be empty"
    ),
    "too late": declaring(_late, "'failed' cannot be replaced any more", "Replace it where"),
}

# The extension


def _making(*arguments, **settings):
    return lambda clova: Clova(*arguments, **settings)


def create_app():
    return Flask(__name__)


EXTENSION = {
    "a path by position": declaring(_making(Flask("a"), "/"), "Clova(app, url_prefix='/')", error=TypeError),
    "a name by position": declaring(_making(Flask("a"), "shop"), "Clova(app, name='shop')", error=TypeError),
    "a name that is none": declaring(
        _making(name=None), "None is not a valid name", error=ConfigurationError
    ),
    "two things by position": declaring(
        _making("a", 5), "the app or the extension's name", "5", error=TypeError
    ),
    "a path for a name": declaring(
        _making("/voice"), "'/voice'", "url_prefix='/voice'", error=ConfigurationError
    ),
    "route=": declaring(_making(route="/voice"), "'route'", "Did you mean 'url_prefix'?", error=TypeError),
    "application_id=": declaring(
        _making(application_id="com.x"), "'application_id'", "Did you mean 'extension_id'?", error=TypeError
    ),
    "a blueprint in init_app": declaring(
        lambda clova: clova.init_app(Blueprint("shop", __name__, url_prefix="/shop")),
        "the blueprint 'shop'",
        "clova.init_app(app)",
        'url_prefix="/shop/clova"',
        error=ConfigurationError,
    ),
    "the extension as a blueprint": declaring(
        lambda clova: Flask("a").register_blueprint(clova), "is no blueprint", "clova.init_app(app)"
    ),
    "a blueprint in Clova": declaring(
        _making(Blueprint("shop", __name__)),
        "the blueprint 'shop'",
        "clova.init_app(app)",
        error=ConfigurationError,
    ),
    "a factory": declaring(
        lambda clova: clova.init_app(create_app),
        "the function 'create_app'",
        "clova.init_app(create_app())",
        error=ConfigurationError,
    ),
    "None": declaring(
        lambda clova: clova.init_app(None), "not None", "clova.init_app(app)", error=ConfigurationError
    ),
    "a time zone": declaring(
        lambda clova: Clova(Flask("a"), platform="naver", timezone="Asia/Soeul"),
        "CLOVA_TIMEZONE",
        "'Asia/Soeul'",
        "Asia/Seoul",
        error=ConfigurationError,
    ),
}

# Clova Home


class Lamp(Appliance, type="LIGHT"):
    @action("TurnOn", "TurnOff")
    def power(self):
        pass


def _declaring_lamp(**methods):
    """Make a class of lamps with further members."""
    return lambda clova: type("Ceiling", (Appliance,), methods, type="LIGHT")


def order_dim(self, brigthness: float):
    return brigthness


def _listing(listed):
    def make(clova):
        @clova.home.discover
        def order(user):
            return listed()

    return make


def _answering(name, answer):
    def make(clova):
        @clova.home.on(name)
        def order():
            return answer

    return make


def _careless():
    class Careless(Appliance, type="LIGHT"):
        def __init__(self, row):
            self.row = row

    return Careless({})


def _discover(cek):
    return cek.home("DiscoverAppliances", {"accessToken": "토큰"})


def _control(name, **fields):
    return lambda cek: cek.home(name, {"accessToken": "토큰", "appliance": {"applianceId": "등"}, **fields})


def _left_out(listed, *says):
    return Mistake(_listing(listed), says, say=_discover, warns=True)


HOME = {
    "a type": declaring(
        lambda clova: type("Ceiling", (Appliance,), {}, type="LIGTH"), "'LIGTH'", "Did you mean 'LIGHT'?"
    ),
    "a type of one's own": declaring(
        lambda clova: type("Ceiling", (Appliance,), {}, type="LAMP"), "'LAMP'", "LIGHT"
    ),
    "a place": declaring(
        lambda clova: type("Ceiling", (Appliance,), {}, type="LIGHT", location="LIVINGROOM"),
        "'LIVINGROOM'",
        "Did you mean 'LIVING_ROOM'?",
    ),
    "a keyword": declaring(
        lambda clova: type("Ceiling", (Appliance,), {}, type="LIGHT", manufacturer="등대"),
        "'manufacturer'",
        "Did you mean 'manufacturer_name'?",
    ),
    "an action": declaring(lambda clova: action("TurnOnn"), "'TurnOnn'", "Did you mean 'TurnOn'?"),
    "an action without parentheses": declaring(
        lambda clova: action(order), ORDER, "@action", 'action("TurnOn'
    ),
    "an action that the type does not have": declaring(
        _declaring_lamp(charge=action("Charge")(lambda self: None)), "Ceiling", "Charge", "LIGHT"
    ),
    "a field": declaring(
        _declaring_lamp(dim=action("SetBrightness")(order_dim)),
        "order_dim (",
        "'brigthness'",
        "Did you mean 'brightness'?",
    ),
    "limits of what has no value": declaring(
        lambda clova: action("TurnOn", minimum=0, maximum=1), "TurnOn", "no value that could have limits"
    ),
    "a function's action": declaring(
        lambda clova: clova.home.on("SetBrightnes"), "'SetBrightnes'", "Did you mean 'SetBrightness'?"
    ),
    "discover returns a dict": Mistake(
        _listing(dict), ("home.discover must return a list", "dict"), say=_discover, error=AnswerError
    ),
    "discover returns nothing": Mistake(
        _listing(lambda: None), ("home.discover must return a list", "None"), say=_discover, error=AnswerError
    ),
    "a reply's field": Mistake(
        _answering("GetHumidity", {"humidty": 40}),
        ("GetHumidityResponse cannot be sent", "humidty: Unknown field. Did you mean 'humidity'?", ORDER),
        say=_control("GetHumidity"),
        error=AnswerError,
    ),
    "a reply of another kind": Mistake(
        _answering("GetFineDust", ["좋음"]),
        ("GetFineDustResponse cannot be sent", "fineDust: Must be a dict, not list.", ORDER),
        say=_control("GetFineDust"),
        error=AnswerError,
    ),
    "a number out of range": Mistake(
        _answering("GetBatteryInfo", 140),
        ("GetBatteryInfoResponse", "is 140", "from 0 to 100"),
        say=_control("GetBatteryInfo"),
        warns=True,
    ),
    "a place of one appliance": _left_out(
        lambda: [Lamp("등", location="LIVINGROOM")], "<Lamp '등' LIGHT>", "Did you mean 'LIVING_ROOM'?"
    ),
    "a number for a version": _left_out(
        lambda: [Lamp("등", version=2)], "<Lamp '등' LIGHT>", "version is left out", "it is 2"
    ),
    "limits that contradict": _left_out(
        lambda: [Lamp("등", limits={"SetBrightness": (80, 20)})], "<Lamp '등' LIGHT>", "contradict each other"
    ),
}

MISTAKES = {
    f"{subject}: {name}": mistake
    for subject, rows in {
        "parameters": PARAMETERS,
        "answers": ANSWERS,
        "shown": SHOWN,
        "events": EVENTS,
        "phrases": PHRASES,
        "extension": EXTENSION,
        "home": HOME,
    }.items()
    for name, mistake in rows.items()
}


def _of(**wanted):
    return [pytest.param(m, id=name) for name, m in MISTAKES.items() if all(getattr(m, k) for k in wanted)]


@pytest.mark.parametrize("mistake", _of(error=True))
def test_a_mistake_is_an_error(clova, connect, mistake):
    def make():
        mistake.make(clova)
        if mistake.say is not None:
            mistake.say(connect())

    with pytest.raises(mistake.error) as caught:
        make()
    _require(mistake, "\n".join([str(caught.value), *getattr(caught.value, "__notes__", ())]))


@pytest.mark.parametrize("mistake", _of(warns=True))
def test_a_mistake_is_a_warning(clova, connect, caplog, mistake):
    caplog.set_level(logging.WARNING)
    mistake.make(clova)
    cek = connect(testing=False)
    cek.app.debug = mistake.debug
    caplog.clear()
    assert mistake.say(cek).status_code == 200
    [record] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.levelname == "WARNING"
    _require(mistake, record.getMessage())


def _require(mistake, text):
    for wanted in (*mistake.says, *(["test_mistakes.py:"] if ORDER in mistake.says else [])):
        assert wanted in text
