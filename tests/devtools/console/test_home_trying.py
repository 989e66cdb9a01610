"""The test of a Clova Home extension."""

import json
import re

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from flask import Flask

from clova_flask import Clova
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.home import Appliance, DeviceFailureError, TargetOfflineError, ValueOutOfRangeError
from clova_flask.security.devkey import public_pem

USERS = {"token-of-bora": {"name": "보라"}}


@pytest.fixture
def endpoint(console, serve):
    with console.app_context():
        key = public_pem(signing_key())
    app = Flask("home")
    clova = Clova(extension_id="com.example.home", platform="naver", public_key=key)
    clova.user_loader(USERS.get)
    brightness = {}

    @clova.home.discover
    def discover(user):
        return [
            Appliance(
                "등-1", type="LIGHT", friendly_name=f"{user['name']} 등", limits={"SetBrightness": (10, 80)}
            ),
            Appliance("tv-1", type="SMARTTV", friendly_name="さくらのテレビ"),
        ]

    @clova.home.on("SetBrightness")
    def set_brightness(appliance, brightness):
        return {}

    @clova.home.on("TurnOn")
    def turn_on(appliance):
        brightness[appliance.id] = 1
        return {}

    @clova.home.on("SetColor")
    def set_color(appliance, color):
        return {}

    clova.init_app(app)
    return f"{serve(app)}/clova"


@pytest.fixture
def home(browser, register, endpoint):
    register(kind="home", extension_id="com.example.home", name="보라의 집")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=endpoint)


def discover(browser, token="token-of-bora"):
    return browser.get("/extensions/1/home/").form("access_token").submit(access_token=token)


def test_discovery_shows_the_appliances(browser, home):
    page = discover(browser)
    assert "보라 등" in page.text
    assert "さくらのテレビ" in page.text
    assert "DiscoverAppliancesResponse" in page.text
    assert "token-of-bora" not in page.html


def test_a_token_that_no_account_has(browser, home):
    page = discover(browser, "another-token")
    assert "InvalidAccessTokenError" in page.text
    assert "Link the account again, or enter another token." in page.text
    assert "No appliance was discovered." not in page.text


def test_a_token_is_forgotten(browser, home):
    page = discover(browser)
    assert "Kept. Enter another" in page.html
    page = page.form_to("forget").submit()
    assert "The token is forgotten." in page.text
    assert "Kept. Enter another" not in page.html
    assert "보라 등" not in page.text
    assert not any(form.action.endswith("/forget") for form in page.forms)


def test_an_endpoint_that_is_away(browser, register):
    register(kind="home")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url="http://127.0.0.1:9/clova")
    assert "There was no answer: http://127.0.0.1:9/clova" in discover(browser).text


def test_an_action_with_limits(browser, home):
    discover(browser)
    page = browser.get("/extensions/1/home/appliance?id=등-1&action=SetBrightness")
    assert 'min="10" max="80"' in page.html
    page = page.form("brightness").submit(brightness="50")
    assert "SetBrightnessConfirmation" in page.text
    sent = json.loads(page.form("message").values["message"][0])
    assert sent["payload"]["brightness"] == {"value": 50}
    assert sent["payload"]["appliance"]["applianceId"] == "등-1"
    assert "ValueOutOfRangeError" in page.form("brightness").submit(brightness="90").text


@pytest.mark.parametrize("value", ["", "밝게", "1e999", "NaN", "true", "{}", "[" * 3000])
def test_odd_values_are_sent_on_purpose_only(browser, home, value):
    discover(browser)
    page = browser.get("/extensions/1/home/appliance?id=등-1&action=SetBrightness")
    assert "as_it_is" not in page.html
    page = page.form("brightness").submit(brightness=value)
    assert page.status == 422
    assert ("This must be a number." if value else "This value is required.") in page.text
    assert 'id="brightness-error"' in page.html
    assert "Error" not in page.text
    page = page.form("brightness").submit(brightness=value, as_it_is="y")
    assert page.status == 200
    assert "SetBrightnessRequest" in page.html
    assert page.form("message").values["message"]


@pytest.mark.parametrize(
    ("language", "label", "required"),
    [
        ("en", "Brightness brightness", "This value is required."),
        ("ko", "밝기 brightness", "필수 값입니다."),
        ("ja", "明るさ brightness", "必須の値です。"),
    ],
)
def test_inputs_are_named_in_words(browser, home, language, label, required):
    discover(browser)
    browser.headers["Accept-Language"] = language
    page = browser.get("/extensions/1/home/appliance?id=등-1&action=SetBrightness")
    assert label in page.text
    assert required in page.form("brightness").submit(brightness="").text


def test_an_action_with_several_inputs(browser, home):
    discover(browser)
    page = browser.get("/extensions/1/home/appliance?id=등-1&action=SetColor")
    assert "Hue color.hue from 0 to 360 °" in page.text
    page = page.form("color.hue").submit(
        **{"color.hue": "120", "color.saturation": "0.5", "color.brightness": "1"}
    )
    assert "SetColorConfirmation" in page.text
    assert "Spoken answer" not in page.text


def test_every_action_at_once(browser, home):
    page = discover(browser)
    form = next(form for form in page.forms if form.action.endswith("/all") and form.values["id"] == ["등-1"])
    page = form.submit()
    assert "TurnOn TurnOnConfirmation" in page.text
    assert "SetBrightness SetBrightnessConfirmation" in page.text
    assert "SetColor SetColorConfirmation" in page.text
    assert page.text.count("✓ as it must be") == 5
    times = [float(text) for text in re.findall(r"([\d.]+) ms", page.text)]
    assert len(times) == 5
    assert all(times)


def test_an_appliance_that_discovery_does_not_tell(browser, home):
    discover(browser)
    page = browser.get("/extensions/1/home/appliance?id=lamp-9&action=TurnOn")
    assert page.status == 404
    assert "/extensions/1/home/" in page.links
    assert "To the discovery of appliances" in page.text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Enter an access token."),
        ("ko", "액세스 토큰을 입력하세요."),
        ("ja", "アクセストークンを入力してください。"),
    ],
)
def test_discovery_without_a_token_is_sent_only_on_purpose(browser, home, language, told):
    browser.headers["Accept-Language"] = language
    page = discover(browser, "")
    assert page.status == 422
    assert told in page.text
    assert "InvalidAccessTokenError" not in page.html
    page = page.form("access_token").submit(("without", "y"))
    assert page.status == 200
    assert "InvalidAccessTokenError" in page.text


def test_what_is_wrong_with_an_appliance_stands_at_it(browser, register, serve):
    answer = {
        "header": {
            "messageId": "1",
            "name": "DiscoverAppliancesResponse",
            "namespace": "ClovaHome",
            "payloadVersion": "1.0",
        },
        "payload": {
            "discoveredAppliances": [{"applianceId": "<b>", "applianceTypes": ["LIHGT"], "actions": []}, 7]
        },
    }

    def respond(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    register(kind="home")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(respond))
    page = discover(browser)
    assert "payload.discoveredAppliances[0]" in page.text
    assert "LIGHT" in page.text
    assert "<b>" not in page.html


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"payload": 1}', b'{"payload": {"discoveredAppliances": {}}}']
)
def test_odd_answers(browser, register, serve, body):
    def respond(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [body]

    register(kind="home")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(respond))
    assert discover(browser).status == 200


DETAILS = {
    "actionDetails": [
        {"action": "SetMode", "allowableValue": {"type": "string", "enumValues": ["cool", "heat"]}},
        {"action": "SetChannel", "allowableValue": {"type": "number", "enumValues": [7, 9]}},
        {"action": "SetFanSpeed", "allowableValue": 7},
        9,
    ]
}
ACTIONS = [
    *("SetMode", "SetChannel", "SetFanSpeed", "GetDeviceState", "Levitate", "SetBrightness", "SetColor"),
    *("IncrementTargetTemperature", "SetTargetTemperature"),
]


def test_an_appliance_of_any_make(browser, register, serve):
    """Its details may be anything; values are chosen where it tells which there are."""
    told = {"applianceId": "1", "applianceTypes": ["AIRCONDITIONER"], "actions": ACTIONS}
    payload = {"discoveredAppliances": [{**told, "additionalApplianceDetails": DETAILS}]}
    header = {"messageId": "1", "name": "Any", "namespace": "ClovaHome", "payloadVersion": "1.0"}
    heard = []

    def respond(environ, start_response):
        heard.append(json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"header": header, "payload": payload}).encode()]

    register(kind="home")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(respond))
    page = discover(browser)
    page = next(form for form in page.forms if form.action.endswith("/all")).submit()
    assert "Levitate Not sent: the protocol has no such action." in page.text
    why = "neither discovery nor the guide tells which values it takes. Enter one on its page."
    assert f"SetTargetTemperature Not sent: {why}" in page.text
    sent = {one["header"]["name"]: one["payload"] for one in heard}
    assert sent["SetModeRequest"]["mode"] == {"value": "cool"}
    assert sent["SetChannelRequest"]["channel"] == {"value": 7}
    assert sent["SetFanSpeedRequest"]["fanSpeed"] == {"value": 1}
    assert sent["SetBrightnessRequest"]["brightness"] == {"value": 50}
    assert sent["SetColorRequest"]["color"] == {"hue": 180, "saturation": 1}
    assert sent["IncrementTargetTemperatureRequest"]["deltaTemperature"] == {"value": 1}
    assert browser.get("/extensions/1/home/appliance?id=1&action=GetDeviceState").status == 200
    assert browser.get("/extensions/1/home/appliance?id=1&action=Levitate").status == 200


def test_every_action_is_done_once_and_not_for_ever(browser, home, monkeypatch):
    from clova_flask.devtools.console.testing import homes

    discover(browser)
    actions = ["TurnOn", "TurnOn", "TurnOff"]
    monkeypatch.setattr(homes.Card, "actions", property(lambda card: actions))
    form = next(form for form in browser.get("/extensions/1/home/").forms if form.action.endswith("/all"))
    page = form.submit()
    assert page.html.count("TurnOnConfirmation") == 1
    assert "time was up" not in page.text
    monkeypatch.setattr(homes, "MAX_SECONDS", -1.0)
    assert form.submit().text.count("Not sent: time was up.") == 2


@pytest.fixture
def lamps(browser, register, console, serve):
    """Lamps: one that keeps its brightness, one at its limit for ever, one offline and one out of order."""
    with console.app_context():
        key = public_pem(signing_key())
    app = Flask("lamps")
    clova = Clova(extension_id="com.example.lamps", platform="naver", public_key=key)
    clova.user_loader(USERS.get)
    limits = {"SetBrightness": (0, 100), "IncrementBrightness": (1, 100), "DecrementBrightness": (1, 100)}
    kept = {"등": 0}

    @clova.home.discover
    def appliances(user):
        return [Appliance(name, type="LIGHT", limits=limits) for name in ("등", "밝은-등", "서재-등", "故障")]

    def check(appliance, value):
        if appliance.id == "서재-등":
            raise TargetOfflineError
        if appliance.id == "故障":
            raise DeviceFailureError
        if not 0 <= value <= 100:
            raise ValueOutOfRangeError(0, 100)
        kept[appliance.id] = value
        return {}

    @clova.home.on("DecrementBrightness")
    def darker(appliance, delta_brightness):
        return check(appliance, kept.get(appliance.id, -1) - delta_brightness)

    @clova.home.on("IncrementBrightness")
    def brighter(appliance, delta_brightness):
        return check(appliance, kept.get(appliance.id, -10) + delta_brightness)

    @clova.home.on("SetBrightness")
    def set_brightness(appliance, brightness):
        if appliance.id == "밝은-등":
            return {}
        return check(appliance, brightness)

    clova.init_app(app)
    register(kind="home", extension_id="com.example.lamps", name="등")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=f"{serve(app)}/clova")
    return discover(browser)


def all_of(page, name):
    forms = (form for form in page.forms if form.action.endswith("/all"))
    return next(form for form in forms if form.values["id"] == [name])


def test_steps_have_room_each_time(lamps):
    for _ in range(2):
        page = all_of(lamps, "등").submit()
        assert page.text.count("✓ as it must be") == 5
        assert "Error" not in page.text


def test_a_step_at_the_limit_is_refused_rightly(lamps):
    page = all_of(lamps, "밝은-등").submit()
    assert page.text.count("ValueOutOfRangeError") == 2
    assert page.text.count("✓ as it must be") == 5
    assert page.text.count("The appliance is at its limit") == 2
    assert "not as it must be" not in page.text


@pytest.mark.parametrize(
    ("language", "verdict", "offline"),
    [
        ("en", "answered with an error: TargetOfflineError", "The appliance is offline."),
        ("ko", "오류로 응답: TargetOfflineError", "기기가 오프라인 상태입니다."),
        ("ja", "エラーで応答：TargetOfflineError", "機器がオフラインです。"),
    ],
)
def test_one_that_is_not_ready_is_neither_right_nor_wrong(browser, lamps, language, verdict, offline):
    browser.headers["Accept-Language"] = language
    page = all_of(lamps, "서재-등").submit()
    assert page.text.count(verdict) == page.text.count(offline) == 3
    assert "text-bg-danger" not in page.html


def test_one_that_is_out_of_order_says_so(lamps):
    assert all_of(lamps, "故障").submit().text.count("The appliance is out of order.") == 3
