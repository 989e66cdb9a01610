"""`flask clova check` and account linking."""

import json
from pathlib import Path

import pytest

for package in ("alembic", "authlib", "sqlalchemy"):
    pytest.importorskip(package)

from flask import Blueprint, Flask, abort, redirect, render_template, request, session
from jinja2 import DictLoader
from sqlalchemy import create_engine, select
from werkzeug.middleware.proxy_fix import ProxyFix

from clova_flask import Clova
from clova_flask.devtools.diagnostics.linking import check_linking
from clova_flask.devtools.simulator.address import Where
from clova_flask.linking import AccountLinking, next_url
from clova_flask.runtime import runtime_of
from clova_flask.storage.tables import clients, links, tokens
from clova_flask.testing import CekClient
from tests.linking.shop import ACCOUNTS, Shop, greet

CALLED = []
KEY = "Super Secret Key"
SECRET = "가나다라마바사아자차카타파하"


@pytest.fixture
def make(tmp_path):
    """Make shops that are deployed: neither in debug nor in testing, and as they should be."""
    shops = []
    CALLED.clear()

    def make(*, testing=False, login=True, declare=True, client=True, **config):
        settings = {"SECRET_KEY": SECRET, "SESSION_COOKIE_SECURE": True, "CLOVA_LINKING_LOGIN_VIEW": "login"}
        clova = Clova()
        shop = Shop(tmp_path / str(len(shops)), clova=clova, client=client, **{**settings, **config})
        shop.app.testing = testing
        shop.app.wsgi_app = ProxyFix(shop.app.wsgi_app, x_proto=1, x_host=1)
        if login:
            shop.app.add_url_rule("/login", "login", sign_in, methods=["GET", "POST"])
        if declare:
            # Whatever of the user's runs is noticed.
            shop.linking.current_user_id(lambda: CALLED.append("current_user_id"))
            shop.linking.load_user(lambda user_id: CALLED.append("load_user"))
            shop.linking.account_name(lambda account: CALLED.append("account_name"))
            shop.linking.sign_out(lambda: CALLED.append("sign_out"))
        clova.launch(greet)
        shops.append(shop)
        return shop

    yield make
    for shop in shops:
        shop.provider.store.database.engine.dispose()


def sign_in():
    CALLED.append("login page")
    if request.method == "POST":
        session["user"] = request.form["name"]
        return redirect(next_url())
    return "<form method=post><input name=name></form>"


def found(shop, where=None):
    before = stored(shop)
    findings = check_linking(shop.app, runtime_of(shop.app), where or Where())
    assert not CALLED, "a function of the user's ran"
    assert stored(shop) == before, "something is left in the store"
    return findings


def stored(shop):
    """Read all rows by an engine of the test's own; None where there is no file."""
    path = Path(shop.app.instance_path) / "clova_linking.db"
    if not path.exists():
        return None
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        rows = [connection.execute(select(table)).all() for table in (clients, links, tokens)]
    engine.dispose()
    return rows


def codes(shop, where=None):
    return [finding.code.removeprefix("linking.") for finding in found(shop, where)]


def only(shop, where=None):
    (finding,) = found(shop, where)
    return finding


def test_an_app_as_it_should_be(make, caplog):
    shop = make()
    assert found(shop) == []
    assert caplog.text == ""
    assert found(shop, Where(base_url="https://voice.example.com")) == []


@pytest.mark.parametrize("config", [{"DEBUG": True}, {"TESTING": True}], ids=str)
def test_an_app_under_development_has_a_short_key_and_no_https(make, config):
    shop = make(SECRET_KEY="dev", SESSION_COOKIE_SECURE=False)
    shop.app.config.update(config)
    shop.app.wsgi_app = shop.app.wsgi_app.app
    assert found(shop) == []


def test_what_is_checked_goes_on_working(make):
    shop = make(declare=False, testing=True)
    shop.linking.current_user_id(lambda: None)
    shop.linking.load_user(ACCOUNTS.get)
    tokens = CekClient(shop.app).link(user="bora").access_token
    assert codes(shop) == []
    cek = CekClient(shop.app, access_token=tokens)
    assert cek.launch().speech == "보라님, 안녕하세요."
    cek.link(user="さくら")
    assert cek.launch().speech == "さくら님, 안녕하세요."


def test_a_home_with_a_plain_user_loader_has_no_findings(tmp_path):
    app = Flask("home", instance_path=str(tmp_path))
    clova = Clova(app, platform="naver")
    clova.user_loader(lambda access_token: None)
    clova.home.discover(lambda user: [])
    assert check_linking(app, runtime_of(app)) == []


# The store


@pytest.mark.parametrize("testing", [True, False])
def test_no_store_yet_and_none_is_made(make, testing):
    shop = make(client=False, testing=testing)
    assert codes(shop) == (["no-client"] if testing else ["no-tables"])
    assert not (Path(shop.app.instance_path) / "clova_linking.db").exists()


def test_tables_are_missing_in_a_store_that_is_there(make):
    shop = make(client=False)
    path = Path(shop.app.instance_path)
    path.mkdir(parents=True)
    (path / "clova_linking.db").touch()
    finding = check_linking(shop.app, runtime_of(shop.app))[0]
    assert finding.code == "linking.no-tables"
    assert "flask clova db upgrade" in finding.message
    assert (path / "clova_linking.db").stat().st_size == 0


def test_tables_that_are_made_at_first_use_are_not_made_by_the_check(make):
    shop = make(client=False, testing=True, declare=False)
    shop.linking.current_user_id(lambda: None)
    shop.linking.load_user(ACCOUNTS.get)
    path = Path(shop.app.instance_path) / "clova_linking.db"
    path.parent.mkdir(parents=True)
    path.touch()
    assert [finding.code for finding in check_linking(shop.app, runtime_of(shop.app))] == [
        "linking.no-client"
    ]
    assert path.stat().st_size == 0
    cek = CekClient(shop.app)
    cek.link(user="bora")
    assert cek.launch().speech == "보라님, 안녕하세요."


def test_the_tests_own_client_is_not_the_platforms(make):
    shop = make(client=False, testing=True, declare=False)
    shop.linking.current_user_id(lambda: None)
    shop.linking.load_user(ACCOUNTS.get)
    CekClient(shop.app).link(user="bora")
    assert only(shop).message == "No client is registered. Make one: flask clova linking client"


def test_a_database_that_is_away(make):
    shop = make(client=False, CLOVA_LINKING_DATABASE_URL="sqlite:////proc/nothing/a.db")
    shop.provider.store.database._url = shop.provider.store.database._url.set(database="/proc")
    assert codes(shop)[0] == "no-database"


def test_an_engine_of_the_apps_that_fails(tmp_path):
    def engine():
        raise RuntimeError("먼저 db.init_app")

    clova = Clova()
    shop = Shop(tmp_path, clova=clova, linking=AccountLinking(clova, engine=engine), client=False).declare()
    messages = [finding.message for finding in check_linking(shop.app, runtime_of(shop.app))]
    assert any("RuntimeError: 먼저 db.init_app" in message for message in messages)


NAVER = "https://prod-ni-cic.clova.ai/v1/al/token"


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ([NAVER, f"{NAVER}/"], []),
        ([NAVER], ["redirect-spelling"]),
        (["https://clova-cic.line-apps.com/v1/al/token"], ["redirect-missing", "redirect-foreign"]),
        ([NAVER, f"{NAVER}/", "https://도구.example.com/"], ["redirect-foreign"]),
        ([NAVER, f"{NAVER}/", "http://localhost/a"], ["redirect-http"]),
    ],
    ids=["both", "one spelling", "another platform", "a tool", "http"],
)
def test_redirect_urls(make, urls, expected):
    shop = make(client=False)
    shop.provider.store.database.upgrade()
    shop.provider.clients.add("클로바", "a", title="NAVER", redirect_uris=urls, scopes=())
    assert codes(shop) == expected
    assert all(str(finding).startswith("client 클로바: ") for finding in found(shop))
    shop.app.testing = True
    assert [code for code in codes(shop) if code in ("redirect-foreign", "redirect-http")] == []


# What the app declares


@pytest.mark.parametrize("name", ["current_user_id", "load_user"])
def test_a_function_is_missing(make, name):
    shop = make(declare=False)
    other = {"current_user_id": shop.linking.load_user, "load_user": shop.linking.current_user_id}[name]
    other(lambda *_: None)
    assert only(shop).message == f"No function is decorated with @linking.{name}."


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("dev", ["secret-key"]),
        (b"x" * 15, ["secret-key"]),
        ("x" * 16, []),
        ("Super Secret Key", ["secret-key"]),
    ],
    ids=["short", "15 bytes", "16", "sample"],
)
def test_the_secret_key(make, key, expected):
    assert codes(make(SECRET_KEY=key)) == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"SESSION_COOKIE_SAMESITE": "strict"}, ["cookie-samesite"]),
        ({"SESSION_COOKIE_SAMESITE": "Lax"}, []),
        ({"SESSION_COOKIE_SECURE": False}, ["cookie-secure"]),
    ],
    ids=str,
)
def test_the_session_cookie(make, config, expected):
    assert codes(make(**config)) == expected


def test_no_proxy_fix(make):
    shop = make()
    shop.app.wsgi_app = shop.app.wsgi_app.app
    assert codes(shop) == ["proxy"]
    assert codes(shop, Where(base_url="https://voice.example.com")) == ["proxy"]


def test_an_address_that_is_not_https(make):
    assert codes(make(), Where(base_url="http://voice.example.com")) == ["http"]
    assert codes(make(), Where(base_url="https://voice.example.com:8443")) == ["port"]


@pytest.mark.parametrize("trusted", [["voice.example.com"], [".example.com"]], ids=str)
def test_hosts_that_are_trusted(make, trusted):
    assert codes(make(TRUSTED_HOSTS=trusted)) == []


def test_variables_without_values(make):
    shop = make(CLOVA_URL_PREFIX="/<tenant>/clova")
    assert codes(shop) == []
    assert codes(shop, Where(view_args={"tenant": "강남"})) == []


# The login page


@pytest.mark.parametrize(
    ("view", "text"),
    [
        (None, "does not know the app's login page"),
        ("logn", "BuildError"),
        ("/nowhere", "is no page of this app"),
        ("/post-only", "does not accept GET"),
    ],
    ids=["not set", "misspelt", "no rule", "POST only"],
)
def test_no_login_page(make, view, text):
    shop = make(CLOVA_LINKING_LOGIN_VIEW=view)
    shop.app.add_url_rule("/post-only", "post-only", sign_in, methods=["POST"])
    finding = only(shop)
    assert finding.code == "linking.login-view"
    assert text in finding.message


def ignores():
    if request.method == "POST":
        session["user"] = request.form["name"]
        return redirect("/")
    return "<form method=post></form>"


def reads_it_by_hand():
    if request.method == "POST":
        return redirect(request.args.get("next") or "/")
    return ""


def passes_it_to_a_template():
    return redirect("/") if request.method == "POST" else render_template("login.html")


def shows_a_page_of_scripts():
    return "<script src=/login.js></script>"


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (ignores, ["next-ignored"]),
        (reads_it_by_hand, []),
        (passes_it_to_a_template, []),
        (shows_a_page_of_scripts, []),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_a_login_page_and_next(make, view, expected):
    shop = make(login=False)
    shop.app.jinja_loader = DictLoader({"login.html": "<input name=next value='{{ request.args.next }}'>"})
    shop.app.add_url_rule("/login/", "login", view, methods=["GET", "POST"])
    findings = found(shop)
    assert [finding.code.removeprefix("linking.") for finding in findings] == expected
    assert all(finding.where.name == view.__name__ for finding in findings)


def test_a_blueprint_and_languages(make):
    """The login page is in a blueprint, under the language that a preprocessor keeps."""
    shop = make(login=False, CLOVA_LINKING_LOGIN_VIEW="site.login")
    site = Blueprint("site", __name__, url_prefix="/<lang>")

    @shop.app.url_defaults
    def add_language(endpoint, values):
        if endpoint.startswith("site."):
            values.setdefault("lang", request.accept_languages.best_match(["ko", "ja"]) or "ko")

    def login(lang):
        return sign_in()

    site.add_url_rule("/login", "login", login, methods=["GET", "POST"])
    shop.app.register_blueprint(site)
    assert codes(shop) == []


def host_app(tmp_path, *, both):
    """An app by hosts: the extension at one, the login page at another, or at both."""
    clova = Clova(host="voice.example.com")
    linking = AccountLinking(clova, login_view="login")
    app = Flask("shop", instance_path=str(tmp_path), host_matching=True, static_host="www.example.com")
    app.testing = True
    app.config.update(CLOVA_PLATFORM="naver", SECRET_KEY=SECRET)
    clova.init_app(app)
    linking.init_app(app)
    linking.current_user_id(lambda: None)
    linking.load_user(ACCOUNTS.get)
    host = "voice.example.com" if both else "accounts.example.com"
    app.add_url_rule("/login", "login", sign_in, methods=["GET", "POST"], host=host)
    app.extensions["clova_linking"]["clova"].make_client("a")
    return app


@pytest.mark.parametrize(("both", "expected"), [(True, []), (False, ["linking.login-elsewhere"])])
def test_a_login_page_at_another_host(tmp_path, both, expected):
    CALLED.clear()
    app = host_app(tmp_path, both=both)
    assert [finding.code for finding in check_linking(app, runtime_of(app))] == expected
    assert not CALLED


def test_a_hook_that_demands_a_login(make):
    shop = make()
    demanded = "/login"

    @shop.app.before_request
    def login_required():
        return redirect(demanded) if request.blueprint == "clova_linking" else None

    assert codes(shop) == ["next-ignored"]
    demanded = "/login?next=/clova/link/authorize"
    assert codes(shop) == []


# What stands in front of the token endpoint


def by_redirect():
    return redirect("/login")


def by_page():
    return "<p>로그인이 필요합니다", 401


def by_csrf():
    abort(403, "CSRF")


def by_failing():
    raise RuntimeError("없어요")


@pytest.mark.parametrize("hook", [by_redirect, by_page, by_csrf, by_failing])
@pytest.mark.parametrize("testing", [True, False])
def test_a_hook_that_stops_the_platform(make, hook, testing):
    shop = make(testing=testing)
    shop.app.before_request(lambda: hook() if request.endpoint == "clova_linking_api.token" else None)
    findings = found(shop)
    assert {finding.code for finding in findings} == {"linking.token-status", "linking.wrong-code"}
    assert all("Hooks of the app: " in finding.message for finding in findings)


@pytest.mark.parametrize("basic", [True, False])
def test_a_hook_that_stops_one_way_to_authenticate(make, basic):
    shop = make()

    @shop.app.before_request
    def stop():
        is_token = request.endpoint == "clova_linking_api.token"
        return by_page() if is_token and bool(request.authorization) == basic else None

    assert codes(shop).count("wrong-code") == 1
    assert ("token-status" in codes(shop)) == basic


def test_an_errorhandler_for_everything_is_no_problem(make):
    shop = make()
    shop.app.register_error_handler(Exception, lambda error: ("<p>문제가 생겼습니다", 500))
    shop.app.register_error_handler(400, lambda error: ("<p>잘못된 요청", 400))
    assert found(shop) == []


def test_a_hook_that_turns_errors_into_pages(make):
    shop = make()

    @shop.app.after_request
    def pretty(response):
        if response.status_code == 400:
            response.set_data("<p>잘못된 요청")
            response.mimetype = "text/html"
        return response

    assert codes(shop) == ["wrong-code"]
    assert "400: text/html" in only(shop).message


def test_a_hook_that_lets_answers_be_kept(make):
    shop = make()

    @shop.app.after_request
    def keep(response):
        response.headers["Cache-Control"] = "public"
        return response

    assert set(codes(shop)) == {"cacheable"}


FORM = (
    "<meta name=viewport content=width=device-width><form method=post>"
    "<input type=hidden name=proof value='{{ proof }}'><button name=decision value=allow></button>"
)
WITH_TOKEN = f"{FORM}<input type=hidden name=csrf_token value='{{{{ csrf_token() }}}}'>"


@pytest.mark.parametrize(
    ("template", "expected"),
    [(None, []), (WITH_TOKEN, []), (FORM, ["fails"])],
    ids=["ours", "with the token", "without it"],
)
def test_csrf_protection_of_flask_wtf(make, template, expected):
    csrf = pytest.importorskip("flask_wtf").CSRFProtect()
    shop = make()
    csrf.init_app(shop.app)
    if template:
        shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": template})
    assert codes(shop) == expected


# The consent page


PAGES = {
    "not for phones": ("<p>연결", "page-viewport"),
    "pop-up": ("<meta name=viewport content=width=1><a href=/ target=_blank>약관</a>", "page-pop-up"),
    "script": ("<meta name=viewport content=width=1><script>1</script>", "page-blocked"),
    "another host": (
        "<meta name=viewport content=width=1><img src=https://cdn.example.com/a.png>",
        "page-blocked",
    ),
    "large": ("<meta name=viewport content=width=1>" + "가" * 170_000, "page-size"),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES)
def test_a_page_of_the_apps_own(make, page, expected):
    shop = make()
    form = (
        "<form method=post><input type=hidden name=proof value='{{ proof }}'>"
        "<button name=decision value=allow></form>"
    )
    shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": page + form})
    assert [code for code in codes(shop) if code != "domains"] == [expected]


def test_a_template_without_proof(make):
    shop = make()
    shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": "<meta name=viewport content=width=1>"})
    assert (only(shop).code, "field proof" in only(shop).message) == ("linking.fails", True)


def test_a_template_that_fails(make):
    shop = make()
    shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": "{{ nothing.there }}"})
    assert codes(shop) == ["page-status"]


def test_talisman(make):
    talisman = pytest.importorskip("flask_talisman").Talisman
    shop = make()
    shop.app.before_request_funcs.clear()
    talisman = talisman(shop.app)
    finding = only(shop)
    assert finding.code == "linking.policy-replaced"
    assert "It keeps out <style> of the page." in finding.message
    assert 'app.view_functions["clova_linking.authorize"]' in finding.message
    # What the message says helps.
    left_out = talisman(content_security_policy=None, frame_options=None)
    left_out(shop.app.view_functions["clova_linking.authorize"])
    assert found(shop) == []


def test_talisman_whose_forms_stay_at_home(make):
    talisman = pytest.importorskip("flask_talisman").Talisman
    shop = make()
    talisman(shop.app, content_security_policy={"default-src": "'self'", "form-action": "'self'"})
    assert codes(shop) == ["policy-replaced", "page-policy"]


# The command


def test_the_command(make):
    shop = make(SESSION_COOKIE_SECURE=False)
    result = shop.app.test_cli_runner().invoke(args=["clova", "check", "--json"])
    told = [row["code"] for row in json.loads(result.stdout)["clova"]]
    assert [code for code in told if code.startswith("linking.")] == ["linking.cookie-secure"]
    assert not CALLED


def test_several_extensions(tmp_path):
    app = Flask("shop", instance_path=str(tmp_path))
    app.testing = True
    app.config.update(CLOVA_PLATFORM="naver", SECRET_KEY=SECRET)
    for name in ("pizza", "radio"):
        clova = Clova(name, url_prefix=f"/{name}")
        linking = AccountLinking(clova, login_view="/login")
        clova.init_app(app)
        linking.init_app(app)
        linking.current_user_id(lambda: None)
        linking.load_user(ACCOUNTS.get)
    app.add_url_rule("/login", "login", sign_in, methods=["GET", "POST"])
    app.extensions["clova_linking"]["pizza"].make_client("a")
    assert check_linking(app, runtime_of(app, "pizza")) == []
    (finding,) = check_linking(app, runtime_of(app, "radio"))
    assert finding.message.endswith("flask clova linking client --name radio")
    app.extensions["clova_linking"]["pizza"].store.database.engine.dispose()
