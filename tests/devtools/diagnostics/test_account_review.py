"""What a review finds where accounts are linked: actions of a home, and messages without a valid token."""

import json

import pytest

from clova_flask.devtools.diagnostics import endpoint_review, home_trial, token_review
from clova_flask.devtools.diagnostics.connection import Endpoint
from clova_flask.devtools.diagnostics.endpoint_review import Subject, review_endpoint
from clova_flask.devtools.diagnostics.home_review import review_home
from clova_flask.devtools.diagnostics.token_review import review_tokens
from clova_flask.devtools.model.objects import CustomIntent, InteractionModel
from clova_flask.devtools.simulator.requests import intent_request, launch_request
from clova_flask.security.devkey import generate_key
from clova_flask.wire.http import HttpResponse

KEY = generate_key()
TOKEN = "token-of-bora"
LAMP = {
    "applianceId": "등-1",
    "applianceTypes": ["LIGHT"],
    "actions": ["TurnOff", "TurnOn", "SetBrightness", "SetTargetTemperature", "Levitate"],  # the last is none
    "friendlyName": "거실 등",
    "friendlyDescription": "거실의 등",
    "isIr": False,
    "manufacturerName": "보라",
    "modelName": "b-1",
    "version": "1",
    "location": "LIVING_ROOM",
    "isReachable": True,
    "tags": [],
    "customCommands": [],
    "additionalApplianceDetails": {
        "actionDetails": [
            {
                "action": "SetBrightness",
                "allowableValue": {"type": "boundedNumber", "minValue": 10, "maxValue": 80},
            }
        ]
    },
}


class Home:
    """A home whose answers to actions are the test's."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []
        self.appliances = [LAMP]

    def __call__(self, body, headers):
        message = json.loads(body)
        header, payload = message["header"], message["payload"]
        name = header["name"].removesuffix("Request")
        self.asked.append((name, payload))
        if payload.get("accessToken") != TOKEN:
            return self.answer(header, "InvalidAccessTokenError", {})
        if name == "DiscoverAppliances":
            return self.answer(header, f"{name}Response", {"discoveredAppliances": self.appliances})
        return self.answer(header, *self.answers.get(name, (f"{name}Confirmation", {})))

    @staticmethod
    def answer(header, name, payload):
        answer = {"header": {**header, "name": name}, "payload": payload}
        return HttpResponse(200, json.dumps(answer).encode())


def review(home, **options):
    endpoint = Endpoint("https://example.com/clova", "home", "naver", "com.example.home", home)
    found = review_home(endpoint, KEY, TOKEN, **{"tries_actions": True, **options})
    return [(finding.code, finding.message) for finding in found if finding.code.startswith("review.")]


def test_every_action_is_done_in_an_order_that_works():
    home = Home()
    (told,) = review(home)
    assert told[0] == "review.not-checked"
    assert "등-1 SetTargetTemperature" in told[1]
    assert [name for name, _ in home.asked[2:]] == ["TurnOn", "SetBrightness", "TurnOff"]
    assert home.asked[3][1]["brightness"] == {"value": 45}
    assert home.asked[3][1]["appliance"]["additionalApplianceDetails"] == LAMP["additionalApplianceDetails"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (("UnsupportedOperationError", {}), ["review.action-failed"]),
        (("ValueOutOfRangeError", {"minimumValue": 20, "maximumValue": 80}), ["review.action-failed"]),
        (("TargetOfflineError", {}), ["review.not-checked"]),
        (("ConditionsNotMetError", {"state": "문"}), ["review.not-checked"]),
        (("SetBrightnessConfirmation", {}), []),
    ],
)
def test_an_action_that_does_not_work(answer, expected):
    found = review(Home(SetBrightness=answer))
    assert [code for code, text in found if "SetBrightness" in text] == expected


def test_what_the_platform_would_refuse_in_an_answer():
    home = Home(SetBrightness=("TurnOnConfirmation", {}))
    endpoint = Endpoint("https://example.com/clova", "home", "naver", "com.example.home", home)
    found = list(review_home(endpoint, KEY, TOKEN, tries_actions=True))
    assert [one.code for one in found if one.message.startswith("등-1 SetBrightness: ")] == [
        "answer.wrong-reply"
    ]


def test_nothing_is_moved_unless_it_is_asked_for():
    home = Home()
    assert review(home, tries_actions=False) == [
        (
            "review.not-checked",
            "Each action of each product has to be done. It moves what is connected, so ask for it.",
        )
    ]
    assert [name for name, _ in home.asked] == ["DiscoverAppliances"] * 2


def test_a_device_that_is_away_is_told_once():
    offline = ("TargetOfflineError", {})
    told = [text for _, text in review(Home(TurnOn=offline, TurnOff=offline)) if "TargetOffline" in text]
    actions, why = "TurnOn, TurnOff: TargetOfflineError", "The appliance is offline."
    assert told == [f"등-1 was not ready for {actions}. {why} Do it again when it is."]


def test_steps_are_taken_from_the_middle_and_may_be_refused_at_a_limit():
    at_limit = ("ValueOutOfRangeError", {"minimumValue": 0, "maximumValue": 100})
    home = Home(DecrementBrightness=at_limit)
    home.appliances = [{**LAMP, "actions": ["DecrementBrightness", "SetBrightness", "SetColor"]}]
    assert review(home) == []
    sent = dict(home.asked[2:])
    assert list(sent) == ["SetBrightness", "SetColor", "DecrementBrightness"]
    assert sent["DecrementBrightness"]["deltaBrightness"] == {"value": 1}
    assert sent["SetColor"]["color"]["hue"] == 180


def test_there_is_an_end(monkeypatch):
    monkeypatch.setattr(home_trial, "MAX_SECONDS", -1)
    home = Home()
    ((code, text),) = review(home)
    assert (code, text.count("등-1 ")) == ("review.not-checked", 4)


@pytest.mark.parametrize(
    "appliances",
    [[], {}, None, [7, None, "등", {}], [{"applianceId": 1, "actions": {}}, {"actions": [["TurnOn"], 7]}]],
    ids=range(5),
)
def test_odd_appliances(appliances):
    home = Home()
    home.appliances = appliances
    assert "review.action-failed" not in [code for code, _ in review(home)]


class Bot:
    """A custom extension: what it says to nobody, to a wrong token and to the user's, by intent."""

    def __init__(self, *answers, **by_intent):
        self.answers, self.by_intent = answers, by_intent
        self.asked = []

    def __call__(self, body, headers):
        message = json.loads(body)
        token = message["context"]["System"]["user"].get("accessToken")
        name = message["request"]["intent"]["name"]
        self.asked.append((name, token))
        none, wrong, valid = self.by_intent.get(name, self.answers)
        said = none if token is None else valid if token == TOKEN else wrong
        if isinstance(said, int):
            return HttpResponse(said, b"")
        speech = {"type": "SimpleSpeech", "values": {"type": "PlainText", "lang": "ko", "value": said}}
        response = {
            "outputSpeech": speech if said else {},
            "card": {},
            "directives": [],
            "shouldEndSession": True,
        }
        return HttpResponse(
            200, json.dumps({"version": "0.1.0", "sessionAttributes": {}, "response": response}).encode()
        )


ASK = "앱에서 계정을 연결해 주세요."
HELLO = "보라님, 어서 오세요."


def tokens(bot, token=TOKEN, intents=()):
    endpoint = Endpoint("https://example.com/clova", "custom", "naver", "com.example.bot", bot)
    requests = [("launch", launch_request()), *((name, intent_request(name, {})) for name in intents)]
    return [(finding.code, finding.message) for finding in review_tokens(endpoint, KEY, token, requests)]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((ASK, ASK, HELLO), []),
        ((ASK, HELLO, HELLO), ["review.token-not-refused"]),
        ((ASK, 500, HELLO), ["review.token-breaks"]),
        ((500, "", HELLO), ["review.token-breaks", "review.token-breaks", "review.not-checked"]),
        ((ASK, "잠시 후 다시 말씀해 주세요.", HELLO), ["review.link-again"]),
        (("누구세요?", "누구세요?", HELLO), ["review.link-again"] * 2 + ["review.not-checked"]),
        ((HELLO, HELLO, HELLO), ["review.not-checked"]),
        (("", "", ""), ["review.not-checked"]),
    ],
)
def test_with_a_users_token(answers, expected):
    assert [code for code, _ in tokens(Bot(*answers))] == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((ASK, ASK, None), []),
        (("連携してください。", "もう一度アカウントを連携してください。", None), []),
        ((ASK, 500, None), ["review.token-breaks"]),
        ((HELLO, HELLO, None), ["review.not-checked"]),
    ],
)
def test_without_one(answers, expected):
    assert [code for code, _ in tokens(Bot(*answers), token=None)] == expected


def test_an_intent_that_needs_the_account():
    bot = Bot("어서 오세요.", "어서 오세요.", "어서 오세요.", Orders=(ASK, 500, HELLO))
    ((code, text),) = tokens(bot, intents=("Orders", "Help"))
    assert (code, text) == ("review.token-breaks", "Orders with a wrong one was answered with HTTP 500.")
    assert {name for name, _ in bot.asked} == {"", "Orders", "Help"}
    assert TOKEN not in text


def test_not_without_end():
    bot = Bot(ASK, ASK, HELLO)
    assert tokens(bot, intents=[f"Intent{number}" for number in range(100)]) == []
    assert len(bot.asked) == 60


def test_messages_without_an_account_are_sent_for_a_time(monkeypatch):
    monkeypatch.setattr(token_review, "MAX_SECONDS", -1)
    bot = Bot(ASK, ASK, HELLO)
    told = [text for _, text in tokens(bot, intents=["Orders"])]
    assert "After -1 s no more was asked; launch is the first that is left." in told
    assert bot.asked == []


def test_intents_are_sent_for_a_time_and_those_that_are_left_are_told(monkeypatch):
    monkeypatch.setattr(endpoint_review, "MAX_SECONDS", -1)
    bot = Bot(HELLO, HELLO, HELLO)
    endpoint = Endpoint("https://example.com/clova", "custom", "naver", "com.example.bot", bot)
    model = InteractionModel(intents={name: CustomIntent(name) for name in ("Order", "Status")})
    told = [one.message for one in review_endpoint(Subject(endpoint, KEY, model)) if one.where.name == "B1"]
    left = "Clova.GuideIntent, Clova.CancelIntent, Clova.YesIntent, Clova.NoIntent, Order, Status"
    assert told == [f"After -1 s no more intents were sent. 6 are left: {left}."]
    assert not {"Order", "Status"} & {name for name, _ in bot.asked}


@pytest.mark.parametrize(("links", "times"), [(True, 1), (False, 0)])
def test_a_review_asks_it_where_accounts_are_linked(links, times):
    bot = Bot(ASK, 500, HELLO)
    endpoint = Endpoint("https://example.com/clova", "custom", "naver", "com.example.bot", bot)
    found = [finding.code for finding in review_endpoint(Subject(endpoint, KEY, links=links))]
    assert found.count("review.token-breaks") == times
