import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import delete, event, func, select
from sqlalchemy.orm import Session

from clova_flask import ConfigurationError
from clova_flask.testing import CekClient
from sample_app import create_app
from sample_app.home.database import EXTENSION, Database
from sample_app.home.seed import BORA, KENTA, PASSWORDS, seed_rows
from sample_app.home.tables import Base, DeviceRow

SERVER = os.environ.get("SAMPLE_TEST_DATABASE_URL")
ADDRESS = "https://localhost"
REQUESTS = Path(__file__).parents[1] / "requests"


@pytest.fixture(scope="session", params=["sqlite", "server"] if SERVER else ["sqlite"])
def database_url(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("home") / "home.sqlite"
    return SERVER if request.param == "server" else f"sqlite:///{path}"


@pytest.fixture(scope="session")
def database(database_url):
    database = Database(database_url, seed_rows)
    hurry(database)
    database.fill()
    yield database
    database.close()


@pytest.fixture(scope="session")
def make_app(database_url):
    made = []

    def make(**config):
        made.append(create_app({"TESTING": True, "SAMPLE_DATABASE_URL": database_url, **config}))
        hurry(made[-1].extensions[EXTENSION])
        return made[-1]

    yield make
    for app in made:
        app.extensions[EXTENSION].close()


@pytest.fixture(scope="session")
def app(make_app):
    return make_app()


@pytest.fixture(autouse=True)
def _as_it_was_in_the_beginning(database):
    with Session(database.engine) as session, session.begin():
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
        session.add_all(seed_rows())


@pytest.fixture(scope="session")
def tokens(make_app, database):
    """Access tokens of both users, who have linked their accounts."""
    app = make_app()
    return {user: CekClient(app).link(user).access_token for user in (BORA, KENTA)}


@pytest.fixture
def cek(app, tokens):
    """보라 speaks."""
    return CekClient(app, access_token=tokens[BORA])


@pytest.fixture
def kenta(app, tokens):
    return CekClient(app, access_token=tokens[KENTA])


def hurry(database):
    """Do not wait until the disk has it."""
    if database.engine.dialect.name == "sqlite":
        event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF").close())


def read(database, device_id):
    with database.reading() as session:
        return session.scalars(select(DeviceRow).where(DeviceRow.id == device_id)).one()


def change(database, device_id, **values):
    with database.changing(read(database, device_id).user_id) as session:
        row = session.get(DeviceRow, device_id)
        for name, value in values.items():
            setattr(row, name, value)


def everything(database):
    with database.reading() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: session.execute(select(table).order_by(table.c.id)).all() for table in tables}


def values_of(reply):
    """What a reply says, without the objects that only hold a value, and without its time."""
    return {name: unwrap(value) for name, value in reply.payload.items() if "Timestamp" not in name}


def unwrap(value):
    if isinstance(value, dict):
        return value["value"] if set(value) == {"value"} else {k: unwrap(v) for k, v in value.items()}
    return value


class TestDiscovery:
    def test_each_user_has_a_home_in_their_language(self, cek, kenta):
        korean = {item["applianceId"]: item for item in cek.discover().payload["discoveredAppliances"]}
        japanese = {item["applianceId"]: item for item in kenta.discover().payload["discoveredAppliances"]}
        assert list(korean) == ["aircon-1", "curtain-1", "lamp-1", "lamp-2", "plug-1", "purifier-1"]
        assert list(japanese) == ["curtain-2", "lamp-3", "lock-1", "tv-1", "vacuum-1", "washer-1"]
        assert korean["lamp-1"]["friendlyName"] == "거실 조명"
        assert japanese["lamp-3"]["friendlyName"] == "リビングの照明"
        types = {item["applianceTypes"][0] for item in [*korean.values(), *japanese.values()]}
        assert len(types) == 9

    def test_nothing_is_left_out_as_malformed(self, cek, kenta, caplog):
        assert cek.discover().status_code == kenta.discover().status_code == 200
        # The app serves both platforms, so each has handlers that the other does not ask for.
        assert all("only on" in record.getMessage() for record in caplog.records)

    def test_limits_are_declared(self, cek):
        appliances = cek.discover().payload["discoveredAppliances"]
        lamp = next(item for item in appliances if item["applianceId"] == "lamp-1")
        details = {
            detail["action"]: detail["allowableValue"]
            for detail in lamp["additionalApplianceDetails"]["actionDetails"]
        }
        assert details["SetBrightness"] == {"type": "boundedNumber", "minValue": 0, "maxValue": 100}
        assert details["SetMode"] == {"type": "string", "enumValues": ["reading", "rest", "sleep"]}

    def test_a_command_of_the_user_s_own_turns_everything_off(self, cek, kenta):
        (command,) = kenta.discover().payload["customCommands"]
        assert command["name"] == "全部消して"
        assert {"applianceId": "tv-1", "action": "TurnOff"} in command["actions"]
        assert "lock-1" not in {action["applianceId"] for action in command["actions"]}
        assert cek.discover().payload["customCommands"][0]["name"] == "다 꺼 줘"

    def test_the_platforms_tables_decide_what_a_device_can_do(self, make_app, tokens):
        line = CekClient(make_app(CLOVA_PLATFORM="line"), access_token=tokens[BORA])
        naver = CekClient(make_app(CLOVA_PLATFORM="naver"), access_token=tokens[BORA])
        found = {
            client: {item["applianceId"]: item for item in client.discover().payload["discoveredAppliances"]}
            for client in (line, naver)
        }
        assert list(found[line]) == list(found[naver])
        assert "GetFineDust" in found[naver]["purifier-1"]["actions"]
        assert "GetFineDust" not in found[line]["purifier-1"]["actions"]
        assert "GetOpenState" in found[line]["curtain-1"]["actions"]
        assert "isReachable" not in found[naver]["lamp-2"]
        assert [found[line][lamp]["isReachable"] for lamp in ("lamp-1", "lamp-2")] == [True, False]

    def test_line_asks_before_a_lock_moves(self, make_app, tokens):
        line = CekClient(make_app(CLOVA_PLATFORM="line"), access_token=tokens[KENTA])
        appliances = line.discover().payload["discoveredAppliances"]
        lock = next(item for item in appliances if item["applianceId"] == "lock-1")
        assert lock["actionsNeededUserConfirmation"] == ["SetLockState"]


CONTROLS = [
    ("lamp-1", "TurnOn", {}, {}, {"is_on": True}),
    ("lamp-3", "TurnOff", {}, {}, {"is_on": False}),
    ("lamp-1", "SetBrightness", {"brightness": 50}, {"brightness": 50}, {"brightness": 50, "is_on": True}),
    ("lamp-3", "SetBrightness", {"brightness": 0}, {"brightness": 0}, {"brightness": 0, "is_on": False}),
    (
        "lamp-1",
        "IncrementBrightness",
        {"delta_brightness": 15},
        {"brightness": 75, "previousState": {"brightness": 60}},
        {"brightness": 75},
    ),
    (
        "lamp-1",
        "DecrementBrightness",
        {"delta_brightness": 60},
        {"brightness": 0, "previousState": {"brightness": 60}},
        {"brightness": 0},
    ),
    (
        "lamp-1",
        "SetColor",
        {"color": {"hue": 350.5, "saturation": 60}},
        {"color": {"hue": 350.5, "saturation": 60}},
        {"hue": 350.5, "saturation": 60, "mode": None},
    ),
    (
        "lamp-1",
        "SetColor",
        {"color": {"hue": 0, "saturation": 0, "brightness": 90}},
        {"color": {"hue": 0, "saturation": 0, "brightness": 90}},
        {"hue": 0, "saturation": 0, "brightness": 90},
    ),
    ("lamp-1", "SetMode", {"mode": "reading"}, {"mode": "reading"}, {"mode": "reading", "is_on": True}),
    ("aircon-1", "TurnOn", {}, {"mode": "cool", "targetTemperature": 24}, {"is_on": True}),
    ("aircon-1", "SetMode", {"mode": "heat"}, {"mode": "heat"}, {"mode": "heat", "is_on": True}),
    (
        "aircon-1",
        "SetTargetTemperature",
        {"target_temperature": 22.5},
        {"targetTemperature": 22.5},
        {"target_temperature": 22.5},
    ),
    (
        "aircon-1",
        "IncrementTargetTemperature",
        {"delta_temperature": 1.5},
        {"targetTemperature": 25.5, "previousState": {"targetTemperature": 24}},
        {"target_temperature": 25.5},
    ),
    (
        "aircon-1",
        "DecrementTargetTemperature",
        {"delta_temperature": 6},
        {"targetTemperature": 18, "previousState": {"targetTemperature": 24}},
        {"target_temperature": 18},
    ),
    ("purifier-1", "SetMode", {"mode": "sleep"}, {"mode": "sleep"}, {"mode": "sleep"}),
    ("purifier-1", "ReleaseMode", {"mode": "auto"}, {"previousState": "auto"}, {"mode": None}),
    ("purifier-1", "ReleaseMode", {"mode": "sleep"}, {}, {"mode": "auto"}),
    ("purifier-1", "SetFanSpeed", {"fan_speed": 3}, {"fanSpeed": 3}, {"fan_speed": 3, "mode": None}),
    (
        "purifier-1",
        "IncrementFanSpeed",
        {"delta_fan_speed": 2},
        {"fanSpeed": 3, "previousState": {"fanSpeed": 1}},
        {"fan_speed": 3},
    ),
    ("curtain-1", "Open", {}, {}, {"is_open": True}),
    ("curtain-2", "Close", {}, {}, {"is_open": False}),
    ("lock-1", "SetLockState", {"lock_state": "UNLOCKED"}, {"lockState": "UNLOCKED"}, {"is_locked": False}),
    ("vacuum-1", "TurnOn", {}, {}, {"is_on": True, "is_charging": False}),
    ("vacuum-1", "Charge", {}, {}, {"is_on": False, "is_charging": True}),
    ("tv-1", "SetChannel", {"channel": 7}, {"channel": 7}, {"channel": 7}),
    ("tv-1", "SetChannelByName", {"channel_name": "映画"}, {"channelName": "映画"}, {"channel": 4}),
    (
        "tv-1",
        "IncrementChannel",
        {"delta_channel": 3},
        {"channel": 1, "previousState": {"channel": 2}},
        {"channel": 1},
    ),
    (
        "tv-1",
        "DecrementChannel",
        {"delta_channel": 2},
        {"channel": 7, "previousState": {"channel": 2}},
        {"channel": 7},
    ),
    (
        "tv-1",
        "IncrementVolume",
        {"delta_volume": 5},
        {"targetVolume": 30, "previousState": {"targetVolume": 25}},
        {"volume": 30},
    ),
    (
        "tv-1",
        "DecrementVolume",
        {"delta_volume": 25},
        {"targetVolume": 0, "previousState": {"targetVolume": 25}},
        {"volume": 0},
    ),
    ("tv-1", "Mute", {}, {}, {"is_muted": True}),
    ("tv-1", "Unmute", {}, {}, {"is_muted": False}),
    ("plug-1", "TurnOff", {}, {}, {"is_on": False}),
]

DAY = {"start": "2026-11-01T00:00:00+09:00", "end": "2026-11-02T12:00:00+09:00"}

QUERIES = [
    ("aircon-1", "GetTargetTemperature", {}, {"targetTemperature": 24}),
    ("aircon-1", "GetCurrentTemperature", {}, {"currentTemperature": 27.5}),
    ("purifier-1", "GetFineDust", {}, {"fineDust": {"value": 45, "index": "normal"}}),
    ("purifier-1", "GetUltraFineDust", {}, {"ultraFineDust": {"value": 38, "index": "bad"}}),
    ("purifier-1", "GetAirQuality", {}, {"airQuality": {"index": "bad"}}),
    ("purifier-1", "GetHumidity", {}, {"humidity": 41}),
    ("curtain-2", "GetOpenState", {}, {"openState": "OPENED"}),
    ("lock-1", "GetLockState", {}, {"lockState": "LOCKED"}),
    ("vacuum-1", "GetBatteryInfo", {}, {"batteryInfo": 80}),
    ("plug-1", "GetConsumption", {}, {"consumption": [{"name": "전력", "unit": "kW", "value": 2.88}]}),
    (
        "plug-1",
        "GetConsumption",
        {"period": DAY},
        {"consumption": [{"name": "전력", "unit": "kW", "value": 4.32}]},
    ),
    ("plug-1", "GetEstimateBill", {"period": DAY}, {"estimateBill": {"currency": "KRW", "value": 648}}),
    ("lamp-1", "HealthCheck", {}, {"isReachable": True, "isTurnOn": False}),
    ("lamp-2", "HealthCheck", {}, {"isReachable": False, "isTurnOn": True}),
    ("plug-1", "GetDeviceState", {}, None),
]


class TestActions:
    @pytest.mark.parametrize(("device", "action", "fields", "said", "kept"), CONTROLS)
    def test_an_action_is_confirmed_and_kept(self, database, cek, kenta, device, action, fields, said, kept):
        client = cek if read(database, device).user_id == "bora" else kenta
        reply = client.control(action, device, **fields)
        assert (reply.name, values_of(reply)) == (f"{action}Confirmation", said)
        row = read(database, device)
        assert {name: getattr(row, name) for name in kept} == kept

    @pytest.mark.parametrize(("device", "query", "fields", "said"), QUERIES)
    def test_a_query_is_answered(self, database, cek, kenta, device, query, fields, said):
        client = cek if read(database, device).user_id == "bora" else kenta
        reply = client.control(query, device, **fields)
        assert reply.name == f"{query}Response"
        assert said is None or values_of(reply) == said

    def test_a_device_tells_its_state_from_its_readings(self, kenta):
        states = kenta.control("GetDeviceState", "vacuum-1").payload["states"]
        assert {state["name"]: state["value"] for state in states} == {"전원": "꺼짐", "배터리": 80}

    def test_a_washer_tells_what_it_does_once_it_is_repaired(self, database, kenta):
        change(database, "washer-1", is_faulty=False)
        assert values_of(kenta.control("GetPhase", "washer-1")) == {"phase": "rinsing"}
        assert values_of(kenta.control("GetRemainingTime", "washer-1")) == {"remainingTime": "PT18M"}

    @pytest.mark.parametrize("name", ["turn-on", "discover"])
    def test_the_requests_to_try_it_with_are_answered(self, database, app, name):
        cek = CekClient(app)
        message = json.loads((REQUESTS / f"{name}.json").read_text())
        message["payload"]["accessToken"] = cek.link(BORA).access_token
        assert cek.send(message).name in ("TurnOnConfirmation", "DiscoverAppliancesResponse")
        assert read(database, "lamp-1").is_on is (name == "turn-on")


ERRORS = [
    ("lamp-2", "TurnOn", {}, "TargetOfflineError", {}),
    ("lamp-2", "GetDeviceState", {}, "TargetOfflineError", {}),
    ("washer-1", "TurnOff", {}, "DeviceFailureError", {}),
    ("washer-1", "GetPhase", {}, "DeviceFailureError", {}),
    ("lamp-9", "TurnOn", {}, "NoSuchTargetError", {}),
    ("lamp-1", "SetBrightness", {"brightness": 101}, "ValueOutOfRangeError", (0, 100)),
    ("lamp-1", "IncrementBrightness", {"delta_brightness": 41}, "ValueOutOfRangeError", (0, 100)),
    ("lamp-1", "SetBrightness", {"brightness": "bright"}, "ValueNotSupportedError", {}),
    ("lamp-1", "SetColor", {"color": {"hue": 361, "saturation": 5}}, "ValueOutOfRangeError", (0, 360)),
    ("lamp-1", "SetMode", {"mode": "disco"}, "UnsupportedOperationError", {}),
    ("lamp-1", "GetBatteryInfo", {}, "UnsupportedOperationError", {}),
    ("aircon-1", "SetTargetTemperature", {"target_temperature": 31}, "ValueOutOfRangeError", (18, 30)),
    ("aircon-1", "IncrementTargetTemperature", {"delta_temperature": 7}, "ValueOutOfRangeError", (18, 30)),
    ("aircon-1", "SetMode", {"mode": "yellowsand"}, "UnsupportedOperationError", {}),
    ("purifier-1", "SetFanSpeed", {"fan_speed": 4}, "ValueOutOfRangeError", (1, 3)),
    ("purifier-1", "DecrementFanSpeed", {"delta_fan_speed": 1}, "ValueOutOfRangeError", (1, 3)),
    ("tv-1", "SetChannel", {"channel": 3}, "ValueNotSupportedError", {}),
    ("tv-1", "SetChannelByName", {"channel_name": "天気"}, "ValueNotSupportedError", {}),
    ("tv-1", "DecrementVolume", {"delta_volume": 26}, "ValueOutOfRangeError", (0, 100)),
    ("lock-1", "SetLockState", {"lock_state": "AJAR"}, "ValueNotSupportedError", {}),
    (
        "plug-1",
        "GetConsumption",
        {"period": {"start": DAY["end"], "end": DAY["start"]}},
        "ValueNotSupportedError",
        {},
    ),
]


STEPS = [
    ("lamp-1", "IncrementBrightness", "delta_brightness"),
    ("lamp-1", "DecrementBrightness", "delta_brightness"),
    ("lamp-1", "SetBrightness", "brightness"),
    ("aircon-1", "IncrementTargetTemperature", "delta_temperature"),
    ("aircon-1", "SetTargetTemperature", "target_temperature"),
    ("purifier-1", "IncrementFanSpeed", "delta_fan_speed"),
    ("purifier-1", "SetFanSpeed", "fan_speed"),
    ("tv-1", "IncrementVolume", "delta_volume"),
]


class TestErrors:
    @pytest.mark.parametrize(("device", "action", "fields", "error", "payload"), ERRORS)
    def test_what_cannot_be_done_is_an_error_and_changes_nothing(
        self, database, cek, kenta, device, action, fields, error, payload
    ):
        before = everything(database)
        client = kenta if device in ("tv-1", "lock-1", "washer-1") else cek
        reply = client.control(action, device, **fields)
        if payload:
            payload = dict(zip(("minimumValue", "maximumValue"), payload, strict=True))
        assert (reply.name, reply.payload) == (error, payload)
        assert everything(database) == before

    @pytest.mark.parametrize(("device", "action", "field"), STEPS)
    @pytest.mark.parametrize("number", [10**300, -(10**300), 1e308, -1e308, 2**63], ids="{:.0e}".format)
    def test_a_number_without_measure_is_an_error_and_changes_nothing(
        self, database, cek, kenta, device, action, field, number
    ):
        before = everything(database)
        client = kenta if device == "tv-1" else cek
        reply = client.control(action, device, **{field: number})
        assert reply.name in ("ValueOutOfRangeError", "ValueNotSupportedError")
        assert everything(database) == before

    def test_somebody_elses_device_is_not_there(self, database, cek):
        assert cek.control("SetLockState", "lock-1", lock_state="UNLOCKED").name == "NoSuchTargetError"
        assert read(database, "lock-1").is_locked

    @pytest.mark.parametrize("token", ["nobody's", None])
    def test_a_token_that_does_not_count_is_an_error(self, app, token):
        client = CekClient(app, access_token=token)
        assert client.discover().name == "InvalidAccessTokenError"
        assert client.control("TurnOn", "lamp-1").name == "InvalidAccessTokenError"

    def test_water_is_not_taken_out_of_the_air_at_a_temperature(self, database, cek):
        change(database, "aircon-1", mode="dehumidify")
        reply = cek.control("SetTargetTemperature", "aircon-1", target_temperature=20)
        assert reply.name == "NotSupportedInCurrentModeError"

    def test_a_vacuum_without_battery_says_so(self, database, kenta):
        change(database, "vacuum-1", battery=10)
        reply = kenta.control("TurnOn", "vacuum-1")
        assert (reply.name, reply.payload) == (
            "ConditionsNotMetError",
            {"state": "バッテリーが少ないので"},
        )
        assert not read(database, "vacuum-1").is_on

    def test_a_sensor_that_is_silent_has_no_value(self, database, app, cek):
        change(database, "purifier-1", humidity=None)
        assert cek.control("GetHumidity", "purifier-1").name == "ValueNotFoundError"


class TestScenes:
    @pytest.fixture
    def app(self, make_app):
        return make_app(CLOVA_PLATFORM="line")

    def test_a_scene_is_discovered(self, kenta):
        (scene,) = kenta.home("DiscoverScenes").payload["discoveredScenes"]
        assert scene == {"sceneId": "away", "sceneName": "おでかけ", "needsUserConfirmation": True}

    def test_who_goes_out_leaves_everything_off_closed_and_locked(self, database, kenta):
        kenta.control("SetLockState", "lock-1", lock_state="UNLOCKED")
        scene = kenta.home("DiscoverScenes").payload["discoveredScenes"][0]
        assert kenta.home("ActionScene", {"scene": scene}).name == "ActionSceneConfirmation"
        assert not read(database, "lamp-3").is_on
        assert not read(database, "curtain-2").is_open
        assert read(database, "lock-1").is_locked
        assert read(database, "washer-1").is_on, "a device with a fault cannot be turned off"
        assert read(database, "plug-1").is_on, "somebody else is at home"

    def test_a_scene_that_is_not_there(self, kenta):
        reply = kenta.home("ActionScene", {"scene": {"sceneId": "party", "sceneName": "パーティー"}})
        assert reply.name == "NoSuchTargetError"


class TestPage:
    @pytest.fixture
    def app(self, make_app):
        return make_app(SAMPLE_HOME_PAGE=True)

    def test_it_shows_both_homes_in_their_languages(self, client):
        page = client.get("/home")
        assert page.status_code == client.get("/home/").status_code == 200
        for lang, name in (("ko", "보라의 집"), ("ja", "健太の家")):
            assert re.search(rf'<section lang="{lang}".*?{name}', page.text, re.DOTALL)
        assert "demo page" in page.text
        assert re.search(r'id="lamp-1" data-status="off".*?거실 조명.*?꺼짐.*?60%', page.text, re.DOTALL)
        assert re.search(r'id="washer-1" data-status="fault".*?故障', page.text, re.DOTALL)

    def test_it_loads_nothing_from_elsewhere(self, client):
        page = client.get("/home")
        assert page.headers["Content-Security-Policy"] == "default-src 'self'; frame-ancestors 'none'"
        addresses = re.findall(r'(?:src|href)="([^"]*)"', page.text)
        assert len(addresses) == 4
        for address in addresses:
            with client.get(address) as file:
                assert file.status_code == 200

    def test_the_state_follows_a_control(self, client, cek):
        assert self.device(client, "lamp-1")["status"] == "off"
        cek.control("SetBrightness", "lamp-1", brightness=35)
        lamp = self.device(client, "lamp-1")
        assert (lamp["status"], lamp["status_text"]) == ("on", "켜짐")
        assert {"name": "brightness", "label": "밝기", "text": "35%", "percent": 35} in lamp["readings"]

    def test_a_browser_that_has_the_state_is_not_sent_it_again(self, client, kenta):
        first = client.get("/home/state")
        seen = {"If-None-Match": first.headers["ETag"]}
        assert client.get("/home/state", headers=seen).status_code == 304
        kenta.control("Mute", "tv-1")
        assert client.get("/home/state", headers=seen).status_code == 200

    @pytest.mark.parametrize(
        ("config", "status"),
        [
            ({}, 404),
            ({"DEBUG": True}, 200),
            ({"DEBUG": True, "SAMPLE_HOME_PAGE": False}, 404),
            ({"SAMPLE_HOME_PAGE": True}, 200),
            ({"DEBUG": 0, "SAMPLE_HOME_PAGE": None}, 404),
            ({"DEBUG": 1, "SAMPLE_HOME_PAGE": None}, 200),
            ({"DEBUG": 1, "SAMPLE_HOME_PAGE": 0}, 404),
        ],
    )
    def test_it_is_served_in_debug_or_when_it_is_asked_for(self, make_app, config, status):
        client = make_app(**config).test_client()
        for path in ("/home", "/home/state", "/home/static/home.css"):
            with client.get(path) as response:
                assert response.status_code == status

    @pytest.mark.parametrize("variable", ["FLASK_DEBUG", "FLASK_SAMPLE_HOME_PAGE"])
    @pytest.mark.parametrize("word", ["False", "no", "off"])
    def test_a_word_for_off_does_not_switch_it_on(self, monkeypatch, variable, word):
        monkeypatch.setenv(variable, word)
        with pytest.raises(ConfigurationError, match=f"not '{word}'.* Write {variable}=0 or {variable}=1"):
            create_app()

    @staticmethod
    def device(client, device_id):
        homes = client.get("/home/state").json["homes"]
        return next(device for home in homes for device in home["devices"] if device["id"] == device_id)


class TestAccounts:
    @pytest.fixture
    def app(self, make_app, tmp_path):
        url = f"sqlite:///{tmp_path}/sample.sqlite"
        return make_app(SAMPLE_DATABASE_URL=url, SAMPLE_HOME_PAGE=True)

    @pytest.fixture
    def browser(self, app):
        return app.test_client()

    @staticmethod
    def sign_in(browser, user=BORA, password=None, **query):
        form = {"name": user, "password": password or PASSWORDS.get(user, "")}
        return browser.post("/account/login", data=form, query_string=query, base_url=ADDRESS)

    @staticmethod
    def account(browser):
        return browser.get("/account", base_url=ADDRESS)

    def test_an_account_is_linked_by_its_password_and_unlinked_on_its_page(self, app, browser):
        assert self.sign_in(browser).location == "/account/"
        assert "연결되지 않았습니다. Clova 앱에서 연결해 주세요." in self.account(browser).text
        cek = CekClient(app)
        cek.link(browser=browser)
        assert cek.launch().speech == "보라님, 안녕하세요. 피자봇입니다. 무엇을 주문할까요?"
        assert len(cek.discover().payload["discoveredAppliances"]) == 6
        assert re.search(r"NAVER Clova에 연결됨 \(\d{4}\.\d\d\.\d\d\)", self.account(browser).text)
        assert browser.post("/account/unlink", base_url=ADDRESS).location == "/account/"
        assert "연결되지 않았습니다" in self.account(browser).text
        assert cek.discover().name == "InvalidAccessTokenError"
        assert cek.launch().speech == "피자봇입니다. 무엇을 주문할까요?"

    def test_the_page_of_an_account_is_in_its_language(self, browser):
        self.sign_in(browser, KENTA)
        page = self.account(browser).text
        assert '<html lang="ja">' in page
        assert "健太 (kenta)" in page
        assert "Clovaアプリで連携してください" in page

    @pytest.mark.parametrize(
        ("accepted", "title"),
        [
            ("ja,en;q=0.5", "ログイン"),
            ("en-US", "Sign in"),
            ("ko,en;q=0.5", "로그인"),
            ("fr", "로그인"),
            ("", "로그인"),
        ],
    )
    def test_the_login_page_is_in_the_language_of_the_browser(self, browser, accepted, title):
        page = browser.get("/account/login", headers={"Accept-Language": accepted})
        assert f"<h1>{title}</h1>" in page.text

    def test_a_wrong_password_is_told_in_the_language_of_the_browser(self, browser):
        self.sign_in(browser, BORA, "wrong")
        page = browser.get("/account/login", base_url=ADDRESS, headers={"Accept-Language": "en"})
        assert "The user ID or the password is wrong." in page.text
        assert '<html lang="en">' in page.text

    @pytest.mark.parametrize(
        ("user", "password"), [(BORA, "wrong"), (BORA, PASSWORDS[KENTA]), ("nobody", "x"), ("", "")]
    )
    def test_a_wrong_password_can_be_corrected_and_leads_on(self, browser, user, password):
        wrong = self.sign_in(browser, user, password, next="/home")
        page = browser.get(wrong.location, base_url=ADDRESS)
        assert "아이디나 비밀번호가 맞지 않습니다." in page.text
        assert self.account(browser).location == "/account/login"
        query = dict(parse_qsl(urlsplit(wrong.location).query))
        assert self.sign_in(browser, **query).location == "/home"

    def test_signing_in_leads_to_no_other_site(self, browser):
        assert self.sign_in(browser, next="https://evil.example.com").location == "/account/"

    def test_a_form_of_another_site_does_not_bring_the_session(self, browser):
        assert "SameSite=Lax" in self.sign_in(browser).headers["Set-Cookie"]

    def test_who_is_not_signed_in_unlinks_nothing(self, app, browser):
        cek = CekClient(app)
        cek.link(BORA)
        assert browser.post("/account/unlink", base_url=ADDRESS).status_code == 302
        assert cek.discover().name == "DiscoverAppliancesResponse"

    def test_signing_out(self, browser):
        self.sign_in(browser)
        assert browser.post("/account/logout", base_url=ADDRESS).location == "/account/login"
        assert self.account(browser).location == "/account/login"

    def test_the_passwords_are_shown_in_debug_alone(self, make_app):
        shown = [
            PASSWORDS[BORA] in make_app(DEBUG=debug).test_client().get("/account/login").text
            for debug in (True, False)
        ]
        assert shown == [True, False]

    def test_the_page_of_the_homes_shows_the_link_of_who_is_signed_in(self, app, browser):
        assert 'href="/account/login?next=/home"' in browser.get("/home").text
        self.sign_in(browser)
        CekClient(app).link(BORA)
        page = browser.get("/home", base_url=ADDRESS).text
        assert "NAVER Clova에 연결됨" in page
        action = re.search(r'action="(/account/unlink[^"]*)"', page)[1]
        assert browser.post(action, base_url=ADDRESS).location == "/home"
        assert "연결되지 않았습니다" in browser.get("/home", base_url=ADDRESS).text

    def test_the_command_prints_what_the_console_asks_for(self, app):
        printed = app.test_cli_runner().invoke(args=["clova", "linking", "client"]).output
        assert "/clova/link/authorize" in printed
        assert "https://prod-ni-cic.clova.ai/v1/al/token (naver)" in printed


class TestConcurrency:
    def test_no_increment_is_lost_between_threads_and_workers(self, database, app, make_app, tokens):
        workers = (app, make_app())
        clients = [CekClient(worker, access_token=tokens[BORA]) for worker in workers for _ in "12"]

        def brighten(client):
            replies = [client.control("IncrementBrightness", "lamp-1", delta_brightness=2) for _ in range(4)]
            return [reply.payload["brightness"]["value"] for reply in replies]

        with ThreadPoolExecutor(len(clients)) as pool:
            seen = [value for values in pool.map(brighten, clients) for value in values]
        assert sorted(seen) == list(range(62, 94, 2))
        assert read(database, "lamp-1").brightness == 92

    def test_one_worker_of_many_makes_the_tables(self, tmp_path):
        self.start_many(f"sqlite:///{tmp_path / 'new' / 'home.sqlite'}")

    @pytest.mark.skipif(not SERVER, reason="SAMPLE_TEST_DATABASE_URL, for all of these tests, is not set")
    def test_one_worker_of_many_makes_the_tables_on_a_server(self):
        database = Database(SERVER, seed_rows)
        Base.metadata.drop_all(database.engine)
        database.close()
        self.start_many(SERVER)

    @staticmethod
    def start_many(url):
        workers = [Database(url, seed_rows) for _ in range(4)]

        def count(worker):
            with worker.reading() as session:
                return session.scalar(select(func.count()).select_from(DeviceRow))

        with ThreadPoolExecutor(len(workers)) as pool:
            assert set(pool.map(count, workers)) == {12}
        for worker in workers:
            worker.close()


class TestSeed:
    def test_seeding_again_adds_what_is_missing_and_keeps_what_is_there(self, database, app, cek):
        cek.control("SetBrightness", "lamp-1", brightness=5)
        with database.changing("bora") as session:
            session.delete(read(database, "plug-1"))
        results = [app.test_cli_runner().invoke(args=["seed-home"]).output for _ in range(2)]
        assert [result.partition(" to ")[0] for result in results] == ["1 rows added", "0 rows added"]
        assert read(database, "plug-1").name == "전기장판 플러그"
        assert read(database, "lamp-1").brightness == 5

    def test_what_was_removed_does_not_come_back_by_itself(self, database, make_app, tokens):
        with database.changing("bora") as session:
            session.delete(read(database, "plug-1"))
        another = CekClient(make_app(), access_token=tokens[BORA])
        assert another.control("TurnOn", "plug-1").name == "NoSuchTargetError"

    def test_the_pizza_bot_needs_no_database(self, tmp_path):
        path = tmp_path / "sample.sqlite"
        app = create_app({"TESTING": True, "SAMPLE_DATABASE_URL": f"sqlite:///{path}"})
        assert CekClient(app).launch().speech == "피자봇입니다. 무엇을 주문할까요?"
        assert not path.exists()

    def test_the_database_is_in_the_instance_folder_by_default(self, monkeypatch):
        monkeypatch.delenv("FLASK_SAMPLE_DATABASE_URL", raising=False)
        app = create_app({"TESTING": True})
        assert app.extensions[EXTENSION].engine.url.database == str(Path(app.instance_path) / "sample.sqlite")
