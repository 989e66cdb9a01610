"""Where an extension listens: path, host, subdomain, and variables in them."""

import json

import pytest
from flask import Blueprint, Flask, g, request, url_for
from flask.cli import routes_command

from clova_flask import Clova, ConfigurationError, tell
from clova_flask.devtools.diagnostics.extension import check_extension
from clova_flask.home import Appliance
from clova_flask.runtime import runtime_of
from clova_flask.security.devkey import sign
from clova_flask.security.devkey import testing_key as make_key
from clova_flask.security.signature import HEADER
from clova_flask.testing import CekClient

LAUNCH = {
    "version": "1.0",
    "session": {"sessionId": "1", "new": True, "user": {"userId": "보라", "accessToken": "t"}},
    "context": {"System": {"application": {"applicationId": "com.example.pizzabot"}}},
    "request": {"type": "LaunchRequest"},
}
INTENT = {**LAUNCH, "request": {"type": "IntentRequest", "intent": {"name": "Order", "slots": {}}}}
EVENT = {
    **LAUNCH,
    "request": {
        "type": "EventRequest",
        "event": {"namespace": "ClovaSkill", "name": "SkillEnabled", "payload": {}},
    },
}
END = {**LAUNCH, "request": {"type": "SessionEndedRequest"}}


def home(name, **payload):
    header = {"messageId": "1", "namespace": "ClovaHome", "name": name, "payloadVersion": "1.0"}
    return {"header": header, "payload": {"accessToken": "t", **payload}}


DISCOVER = home("DiscoverAppliancesRequest")
TURN_ON = home("TurnOnRequest", appliance={"applianceId": "등"})


def make_app(*, matches=None, server_name=None, **options):
    if matches == "hosts":
        options.update(host_matching=True, static_host="static.example.com")
    if matches == "subdomains":
        options.update(subdomain_matching=True)
    app = Flask("shop", **options)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot", TESTING=True)
    app.config["SERVER_NAME"] = server_name
    return app


def post(app, url, message=LAUNCH, name="clova"):
    """Send a message that is really signed."""
    runtime_of(app, name).verifier.trust(make_key().public_key())
    body = json.dumps(message).encode()
    return app.test_client().post(url, data=body, headers={HEADER: sign(make_key(), body)})


def speech(response):
    assert response.status_code == 200, response.text
    return response.json["response"]["outputSpeech"]["values"]["value"]


def hello(clova):
    clova.launch(lambda: tell("안녕"))
    return clova


def named(clova):
    clova.launch(lambda: tell(clova.name))
    return clova


# Hosts and subdomains.


@pytest.mark.parametrize("by", ["argument", "setting"])
def test_a_host(by):
    app = make_app(matches="hosts")
    if by == "setting":
        app.config["CLOVA_HOST"] = "voice.example.com"
    hello(Clova(app, host="voice.example.com" if by == "argument" else None))
    assert speech(post(app, "http://voice.example.com/clova")) == "안녕"
    assert speech(post(app, "https://VOICE.example.com:443/clova/")) == "안녕"
    for url in ("http://example.com/clova", "http://static.example.com/clova", "http://localhost/clova"):
        assert post(app, url).status_code == 404


@pytest.mark.parametrize("by", ["argument", "setting"])
def test_a_subdomain(by):
    app = make_app(matches="subdomains", server_name="example.com")
    if by == "setting":
        app.config["CLOVA_SUBDOMAIN"] = "voice"
    hello(Clova(app, subdomain="voice" if by == "argument" else None))
    assert speech(post(app, "http://voice.example.com/clova")) == "안녕"
    for url in ("http://example.com/clova", "http://www.example.com/clova"):
        assert post(app, url).status_code == 404


def test_a_host_and_a_port():
    app = make_app(matches="hosts")
    hello(Clova(app, host="localhost:5000"))
    assert speech(post(app, "http://localhost:5000/clova")) == "안녕"
    assert post(app, "http://localhost/clova").status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Voice.Example.COM", "voice.example.com"),
        ("음성.example.com", "xn--oj4br5i.example.com"),
        ("音声.例え.jp", "xn--4qs597l.xn--r8jz45g.jp"),
        ("<Tenant>.Example.com", "<Tenant>.example.com"),
        ('<any("Bora","Kenta"):t>.example.com', '<any("Bora","Kenta"):t>.example.com'),
        ("<host>", "<host>"),
        ("[::1]:5000", "[::1]:5000"),
    ],
)
def test_a_host_is_kept_as_it_is_compared(given, kept):
    app = make_app(matches="hosts")
    Clova(app, host=given)
    assert runtime_of(app, "clova").settings.host == kept


@pytest.mark.parametrize("host", ["음성.example.com", "xn--oj4br5i.example.com", "XN--OJ4BR5I.example.com"])
def test_a_korean_host(host):
    app = make_app(matches="hosts")
    hello(Clova(app, host=host))
    assert speech(post(app, "http://xn--oj4br5i.example.com/clova")) == "안녕"


def test_a_japanese_subdomain():
    app = make_app(matches="subdomains", server_name="example.com")
    hello(Clova(app, subdomain="音声"))
    assert speech(post(app, "http://xn--4qs597l.example.com/clova")) == "안녕"


@pytest.mark.parametrize("name", ["host", "subdomain"])
@pytest.mark.parametrize(
    "value",
    ["", " ", "https://voice.example.com", "voice.example.com/clova", "a b", "a@b", "ㅋ" * 70, 5, ["a"]],
)
def test_what_is_no_host_is_refused(name, value):
    with pytest.raises(ConfigurationError, match=f"^CLOVA_{name.upper()} .*must be a host name"):
        Clova(make_app(), **{name: value})


HOSTLESS = r"CLOVA_HOST is 'voice\.example\.com', but the app does not match hosts, .* host_matching=True"
SUBDOMAINLESS = "CLOVA_SUBDOMAIN is 'voice', but the app does not match subdomains"


@pytest.mark.parametrize(
    ("options", "settings", "message"),
    [
        ({}, {"host": "voice.example.com"}, HOSTLESS),
        ({"server_name": "example.com"}, {"host": "voice.example.com"}, HOSTLESS),
        ({"matches": "subdomains"}, {"host": "voice.example.com"}, HOSTLESS),
        ({"matches": "hosts"}, {}, "The app matches hosts, and the extension 'clova' has none"),
        ({"matches": "hosts"}, {"subdomain": "voice"}, "the extension 'clova' has none"),
        ({"matches": "hosts"}, {"host": "a.example.com", "subdomain": "a"}, "Set CLOVA_HOST alone"),
        ({}, {"subdomain": "voice"}, f"{SUBDOMAINLESS}.* subdomain_matching=True.*, and set SERVER_NAME="),
        (
            {"server_name": "example.com"},
            {"subdomain": "voice"},
            f"{SUBDOMAINLESS}.* subdomain_matching=True",
        ),
        ({"matches": "subdomains"}, {"subdomain": "voice"}, f"{SUBDOMAINLESS}.* set SERVER_NAME="),
    ],
    ids=lambda value: repr(value) if isinstance(value, dict) else "",
)
def test_what_would_never_match_or_match_any_host_is_an_error_at_start(options, settings, message):
    app = make_app(**options)
    with pytest.raises(ConfigurationError, match=message):
        Clova(app, **settings)
    assert "clova" not in app.blueprints


def test_the_default_subdomain_of_an_app_needs_no_matching():
    app = make_app()
    app.url_map.default_subdomain = "voice"
    hello(Clova(app, subdomain="voice"))
    assert speech(post(app, "http://localhost/clova")) == "안녕"


def test_static_files_and_other_routes_are_where_they_were(tmp_path):
    (tmp_path / "a.txt").write_text("정적")
    app = make_app(matches="hosts", static_folder=str(tmp_path), static_url_path="/static")
    app.add_url_rule("/", "index", lambda: "index", host="www.example.com")
    hello(Clova(app, host="voice.example.com"))
    with app.test_client().get("http://static.example.com/static/a.txt") as response:
        assert response.text == "정적"
    assert app.test_client().get("http://www.example.com/").text == "index"
    assert speech(post(app, "http://voice.example.com/clova")) == "안녕"


def test_several_extensions_at_one_path_of_different_hosts():
    app = make_app(matches="hosts")
    for name in ("pizza", "radio"):
        named(Clova(name, host=f"{name}.example.com")).init_app(app)
    for name in ("pizza", "radio"):
        assert speech(post(app, f"http://{name}.example.com/clova", name=name)) == name
    with pytest.raises(ConfigurationError, match=r"'cake' and 'pizza' are both at pizza\.example\.com/clova"):
        Clova("cake", host="PIZZA.example.com").init_app(app)


def test_several_extensions_at_one_path_of_different_subdomains():
    app = make_app(matches="subdomains", server_name="example.com")
    for name in ("pizza", "radio"):
        named(Clova(name, subdomain=name)).init_app(app)
    named(Clova("bare")).init_app(app)
    for name, host in (
        ("pizza", "pizza.example.com"),
        ("radio", "radio.example.com"),
        ("bare", "example.com"),
    ):
        assert speech(post(app, f"http://{host}/clova", name=name)) == name
    with pytest.raises(ConfigurationError, match=r"'cake' and 'pizza' are both at pizza\./clova"):
        Clova("cake", subdomain="pizza").init_app(app)


# Variables.


def serve_tenants(clova):
    """Declare a handler of each kind, each of which notes the tenant of the request."""
    seen = []

    def note(kind):
        seen.append((kind, request.view_args["tenant"]))

    @clova.user_loader
    def load_user(access_token):
        note("user_loader")
        return access_token

    clova.before_request(lambda: note("before_request"))
    clova.after_request(lambda message: note("after_request"))

    @clova.launch
    def launch(user):
        note("launch")
        return tell("안녕")

    @clova.intent("Order")
    def order(user):
        note("intent")
        raise ValueError

    @clova.errorhandler(ValueError)
    def failed():
        note("errorhandler")
        return tell("다시")

    clova.event("*")(lambda: note("event"))
    clova.session_ended(lambda: note("session_ended"))

    @clova.home.discover
    def discover():
        note("discover")
        return [Appliance(id="등", type="LIGHT", friendly_name="등")]

    @clova.home.on("TurnOn")
    def turn_on():
        note("on")

    return seen


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        (LAUNCH, "before_request user_loader launch after_request"),
        (INTENT, "before_request user_loader intent errorhandler after_request"),
        (EVENT, "before_request event after_request"),
        (END, "before_request session_ended after_request"),
        (DISCOVER, "user_loader discover"),
        (TURN_ON, "user_loader discover on"),
    ],
    ids=["launch", "intent", "event", "session_ended", "discover", "TurnOn"],
)
@pytest.mark.parametrize(
    ("options", "settings", "url", "value"),
    [
        ({}, {"url_prefix": "/<tenant>/clova"}, "http://localhost/보라네/clova", "보라네"),
        ({}, {"url_prefix": "/t/<int:tenant>"}, "http://localhost/t/42", 42),
        ({}, {"url_prefix": "/<path:tenant>/clova"}, "http://localhost/서울/강남/clova", "서울/강남"),
        ({"matches": "hosts"}, {"host": "<tenant>.example.com"}, "http://bora.example.com/clova", "bora"),
        (
            {"matches": "subdomains", "server_name": "example.com"},
            {"subdomain": "<tenant>"},
            "http://bora.example.com/clova",
            "bora",
        ),
    ],
    ids=["prefix", "int", "path", "host", "subdomain"],
)
def test_values_are_in_view_args_for_each_kind_of_handler(options, settings, url, value, message, kinds):
    app = make_app(**options)
    clova = Clova(app, **settings)
    seen = serve_tenants(clova)
    for address in (url, f"{url}/"):
        seen.clear()
        response = post(app, address, message)
        assert response.status_code == 200, response.text
        assert {tenant for _, tenant in seen} == {value}
        ours = [kind for kind, _ in seen]
        assert [kind for kind in kinds.split() if kind not in ours] == []


def test_a_value_that_the_converter_refuses_is_a_404():
    app = make_app()
    hello(Clova(app, url_prefix="/<int:tenant>/clova"))
    assert speech(post(app, "/7/clova")) == "안녕"
    assert post(app, "/seven/clova").status_code == 404


def test_preprocessors_and_defaults_of_app_and_blueprint():
    app = make_app()
    clova = Clova(app, url_prefix="/<lang>/<tenant>/clova")

    @clova.launch
    def launch():
        return tell(f"{g.tenant} {g.lang} {url_for('clova.endpoint', lang='ja')} {request.view_args}")

    @app.url_value_preprocessor
    def take_tenant(endpoint, values):
        g.tenant = values.pop("tenant")

    app.url_value_preprocessors["clova"].append(lambda endpoint, values: setattr(g, "lang", values["lang"]))
    app.url_default_functions["clova"].append(lambda endpoint, values: values.setdefault("tenant", g.tenant))
    assert speech(post(app, "/ko/bora/clova")) == "bora ko /ja/bora/clova/ {'lang': 'ko'}"


def test_a_converter_of_the_apps_own():
    from werkzeug.routing import BaseConverter

    class Upper(BaseConverter):
        def to_python(self, value):
            return value.upper()

    app = make_app()
    app.url_map.converters["upper"] = Upper
    clova = Clova(app, url_prefix="/<upper:tenant>/clova")
    clova.launch(lambda: tell(request.view_args["tenant"]))
    assert speech(post(app, "/bora/clova")) == "BORA"


@pytest.mark.parametrize(
    ("prefix", "message"),
    [
        ("/<itn:tenant>/clova", "converter 'itn' does not exist. Did you mean 'int'?"),
        ("/<qqqqqq:tenant>/clova", "Use one of: default, string, any, path, int, float, uuid."),
        ("/<a>/<a>/clova", "cannot be at /<a>/<a>/clova: the variable 'a' is in it twice."),
        ("/<a>/<int:a>/clova", "cannot be at /<a>/<int:a>/clova: the variable 'a' is in it twice."),
        ("/<a/clova", "cannot be at /<a/clova: "),
        ("/<int(foo=1):a>/clova", "cannot be at /<int(foo=1):a>/clova: "),
    ],
)
def test_a_prefix_that_is_no_rule_is_an_error_at_start(prefix, message):
    app = make_app()
    with pytest.raises(ConfigurationError) as error:
        Clova(app, url_prefix=prefix)
    assert message in str(error.value)
    assert "clova" not in app.blueprints
    Clova(app, url_prefix="/clova")


def test_a_variable_may_not_be_in_host_and_prefix():
    with pytest.raises(ConfigurationError, match="the variable 'tenant' is in it twice"):
        Clova(make_app(matches="hosts"), host="<tenant>.example.com", url_prefix="/<tenant>")


def test_two_variables_at_one_place_are_one_path():
    app = make_app()
    Clova("one", url_prefix="/<tenant>/clova").init_app(app)
    Clova("two", url_prefix="/<int:tenant>/clova").init_app(app)
    with pytest.raises(ConfigurationError, match="'three' and 'one' are both at /<shop>/clova"):
        Clova("three", url_prefix="/<shop>/clova").init_app(app)


# The tools.


@pytest.mark.parametrize(
    ("options", "settings", "url", "address"),
    [
        ({}, {}, "http://localhost/clova", "/clova"),
        ({}, {"url_prefix": "/"}, "http://localhost/", "/"),
        ({}, {"url_prefix": "/<tenant>/clova"}, "http://localhost/bora/clova", "/<tenant>/clova"),
        (
            {"matches": "hosts"},
            {"host": "voice.example.com"},
            "http://voice.example.com/clova",
            "voice.example.com/clova",
        ),
        (
            {"matches": "subdomains", "server_name": "example.com"},
            {"subdomain": "voice"},
            "http://voice.example.com/clova",
            "voice./clova",
        ),
    ],
    ids=["path", "root", "variable", "host", "subdomain"],
)
def test_tools_know_where_an_extension_is(options, settings, url, address):
    app = make_app(**options)
    app.debug = True
    hello(Clova(app, **settings))
    page = app.test_client().get(url)
    assert page.status_code == 200
    assert f"<code>{url.rstrip('/')}" in page.text
    listed = app.test_cli_runner().invoke(args=["clova", "handlers"])
    assert f"clova at {address}\n" in listed.output
    assert check_extension(runtime_of(app, "clova")) == []
    assert app.test_cli_runner().invoke(args=["clova", "check"]).exit_code == 0
    routes = app.test_cli_runner().invoke(routes_command)
    assert "clova.endpoint" in routes.output


@pytest.mark.parametrize(
    ("options", "settings", "view_args", "tenant"),
    [
        ({}, {"url_prefix": "/<tenant>/clova"}, {"tenant": "보라네"}, "보라네"),
        ({}, {"url_prefix": "/<int:tenant>"}, {"tenant": 42}, 42),
        ({"matches": "hosts"}, {"host": "<tenant>.example.com"}, {"tenant": "bora"}, "bora"),
        (
            {"matches": "subdomains", "server_name": "example.com"},
            {"subdomain": "<tenant>"},
            {"tenant": "bora"},
            "bora",
        ),
        (
            {"matches": "hosts"},
            {"host": "음성.example.com", "url_prefix": "/<path:tenant>/clova"},
            {"tenant": "서울/강남"},
            "서울/강남",
        ),
    ],
    ids=["prefix", "int", "host", "subdomain", "host and prefix"],
)
def test_the_test_client_finds_it(options, settings, view_args, tenant):
    app = make_app(**options)
    clova = Clova(app, **settings)
    seen = serve_tenants(clova)
    cek = CekClient(app, access_token="t", view_args=view_args)
    assert cek.launch().speech == "안녕"
    assert cek.intent("Order").speech == "다시"
    assert cek.control("TurnOn", "등").name == "TurnOnConfirmation"
    assert {value for _, value in seen} == {tenant}


# Apps of other shapes.


class OwnResponse(Flask.response_class):
    pass


class Shop(Flask):
    response_class = OwnResponse

    def dispatch_request(self):
        return super().dispatch_request()


def test_a_subclass_of_flask_with_its_own_class_of_responses():
    app = Shop("shop")
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot", TESTING=True)
    seen = []
    app.after_request(lambda response: seen.append(type(response)) or response)
    hello(Clova(app))
    assert speech(post(app, "/clova")) == "안녕"
    assert seen == [OwnResponse]


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("path", ["/clova", "/clova/"])
def test_the_slash_does_not_matter_however_strict_the_app_is(strict, path):
    app = make_app()
    app.url_map.strict_slashes = strict
    hello(Clova(app))
    assert speech(post(app, path)) == "안녕"


@pytest.mark.parametrize("path", ["/clova", "/clova/"])
def test_a_catch_all_route_of_the_app_does_not_take_it(path):
    app = make_app()
    app.add_url_rule("/", "root", lambda path="": "all", defaults={"path": ""}, methods=["GET", "POST"])
    app.add_url_rule("/<path:path>", "all", lambda path: "all", methods=["GET", "POST"])
    hello(Clova(app))
    app.add_url_rule("/<path:path>/", "later", lambda path: "all", methods=["GET", "POST"])
    assert speech(post(app, path)) == "안녕"
    assert app.test_client().post("/other").text == "all"


def test_below_a_script_name():
    app = make_app()
    app.config["APPLICATION_ROOT"] = "/shop"
    hello(Clova(app))
    response = post(app, "/clova")
    assert speech(response) == "안녕"
    runtime_of(app, "clova").verifier.trust(make_key().public_key())
    body = json.dumps(LAUNCH).encode()
    headers = {HEADER: sign(make_key(), body)}
    mounted = app.test_client().post(
        "/clova", base_url="http://localhost/elsewhere", data=body, headers=headers
    )
    assert speech(mounted) == "안녕"


def test_beside_nested_blueprints_of_the_same_name():
    app = make_app()
    parent, child = (
        Blueprint("api", "api", url_prefix="/api"),
        Blueprint("clova", "shop", url_prefix="/clova"),
    )
    child.add_url_rule("/", "endpoint", lambda: "child", methods=["POST"], strict_slashes=False)
    parent.register_blueprint(child)
    app.register_blueprint(parent)
    hello(Clova(app))
    assert app.test_client().post("/api/clova").text == "child"
    assert speech(post(app, "/clova")) == "안녕"
