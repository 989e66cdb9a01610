"""What the platform would refuse in an answer: each finding with its code and the path of its field."""

import copy

import pytest

from clova_flask.devtools.simulator.judge import judge
from clova_flask.devtools.simulator.reply import Reply
from clova_flask.findings import Finding, Place

GOOD = {
    "version": "1.0",
    "sessionAttributes": {},
    "response": {
        "outputSpeech": {
            "type": "SimpleSpeech",
            "values": {"type": "PlainText", "lang": "ja", "value": "こんにちは"},
        },
        "card": {},
        "directives": [],
        "shouldEndSession": False,
        "reprompt": {"outputSpeech": {}},
    },
}
PAUSE = {"header": {"namespace": "PlaybackController", "name": "Pause", "messageId": "1"}, "payload": {}}
STREAM = {"header": {"namespace": "AudioPlayer", "name": "StreamDeliver", "messageId": "1"}, "payload": {}}


def custom(answer):
    return judge(Reply({"version": "1.0", "request": {}}, 200, answer, "…"))


def changed(answer, path, value):
    answer = copy.deepcopy(answer)
    *steps, last = path.split(".")
    inner = answer
    for step in steps:
        inner = inner[int(step) if step.isdecimal() else step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return answer


def test_a_good_answer_has_no_findings():
    assert custom(GOOD) == []
    assert custom(changed(GOOD, "response.directives", [PAUSE])) == []


INVALID = "answer.invalid-field"


@pytest.mark.parametrize(
    ("path", "value", "code", "where", "message"),
    [
        ("version", ..., INVALID, "version", "Missing"),
        (
            "version",
            "0.1.0",
            "answer.version",
            "version",
            "must be the request's version '1.0'",
        ),
        ("sessionAttributes", ..., INVALID, "sessionAttributes", "Missing"),
        ("sessionAttributes", None, INVALID, "sessionAttributes", ""),
        ("response", [], INVALID, "response", ""),
        ("extra", 1, INVALID, "extra", "Unknown"),
        ("response.outputSpeech", ..., INVALID, "response.outputSpeech", "Missing"),
        ("response.outputSpeech.type", "Speech", INVALID, "response.outputSpeech.type", "'Speech'"),
        ("response.outputSpeech.values.lang", "fr", INVALID, "response.outputSpeech.values.lang", ""),
        (
            "response.outputSpeech.values.value",
            "가" * 201,
            INVALID,
            "response.outputSpeech.values.value",
            "A sentence of 201",
        ),
        ("response.outputSpeech.values.value", " ", INVALID, "response.outputSpeech.values.value", "Empty"),
        (
            "response.outputSpeech.values.token",
            "t",
            INVALID,
            "response.outputSpeech.values.token",
            "Not a UUID v4",
        ),
        ("response.card", [], INVALID, "response.card", "Not an object"),
        ("response.card", ..., INVALID, "response.card", "Missing"),
        ("response.shouldEndSession", "no", INVALID, "response.shouldEndSession", "Not true or false"),
        (
            "response.shouldEndSession",
            True,
            "answer.unheard-reprompt",
            "response.reprompt",
            "The user never hears it",
        ),
        ("response.reprompt", {}, INVALID, "response.reprompt.outputSpeech", "Missing"),
        ("response.directives", {}, INVALID, "response.directives", ""),
        ("response.directives", ["멈춰"], INVALID, "response.directives[0]", ""),
        (
            "response.directives",
            [{**PAUSE, "header": {}}],
            INVALID,
            "response.directives[0].header.namespace",
            "Missing",
        ),
        (
            "response.directives",
            [PAUSE, STREAM],
            "answer.directive",
            "response.directives[1].payload.audioItemId",
            "Must be a str, but is missing.",
        ),
        (
            "response.directives",
            [changed(PAUSE, "header.name", "Dance")],
            "answer.directive",
            "response.directives[0].payload",
            "'PlaybackController.Dance' is not a directive",
        ),
    ],
)
def test_a_finding_names_its_field(path, value, code, where, message):
    found = [finding for finding in custom(changed(GOOD, path, value)) if finding.where.name == where]
    assert [finding.code for finding in found] == [code] * len(found)
    assert found[0].message.startswith(message)


@pytest.mark.parametrize(
    ("status", "answer", "text", "code", "message"),
    [
        (401, {"error": "서명"}, "", "answer.status", "HTTP 401: 서명"),
        (500, None, "<h1>\n오류</h1>", "answer.status", "HTTP 500: <h1> 오류</h1>"),
        (502, None, "", "answer.status", "HTTP 502: nothing"),
        (200, None, "x" * 100, "answer.not-json", f"The answer is not a JSON object: {'x' * 80}…"),
        (200, [GOOD], "[…]", "answer.not-json", "The answer is not a JSON object: […]"),
    ],
)
def test_what_is_not_an_answer_is_one_finding(status, answer, text, code, message):
    assert judge(Reply({"request": {}}, status, answer, text)) == [Finding(code, message)]


def home(name, payload, /, *, action="TurnOn", **header):
    usual = {"messageId": "m-1", "namespace": "ClovaHome", "name": name, "payloadVersion": "1.0"}
    request = {"header": {**usual, "name": f"{action}Request"}, "payload": {}}
    message = {"header": {k: v for k, v in {**usual, **header}.items() if v is not ...}, "payload": payload}
    return judge(Reply(request, 200, message, "…"))


LAMP = {
    "applianceId": "lamp-1",
    "applianceTypes": ["LIGHT"],
    "actions": ["TurnOn", "SetBrightness"],
    "friendlyName": "거실 등",
    "isIr": False,
    "location": "LIVING_ROOM",
}
COMMAND = {"name": "영화 보자", "actions": [{"applianceId": "lamp-1", "action": "TurnOff"}]}


def discovery(*appliances, **payload):
    payload = {"discoveredAppliances": list(appliances), **payload}
    return home("DiscoverAppliancesResponse", payload, action="DiscoverAppliances")


@pytest.mark.parametrize(
    "findings",
    [
        home("TurnOnConfirmation", {}),
        home("SetBrightnessConfirmation", {"brightness": {"value": 50}}, action="SetBrightness"),
        home("SetBrightnessConfirmation", {}, action="SetBrightness"),
        home("TargetOfflineError", {}),
        home("ConditionsNotMetError", {"state": "문이 열려 있어서"}),
        home("ValueOutOfRangeError", {"minimumValue": 0, "maximumValue": 100}, action="SetBrightness"),
        discovery(),
        discovery(LAMP, {**LAMP, "applianceId": "lamp-2"}, customCommands=[COMMAND]),
    ],
)
def test_a_good_answer_of_a_home_has_no_findings(findings):
    assert findings == []


@pytest.mark.parametrize(
    ("findings", "code", "where", "message"),
    [
        (
            home("TurnOnConfirmation", {}, namespace="Home"),
            INVALID,
            "header.namespace",
            "must be 'ClovaHome', not 'Home'.",
        ),
        (
            home("TurnOnConfirmation", {}, payloadVersion=...),
            INVALID,
            "header.payloadVersion",
            "must be '1.0', not None.",
        ),
        (home("TurnOnConfirmation", {}, messageId=""), INVALID, "header.messageId", "Missing."),
        (home("TurnOnConfirmation", {}, messageId=5), INVALID, "header.messageId", "Missing."),
        (
            home("TurnOnResponse", {}),
            "answer.wrong-reply",
            "header.name",
            "must be TurnOnConfirmation, not 'TurnOnResponse'.",
        ),
        (
            home("TurnOnConfirmation", {}, name=...),
            "answer.wrong-reply",
            "header.name",
            "must be TurnOnConfirmation, not 'None'.",
        ),
        (
            home("DanceConfirmation", {}, action="Dance"),
            "answer.wrong-reply",
            "header.name",
            "must be an error message, not 'DanceConfirmation'.",
        ),
        (
            home("TurnOnConfirmation", []),
            INVALID,
            "",
            "A Clova Home message must be an object with header and payload.",
        ),
        (
            home("SetBrightnessConfirmation", {"brightness": {"value": "밝게"}}, action="SetBrightness"),
            INVALID,
            "payload.brightness.value",
            "Not a number.",
        ),
        (home("TurnOnConfirmation", {"extra": 1}), INVALID, "payload.extra", "Unknown field."),
        (
            home("DiscoverAppliancesResponse", {}, action="DiscoverAppliances"),
            INVALID,
            "payload.discoveredAppliances",
            "Missing.",
        ),
        (
            home("DiscoverAppliancesResponse", {"discoveredAppliances": {}}, action="DiscoverAppliances"),
            INVALID,
            "payload.discoveredAppliances",
            "Not a list.",
        ),
        (
            discovery(LAMP, {}),
            INVALID,
            "payload.discoveredAppliances[1].applianceId",
            "Missing data for required field.",
        ),
        (discovery("등"), INVALID, "payload.discoveredAppliances[0]", "Invalid input type."),
        (
            discovery({**LAMP, "isIr": "아니"}),
            INVALID,
            "payload.discoveredAppliances[0].isIr",
            "Not true or false.",
        ),
        (
            discovery(LAMP, LAMP),
            "answer.repeated-appliance",
            "payload.discoveredAppliances[1].applianceId",
            "'lamp-1' is the id of payload.discoveredAppliances[0] too.",
        ),
        (
            discovery({**LAMP, "applianceTypes": ["TV"]}),
            "answer.unknown-appliance-type",
            "payload.discoveredAppliances[0].applianceTypes[0]",
            "'TV' is not an appliance type. Did you mean 'SMARTTV'?",
        ),
        (
            discovery({**LAMP, "actions": ["TurnOn", "Brew"]}),
            "answer.action-not-allowed",
            "payload.discoveredAppliances[0].actions[1]",
            "'Brew' is not an action of LIGHT.",
        ),
        (discovery(customCommands={}), INVALID, "payload.customCommands", "Not a list."),
        (
            discovery(LAMP, customCommands=[{}]),
            INVALID,
            "payload.customCommands[0].name",
            "Missing data for required field.",
        ),
    ],
)
def test_a_finding_of_a_home_names_its_field(findings, code, where, message):
    assert Finding(code, message, Place(where)) in findings
