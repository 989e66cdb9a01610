"""``flask clova linking``."""

import re

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from flask import Flask

from clova_flask import Clova
from tests.linking.shop import REDIRECT, Shop


@pytest.fixture
def shop(tmp_path):
    shop = Shop(tmp_path, client=False).declare()
    shop.app.testing = False
    yield shop
    shop.provider.store.database.engine.dispose()


@pytest.fixture
def run(shop):
    """Run `flask clova linking …`."""

    def run(*arguments):
        return shop.app.test_cli_runner().invoke(args=["clova", "linking", *arguments])

    return run


def test_client_prints_what_the_console_asks_for(shop, run):
    scopes = ["--scope", "orders", "--scope", "lights"]
    done = run("client", "--title", "NAVER Clova", "--base-url", "https://pizza.example.com/", *scopes)
    assert done.exit_code == 0, done.output
    printed = dict(re.findall(r"^  ([A-Z][A-Za-z ]+?)  +(\S.*)$", done.output, re.MULTILINE))
    base = "https://pizza.example.com/clova/link"
    assert printed["Authorization URL"] == f"{base}/authorize"
    assert printed["Access token URI"] == f"{base}/token?grant_type=authorization_code"
    assert printed["Refresh token URI"] == f"{base}/token?grant_type=refresh_token"
    assert "HTTP Basic (Recommended)" in done.output
    assert REDIRECT in done.output
    assert "\n                        lights\n" in done.output
    # What was printed works.
    shop.client_id, shop.secret = printed["Client ID"], printed["Client secret"]
    assert shop.is_valid(shop.link()["access_token"])


def test_clients(run):
    assert "The tables are missing, or" in run("clients").output
    run("client", "--client-id", "https://clova.example.com/", "--redirect-uri", "https://tool.example.com/")
    listed = run("clients").output
    assert "https://clova.example.com/  NAVER Clova" in listed
    assert f"  {REDIRECT}\n  {REDIRECT}/\n  https://tool.example.com/" in listed


@pytest.mark.parametrize("client_id", ["clova", "클로바"])
def test_a_client_of_an_id_that_is_there(run, client_id):
    assert run("client", "--client-id", client_id).exit_code == 0
    again = run("client", "--client-id", client_id)
    assert (again.exit_code, f"There is a client '{client_id}' already." in again.output) == (1, True)


@pytest.mark.parametrize("url", ["http://pizza.example.com", "pizza.example.com", ""])
def test_a_base_url_that_no_platform_calls(run, url):
    done = run("client", "--base-url", url)
    if url:
        assert done.exit_code == 2
        assert "Client secret" not in done.output
        assert "tables are missing" in run("clients").output
    else:
        assert "https://YOUR-HOST/clova/link/authorize" in done.output


@pytest.mark.parametrize(
    "option",
    [
        ("--redirect-uri", "http://tool.example.com/"),
        ("--redirect-uri", "https://tool.example.com/#a"),
        ("--redirect-uri", "https://bora@tool.example.com/"),
        ("--redirect-uri", "https://tool.example.com/\nhttps://evil.example.com/"),
        ("--redirect-uri", "tool"),
        ("--redirect-uri", "https://[tool"),
        ("--scope", "한글"),
        ("--scope", "two words"),
        ("--scope", ""),
    ],
    ids=lambda option: ascii(option[1]),
)
def test_what_cannot_be_registered(run, option):
    done = run("client", *option)
    assert done.exit_code == 1, done.output
    assert "cannot be a" in done.output
    assert "tables are missing" in run("clients").output


def test_too_many_scopes(run):
    scopes = [word for number in range(16) for word in ("--scope", f"s{number}")]
    assert "at most 15 scopes, not 16" in run("client", *scopes).output


def test_revoke_and_sweep(shop, run):
    run("client")
    shop.client_id, shop.secret = shop.provider.make_client("clova")
    tokens = shop.link()
    assert run("revoke", "bora").output == "1 links of bora were revoked.\n"
    assert run("revoke", "nobody").output == "0 links of nobody were revoked.\n"
    assert not shop.is_valid(tokens["access_token"])
    assert run("sweep").output == "0 rows were deleted.\n"


def test_an_app_without_account_linking():
    app = Flask("plain")
    Clova(app, platform="naver")
    done = app.test_cli_runner().invoke(args=["clova", "linking", "clients"])
    assert done.exit_code == 1
    assert "has no account linking" in done.output
