"""What the platform would hold against an answer, with the path of each field."""

import copy

import pytest

from clova_flask.devtools.simulator.judge import judge
from clova_flask.devtools.simulator.reply import Reply

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


def test_a_good_answer_has_no_faults():
    assert custom(GOOD) == []
    assert custom(changed(GOOD, "response.directives", [PAUSE])) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("version", ..., "version: Missing"),
        ("version", "0.1.0", "version: '0.1.0', and the request's is '1.0'."),
        ("sessionAttributes", ..., "sessionAttributes: Missing"),
        ("sessionAttributes", None, "sessionAttributes: "),
        ("response", [], "response"),
        ("extra", 1, "extra: Unknown"),
        ("response.outputSpeech", ..., "response.outputSpeech: Missing"),
        ("response.outputSpeech.type", "Speech", "response.outputSpeech"),
        ("response.outputSpeech.values.lang", "fr", "response.outputSpeech.values.lang: "),
        (
            "response.outputSpeech.values.value",
            "가" * 201,
            "response.outputSpeech.values.value: A sentence of 201",
        ),
        ("response.outputSpeech.values.value", " ", "response.outputSpeech.values.value: Empty"),
        ("response.outputSpeech.values.token", "t", "response.outputSpeech.values.token: Not a UUID v4"),
        ("response.card", [], "response.card: Not an object"),
        ("response.card", ..., "response.card: Missing"),
        ("response.shouldEndSession", "no", "response.shouldEndSession: Not true or false"),
        ("response.shouldEndSession", True, "response.reprompt: It is never heard"),
        ("response.reprompt", {}, "response.reprompt.outputSpeech: Missing"),
        ("response.directives", {}, "response.directives: "),
        ("response.directives", ["멈춰"], "response.directives[0]"),
        (
            "response.directives",
            [{**PAUSE, "header": {}}],
            "response.directives[0].header.namespace: Missing",
        ),
        ("response.directives", [PAUSE, STREAM], "response.directives[1].payload: audioItemId: Missing"),
        (
            "response.directives",
            [changed(PAUSE, "header.name", "Dance")],
            "response.directives[0].payload: PlaybackController.Dance is not a directive",
        ),
    ],
)
def test_a_fault_names_its_field(path, value, fault):
    faults = custom(changed(GOOD, path, value))
    assert faults
    assert any(line.startswith(fault) for line in faults), faults


@pytest.mark.parametrize(
    ("status", "answer", "text", "fault"),
    [
        (401, {"error": "서명"}, "", "HTTP 401: 서명"),
        (500, None, "<h1>\n오류</h1>", "HTTP 500: <h1> 오류</h1>"),
        (502, None, "", "HTTP 502: nothing"),
        (200, None, "x" * 100, f"The answer is not a JSON object: {'x' * 80}…"),
        (200, [GOOD], "[…]", "The answer is not a JSON object: […]"),
    ],
)
def test_what_is_no_answer_is_said_in_one_line(status, answer, text, fault):
    assert judge(Reply({"request": {}}, status, answer, text)) == [fault]


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
    "faults",
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
def test_a_good_answer_of_a_home_has_no_faults(faults):
    assert faults == []


@pytest.mark.parametrize(
    ("faults", "wanted"),
    [
        (home("TurnOnConfirmation", {}, namespace="Home"), "header.namespace: 'Home' is not 'ClovaHome'."),
        (home("TurnOnConfirmation", {}, payloadVersion=...), "header.payloadVersion: None is not '1.0'."),
        (home("TurnOnConfirmation", {}, messageId=""), "header.messageId: Missing."),
        (home("TurnOnConfirmation", {}, messageId=5), "header.messageId: Missing."),
        (home("TurnOnResponse", {}), "header.name: 'TurnOnResponse' is not TurnOnConfirmation."),
        (home("TurnOnConfirmation", {}, name=...), "header.name: 'None' is not TurnOnConfirmation."),
        (
            home("DanceConfirmation", {}, action="Dance"),
            "header.name: 'DanceConfirmation' is not an error message.",
        ),
        (home("TurnOnConfirmation", []), "A Clova Home message is an object with header and payload."),
        (
            home("SetBrightnessConfirmation", {"brightness": {"value": "밝게"}}, action="SetBrightness"),
            "payload.brightness.value: Not a number.",
        ),
        (home("TurnOnConfirmation", {"extra": 1}), "payload.extra: Unknown field."),
        (
            home("DiscoverAppliancesResponse", {}, action="DiscoverAppliances"),
            "payload.discoveredAppliances: Missing.",
        ),
        (
            home("DiscoverAppliancesResponse", {"discoveredAppliances": {}}, action="DiscoverAppliances"),
            "payload.discoveredAppliances: Not a list.",
        ),
        (
            discovery(LAMP, {}),
            "payload.discoveredAppliances[1].applianceId: Missing data for required field.",
        ),
        (discovery("등"), "payload.discoveredAppliances[0]: Invalid input type."),
        (discovery({**LAMP, "isIr": "아니"}), "payload.discoveredAppliances[0].isIr: Not true or false."),
        (discovery(LAMP, LAMP), "payload.discoveredAppliances[1].applianceId: 'lamp-1' is that of [0]."),
        (
            discovery({**LAMP, "applianceTypes": ["LAMP"]}),
            "payload.discoveredAppliances[0].applianceTypes[0]: 'LAMP' is no appliance type.",
        ),
        (
            discovery({**LAMP, "actions": ["TurnOn", "Brew"]}),
            "payload.discoveredAppliances[0].actions[1]: 'Brew' is not for LIGHT.",
        ),
        (discovery(customCommands={}), "payload.customCommands: Not a list."),
        (
            discovery(LAMP, customCommands=[{}]),
            "payload.customCommands[0].name: Missing data for required field.",
        ),
    ],
)
def test_a_fault_of_a_home_names_its_field(faults, wanted):
    assert wanted in faults
