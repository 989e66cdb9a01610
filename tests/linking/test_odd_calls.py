"""Whatever is sent to the pages and calls of account linking: never a 5xx, and nothing secret in the log."""

import hmac
import json
from urllib.parse import quote

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from clova_flask.testing import CekClient
from tests.linking.shop import ADDRESS, REDIRECT, Shop, basic

CALLS = ("token", "revoke", "introspect")
PARAMETERS = {
    "authorize": [
        *("client_id", "redirect_uri", "response_type", "scope", "state", "proof", "decision", "again"),
        *("code_challenge", "code_challenge_method", "response_mode", "prompt"),
    ],
    "token": [
        *("grant_type", "code", "redirect_uri", "refresh_token", "scope", "code_verifier"),
        *("client_id", "client_secret", "client_assertion", "client_assertion_type"),
    ],
    "revoke": ["token", "token_type_hint", "client_id", "client_secret"],
    "introspect": ["token", "token_type_hint", "client_id", "client_secret"],
}
EACH = [(path, name) for path, names in PARAMETERS.items() for name in names]
ODD = {
    "empty": "",
    "NUL": "%00",
    "surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "huge number": "9" * 5000,
    "negative": "-1",
    "float": "1e999",
    "quotes": "%22%27%5C",
    "line breaks": "a%0D%0ASet-Cookie:%20a=b",
    "template": "%7B%7B7*7%7D%7D",
    "markup": "%3Cscript%3E",
    "SQL": "'%20OR%201=1--",
    "Korean": quote("비밀 값"),
    "broken escape": "%",
    "64 kB": "x" * 64_000,
    "64 kB of Korean": quote("가") * 7_000,
    "200 kB": "x" * 200_000,
}


@pytest.fixture
def shop(make_shop):
    return make_shop(CLOVA_LINKING_INTROSPECTION=True)


@pytest.fixture(scope="module")
def one_shop(tmp_path_factory):
    """One shop for all that changes nothing in it."""
    shop = Shop(tmp_path_factory.mktemp("shop"), CLOVA_LINKING_INTROSPECTION=True)
    yield shop.declare()
    shop.provider.store.database.engine.dispose()


def body_of(path, name, value):
    """Write a form that is right but for one parameter, whose bytes are given."""
    known = {
        "authorize": {},
        "token": {"grant_type": "authorization_code", "code": "a", "redirect_uri": REDIRECT},
        "revoke": {"token": "a"},
        "introspect": {"token": "a"},
    }[path]
    rest = "&".join(f"{key}={quote(given, safe='')}" for key, given in known.items() if key != name)
    return f"{rest}&{name}={value}"


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize(("path", "name"), EACH, ids=lambda part: part)
def test_an_odd_value_of_each_parameter(one_shop, path, name, value):
    url = f"/clova/link/{path}"
    query = "&".join(
        f"{key}={quote(given, safe='')}" for key, given in one_shop.query().items() if key != name
    )
    options = {"base_url": ADDRESS, "content_type": "application/x-www-form-urlencoded"}
    for form in (body_of(path, name, value), body_of(path, "x", value)):
        headers = {} if "client_secret" in form else basic(one_shop.client_id, one_shop.secret)
        answer = one_shop.browser().post(
            url, data=form, query_string=query if path == "authorize" else "", headers=headers, **options
        )
        assert answer.status_code < 500
        assert "Set-Cookie" not in answer.headers
        assert "<script>" not in answer.text
    answer = one_shop.browser().open(
        url,
        method="GET" if path == "authorize" else "POST",
        query_string=f"{query}&{name}={value}",
        headers=basic(one_shop.client_id, one_shop.secret),
        base_url=ADDRESS,
    )
    assert answer.status_code < 500
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "kind",
    [
        *("application/json", "application/json;charset=utf-16", "text/plain", "application/xml", "", "x"),
        *("multipart/form-data", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded"),
        "application/x-www-form-urlencoded; charset=nothing",
    ],
)
@pytest.mark.parametrize("path", PARAMETERS)
def test_bodies_of_any_type(one_shop, path, kind):
    form = {"grant_type": "refresh_token", "refresh_token": "a", "token": "a", "code": 10**400}
    bodies = [
        json.dumps(form).encode(),
        b"[" * 5000,
        b"\x00",
        b"\xff\xfe",
        b"--a\r\n\r\n",
        b"&=&=;%",
        b"null",
    ]
    for body in bodies:
        answer = one_shop.browser().post(
            f"/clova/link/{path}",
            data=body,
            content_type=kind,
            base_url=ADDRESS,
            headers=basic(one_shop.client_id, one_shop.secret),
        )
        assert 400 <= answer.status_code < 500
        answer = one_shop.app.test_client().post(
            f"/clova/link/{path}", data=body, content_type=kind, base_url=ADDRESS
        )
        assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "header",
    ["Basic " + "A" * 64_000, "Basic " + "Og==", "Basic Ojo6Og==", "Basic \x00", "Basic =", "a", "Basic a b"],
    ids=range(7),
)
@pytest.mark.parametrize("path", CALLS)
def test_odd_credentials(one_shop, path, header):
    for query in ({}, {"grant_type": "refresh_token"}):
        answer = one_shop.call(path, auth=None, headers={"Authorization": header}, query=query, token="a")
        assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("length", ["-1", "9" * 30, "x", ""])
@pytest.mark.parametrize("path", PARAMETERS)
def test_an_odd_length(one_shop, path, length):
    environ = {"CONTENT_LENGTH": length}
    options = {"data": "token=a", "content_type": "application/x-www-form-urlencoded", "base_url": ADDRESS}
    answer = one_shop.browser().post(f"/clova/link/{path}", environ_overrides=environ, **options)
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("name", PARAMETERS["token"])
def test_a_parameter_that_is_in_a_call_twice(shop, name):
    """Others on the way may have read the other one; both must not be in force."""
    code = shop.code()
    good = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    first = good.get(name, "a")
    twice = {**good, name: [first, "evil"]}
    same = {**good, name: [first, first]}
    for form in (twice, {**good, name: ["evil", first]}, same):
        answer = shop.call(**form)
        assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")
    crossed = shop.call(query={name: "evil"}, **{**good, name: first})
    assert (crossed.status_code, crossed.json["error"]) == (400, "invalid_request")
    # None of it has used the code up, nor ended its link.
    assert shop.redeem(code).status_code == 200


@pytest.mark.parametrize("path", ["revoke", "introspect"])
def test_a_token_that_is_in_a_call_twice(shop, path):
    tokens = shop.link()
    answer = shop.call(path, token=[tokens["access_token"], "evil"])
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")
    assert shop.call(path, query={"token": "evil"}, token=tokens["access_token"]).status_code == 400
    assert shop.is_valid(tokens["access_token"])


@pytest.mark.parametrize("path", CALLS)
@pytest.mark.parametrize("by_body", [False, True])
def test_secrets_are_compared_in_constant_time(shop, monkeypatch, path, by_body):
    """By their digests, all of one length, both of them whatever the first comparison gave."""
    compared = []
    real = hmac.compare_digest
    monkeypatch.setattr(
        "clova_flask.linking.records.hmac.compare_digest",
        lambda a, b: compared.append((len(a), len(b))) or real(a, b),
    )
    shop.provider.replace_secret(shop.client_id)
    for secret in ("", "x", shop.secret[:-1], "x" * 1000, shop.secret):
        compared.clear()
        body = {"client_id": shop.client_id, "client_secret": secret} if by_body else {}
        auth = None if by_body else (shop.client_id, secret)
        query = {"grant_type": "refresh_token"}
        status = shop.call(path, auth=auth, query=query, token="a", refresh_token="a", **body).status_code
        assert (status == 401) is (secret != shop.secret)
        # An empty secret in the body is none at all.
        assert set(compared) == ({(64, 64)} if secret or not by_body else set())
        assert len(compared) % 2 == 0


def test_nothing_secret_is_in_any_log(make_shop, caplog, capfd):
    """With every logger at DEBUG, also those of SQLAlchemy and Authlib."""
    for name in (
        None,
        "sqlalchemy.engine",
        "sqlalchemy.pool",
        "authlib",
        "clova_flask",
        "werkzeug",
        "alembic",
    ):
        caplog.set_level("DEBUG", logger=name)
    shop = make_shop(CLOVA_LINKING_INTROSPECTION=True, CLOVA_LINKING_ROTATE=True)
    second = shop.provider.replace_secret(shop.client_id)
    code = shop.code()
    tokens = shop.redeem(code).json
    renewed = shop.refresh(tokens["refresh_token"]).json
    shop.refresh(tokens["refresh_token"] + "x")
    shop.redeem(code)
    shop.call("introspect", token=renewed["access_token"])
    shop.call("introspect", auth=None, client_id=shop.client_id, client_secret=second, token=code)
    shop.call("revoke", auth=("evil", second), token=renewed["access_token"])
    shop.redeem([code, tokens["access_token"]])
    shop.is_valid(renewed["access_token"])
    again = shop.link()
    CekClient(shop.app, access_token=again["access_token"]).event("ClovaSkill.SkillDisabled")
    with shop.provider.store.database.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE clova_tokens RENAME TO gone")
    shop.app.testing = False
    shop.is_valid(again["access_token"])
    shop.refresh(again["refresh_token"])
    printed = "".join(capfd.readouterr())
    issued = [
        answer[f"{kind}_token"] for answer in (tokens, renewed, again) for kind in ("access", "refresh")
    ]
    secrets = [code, shop.secret, second, *issued]
    logged = caplog.text + printed
    assert [secret for secret in secrets if secret in logged] == []
    assert "sqlalchemy.engine" in logged
    assert "Issue token <tokens>" in logged
    assert "SELECT" in logged
