"""``flask clova linking``."""

import json
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


def test_a_client_as_json(shop, run):
    made = json.loads(
        run("client", "--json", "--redirect-uri", "http://localhost:5050/linking/return").output
    )
    shop.client_id, shop.secret = made["client_id"], made["client_secret"]
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


def made_secret(printed):
    return re.search(r"^Client secret +(\S+)$", printed, re.MULTILINE)[1]


def test_clients_shows_links(shop, run):
    shop.client_id, shop.secret = shop.provider.make_client("clova")
    shop.provider.make_client("다른 것")
    for user in ("bora", "さくら"):
        shop.link(user)
    shop.code()  # consented to, and not redeemed
    run("revoke", "bora")
    assert re.findall(r"^(\S.*?)  .*\n  links: (\d)", run("clients").output, re.MULTILINE) == [
        ("clova", "1"),
        ("다른 것", "0"),
    ]


def test_a_new_secret_beside_the_one_before(shop, run):
    shop.client_id, first = shop.provider.make_client("clova")
    shop.secret = first
    tokens = shop.link()

    def works(secret):
        return shop.refresh(tokens["refresh_token"], auth=("clova", secret)).status_code == 200

    printed = run("secret", "clova").output
    second = made_secret(printed)
    assert "secret clova --end-former" in printed
    assert [works(first), works(second), works("wrong")] == [True, True, False]
    assert "works too" in run("clients").output
    third = made_secret(run("secret", "clova").output)
    assert [works(first), works(second), works(third)] == [False, True, True]
    assert run("secret", "clova", "--end-former").output == "Only the newest secret of clova works.\n"
    assert [works(second), works(third)] == [False, True]
    fourth = made_secret(run("secret", "clova", "--at-once").output)
    assert [works(third), works(fourth)] == [False, True]
    assert "works too" not in run("clients").output
    assert run("secret", "clova", "--at-once", "--end-former").exit_code == 2


@pytest.mark.parametrize("command", [("secret",), ("secret", "--end-former"), ("delete", "--yes")])
def test_a_client_that_is_not_there(shop, run, command):
    shop.provider.make_client("피자 클로바")
    done = run(command[0], "피자 클로버", *command[1:])
    assert done.exit_code == 1
    assert "There is no client '피자 클로버'. Did you mean '피자 클로바'?" in done.output


def test_deleting_a_client(shop, run):
    kept = shop.provider.make_client("kept")
    shop.client_id, shop.secret = shop.provider.make_client("clova")
    token, code = shop.link()["access_token"], shop.code()
    assert shop.is_valid(token)
    asked = shop.app.test_cli_runner().invoke(args=["clova", "linking", "delete", "clova"], input="n\n")
    assert "Delete clova, and revoke its 1 links? [y/N]" in asked.output
    assert shop.is_valid(token)
    assert run("delete", "clova", "--yes").output == "clova was deleted; 2 links were revoked.\n"
    assert not shop.is_valid(token)
    assert shop.redeem(code).status_code == 401
    assert shop.open().status_code == 400
    assert re.findall(r"^(\S+)  ", run("clients").output, re.MULTILINE) == ["kept"]
    # Another of its id starts with nothing.
    again = shop.provider.make_client("clova")
    assert shop.redeem(code, auth=again).status_code == 400
    assert shop.redeem(code, auth=kept).status_code == 400


@pytest.mark.parametrize(
    "command", [("client",), ("clients",), ("secret", "clova"), ("sweep",), ("revoke", "a")]
)
def test_a_database_that_is_away(tmp_path, command):
    shop = Shop(tmp_path, client=False, CLOVA_LINKING_DATABASE_URL="sqlite:////dev/null/clova.db")
    shop.app.testing = False
    done = shop.app.test_cli_runner().invoke(args=["clova", "linking", *command])
    assert done.exit_code == 1
    assert "Error: The database for account linking cannot be used (" in done.output
