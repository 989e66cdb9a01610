"""`CekClient.link`: the whole way, in the process of the test."""

import time

import pytest

for package in ("alembic", "authlib", "sqlalchemy"):
    pytest.importorskip(package)

from flask import Flask, abort, redirect, request, session
from jinja2 import DictLoader

from clova_flask import Clova, ConfigurationError, tell
from clova_flask.home import Appliance, action
from clova_flask.linking import AccountLinking, next_url
from clova_flask.security import devkey
from clova_flask.storage import StorageUnavailable
from clova_flask.testing import CekClient, LinkingError
from tests.linking.shop import ACCOUNTS, ADDRESS, Shop, greet, who


class Lamp(Appliance, type="LIGHT", manufacturer_name="Example"):
    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness):
        return brightness


@pytest.fixture
def cek(shop):
    return CekClient(shop.app)


def names(linking):
    return [step.name for step in linking.steps]


def test_a_user_links_and_is_greeted(cek):
    assert "연결" in cek.launch().speech
    linking = cek.link(user="bora")
    assert linking.findings == ()
    assert names(linking) == ["ask", "open", "consent", "return", "token"]
    assert cek.launch().speech == "보라님, 안녕하세요."
    assert cek.discover().name == "DiscoverAppliancesResponse"
    assert (linking.expires_in, linking.scopes, linking.error) == (3600, (), "")
    assert linking.access_token == cek.caller.access_token
    assert linking.access_token not in repr(linking)


def test_another_user_links_in_a_session_of_their_own(shop, cek):
    shop.clova.intent("Stay")(lambda session, user: session.update(seen=user["name"]) or tell("네"))
    cek.link(user="bora")
    cek.launch()
    cek.link(user="さくら")
    assert cek.caller.session_id is None
    assert cek.launch().speech == "さくら님, 안녕하세요."


@pytest.mark.parametrize("authentication", ["basic", "body"])
@pytest.mark.parametrize("platform", ["naver", "line"])
def test_each_platform_and_way_to_prove_itself(make_shop, platform, authentication):
    shop = make_shop(CLOVA_PLATFORM=platform)
    cek = CekClient(shop.app)
    linking = cek.link(user="さくら", authentication=authentication)
    assert (linking.findings, cek.launch().speech) == ((), "さくら님, 안녕하세요.")
    assert linking.steps[3].sent.url == (
        {"naver": "https://prod-ni-cic.clova.ai", "line": "https://clova-cic.line-apps.com"}[platform]
        + "/v1/al/token"
    )


def test_without_a_platform_either_may_link(make_shop):
    shop = make_shop(CLOVA_PLATFORM=None, CLOVA_PUBLIC_KEY=devkey.public_pem(devkey.testing_key()))
    cek = CekClient(shop.app)
    for platform, host in ((None, "clova.ai"), ("line", "line-apps.com"), ("naver", "clova.ai")):
        assert host in cek.link(user="bora", platform=platform).steps[3].sent.url


def test_scopes(cek):
    assert cek.link(user="bora", scopes=["orders", "profile"]).scopes == ("orders", "profile")


def test_a_user_who_refuses(cek):
    cek.link(user="bora")
    linking = cek.link(user="bora", decision="refuse")
    assert (linking.error, linking.access_token, names(linking)[-1]) == ("access_denied", None, "return")
    assert "연결" in cek.launch().speech


def test_one_client_is_made_for_all_runs(shop):
    for _ in range(3):
        CekClient(shop.app).link(user="bora")
    assert len(shop.provider.clients.all()) == 2, "that of the shop, and one more"
    shop.app.config["SECRET_KEY"] = "다른 비밀"
    CekClient(shop.app).link(user="bora")
    assert len(shop.provider.clients.all()) == 3


def test_the_apps_own_account_page_shows_the_link(shop, cek):
    cek.link(user="bora", scopes=["orders"])
    with shop.app.app_context():
        (link,) = shop.linking.links("bora")
        assert (link.client, link.scopes) == ("NAVER Clova", ("orders",))
        shop.linking.unlink("bora")
    assert cek.discover().name == "InvalidAccessTokenError"
    assert "연결" in cek.launch().speech


def test_a_token_that_has_expired_is_refreshed_before_a_turn(cek):
    first = cek.link(user="bora").access_token
    cek.discover()
    cek.expire_token()
    assert cek.caller.access_token == first
    assert cek.launch().speech == "보라님, 안녕하세요."
    assert cek.caller.access_token != first
    cek.expire_token()
    assert cek.discover().name == "DiscoverAppliancesResponse"
    cek.expire_token()
    assert cek.event("ClovaSkill.SkillEnabled").status_code == 200


def test_appliances_are_remembered_when_the_token_is_another(make_shop):
    shop = make_shop(declare=False)
    shop.linking.current_user_id(who)
    shop.linking.load_user(ACCOUNTS.get)
    shop.clova.home.discover(lambda user: [Lamp("lamp-1")])
    cek = CekClient(shop.app)
    cek.link(user="bora")
    cek.discover()
    known = cek.caller.appliance("lamp-1")
    cek.expire_token()
    cek.control("SetBrightness", "lamp-1", brightness=50)
    assert cek.turns[-1].request["payload"]["appliance"] == known
    assert "additionalApplianceDetails" in known


def test_a_token_that_expires_by_the_clock(shop, cek, monkeypatch):
    first = cek.link(user="bora").access_token
    later = time.time() + 3601
    monkeypatch.setattr("time.time", lambda: later)
    assert shop.discovery(first) == "ExpiredAccessTokenError"
    assert cek.discover().name == "DiscoverAppliancesResponse"
    assert cek.caller.access_token != first


def test_what_the_app_answers_to_a_token_that_has_expired(cek):
    cek.link(user="bora")
    cek.expire_token(refresh=False)
    assert [cek.discover().name for _ in range(2)] == ["ExpiredAccessTokenError"] * 2
    assert "연결" in cek.launch().speech
    cek.link(user="bora")
    assert cek.discover().name == "DiscoverAppliancesResponse"


def test_a_refresh_that_is_refused(shop, cek):
    cek.link(user="bora")
    with shop.app.app_context():
        shop.linking.unlink("bora")
    cek.expire_token()
    with pytest.raises(LinkingError, match=r"did not refresh it: .*invalid_grant") as raised:
        cek.launch()
    assert raised.value.steps[0].error == "invalid_grant"


def test_the_platform_forgets_the_account(cek):
    token = cek.link(user="bora").access_token
    cek.launch()
    cek.unlink()
    assert cek.caller.session_id is None
    assert "연결" in cek.launch().speech
    cek.caller.access_token = token
    assert cek.launch().speech == "보라님, 안녕하세요.", "the app was not told"
    with pytest.raises(LinkingError, match="No account is linked"):
        cek.expire_token()


def test_a_token_that_the_test_sets_itself_stays(cek):
    cek.link(user="bora")
    cek.expire_token()
    cek.caller.become({"access_token": "made up"})
    assert cek.discover().name == "InvalidAccessTokenError"
    assert cek.caller.access_token == "made up"


def test_the_user_id_may_be_a_number(tmp_path):
    clova = Clova()
    linking = AccountLinking(clova)
    shop = Shop(tmp_path, clova=clova, linking=linking)
    linking.current_user_id(lambda: abort(500))
    linking.load_user(lambda user_id: {"name": repr(user_id)})
    clova.launch(greet)
    cek = CekClient(shop.app)
    cek.link(user=7)
    assert cek.launch().speech == "'7'님, 안녕하세요."


def test_several_extensions_of_an_app(tmp_path):
    app = Flask("shop", instance_path=str(tmp_path))
    app.testing = True
    app.config.update(CLOVA_PLATFORM="naver", SECRET_KEY="비밀")
    for name in ("pizza", "radio"):
        clova = Clova(name, url_prefix=f"/{name}")
        linking = AccountLinking(clova)
        clova.init_app(app)
        linking.init_app(app)
        linking.current_user_id(who)
        linking.load_user(ACCOUNTS.get)
        clova.launch(greet)
    pizza, radio = CekClient(app, name="pizza"), CekClient(app, name="radio")
    token = pizza.link(user="bora").access_token
    radio.link(user="さくら")
    assert (pizza.launch().speech, radio.launch().speech) == ("보라님, 안녕하세요.", "さくら님, 안녕하세요.")
    radio.caller.access_token = token
    assert "연결" in radio.launch().speech


def test_a_path_with_variables_and_a_host(make_shop):
    shop = make_shop(
        CLOVA_URL_PREFIX="/<tenant>/clova", APPLICATION_ROOT="/가게", TRUSTED_HOSTS=[".example.com"]
    )
    cek = CekClient(shop.app, base_url="http://voice.example.com/가게", view_args={"tenant": "강남"})
    assert cek.link(user="bora").findings == ()
    assert cek.launch().speech == "보라님, 안녕하세요."


def test_without_a_prefix(make_shop):
    shop = make_shop(CLOVA_URL_PREFIX="/")
    cek = CekClient(shop.app)
    cek.link(user="bora")
    assert cek.launch().speech == "보라님, 안녕하세요."


def test_within_contexts_of_flask(shop, cek):
    with shop.app.app_context(), shop.app.test_request_context("/"):
        cek.link(user="bora")
        assert cek.launch().speech == "보라님, 안녕하세요."


async def in_a_coroutine(cek):
    cek.link(user="bora")
    return cek.launch().speech


def test_in_a_coroutine(cek):
    import asyncio

    assert asyncio.run(in_a_coroutine(cek)) == "보라님, 안녕하세요."


# The app's own login page


@pytest.fixture
def door(make_shop):
    """A shop with a login page and a session."""
    shop = make_shop(declare=False)

    @shop.app.route("/login", methods=["GET", "POST"])
    def login():
        if request.method == "POST":
            session["user"] = request.form["name"]
            return redirect(next_url())
        return "<form method=post><input name=name></form>"

    shop.linking.current_user_id(lambda: session.get("user"))
    shop.linking.load_user(ACCOUNTS.get)
    shop.clova.launch(greet)
    return shop


@pytest.mark.parametrize("config", [{}, {"SESSION_COOKIE_SECURE": True}], ids=["plain", "secure"])
def test_a_browser_that_has_signed_in(door, config):
    cek = CekClient(door.app)
    door.app.config.update(config)
    browser = door.app.test_client()
    base_url = "https://localhost" if config else "http://localhost"
    browser.post("/login", data={"name": "さくら"}, base_url=base_url)
    assert cek.link(browser=browser).findings == ()
    assert cek.launch().speech == "さくら님, 안녕하세요."


def test_a_browser_in_a_with_block(door):
    cek = CekClient(door.app)
    with door.app.test_client() as browser:
        browser.post("/login", data={"name": "bora"})
        cek.link(browser=browser)
        assert session["user"] == "bora"
    assert cek.launch().speech == "보라님, 안녕하세요."


def test_nobody_is_signed_in(door):
    cek = CekClient(door.app)
    with pytest.raises(LinkingError, match=r"Nobody is signed in: .*https://localhost/login") as raised:
        cek.link(browser=door.app.test_client())
    assert 'base_url="https://localhost"' in str(raised.value)
    elsewhere = door.app.test_client()
    elsewhere.post("/login", data={"name": "bora"}, base_url=ADDRESS)
    with pytest.raises(LinkingError, match="Nobody is signed in"):
        cek.link(browser=elsewhere)
    CekClient(door.app, base_url=ADDRESS).link(browser=elsewhere)


def test_a_hook_that_demands_a_login_of_its_own(door):
    cek = CekClient(door.app)

    @door.app.before_request
    def login_required():
        if request.endpoint == "clova_linking.authorize" and "user" not in session:
            return redirect("/login")
        return None

    with pytest.raises(LinkingError, match=r"a hook of the app demands its own login.* browser="):
        cek.link(user="bora")
    browser = door.app.test_client()
    browser.post("/login", data={"name": "bora"})
    cek.link(browser=browser)
    assert cek.launch().speech == "보라님, 안녕하세요."


# What may be missing


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({}, "Name who is signed in"),
        ({"user": "bora", "decision": "no"}, "'no' is not a valid decision"),
        ({"user": "bora", "platform": "neaver"}, "'neaver' is not a valid platform. Did you mean 'naver'"),
        ({"user": "bora", "authentication": "digest"}, "'digest' is not a valid authentication"),
        ({"user": "bora", "platform": "line"}, "redirect_uri is not registered"),
        ({"user": "bora", "scopes": ['"']}, "did not link the account: invalid_scope"),
        ({"user": ""}, "Name who is signed in"),
    ],
    ids=["nobody", "decision", "platform", "authentication", "another platform", "scope", "no id"],
)
def test_what_cannot_be_linked(cek, arguments, text):
    with pytest.raises(LinkingError, match=text):
        cek.link(**arguments)
    assert cek.caller.access_token is None


def test_a_browser_of_another_app(cek):
    with pytest.raises(LinkingError, match="a test client of this app"):
        cek.link(browser=Flask("other").test_client())


def test_an_app_without_linking():
    app = Flask("home")
    clova = Clova(app, platform="naver")
    clova.user_loader(lambda access_token: None)
    with pytest.raises(LinkingError, match=r"has no account linking.*AccountLinking.*access_token="):
        CekClient(app).link(user="bora")


def test_a_function_that_is_not_declared(make_shop):
    shop = make_shop(declare=False)
    with pytest.raises(ConfigurationError, match="current_user_id"):
        CekClient(shop.app).link(user="bora")


TEMPLATES = {
    "no proof": ("<form method=post><button name=decision value=allow></form>", "field proof"),
    "empty proof": ('<form method=post><input name=proof value=""></form>', "field proof"),
    "no button": ("<form method=post><input name=proof value='{{ proof }}'></form>", "no button for 'allow'"),
    "sent by GET": (
        "<form><input name=proof value='{{ proof }}'><button name=decision value=allow></form>",
        "is sent by GET",
    ),
}


@pytest.mark.parametrize(("template", "text"), TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_that_nobody_can_answer(shop, cek, template, text):
    shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": template})
    with pytest.raises(LinkingError, match=text):
        cek.link(user="bora")


def test_a_template_whose_proof_is_another(shop, cek):
    own = "<form method=post><input name=proof value=a><button name=decision value=allow></form>"
    shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": own})
    with pytest.raises(LinkingError, match=r'asks again.*value="{{ proof }}"'):
        cek.link(user="bora")


def test_the_apps_own_template_with_radio_buttons(shop, cek):
    own = (
        "<meta name=viewport content=width=device-width><form method=post>"
        "<input type=hidden name=proof value='{{ proof }}'>"
        "<input type=radio name=decision value=allow checked><input type=radio name=decision value=refuse>"
        "<input type=submit></form>"
    )
    shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": own})
    assert cek.link(user="bora").findings == ()
    assert cek.link(user="bora", decision="refuse").error == "access_denied"


def test_no_tables(make_shop):
    shop = make_shop()
    cek = CekClient(shop.app)
    engine = shop.provider.store.database.engine
    from sqlalchemy import MetaData

    existing = MetaData()
    existing.reflect(engine)
    existing.drop_all(engine)
    with pytest.raises(StorageUnavailable, match=r"tables .* are missing.* flask clova db upgrade"):
        cek.link(user="bora")


# Apps with other extensions


def test_csrf_protection_of_flask_wtf(tmp_path):
    flask_wtf = pytest.importorskip("flask_wtf")
    csrf = flask_wtf.CSRFProtect()
    shop = Shop(tmp_path, prepare=csrf.init_app).declare()
    csrf.exempt(shop.app.view_functions["clova.endpoint"])
    cek = CekClient(shop.app)
    assert cek.link(user="bora").findings == ()
    assert cek.launch().speech == "보라님, 안녕하세요."


def test_talisman_overwrites_the_policy_of_the_page(tmp_path):
    talisman = pytest.importorskip("flask_talisman").Talisman
    shop = Shop(tmp_path, prepare=lambda app: talisman(app)).declare()
    found = CekClient(shop.app, base_url=ADDRESS).link(user="bora").findings
    assert [finding.code for finding in found] == ["linking.page-blocked"]


def test_talisman_whose_forms_stay_at_home(tmp_path):
    talisman = pytest.importorskip("flask_talisman").Talisman
    policy = {"default-src": "'self' 'unsafe-inline'", "form-action": "'self'"}
    shop = Shop(tmp_path, prepare=lambda app: talisman(app, content_security_policy=policy)).declare()
    found = CekClient(shop.app, base_url=ADDRESS).link(user="bora").findings
    assert [finding.code for finding in found] == ["linking.page-policy"]
    assert "https://prod-ni-cic.clova.ai" in found[0].message


def test_an_errorhandler_for_everything(shop, cek):
    shop.app.register_error_handler(Exception, lambda error: ("<p>문제가 생겼습니다", 500))
    assert cek.link(user="bora").findings == ()
    assert cek.launch().speech == "보라님, 안녕하세요."


def test_with_flask_login(make_shop):
    flask_login = pytest.importorskip("flask_login")
    shop = make_shop(declare=False)
    login = flask_login.LoginManager(shop.app)
    login.user_loader(lambda user_id: None)
    shop.linking.current_user_id(lambda: flask_login.current_user.get_id())
    shop.linking.load_user(ACCOUNTS.get)
    shop.clova.launch(greet)
    cek = CekClient(shop.app)
    cek.link(user="bora")
    assert cek.launch().speech == "보라님, 안녕하세요."
