"""Discovery of appliances, custom commands and scenes: what is wrong with one keeps no other back."""

from __future__ import annotations

import gc
import logging
import math
import weakref
from datetime import date

import pytest

from clova_flask import AnswerError, current_user, message_handled
from clova_flask.home import LOCATIONS, Appliance, CustomCommand, InvalidAccessTokenError, Scene, action
from clova_flask.runtime import runtime_of

TOKEN = "연결된-계정의-토큰"


class Lamp(Appliance, type="LIGHT", manufacturer_name="등대"):
    @action("TurnOn", "TurnOff")
    def power(self):
        pass


@pytest.fixture
def cek(connect):
    """Give a CEK for the handlers so far, with a linked account."""
    return lambda **config: connect(client={"access_token": TOKEN}, **config)


@pytest.fixture
def discovering(clova, cek):
    """Give the payload of discovery for a user who owns these appliances."""

    def discovering(*appliances, **config):
        clova.home.discover(lambda: appliances)
        reply = cek(**config).discover()
        assert reply.name == "DiscoverAppliancesResponse"
        return reply.payload

    return discovering


def ids(payload):
    return [item["applianceId"] for item in payload["discoveredAppliances"]]


FULL = {
    "friendly_name": "거실 등",
    "friendly_description": "창가에 있는 등",
    "manufacturer_name": "등대",
    "model_name": "B-1",
    "version": "2.1",
    "location": "LIVING_ROOM",
    "is_ir": True,
    "is_reachable": False,
    "is_on": True,
    "tags": ["거실", "전등"],
    "confirm": ["TurnOff"],
    "details": {"줄": 7},
}

ON_THE_WIRE = {
    "applianceId": "lamp-1",
    "applianceTypes": ["LIGHT"],
    "actions": ["GetDeviceState", "TurnOff", "TurnOn"],
    "friendlyName": "거실 등",
    "friendlyDescription": "창가에 있는 등",
    "manufacturerName": "등대",
    "modelName": "B-1",
    "version": "2.1",
    "location": "LIVING_ROOM",
    "isIr": True,
    "tags": ["거실", "전등"],
    "additionalApplianceDetails": {"줄": 7},
}


def test_an_appliance_on_naver(discovering):
    assert discovering(Lamp("lamp-1", **FULL))["discoveredAppliances"] == [ON_THE_WIRE]


def test_an_appliance_on_line(discovering):
    [wire] = discovering(Lamp("lamp-1", **FULL), CLOVA_PLATFORM="line")["discoveredAppliances"]
    assert wire == {
        **ON_THE_WIRE,
        "actions": ["TurnOff", "TurnOn"],
        "isReachable": False,
        "actionsNeededUserConfirmation": ["TurnOff"],
    }


ALWAYS = {
    "applianceId",
    "applianceTypes",
    "actions",
    "friendlyName",
    "friendlyDescription",
    "manufacturerName",
    "modelName",
    "version",
    "location",
    "isIr",
    "tags",
}


@pytest.mark.parametrize(
    ("platform", "fields"),
    [("naver", ALWAYS), ("line", {*ALWAYS, "isReachable", "actionsNeededUserConfirmation"})],
)
def test_every_field_is_filled_but_details(platform, fields, discovering):
    [wire] = discovering(Lamp("lamp-1", location="KITCHEN"), CLOVA_PLATFORM=platform)["discoveredAppliances"]
    assert wire.keys() == fields
    empty = {key for key, value in wire.items() if value in ("", None)}
    assert empty == set()
    assert wire["isIr"] is False
    assert wire["tags"] == []
    assert wire.get("isReachable", True) is True
    assert wire.get("actionsNeededUserConfirmation", []) == []


def test_names_stand_in_for_each_other(discovering):
    payload = discovering(Lamp("1", friendly_name="거실 등"), Lamp("2", friendly_description="창가"))
    names = [(i["friendlyName"], i["friendlyDescription"]) for i in payload["discoveredAppliances"]]
    assert names == [("거실 등", "거실 등"), ("LIGHT", "창가")]


@pytest.mark.parametrize("location", sorted(LOCATIONS))
def test_every_location_is_taken(location, discovering):
    [wire] = discovering(Lamp("1", location=location))["discoveredAppliances"]
    assert wire["location"] == location


def deep(levels):
    nested = []
    for _ in range(levels):
        nested = [nested]
    return nested


class WithoutInit(Appliance, type="LIGHT"):
    def __init__(self):
        pass


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: Lamp(None), "The appliance has no id"),
        (lambda: Lamp(""), "The appliance has no id"),
        (lambda: Lamp(7), "applianceId"),
        (lambda: Lamp(["등"]), "applianceId"),
        (lambda: Lamp("좋은 등"), "another appliance has the id '좋은 등'"),
        (lambda: Appliance("나쁜 등"), "The appliance has no type"),
        (lambda: Appliance("나쁜 등", type=[]), "The appliance has no type"),
        (
            lambda: Appliance("나쁜 등", type="LIHGT"),
            "'LIHGT' is not an appliance type. Did you mean 'LIGHT'?",
        ),
        (lambda: Appliance("나쁜 등", type="light"), "Did you mean 'LIGHT'?"),
        (lambda: Appliance("나쁜 등", type=["LIGHT", "전등"]), "'전등' is not an appliance type."),
        (lambda: Appliance("나쁜 등", type=[7]), "7 is not an appliance type."),
        (lambda: Appliance("나쁜 등", type=[["LIGHT"]]), "types must be a list of str, not (['LIGHT'],)"),
        (lambda: Lamp("나쁜 등", actions=7), "actions must be a list of str, not 7."),
        (lambda: Lamp("나쁜 등", actions="TurnOn"), "actions must be a list of str, not 'TurnOn'."),
        (lambda: Lamp("나쁜 등", confirm=7), "confirm must be a list of str, not 7."),
        (lambda: Lamp("나쁜 등", friendly_name=7), "friendlyName"),
        (lambda: Lamp("나쁜 등", friendly_name=["등"]), "friendlyName"),
        (lambda: Lamp("나쁜 등", friendly_name="\ud800"), "friendlyName"),
        (lambda: Lamp("\ud800"), "id"),
        (lambda: Lamp("나쁜 등", friendly_description="\ud800"), "friendlyDescription"),
        (lambda: Lamp("나쁜 등", manufacturer_name="\ud800"), "manufacturerName"),
        (lambda: Lamp("나쁜 등", model_name="\ud800"), "modelName"),
        (lambda: Lamp("나쁜 등", version="\ud800"), "version"),
        (lambda: Lamp("나쁜 등", tags=["\ud800"]), "tags"),
        (lambda: Lamp("나쁜 등", details={"줄": "\ud800"}), "additionalApplianceDetails"),
        (lambda: Lamp("나쁜 등", details={"줄": deep(5_000)}), "additionalApplianceDetails"),
        (lambda: Lamp("나쁜 등", tags=["거실", 7]), "tags"),
        (lambda: Lamp("나쁜 등", tags=7), "tags must be a list of str, not 7."),
        (lambda: Lamp("나쁜 등", tags="거실"), "tags must be a list of str, not '거실'."),
        (lambda: Lamp("나쁜 등", details=["줄"]), "additionalApplianceDetails"),
        (lambda: Lamp("나쁜 등", details="줄"), "additionalApplianceDetails"),
        (lambda: Lamp("나쁜 등", details={"샀다": date(2018, 8, 10)}), "additionalApplianceDetails"),
        (lambda: Lamp("나쁜 등", details={"줄": {"무게": math.nan}}), "additionalApplianceDetails"),
        (WithoutInit, "WithoutInit.__init__ must call super().__init__(id, …)"),
        (lambda: {"applianceId": "나쁜 등"}, "make an Appliance of it"),
        (lambda: None, "make an Appliance of it"),
        (lambda: Lamp, "make an Appliance of it"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_with_one_appliance_keeps_no_other_back(make, fault, discovering, caplog):
    payload = discovering(Lamp("좋은 등"), make(), Lamp("다른 등"), testing=False)
    assert ids(payload) == ["좋은 등", "다른 등"]
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert lines
    assert all(line.startswith("Discovery leaves out ") for line in lines)
    assert any(fault.casefold() in line.casefold() for line in lines)


@pytest.mark.parametrize(("levels", "listed"), [(88, ["등"]), (89, [])], ids=["90 levels", "91 levels"])
def test_details_that_nest_deeper_than_a_request_may_bring_back(levels, listed, discovering):
    assert ids(discovering(Lamp("등", details={"줄": deep(levels)}), testing=False)) == listed


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"confirm": 7}, "confirm"),
    ],
)
def test_what_only_line_is_told_is_checked(given, fault, discovering, caplog):
    payload = discovering(Lamp("좋은 등"), Lamp("나쁜 등", **given), CLOVA_PLATFORM="line", testing=False)
    assert ids(payload) == ["좋은 등"]
    assert fault.casefold() in caplog.text.casefold()


def test_a_type_of_the_other_platform_is_left_out(discovering, caplog):
    payload = discovering(Appliance("카메라", type="HOMECAM"), Lamp("등"), CLOVA_PLATFORM="line")
    assert ids(payload) == ["등"]
    assert "HOMECAM is not an appliance type of JP." in caplog.text


def test_each_fault_has_a_line_that_names_the_appliance(discovering, caplog):
    bad = Lamp("나쁜 등", location="우주", actions=["춤"], version=7)
    assert ids(discovering(bad, Lamp("좋은 등"))) == ["나쁜 등", "좋은 등"]
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 3
    for line in lines:
        assert line.startswith("Discovery sends less of <Lamp '나쁜 등' LIGHT>: ")
    for fault in ("'우주' is not a valid location", "does not allow '춤'", "version"):
        assert sum(fault in line for line in lines) == 1


def test_faults_are_logged_each_time(clova, cek, caplog):
    clova.home.discover(lambda: [Appliance("등", type="전등"), Lamp("좋은 등")])
    client = cek()
    for _ in range(2):
        assert ids(client.discover().payload) == ["좋은 등"]
    assert caplog.text.count("'전등' is not an appliance type.") == 2
    assert TOKEN not in caplog.text


def test_nothing_is_logged_when_nothing_is_wrong(discovering, caplog):
    assert ids(discovering(Lamp("등"), Lamp("다른 등"))) == ["등", "다른 등"]
    assert not caplog.records


def test_a_user_may_have_nothing(discovering):
    assert discovering() == {"discoveredAppliances": [], "customCommands": []}


def test_appliances_may_be_generated(clova, cek):
    @clova.home.discover
    def devices():
        for number in range(3):
            yield Lamp(f"등-{number}")

    assert ids(cek().discover().payload) == ["등-0", "등-1", "등-2"]


@pytest.mark.parametrize("answer", [None, 7, Lamp("등")], ids=repr)
def test_what_discover_gives_has_to_be_a_list(answer, clova, cek):
    clova.home.discover(lambda: answer)
    client = cek()
    with pytest.raises(AnswerError, match=r"home\.discover"):
        client.discover()


def test_ten_thousand_appliances(discovering):
    payload = discovering(*(Lamp(f"등-{number}", friendly_name=f"{number}번 등") for number in range(10_000)))
    assert ids(payload) == [f"등-{number}" for number in range(10_000)]
    assert [item["friendlyName"] for item in payload["discoveredAppliances"][::999]] == [
        f"{number}번 등" for number in range(0, 10_000, 999)
    ]


def test_one_of_ten_thousand_is_wrong(discovering, caplog):
    appliances = [Lamp(f"등-{number}") for number in range(10_000)]
    appliances[5_000].tags = 7
    payload = discovering(*appliances)
    assert len(ids(payload)) == 9_999
    assert "등-5000" not in ids(payload)
    assert len(caplog.records) == 1


def test_appliances_of_different_classes_have_their_own_actions(discovering):
    class Candle(Appliance, type="LIGHT"):
        @action("TurnOff")
        def blow_out(self):
            pass

    payload = discovering(Lamp("등"), Candle("초"), Appliance("그림", type="LIGHT"))
    assert [item["actions"] for item in payload["discoveredAppliances"]] == [
        ["GetDeviceState", "HealthCheck", "TurnOff", "TurnOn"],
        ["GetDeviceState", "HealthCheck", "TurnOff"],
        ["GetDeviceState", "HealthCheck"],
    ]


def test_appliances_of_a_class_may_differ(discovering):
    payload = discovering(Lamp("1", details={"줄": 1}), Lamp("2"), Lamp("3", type=["LIGHT", "SMARTPLUG"]))
    seen = [
        (i["applianceTypes"], i.get("additionalApplianceDetails")) for i in payload["discoveredAppliances"]
    ]
    assert seen == [(["LIGHT"], {"줄": 1}), (["LIGHT"], None), (["LIGHT", "SMARTPLUG"], None)]


def test_without_custom_commands_the_list_is_empty(discovering):
    assert discovering(Lamp("등"))["customCommands"] == []


@pytest.mark.parametrize("commands", [None, [], ()])
def test_a_user_may_have_no_custom_commands(commands, clova, discovering):
    clova.home.custom_commands(lambda: commands)
    assert discovering(Lamp("등"))["customCommands"] == []


def test_custom_commands(clova, discovering):
    @clova.home.custom_commands
    def commands(user, access_token):
        assert user.access_token == access_token == TOKEN
        yield CustomCommand("영화 보자", [("등", "TurnOff"), ("TV", "TurnOn")])
        yield CustomCommand("おやすみ", ())

    assert discovering(Lamp("등"))["customCommands"] == [
        {
            "name": "영화 보자",
            "actions": [
                {"applianceId": "등", "action": "TurnOff"},
                {"applianceId": "TV", "action": "TurnOn"},
            ],
        },
        {"name": "おやすみ", "actions": []},
    ]


@pytest.mark.parametrize(
    "command",
    [
        CustomCommand(None, [("등", "TurnOn")]),
        CustomCommand(7, [("등", "TurnOn")]),
        CustomCommand("영화", [("등", None)]),
        CustomCommand("영화", [(7, "TurnOn")]),
        CustomCommand("영화", ["등"]),
        CustomCommand("영화", None),
        {"name": "영화", "actions": []},
        None,
    ],
    ids=repr,
)
def test_what_is_wrong_with_a_custom_command_keeps_no_appliance_back(command, clova, discovering, caplog):
    good = CustomCommand("おやすみ", [("등", "TurnOff")])
    clova.home.custom_commands(lambda: [command, good])
    payload = discovering(Lamp("등"), testing=False)
    assert ids(payload) == ["등"]
    assert payload["customCommands"] == [good.to_wire()]
    assert "Discovery leaves out " in caplog.text


def test_scenes_are_listed(clova, cek):
    @clova.home.scenes
    def scenes(user):
        assert user.access_token == TOKEN
        return [
            Scene("외출", "外出", needs_confirmation=True, details={"줄": 7}),
            Scene("잠", "おやすみ"),
        ]

    reply = cek(CLOVA_PLATFORM="line").home("DiscoverScenes")
    assert reply.name == "DiscoverScenesResponse"
    assert reply.payload == {
        "discoveredScenes": [
            {
                "sceneId": "외출",
                "sceneName": "外出",
                "needsUserConfirmation": True,
                "additionalSceneDetails": {"줄": 7},
            },
            {"sceneId": "잠", "sceneName": "おやすみ", "needsUserConfirmation": False},
        ]
    }


def test_scenes_may_be_generated_and_may_be_none(clova, cek):
    clova.home.scenes(lambda: iter(()))
    assert cek(CLOVA_PLATFORM="line").home("DiscoverScenes").payload == {"discoveredScenes": []}


def test_what_discovery_said_of_a_scene_comes_back_with_its_action(clova, cek):
    acted = []

    @clova.home.scenes
    def scenes():
        return [Scene("외출", "外出", needs_confirmation=True, details={"줄": 7})]

    @clova.home.scene_action
    def act(scene, scene_id):
        acted.append((scene, scene_id))

    client = cek(CLOVA_PLATFORM="line")
    [wire] = client.home("DiscoverScenes").payload["discoveredScenes"]
    reply = client.home("ActionScene", {"scene": wire})
    assert (reply.name, reply.payload) == ("ActionSceneConfirmation", {})
    assert acted == [(Scene("외출", "外出", True, {"줄": 7}), "외출")]


def test_a_scene_needs_no_more_than_its_id_to_be_acted_out(clova, cek):
    acted = []
    clova.home.scene_action(lambda scene: acted.append(scene))
    wire = {"sceneId": "외출", "sceneName": 7, "needsUserConfirmation": "yes", "additionalSceneDetails": []}
    cek(CLOVA_PLATFORM="line").home("ActionScene", {"scene": wire})
    assert acted == [Scene("외출")]


@pytest.mark.parametrize(
    ("scene", "problem"),
    [
        (Scene(None, "外出"), "sceneId"),
        (Scene("", "外出"), "The scene has no id."),
        (Scene("외출", 7), "sceneName"),
        (Scene("외출", "外出", "yes"), "needsUserConfirmation"),
        (Scene("외출", "\ud800"), "surrogates not allowed"),
        ("외출", "must be a Scene, not str."),
    ],
    ids=["id", "empty id", "name", "confirmation", "text", "str"],
)
def test_a_scene_that_cannot_be_sent_is_left_out_by_itself(scene, problem, clova, cek, caplog):
    clova.home.scenes(lambda: [Scene("おやすみ", "夜"), scene, Scene("ただいま", "夕方")])
    payload = cek(CLOVA_PLATFORM="line").home("DiscoverScenes").payload
    assert [item["sceneId"] for item in payload["discoveredScenes"]] == ["おやすみ", "ただいま"]
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert problem in record.getMessage()


def test_without_a_platform_appliances_are_told_all_that_either_knows(discovering):
    config = {"CLOVA_PLATFORM": None, "CLOVA_VERIFY_SIGNATURE": False}
    payload = discovering(
        Appliance("카메라", type="HOMECAM"),
        Appliance("에어컨", type="AIRCONDITIONER", actions=["ChangeMode", "ReleaseMode"]),
        **config,
    )
    assert ids(payload) == ["카메라", "에어컨"]
    assert all(item["isReachable"] is True for item in payload["discoveredAppliances"])


@pytest.fixture
def check(clova, cek):
    """Give what is found in the discovery of a user with these appliances and custom commands."""

    def check(*appliances, commands=(), **config):
        clova.home.discover(lambda: appliances)
        clova.home.custom_commands(lambda: commands)
        return runtime_of(cek(**config).app, "clova").home_service().check_discovery(TOKEN)

    return check


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: {"applianceId": "등"}, "home.not-an-appliance"),
        (WithoutInit, "home.no-init"),
        (lambda: Lamp(""), "home.no-id"),
        (lambda: Lamp("좋은 등"), "home.duplicate-id"),
        (lambda: Appliance("등"), "home.no-type"),
        (lambda: Appliance("등", type="TV"), "home.unknown-type"),
        (lambda: Appliance("등", type="HOMECAM"), "home.other-platform"),
        (lambda: Lamp("등", tags="거실"), "home.invalid-field"),
        (lambda: Lamp("등", details=7), "home.invalid-field"),
        (lambda: Lamp("등", friendly_description="\ud800"), "home.invalid-field"),
    ],
    ids=[
        "dict", "no init", "no id", "same id", "no type", "type", "platform", "tags", "details", "surrogate",
    ],
)  # fmt: skip
def test_what_is_left_out_is_found_with_its_code(make, code, check):
    findings = check(Lamp("좋은 등"), make(), CLOVA_PLATFORM="line")
    assert [finding.code for finding in findings] == [code]
    assert findings[0].is_error


def test_a_finding_names_the_appliance_and_what_to_write(check):
    (finding,) = check(Appliance("거실", type="TV"))
    assert str(finding) == ("<Appliance '거실' TV>: 'TV' is not an appliance type. Did you mean 'SMARTTV'?")


def test_a_text_that_utf_8_cannot_carry_is_found_with_its_field(check):
    found = check(Lamp("등", friendly_description="\ud800"), Lamp("줄\udfff"))
    broken = "Not valid text, it holds a lone surrogate."
    assert list(map(str, found)) == [
        f"<Lamp '등' LIGHT>: friendlyDescription: {broken}",
        rf"<Lamp '줄\udfff' LIGHT>: applianceId: {broken}",
    ]


def test_a_custom_command_that_is_left_out_is_found(check):
    (finding,) = check(commands=[CustomCommand("영화", [("등", 7)]), CustomCommand("밤", ())])
    assert finding.code == "home.invalid-command"
    assert finding.message == "actions[0].action: Not a valid string."


def test_nothing_is_found_where_nothing_is_left_out(check):
    assert check(Lamp("등"), commands=[CustomCommand("밤", ())]) == []


def test_checking_discovery_closes_and_opens_nothing(clova, cek):
    clova.home.discover(lambda user: [Lamp(str(user.access_token))])
    client = cek()
    runtime = runtime_of(client.app, "clova")
    assert runtime.home_service().check_discovery(TOKEN) == []
    assert runtime.endpoint is None
    clova.home.on("SetMode")(lambda mode: None)
    assert client.control("SetMode", TOKEN, mode="reading").name == "SetModeConfirmation"


def test_checking_discovery_leaves_no_user_behind(clova, cek):
    clova.home.discover(lambda: [Lamp(str(current_user.access_token))])
    service = runtime_of(cek().app, "clova").home_service()
    assert service.check_discovery(TOKEN) == []
    with pytest.raises(RuntimeError, match="No Clova message is being handled here"):
        current_user.access_token  # noqa: B018


def test_checking_discovery_with_a_token_that_is_unknown(clova, cek):
    clova.user_loader(lambda access_token: None)
    clova.home.discover(lambda user: pytest.fail("called"))
    service = runtime_of(cek().app, "clova").home_service()
    with pytest.raises(InvalidAccessTokenError):
        service.check_discovery(TOKEN)


def test_who_watches_gets_the_answer_to_discovery_as_a_dict(clova, cek):
    clova.home.discover(lambda: [Lamp(f"등-{number}") for number in range(250)])
    client, seen = cek(), []

    def handled(sender, message, answer, **_):
        seen.append((message.name, answer))

    with message_handled.connected_to(handled):
        reply = client.discover()
    assert seen == [("DiscoverAppliancesRequest", reply.json)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
@pytest.mark.parametrize("bad", [None, 0, -1], ids=["none bad", "first bad", "last bad"])
def test_a_batch_of_appliances_is_as_long_as_any(count, bad, discovering):
    lamps = [Lamp(f"등-{number}") for number in range(count)]
    wanted = [lamp.id for lamp in lamps]
    if bad is not None and lamps:
        lamps[bad].friendly_name = "\ud800"
        wanted.remove(lamps[bad].id)
    assert ids(discovering(*lamps, testing=False)) == wanted


def test_classes_that_are_made_for_each_discovery_do_not_stay(clova, cek):
    made = []

    def devices():
        kinds = [type("Made", (Lamp,), {}) for _ in range(600)]
        made.append(weakref.ref(kinds[0]))
        return [kind(f"등-{number}") for number, kind in enumerate(kinds)]

    clova.home.discover(devices)
    client = cek()
    for _ in range(4):
        assert len(ids(client.discover().payload)) == 600
    gc.collect()
    assert made[0]() is None
