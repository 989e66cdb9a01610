"""The Flask extension: factories, several extensions, the app around it, mistakes of its developer."""

import subprocess
import sys

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from flask import Blueprint, Flask, redirect

from clova_flask import Clova, ConfigurationError, RegistrationError, tell
from clova_flask.linking import AccountLinking, next_url
from tests.linking.shop import ACCOUNTS, ADDRESS, REDIRECT, Shop, proof_in, who


def make_app(tmp_path, *clovas, **config):
    app = Flask("shop", instance_path=str(tmp_path))
    app.testing = True
    app.config.update(CLOVA_PLATFORM="naver", SECRET_KEY="비밀", **config)
    for clova in clovas:
        clova.init_app(app)
    return app


def test_one_extension_on_several_apps(tmp_path):
    clova = Clova()
    linking = AccountLinking(clova)
    one = Shop(tmp_path / "one", clova=clova, linking=linking).declare()
    tokens = one.link()
    assert one.is_valid(tokens["access_token"])
    # The second app comes after the first has answered a message.
    two = Shop(tmp_path / "two", clova=clova, linking=linking)
    assert two.secret != one.secret
    assert not two.is_valid(tokens["access_token"])
    assert two.is_valid(two.link("さくら")["access_token"])
    assert two.redeem(one.code()).status_code == 400
    assert one.redeem(one.code(), auth=(two.client_id, two.secret)).status_code == 401
    assert one.redeem(one.code()).status_code == 200


def test_several_extensions_of_one_app_have_clients_of_their_own(tmp_path):
    pizza, home = Clova("pizza", url_prefix="/pizza"), Clova("home", url_prefix="/home")
    linked = AccountLinking(pizza), AccountLinking(home)
    app = make_app(tmp_path, pizza, home)
    for linking in linked:
        linking.init_app(app)
        linking.current_user_id(who)
        linking.load_user(ACCOUNTS.get)
    providers = app.extensions["clova_linking"]
    secrets = [providers[name].make_client("the same id")[1] for name in ("pizza", "home")]
    browser = app.test_client()
    browser.set_cookie("who", b"bora".hex(), domain="pizza.example.com")
    query = {"response_type": "code", "client_id": "the same id", "redirect_uri": REDIRECT, "state": "a"}
    pages = [
        browser.get(f"/{name}/link/authorize", query_string=query, base_url=ADDRESS)
        for name in ("pizza", "home")
    ]
    assert [page.status_code for page in pages] == [200, 200]
    # The proof of one is none for the other.
    form = {"proof": proof_in(pages[0]), "decision": "allow"}
    crossed = browser.post("/home/link/authorize", query_string=query, data=form, base_url=ADDRESS)
    assert crossed.status_code == 303
    assert crossed.location.startswith("/home/link/authorize?")
    answered = browser.post("/pizza/link/authorize", query_string=query, data=form, base_url=ADDRESS)
    code = answered.location.partition("code=")[2].partition("&")[0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    statuses = [
        browser.post(
            f"/{name}/link/token", data=form, auth=("the same id", secret), base_url=ADDRESS
        ).status_code
        for name, secret in (
            ("home", secrets[0]),
            ("home", secrets[1]),
            ("pizza", secrets[1]),
            ("pizza", secrets[0]),
        )
    ]
    assert statuses == [401, 400, 401, 200]
    with app.app_context():
        assert [len(linking.links("bora")) for linking in linked] == [1, 0]
        assert linked[1].unlink("bora") == 0
        assert len(linked[0].links("bora")) == 1


def test_without_naming_the_only_extension(tmp_path):
    clova, linking = Clova("voice"), AccountLinking()
    shop = Shop(tmp_path, clova=clova, linking=linking).declare()
    assert shop.is_valid(shop.link()["access_token"])


def test_the_hosts_own_authlib_settings_are_not_read(make_shop):
    from authlib.integrations.flask_oauth2 import AuthorizationServer

    settings = {
        "OAUTH2_ACCESS_TOKEN_GENERATOR": lambda *_, **__: "the host's",
        "OAUTH2_REFRESH_TOKEN_GENERATOR": False,
        "OAUTH2_TOKEN_EXPIRES_IN": {"authorization_code": 1},
        "OAUTH2_SCOPES_SUPPORTED": ["openid"],
        "OAUTH2_ERROR_URIS": [("invalid_grant", "https://pizza.example.com")],
    }
    shop = make_shop(**settings)
    AuthorizationServer(shop.app, query_client=lambda _: None, save_token=lambda *_: None)
    tokens = shop.link()
    assert (tokens["expires_in"], tokens["scope"]) == (3600, "orders")
    assert "the host's" not in tokens.values()
    assert "error_uri" not in shop.redeem("evil").json


@pytest.mark.parametrize("first", ["csrf", "linking"])
def test_an_app_wide_csrf_protection(tmp_path, first):
    flask_wtf = pytest.importorskip("flask_wtf")
    csrf = flask_wtf.CSRFProtect()
    shop = Shop(tmp_path, prepare=csrf.init_app if first == "csrf" else None).declare()
    if first == "linking":
        csrf.init_app(shop.app)
    csrf.exempt(shop.app.view_functions["clova.endpoint"])
    browser = shop.browser()
    page = shop.open(browser)
    query, proof = shop.query(), proof_in(page)
    # The consent is protected by both.
    assert shop.answer(proof, browser).status_code == 400
    token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answered = browser.post(
        "/clova/link/authorize",
        query_string=query,
        data={"proof": proof, "decision": "allow", "csrf_token": token},
        base_url=ADDRESS,
        headers={"Referer": f"{ADDRESS}/clova/link/authorize"},
    )
    code = answered.location.partition("code=")[2].partition("&")[0]
    tokens = shop.redeem(code)
    assert tokens.status_code == 200
    assert shop.call("revoke", token=tokens.json["access_token"]).status_code == 200


@pytest.mark.parametrize("exempt", [False, True], ids=["as it is", "exempt"])
def test_beside_talisman(make_shop, exempt):
    flask_talisman = pytest.importorskip("flask_talisman")
    shop = make_shop()
    talisman = flask_talisman.Talisman(shop.app)
    if exempt:
        talisman(content_security_policy=None)(shop.app.view_functions["clova_linking.authorize"])
    policy = shop.open().headers["Content-Security-Policy"]
    assert ("'nonce-" in policy and "https://prod-ni-cic.clova.ai" in policy) is exempt
    assert shop.redeem(shop.code()).status_code == 200


def test_calls_that_fail_can_be_limited(make_shop):
    """As the documentation tells: those that succeed do not count, whatever the default limits."""
    flask_limiter = pytest.importorskip("flask_limiter")
    from flask import request

    shop = make_shop()
    limiter = flask_limiter.Limiter(
        lambda: request.headers.get("X-From", "the platform"),
        default_limits=["2/minute"],
        storage_uri="memory://",
    )
    limiter.init_app(shop.app)
    limiter.exempt(shop.app.view_functions["clova_linking.authorize"])
    views = shop.app.view_functions
    for name in ("clova_linking_api.token", "clova_linking_api.revoke"):
        views[name] = limiter.limit(
            "3/minute", deduct_when=lambda response: response.status_code in (400, 401)
        )(views[name])
    tokens = [shop.link() for _ in range(5)]
    refreshed = [shop.refresh(one["refresh_token"]).status_code for one in tokens]
    assert refreshed == [200] * 5
    evil = {"headers": {"X-From": "somebody else"}}
    tried = [shop.redeem("evil", auth=("clova-of-pizza", f"{n}"), **evil).status_code for n in range(5)]
    assert tried == [401, 401, 401, 429, 429]
    assert shop.refresh(tokens[0]["refresh_token"]).status_code == 200
    assert [shop.call("revoke", token=one["access_token"]).status_code for one in tokens] == [200] * 5


def test_with_flask_login(tmp_path):
    flask_login = pytest.importorskip("flask_login")

    class Account(flask_login.UserMixin):
        def __init__(self, id):  # noqa: A002
            self.id = id

    clova = Clova()
    linking = AccountLinking(clova)
    shop = Shop(tmp_path, clova=clova, linking=linking, CLOVA_LINKING_LOGIN_VIEW=None)
    login = flask_login.LoginManager(shop.app)
    login.login_view = "sign_in"
    login.user_loader(Account)
    linking.current_user_id(lambda: flask_login.current_user.get_id())
    linking.load_user(lambda user_id: {"name": user_id})

    @shop.app.route("/sign-in", methods=["GET", "POST"])
    def sign_in():
        flask_login.login_user(Account("보라"))
        return redirect(next_url())

    browser = shop.app.test_client()
    asked = shop.open(browser)
    assert asked.status_code == 302
    assert asked.location.startswith("/sign-in?next=")
    back = browser.get(asked.location, base_url=ADDRESS)
    page = browser.get(back.location, base_url=ADDRESS)
    assert page.status_code == 200
    assert shop.answer(proof_in(page), browser).location.startswith(f"{REDIRECT}?code=")


@pytest.mark.parametrize(
    ("view", "location"),
    [("/login", "/login?next="), ("/login?lang=ko", "/login?lang=ko&next="), ("site.sign_in", "/in?next=")],
)
def test_the_login_page_by_path_or_endpoint(make_shop, view, location):
    shop = make_shop(CLOVA_LINKING_LOGIN_VIEW=view)
    site = Blueprint("site", __name__)
    site.add_url_rule("/in", "sign_in", lambda: "")
    shop.app.register_blueprint(site)
    assert shop.open(shop.browser(None)).location.startswith(location)


def test_the_path_has_variables(make_shop):
    shop = make_shop(CLOVA_URL_PREFIX="/<tenant>/clova")
    url = "/강남/clova/link/authorize"
    browser = shop.browser()
    page = browser.get(url, query_string=shop.query(), base_url=ADDRESS)
    assert page.status_code == 200
    form = {"proof": proof_in(page), "decision": "allow"}
    answered = browser.post(url, query_string=shop.query(), data=form, base_url=ADDRESS)
    assert answered.location.startswith(f"{REDIRECT}?code=")


def test_a_host_of_its_own(tmp_path):
    clova = Clova(host="voice.example.com")
    linking = AccountLinking(clova)
    app = Flask("shop", instance_path=str(tmp_path), host_matching=True, static_host="www.example.com")
    app.testing = True
    app.config.update(CLOVA_PLATFORM="naver", SECRET_KEY="비밀")
    clova.init_app(app)
    linking.init_app(app)
    statuses = [
        app.test_client().post("/clova/link/token", base_url=f"https://{host}").status_code
        for host in ("voice.example.com", "www.example.com")
    ]
    assert statuses == [400, 404]


def test_errors_at_start(tmp_path):
    clova = Clova()
    linking = AccountLinking(clova)
    app = make_app(tmp_path)
    with pytest.raises(ConfigurationError, match=r"linking\.init_app"):
        linking.init_app(app)
    clova.init_app(app)
    app.secret_key = None
    with pytest.raises(ConfigurationError, match="SECRET_KEY"):
        linking.init_app(app)
    app.secret_key = "비밀"
    linking.init_app(app)
    with pytest.raises(ConfigurationError, match="has account linking already"):
        linking.init_app(app)
    with pytest.raises(ConfigurationError, match="must be a Clova, not Flask"):
        AccountLinking(app)
    with pytest.raises(ConfigurationError, match="not both"):
        AccountLinking(Clova(), database_url="sqlite://", engine=lambda: None)
    with pytest.raises(ConfigurationError, match=r"'titel' is not known.* Did you mean 'title'"):
        AccountLinking(Clova(), texts={"ko": {"titel": "연결"}})
    with pytest.raises(ConfigurationError, match="'kr' is not known"):
        AccountLinking(Clova(), texts={"kr": {}})
    with pytest.raises(ConfigurationError, match=r"CLOVA_LINKING_CACHE must be a number of seconds, or 0"):
        make_app(tmp_path, Clova(), CLOVA_LINKING_CACHE=-1)


def test_two_user_loaders():
    clova = Clova()
    clova.user_loader(lambda access_token: None)
    with pytest.raises(RegistrationError, match="user_loader has a handler already"):
        AccountLinking(clova)
    linking = AccountLinking(Clova())
    linking.load_user(ACCOUNTS.get)
    with pytest.raises(RegistrationError, match="load_user already"):
        linking.load_user(who)


def test_a_function_that_is_missing(make_shop):
    shop = make_shop(declare=False)
    shop.clova.launch(lambda user: "안녕")
    with pytest.raises(ConfigurationError, match=r"@linking\.current_user_id"):
        shop.open()
    shop.linking.current_user_id(who)
    tokens = shop.link()
    with pytest.raises(ConfigurationError, match=r"@linking\.load_user"):
        shop.speech(tokens["access_token"])


def test_a_login_page_that_is_missing(make_shop):
    shop = make_shop(CLOVA_LINKING_LOGIN_VIEW=None)
    with pytest.raises(ConfigurationError, match='CLOVA_LINKING_LOGIN_VIEW="login"'):
        shop.open(shop.browser(None))


def test_unlinking_needs_an_app(tmp_path):
    linking = AccountLinking(Clova())
    app = make_app(tmp_path, Clova())
    with pytest.raises(RuntimeError, match="application context"):
        linking.unlink("bora")
    with app.app_context(), pytest.raises(LookupError, match="has no account linking"):
        linking.links("bora")


def test_without_the_extra_the_error_names_it():
    code = "import sys; sys.modules['authlib'] = None\nimport clova_flask.linking"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'clova-flask[linking]'" in done.stderr


def test_an_account_that_takes_too_long(tmp_path):
    pytest.importorskip("asgiref")
    import asyncio

    from clova_flask.testing import CekClient

    clova = Clova()
    linking = AccountLinking(clova)
    shop = Shop(tmp_path, clova=clova, linking=linking, CLOVA_HANDLER_TIMEOUT=0.1)
    slow = []
    linking.current_user_id(lambda: "보라")

    @linking.load_user
    async def load(user_id):
        await asyncio.sleep(20 if slow else 0)
        return user_id

    clova.launch(lambda user: tell(f"{user}님"))
    cek = CekClient(shop.app)
    cek.link(user="보라")
    assert cek.launch().speech == "보라님"
    slow.append(True)
    assert cek.launch().speech.startswith("시간이 오래 걸리고")
