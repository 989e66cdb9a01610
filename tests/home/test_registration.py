"""What is misspelt or cannot work in Clova Home is refused where it is declared, with a name that would."""

from __future__ import annotations

import math

import pytest

from clova_flask import Clova, HandlerGroup, RegistrationError
from clova_flask.home import Appliance, Color, CustomCommand, Period, action


def nothing():
    """Handle an action that needs nothing."""


def device(type_=None, **class_arguments):
    """Declare an appliance with one method, ``run``."""

    def declare(*names, run=lambda self: None, **limits):
        return type(
            "Device", (Appliance,), {"run": action(*names, **limits)(run)}, type=type_, **class_arguments
        )

    return declare


def refusal(declare):
    with pytest.raises(RegistrationError) as error:
        declare()
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("TurnOm", "'TurnOm' is not an action of an appliance. Did you mean 'TurnOn'?"),
        ("turnOn", "Did you mean 'TurnOn'?"),
        ("SetBrightnes", "Did you mean 'SetBrightness'?"),
        ("OpenRequest", "Did you mean 'Open'?"),
        ("SetTargetTemprature", "Did you mean 'SetTargetTemperature'?"),
        ("GetBatteryInfomation", "Did you mean 'GetBatteryInfo'?"),
        ("춤추기", "'춤추기' is not an action of an appliance."),
        ("DiscoverAppliances", "'DiscoverAppliances' is not an action of an appliance."),
        ("ActionScene", "'ActionScene' is not an action of an appliance."),
        ("", "'' is not an action of an appliance."),
        ("Scene", "'Scene' is not an action of an appliance. Use one of: CallElevator, "),
        (None, "The name of an action must be a str, not None."),
        (5, "The name of an action must be a str, not int."),
    ],
)
@pytest.mark.parametrize(
    "declare",
    [
        lambda name: action(name),
        lambda name: action("TurnOff", name),
        lambda name: Clova().home.on(name),
        lambda name: Clova().home.on("TurnOff", name),
        lambda name: HandlerGroup().home.on(name, type="LIGHT"),
    ],
    ids=["action", "actions", "on", "on several", "group"],
)
def test_an_action_that_does_not_exist(declare, name, message):
    assert message in refusal(lambda: declare(name))


@pytest.mark.parametrize("declare", [lambda: action(), lambda: Clova().home.on()], ids=["action", "on"])
def test_no_action_at_all(declare):
    message = refusal(declare)
    assert "must name the actions that it handles. Write @" in message
    assert message.endswith('("TurnOn").')


@pytest.mark.parametrize(
    ("decorator", "written"),
    [(action, "@action"), (Clova().home.on, "@clova.home.on"), (HandlerGroup().home.on, "@clova.home.on")],
    ids=["action", "on", "group"],
)
def test_a_decorator_without_parentheses_tells_what_to_write(decorator, written):
    def power(self):
        pass

    message = refusal(lambda: decorator(power))
    assert message.startswith(f"{written} above ")
    assert "power (" in message
    assert "test_registration.py:" in message
    assert message.endswith(f'has no parentheses and names nothing. Write {written}("TurnOn").')
    assert "<function" not in message


def test_the_star_stands_alone():
    assert "'*' is not an action" in refusal(lambda: Clova().home.on("TurnOn", "*"))
    assert "'*' is not an action" in refusal(lambda: action("*"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("LIHGT", "'LIHGT' is not an appliance type. Did you mean 'LIGHT'?"),
        ("light", "Did you mean 'LIGHT'?"),
        ("AIR_CONDITIONER", "Did you mean 'AIRCONDITIONER'?"),
        ("LAMP", "'LAMP' is not an appliance type. Use one of: AIRCONDITIONER, AIRPURIFIER, "),
        ("TV", "'TV' is not an appliance type. Did you mean 'SMARTTV'?"),
        ("tv", "Did you mean 'SMARTTV'?"),
        ("전등", "'전등' is not an appliance type. Use one of: AIRCONDITIONER, "),
        ("", "'' is not an appliance type."),
    ],
)
@pytest.mark.parametrize(
    "declare",
    [
        lambda name: device(name)("TurnOn"),
        lambda name: Clova().home.on("TurnOn", type=name),
        lambda name: Clova().home.on("TurnOn", type=["LIGHT", name]),
        lambda name: Clova().home.on("*", type=name),
    ],
    ids=["class", "on", "on several", "star"],
)
def test_a_type_that_does_not_exist(declare, name, message):
    assert message in refusal(lambda: declare(name))


def test_a_class_has_one_type():
    message = refusal(lambda: device(["LIGHT", "SWITCH"])("TurnOn"))
    assert message == "An appliance type must be a str, not list."


def test_no_type_at_all_would_register_nothing():
    assert "type= must name an appliance type" in refusal(lambda: Clova().home.on("TurnOn", type=[])(nothing))


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("LIVINGROOM", "'LIVINGROOM' is not a valid location. Did you mean 'LIVING_ROOM'?"),
        ("kitchen", "Did you mean 'KITCHEN'?"),
        ("우주", "'우주' is not a valid location. Use one of: ATTIC, "),
        (7, "7 is not a valid location. Use one of: ATTIC, "),
    ],
)
def test_a_location_that_does_not_exist(location, message):
    assert message in refusal(lambda: device("LIGHT", location=location)("TurnOn"))


def test_a_class_argument_that_does_not_exist():
    with pytest.raises((TypeError, RegistrationError), match="loaction"):
        device("LIGHT", loaction="KITCHEN")("TurnOn")


@pytest.mark.parametrize(
    ("type_", "name", "message"),
    [
        ("ROBOTVACUUM", "SetColor", "ROBOTVACUUM does not allow SetColor. Use one of: "),
        ("LIGHT", "SetColour", "Did you mean 'SetColor'?"),
        ("SMARTLOCK", "Open", "SMARTLOCK does not allow Open."),
        ("HEATER", "SetFridgeTargetTemperature", "Did you mean 'SetTargetTemperature'?"),
        ("BUILDING_NOTICE_MONITOR", "HealthCheck", "does not allow HealthCheck. Use one of: GetNotice."),
    ],
)
@pytest.mark.parametrize(
    "declare",
    [
        lambda type_, name: device(type_)(name),
        lambda type_, name: Clova().home.on(name, type=type_)(nothing),
        lambda type_, name: Clova().home.on(name, type=["BUILDING_WATER_METER", type_])(nothing),
    ],
    ids=["class", "on", "on several"],
)
def test_an_action_that_the_type_does_not_allow(declare, type_, name, message):
    assert message in refusal(lambda: declare(type_, name))


def test_an_action_that_only_one_platform_allows_is_no_mistake():
    device("AIRCONDITIONER")("ReleaseMode")
    device("AIRCONDITIONER")("ChangeMode")


@pytest.mark.parametrize(
    ("type_", "name", "modes", "message"),
    [
        (
            "LIGHT",
            "SetMode",
            ["reading", "redaing"],
            "'redaing' is not a mode of LIGHT. Did you mean 'reading'?",
        ),
        ("LIGHT", "ReleaseMode", ["Sleep"], "Did you mean 'sleep'?"),
        ("FAN", "SetMode", ["춤"], "'춤' is not a mode of FAN. Use one of: auto, baby, sleep."),
        ("FAN", "SetMode", ["cool"], "'cool' is not a mode of FAN."),
    ],
)
@pytest.mark.parametrize(
    "declare",
    [
        lambda type_, name, modes: device(type_)(name, values=modes),
        lambda type_, name, modes: Clova().home.on(name, type=type_, values=modes)(nothing),
    ],
    ids=["class", "on"],
)
def test_a_mode_that_the_type_does_not_have(declare, type_, name, modes, message):
    assert message in refusal(lambda: declare(type_, name, modes))


def test_a_mode_that_only_one_platform_has_is_no_mistake():
    device("AIRCONDITIONER")("SetMode", values=["away", "powercool"])


def test_a_type_without_a_table_of_modes_takes_any():
    device("WINECELLAR")("SetMode", values=["레드"])


@pytest.mark.parametrize(
    ("run", "message"),
    [
        (lambda self, brigthness: 1, "is not a field of SetBrightness. Did you mean 'brightness'?"),
        (lambda self, brightness_: 1, "Did you mean 'brightness'?"),
        (lambda self, aplliance: 1, "Did you mean 'appliance'?"),
        (lambda self, target_temperature: 1, "'target_temperature' of "),
        (lambda self, value=None: 1, "Use one of: brightness, request, user, appliance, interface"),
        (lambda self, *values: 1, "name each one"),
        (lambda self, **values: 1, "name each one"),
        (lambda: 1, "<lambda>"),
    ],
)
def test_a_parameter_that_nothing_fills(run, message):
    assert message in refusal(lambda: device("LIGHT")("SetBrightness", run=run))


@pytest.mark.parametrize(
    ("handle", "message"),
    [
        (lambda brigthness: 1, "is not a field of SetBrightness. Did you mean 'brightness'?"),
        (lambda usr: 1, "Did you mean 'user'?"),
        (lambda session: 1, "'session' of "),
        (lambda self: 1, "'self' of "),
        (lambda *values: 1, "name each one"),
        ("밝기", "must be a function, not str"),
    ],
)
def test_a_parameter_of_a_function_that_nothing_fills(handle, message):
    assert message in refusal(lambda: Clova().home.on("SetBrightness")(handle))


def test_a_parameter_that_only_some_of_the_actions_fill_needs_a_default():
    def dim(self, brightness):
        pass

    def dim_or_not(self, brightness=None):
        pass

    assert "is not a field of TurnOn." in refusal(lambda: device("LIGHT")("SetBrightness", "TurnOn", run=dim))
    device("LIGHT")("SetBrightness", "TurnOn", run=dim_or_not)


def test_a_parameter_of_the_star_needs_a_default():
    message = refusal(lambda: Clova().home.on("*")(lambda brightness: 1))
    assert "'brightness' of " in message
    assert "is not a field of" in message
    Clova().home.on("*")(lambda brightness=None: 1)


@pytest.mark.parametrize(
    ("name", "field", "annotation"),
    [
        ("SetBrightness", "brightness", Clova),
        ("SetBrightness", "brightness", Color),
        ("SetColor", "color", int),
        ("SetColor", "color", Period),
        ("GetUsageTime", "period", str),
        ("SetMode", "mode", dict),
    ],
)
def test_an_annotation_that_the_field_cannot_become(name, field, annotation):
    scope = {"annotation": annotation}
    exec(f"def handler({field}: annotation): ...", scope)
    assert f"'{field}' of handler" in refusal(lambda: Clova().home.on(name)(scope["handler"]))


def test_an_annotation_that_cannot_be_evaluated():
    def dim(brightness: Nowhere):  # noqa: F821
        pass

    assert "name 'Nowhere' is not defined" in refusal(lambda: Clova().home.on("SetBrightness")(dim))


def test_annotations_of_the_fixed_parameters_need_not_exist():
    def dim(user: Nowhere, brightness: float):  # noqa: F821
        pass

    Clova().home.on("SetBrightness")(dim)


INCOMPLETE = "incomplete: pass minimum and maximum, or values"


@pytest.mark.parametrize(
    ("name", "limits", "message"),
    [
        ("SetBrightness", {"minimum": 0}, INCOMPLETE),
        ("SetBrightness", {"maximum": 100}, INCOMPLETE),
        ("SetBrightness", {"values": []}, INCOMPLETE),
        ("SetBrightness", {"minimum": 0, "maximum": 100, "values": [1]}, "contradict each other"),
        ("SetBrightness", {"minimum": 100, "maximum": 0}, "contradict each other"),
        ("SetBrightness", {"minimum": "0", "maximum": "100"}, "brightness of SetBrightness must be a number"),
        ("SetBrightness", {"minimum": "0", "maximum": 100}, "brightness of SetBrightness must be a number"),
        (
            "SetBrightness",
            {"minimum": False, "maximum": True},
            "brightness of SetBrightness must be a number",
        ),
        ("SetBrightness", {"minimum": 0, "maximum": math.inf}, "SetBrightness"),
        ("SetBrightness", {"minimum": 0, "maximum": math.nan}, "SetBrightness"),
        ("SetBrightness", {"values": ["어둡게"]}, "brightness of SetBrightness must be a number"),
        ("SetBrightness", {"values": [1, "2"]}, "brightness of SetBrightness must be a number"),
        ("SetMode", {"minimum": 0, "maximum": 1}, "mode of SetMode must be a string"),
        ("SetMode", {"values": [1]}, "mode of SetMode must be a string"),
        ("SetMode", {"values": "sleep"}, "SetMode"),
        ("SetLockState", {"values": "LOCKED"}, "SetLockState"),
        ("SetLockState", {"values": ["LOKCED"]}, "Did you mean 'LOCKED'?"),
        ("StartOscillation", {"values": ["vertcal"]}, "Did you mean 'vertical'?"),
        ("SetFanSpeed", {"minimum": 1, "maximum": 10}, "SetFanSpeed"),
        ("SetFanSpeed", {"values": [1, 2, 5]}, "SetFanSpeed"),
        ("TurnOn", {"minimum": 0, "maximum": 1}, "TurnOn has no value that could have limits"),
        ("GetHumidity", {"values": [1]}, "GetHumidity has no value that could have limits"),
        ("SetColor", {"minimum": 0, "maximum": 360}, "SetColor has no value that could have limits"),
        ("GetUsageTime", {"values": ["PT1H"]}, "GetUsageTime has no value that could have limits"),
    ],
)
@pytest.mark.parametrize(
    "declare",
    [lambda name, limits: action(name, **limits), lambda name, limits: Clova().home.on(name, **limits)],
    ids=["action", "on"],
)
def test_limits_that_do_not_fit(declare, name, limits, message):
    assert message in refusal(lambda: declare(name, limits))


def test_limits_have_to_fit_each_of_several_actions():
    message = refusal(lambda: action("SetBrightness", "TurnOn", minimum=0, maximum=1))
    assert "TurnOn has no value" in message


@pytest.mark.parametrize("limits", [{"minimum": 0, "maximum": 1}, {"values": [1]}, {"minimum": 0}])
def test_limits_of_whatever_action_there_is(limits):
    refusal(lambda: Clova().home.on("*", **limits))


@pytest.mark.parametrize(
    "limits",
    [
        {"minimum": 50, "maximum": 50},
        {"minimum": -10, "maximum": 0.5},
        {"values": [0]},
        {"values": (1, 2.5)},
    ],
)
def test_limits_that_fit(limits):
    action("SetBrightness", **limits)


@pytest.mark.parametrize(
    "declare",
    [
        lambda home, f: home.on("TurnOn")(f),
        lambda home, f: home.on("TurnOff", "TurnOn")(f),
        lambda home, f: home.on("*")(f),
        lambda home, f: home.on("TurnOn", type="LIGHT")(f),
        lambda home, f: home.on("TurnOn", type=["FAN", "LIGHT"])(f),
        lambda home, f: home.on("*", type="LIGHT")(f),
        lambda home, f: home.discover(f),
        lambda home, f: home.load(f),
        lambda home, f: home.scenes(f),
        lambda home, f: home.scene_action(f),
        lambda home, f: home.custom_commands(f),
    ],
)
def test_registering_twice_names_both(declare):
    def first():
        pass

    def second():
        pass

    home = Clova().home
    declare(home, first)
    message = refusal(lambda: declare(home, second))
    assert "has a handler already" in message
    for name in ("first (", "second ("):
        assert name in message
    assert "test_registration.py:" in message


def test_the_same_action_for_other_types_is_no_repetition():
    home = Clova().home
    for type_ in (None, "LIGHT", "FAN"):
        home.on("TurnOn", type=type_)(nothing)
    home.on("*")(nothing)
    home.on("TurnOff", type="LIGHT")(nothing)


@pytest.mark.parametrize(
    "declare", [lambda home: home.on("TurnOn")(nothing), lambda home: home.discover(nothing)]
)
def test_a_group_that_repeats_the_extension(declare):
    clova, group = Clova(), HandlerGroup()
    declare(clova.home)
    declare(group.home)
    assert "has a handler already" in refusal(lambda: clova.register(group))


def test_two_methods_of_a_class_for_one_action():
    def declare():
        class Lamp(Appliance, type="LIGHT"):
            @action("TurnOn")
            def first(self):
                pass

            @action("TurnOff", "TurnOn")
            def second(self):
                pass

    message = refusal(declare)
    assert "Lamp handles TurnOn twice" in message
    assert "Lamp.first (" in message
    assert "Lamp.second (" in message


def test_one_method_of_a_class_for_one_action_twice():
    def declare():
        class Lamp(Appliance, type="LIGHT"):
            @action("TurnOn")
            @action("TurnOn", "TurnOff")
            def power(self):
                pass

    assert "Lamp handles TurnOn twice" in refusal(declare)


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda home: home.discover(lambda usr: 1), "Did you mean 'user'?"),
        (lambda home: home.discover(lambda appliance_id: 1), "Use one of: user, request, access_token."),
        (lambda home: home.discover(lambda *users: 1), "name each one"),
        (lambda home: home.discover(lambda user, page=1: 1), "Nothing can fill 'page'"),
        (lambda home: home.discover("기기"), "must be a function, not str"),
        (lambda home: home.load(lambda user, aplliance_id: 1), "Did you mean 'appliance_id'?"),
        (lambda home: home.load(lambda user, lamp: 1), "Nothing can fill 'lamp'"),
        (lambda home: home.load(lambda user, appliance: 1), "Did you mean 'appliance_id'?"),
        (lambda home: home.scenes(lambda scene: 1), "Nothing can fill 'scene'"),
        (lambda home: home.scene_action(lambda scnee: 1), "Did you mean 'scene'?"),
        (lambda home: home.scene_action(lambda appliance: 1), "Nothing can fill 'appliance'"),
        (lambda home: home.custom_commands(lambda token: 1), "Nothing can fill 'token'"),
        (lambda home: home.custom_commands(lambda **all: 1), "name each one"),
    ],
)
def test_a_parameter_of_a_source_that_nothing_fills(declare, message):
    assert message in refusal(lambda: declare(Clova().home))


@pytest.mark.parametrize(
    "declare",
    [
        lambda home: home.discover(lambda access_token, request, user: 1),
        lambda home: home.load(lambda access_token, request, user, appliance_id: 1),
        lambda home: home.scenes(lambda access_token, request, user: 1),
        lambda home: home.scene_action(lambda access_token, request, user, scene, scene_id: 1),
        lambda home: home.custom_commands(lambda access_token, request, user: 1),
        lambda home: home.discover(nothing),
    ],
)
def test_the_parameters_that_there_are(declare):
    declare(Clova().home)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Appliance("등", friendly_nmae="등"),
        lambda: Appliance(friendly_name="등"),
        lambda: Appliance("등", "LIGHT"),
        lambda: CustomCommand("영화"),
    ],
)
def test_what_python_itself_refuses(make):
    with pytest.raises(TypeError):
        make()
