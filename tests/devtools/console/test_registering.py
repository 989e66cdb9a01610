"""Registering extensions, and the list of them."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

FORMS = [("naver", "custom"), ("line", "custom"), ("naver", "home")]


def test_the_first_visit_tells_what_to_do(browser):
    page = browser.get("/")
    assert page.status == 200
    assert "No extension is registered yet." in page.text
    assert "/register" in page.links


@pytest.mark.parametrize(("platform", "kind"), FORMS)
def test_an_extension_is_registered(browser, register, platform, kind):
    page = register(platform, kind)
    assert "피자봇 가게 is registered." in page.text
    listed = browser.get("/")
    assert "피자봇 가게" in listed.text
    assert "com.example.pizzabot" in listed.text
    assert "In development" in listed.text


def test_line_has_no_form_for_clova_home(browser):
    assert browser.get("/register/line/home").status == 404


@pytest.mark.parametrize(
    "extension_id", ["", "pizzabot", "com..pizza", "com.example.피자", "-com.example", "a b.c", "<b>.com"]
)
def test_an_id_is_a_reversed_domain_name(register, extension_id):
    page = register(extension_id=extension_id)
    assert page.status == 422
    assert page.form("extension_id").values["name"] == ["피자봇 가게"]


def test_spaces_around_an_id_are_no_part_of_it(browser, register):
    register(extension_id="  com.example.pizzabot ")
    assert "com.example.pizzabot is registered" not in browser.get("/").text
    assert register().status == 422


def test_an_id_is_there_once_in_whatever_case(register):
    register()
    page = register(extension_id="COM.example.PizzaBot")
    assert page.status == 422
    assert "Another extension has this id." in page.text


def test_the_name_is_needed(register):
    assert register(name=" ").status == 422


def test_a_registered_id_is_only_shown(browser, register):
    register()
    page = browser.get("/extensions/1/info")
    assert "extension_id" not in page.form("name").types
    assert "com.example.pizzabot" in page.text


def test_an_id_that_is_posted_again_changes_nothing(browser, register):
    register()
    form = browser.get("/extensions/1/info").form("name")
    form.types["extension_id"] = "text"
    form.submit(extension_id="com.example.another")
    assert "com.example.another" not in browser.get("/").text


def test_deleting_asks_first(browser, register):
    register()
    page = browser.get("/extensions/1/delete")
    assert "Delete 피자봇 가게?" in page.text
    assert "피자봇 가게" in browser.get("/").text
    page = page.form().submit()
    assert "피자봇 가게 is deleted." in page.text
    assert browser.get("/extensions/1/info").status == 404


def test_a_deleted_id_can_be_registered_again(browser, register):
    register()
    browser.get("/extensions/1/delete").form().submit()
    assert "is registered." in register().text


def test_the_history_of_an_extension(browser, register):
    register()
    browser.get("/extensions/1/info").form("name").submit(name="피자 나라")
    page = browser.get("/extensions/1/history")
    assert "registered" in page.text
    assert "changed : Extension info" in page.text.replace("changed:", "changed :")


class Beside:
    """An app beside the console that has some extensions."""

    failure = ""
    is_served = True
    import_path = "shop"
    url = "http://127.0.0.1:5000"

    def __init__(self, *extensions):
        self._extensions = list(extensions)

    def described(self):
        return self._extensions

    def endpoint_url(self, described):
        return f"{self.url}{described.path}"

    def check(self, *options):
        return {}

    def key(self):
        return None


def described(**values):
    from clova_flask.devtools.console.attached.described import Described

    given = {"name": "clova", "kind": "custom", "platform": "line", "extension_id": "com.example.radio"}
    return Described(**{**given, "path": "/clova", "model_folder": "/nowhere", **values})


def take_over(make_console, *extensions):
    from tests.devtools.console.browser import Browser

    browser = Browser(make_console(attached=Beside(*extensions)))
    form = next(form for form in browser.get("/").forms if form.action.startswith("/take-over/"))
    return browser, form


def test_an_app_without_a_model_is_taken_over(make_console):
    browser, form = take_over(make_console, described(links=True))
    page = form.submit()
    assert "com.example.radio is registered, with what the app tells." in page.text
    assert browser.get("/extensions/1/linking").form("seen").values["account_linking"] == ["yes"]


def test_linking_is_taken_over(make_console):
    browser, form = take_over(
        make_console, described(platform="naver", kind="home", linking_path="/clova/link")
    )
    form.submit()
    values = browser.get("/extensions/1/server").form("seen").values
    assert values["authorization_url"] == ["http://127.0.0.1:5000/clova/link/authorize"]
    assert values["token_url"] == ["http://127.0.0.1:5000/clova/link/token?grant_type=authorization_code"]


def test_a_model_of_line_has_one_main_name(make_console, tmp_path):
    (tmp_path / "intents").mkdir()
    names = 'language = "ja"\ninvocation_names = ["さくらラジオ", "桜ラジオ"]\n'
    (tmp_path / "model.toml").write_text(names, encoding="utf-8")
    browser, form = take_over(make_console, described(model_folder=str(tmp_path)))
    form.submit()
    values = browser.get("/extensions/1/info").form("seen").values
    assert values["invocation_name"] == ["さくらラジオ"]
    assert values["sub_invocation_names"][0] == "桜ラジオ"


def test_a_model_that_cannot_be_read_keeps_nobody_from_registering(make_console, tmp_path):
    (tmp_path / "model.toml").write_text("language = ", encoding="utf-8")
    _browser, form = take_over(make_console, described(model_folder=str(tmp_path)))
    assert "is registered" in form.submit().text


def test_an_app_without_an_id_is_told_to_have_one(make_console):
    _browser, form = take_over(make_console, described(extension_id=""))
    assert "The app must set CLOVA_EXTENSION_ID first" in form.submit().text


def test_what_is_taken_over_twice_is_there_once(make_console):
    _browser, form = take_over(make_console, described())
    form.submit()
    assert "com.example.radio is registered already." in form.submit().text


def test_what_the_app_has_no_more_is_not_taken_over(make_console):
    _browser, form = take_over(make_console, described())
    form.action = "/take-over/7"
    assert form.submit().status == 404


def test_an_extension_opens_at_what_it_lacks(browser, register):
    register()
    browser.get("/extensions/1/info").form("seen").submit(
        invocation_names=["보라 피자", "", ""], provider="보라 상회", contact="bora@example.com"
    )
    assert browser.get("/extensions/1/").path == "/extensions/1/server"


@pytest.mark.parametrize(("name", "taken"), [("clova", ""), ("radio", "radio")])
def test_the_packages_own_word_is_no_name(make_console, name, taken):
    browser, form = take_over(make_console, described(name=name))
    form.submit()
    assert browser.get("/extensions/1/info").form("seen").values["name"] == [taken]


def test_an_app_with_handlers_of_the_player_uses_audio():
    from flask import Flask

    from clova_flask import Clova, tell
    from clova_flask.devtools.console.attached.described import describe

    app = Flask("radio")
    clova = Clova(app, platform="naver")
    clova.event("AudioPlayer.PlayFinished")(lambda: tell())
    assert [one.plays_audio for one in describe(app)] == [True]
