"""The test of an endpoint, by real HTTP."""

import time

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from flask import Flask

from clova_flask import Clova, tell
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.security.devkey import generate_key, public_pem


def connect(browser, url):
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=url)
    return browser.get("/extensions/1/connection").form().submit()


def make_app(public_key, *, verify=True, answer=None):
    app = Flask("shop")
    clova = Clova(
        extension_id="com.example.pizzabot", platform="naver", public_key=public_key, verify_signature=verify
    )

    @clova.launch
    def welcome():
        return answer() if answer else tell("어서 오세요.")

    clova.init_app(app)
    return app


@pytest.fixture
def public_key(console):
    with console.app_context():
        return public_pem(signing_key())


def test_an_endpoint_that_verifies(browser, register, serve, public_key):
    register()
    page = connect(browser, f"{serve(make_app(public_key))}/clova")
    assert page.text.count("as it must be") - page.text.count("not as it must be") == 3
    assert "어서 오세요." in page.text


def test_an_endpoint_that_answers_everybody(browser, register, serve, public_key):
    register()
    page = connect(browser, f"{serve(make_app(public_key, verify=False))}/clova")
    assert page.text.count("not as it must be") == 2


def test_an_endpoint_that_trusts_another_key(browser, register, serve):
    register()
    page = connect(browser, f"{serve(make_app(public_pem(generate_key())))}/clova")
    assert page.text.count("not as it must be") == 1
    assert "HTTP 401" in page.text


def test_an_answer_that_the_platform_would_refuse(browser, register, serve):
    def answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"version": "0.1.0"}']

    register()
    page = connect(browser, serve(answer))
    assert "answer.invalid-field" in page.text


def test_an_endpoint_that_is_away(browser, register):
    register()
    page = connect(browser, "http://127.0.0.1:9/clova")
    assert page.text.count("no answer") == 3
    assert "Is the server running?" in page.text


def test_an_endpoint_that_is_slow(browser, register, serve, public_key):
    def slow():
        time.sleep(0.3)
        return tell("늦었습니다.")

    register("line")
    app = Flask("slow")
    clova = Clova(app, extension_id="com.example.pizzabot", platform="line", public_key=public_key)
    clova.launch(slow)
    page = connect(browser, f"{serve(app)}/clova")
    milliseconds = [int(part.split()[-1]) for part in page.text.split(" ms")[:-1]]
    assert milliseconds[0] >= 300
    assert "waits for" not in page.text


def test_without_an_endpoint(browser, register):
    register()
    page = browser.get("/extensions/1/connection").form().submit()
    assert "Enter the endpoint's URL first" in page.text


def test_a_home(browser, register, serve, public_key):
    app = Flask("home")
    clova = Clova(app, extension_id="com.example.pizzabot", platform="naver", public_key=public_key)
    clova.user_loader({}.get)

    @clova.home.discover
    def discover(user):
        return []

    register(kind="home")
    page = connect(browser, f"{serve(app)}/clova")
    assert "InvalidAccessTokenError" in page.text
    assert "not as it must be" not in page.text


def test_what_an_endpoint_answers_is_no_markup(browser, register, serve):
    def answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"<script>alert(1)</script>"]

    register()
    page = connect(browser, serve(answer))
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert" in page.html


def test_two_consoles_of_one_folder_sign_alike(make_console):
    keys = []
    for _ in range(2):
        with make_console().app_context():
            keys.append(public_pem(signing_key()))
    assert keys[0] == keys[1]
