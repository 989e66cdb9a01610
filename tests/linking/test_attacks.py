"""What somebody tries who is not the platform, or not the user. Nothing of it is a 5xx."""

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from clova_flask.linking import next_url
from tests.linking.shop import ADDRESS, REDIRECT, STATE, basic, is_asked_again, parameters, proof_in

FOREIGN = {
    "another host": "https://evil.example.com/v1/al/token",
    "prefix": f"{REDIRECT}.evil.example.com",
    "longer path": f"{REDIRECT}/evil",
    "query": f"{REDIRECT}?next=https://evil.example.com",
    "subdomain": "https://evil.prod-ni-cic.clova.ai/v1/al/token",
    "host as prefix": "https://prod-ni-cic.clova.ai.evil.example.com/v1/al/token",
    "dots": "https://prod-ni-cic.clova.ai/v1/al/../al/token",
    "encoded dots": "https://prod-ni-cic.clova.ai/v1/al/%2e%2e/token",
    "encoded slash": "https://prod-ni-cic.clova.ai/v1/al%2Ftoken",
    "two slashes": "https://prod-ni-cic.clova.ai//v1/al/token",
    "two final slashes": f"{REDIRECT}//",
    "backslash": "https://prod-ni-cic.clova.ai\\v1\\al\\token",
    "fragment": f"{REDIRECT}#evil",
    "userinfo": "https://prod-ni-cic.clova.ai@evil.example.com/v1/al/token",
    "userinfo before": "https://evil@prod-ni-cic.clova.ai/v1/al/token",
    "port": "https://prod-ni-cic.clova.ai:443/v1/al/token",
    "http": "http://prod-ni-cic.clova.ai/v1/al/token",
    "scheme": "javascript:alert(1)",
    "no scheme": "//prod-ni-cic.clova.ai/v1/al/token",
    "case of the host": "https://PROD-NI-CIC.clova.ai/v1/al/token",
    "case of the path": "https://prod-ni-cic.clova.ai/V1/al/token",
    "space before": f" {REDIRECT}",
    "space behind": f"{REDIRECT} ",
    "newline": f"{REDIRECT}\n",
    "NUL": f"{REDIRECT}\x00",
    "quote": f'{REDIRECT}"',
    "한글": "https://prod-ni-cic.clova.ai/v1/al/토큰",
    "both": f"{REDIRECT}\nhttps://prod-ni-cic.clova.ai/v1/al/token/",
    "another platform's": "https://clova-cic.line-apps.com/v1/al/token",
    "empty": "",
    "none": None,
}


@pytest.mark.parametrize("redirect", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_redirect_is_followed_nowhere(shop, redirect):
    for changes in ({}, {"response_type": "token"}, {"scope": '"'}):
        page = shop.open(redirect_uri=redirect, **changes)
        assert (page.status_code, page.location) == (400, None)
    # Without the page there is no proof, and a proof for another request does not count.
    proof = proof_in(shop.open())
    answered = shop.answer(proof, redirect_uri=redirect)
    assert (answered.status_code, answered.location) == (400, None)


@pytest.mark.parametrize("client_id", ["unknown", "", "x\x00", "클로바", '"', "x" * 5000, None])
def test_an_unknown_client(shop, client_id):
    page = shop.open(client_id=client_id)
    assert (page.status_code, page.location) == (400, None)
    assert client_id is None or len(client_id) < 5 or client_id not in page.text


@pytest.mark.parametrize("kind", ["token", "code token", "코드", '"', "", None])
def test_another_response_type(shop, kind):
    page = shop.open(response_type=kind)
    assert page.status_code == 302
    got = parameters(page.location)
    assert (got["error"], got["state"]) == ("unsupported_response_type", STATE)
    assert page.location.startswith(f"{REDIRECT}?")


@pytest.mark.parametrize("name", ["client_id", "redirect_uri", "response_type", "scope", "state"])
def test_a_parameter_that_is_there_twice(shop, name):
    asked = shop.query()
    url = "/clova/link/authorize"
    page = shop.browser().get(url, query_string={**asked, name: [asked[name], "evil"]}, base_url=ADDRESS)
    assert (page.status_code, page.location) == (400, None)


def test_a_code_that_is_used_twice_ends_its_link(shop):
    code = shop.code()
    tokens = shop.redeem(code).json
    assert shop.is_valid(tokens["access_token"])
    assert shop.redeem(code).json == {
        "error": "invalid_grant",
        "error_description": "Invalid 'code' in request.",
    }
    assert not shop.is_valid(tokens["access_token"])
    assert shop.refresh(tokens["refresh_token"]).json["error"] == "invalid_grant"


def test_a_second_use_with_another_redirect_ends_the_link_too(shop):
    code = shop.code()
    tokens = shop.redeem(code).json
    assert shop.redeem(code, redirect_uri=f"{REDIRECT}/").status_code == 400
    assert not shop.is_valid(tokens["access_token"])


def test_a_code_of_another_client(shop):
    other = shop.provider.make_client("another")
    code = shop.code()
    assert shop.redeem(code, auth=other).json["error"] == "invalid_grant"
    # It was not the client's, so its link goes on.
    tokens = shop.redeem(code).json
    assert shop.refresh(tokens["refresh_token"], auth=other).json["error"] == "invalid_grant"
    revoked = shop.call("revoke", auth=other, token=tokens["access_token"])
    assert revoked.json["error"] == "invalid_grant"
    assert shop.is_valid(tokens["access_token"])


@pytest.mark.parametrize("redirect", [f"{REDIRECT}/", "https://evil.example.com", "", None])
def test_a_mixed_up_redirect_at_the_token_call(shop, redirect):
    assert shop.redeem(shop.code(), redirect_uri=redirect).json["error"] == "invalid_grant"


def test_a_code_that_is_too_old(shop, monkeypatch):
    code = shop.code()
    monkeypatch.setattr("clova_flask.linking.times.now", lambda: NOW() + 301)
    assert shop.redeem(code).json["error"] == "invalid_grant"


@pytest.mark.parametrize("code", ["", "evil", "한글", "\x00", "x" * 60_000, None])
def test_an_unknown_code(shop, code):
    assert shop.redeem(code).status_code == 400


WRONG = {
    "wrong secret": {"auth": ("clova-of-pizza", "wrong")},
    "empty secret": {"auth": ("clova-of-pizza", "")},
    "non-ASCII secret": {"headers": basic("clova-of-pizza", "비밀")},
    "unknown client": {"auth": ("evil", "wrong")},
    "no colon": {"headers": {"Authorization": "Basic Y2xvdmE="}},
    "not UTF-8": {"headers": {"Authorization": "Basic //8="}},
    "not base64": {"headers": {"Authorization": "Basic 한글".encode().decode("latin-1")}},
    "no value": {"headers": {"Authorization": "Basic"}},
    "another scheme": {"headers": {"Authorization": "Bearer token"}},
    "digest": {"headers": {"Authorization": 'Digest username="a"'}},
    "NUL": {"headers": basic("clova\x00", "a\x00")},
    "in the body": {"client_id": "clova-of-pizza", "client_secret": "비밀"},
    "no secret": {"client_id": "clova-of-pizza"},
    "nothing": {},
}


@pytest.mark.parametrize("path", ["token", "revoke"])
@pytest.mark.parametrize("credentials", WRONG.values(), ids=WRONG)
def test_a_client_that_cannot_prove_itself(shop, credentials, path):
    form = {"code": shop.code(), "redirect_uri": REDIRECT, "token": "a", **credentials}
    answer = shop.call(path, query={"grant_type": "authorization_code"}, **{"auth": None, **form})
    assert (answer.status_code, answer.json["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_the_secret_is_not_taken_from_the_query(shop):
    query = {"grant_type": "authorization_code", "client_id": shop.client_id, "client_secret": shop.secret}
    assert shop.call(auth=None, query=query, code=shop.code(), redirect_uri=REDIRECT).status_code == 401


@pytest.mark.parametrize("grant", ["password", "client_credentials", "implicit", "비밀", "", None])
def test_another_grant(shop, grant):
    answer = shop.call(grant_type=grant, username="bora", password="a")
    assert (answer.status_code, answer.json["error"]) == (400, "unsupported_grant_type")


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["token", "revoke"])
def test_another_method(shop, method, path):
    answer = getattr(shop.app.test_client(), method)(f"/clova/link/{path}", base_url=ADDRESS)
    assert answer.status_code == 405


def test_consent_that_the_user_did_not_give(shop):
    """A page of somebody else posts the form from the user's own browser."""
    evil = shop.browser("さくら")
    for proof in ("", "evil", "한글", proof_in(shop.open(evil))):
        answered = shop.answer(proof)
        assert is_asked_again(answered)
    # The page that it leads to can be answered.
    page = shop.browser().get(answered.location, base_url=ADDRESS)
    assert '<p class="note" role="alert">페이지가 오래되었거나 로그인한 계정이 바뀌었습니다.' in page.text
    assert shop.answer(proof_in(page)).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [{"state": "other"}, {"scope": "orders admin"}, {"redirect_uri": f"{REDIRECT}/"}, {"client_id": "b"}],
    ids=["state", "scope", "redirect", "client"],
)
def test_a_proof_for_another_request(shop, changes):
    shop.provider.make_client("b")
    assert is_asked_again(shop.answer(proof_in(shop.open()), **changes))


def test_a_proof_that_is_too_old(shop, monkeypatch):
    proof = proof_in(shop.open())
    timestamp = "itsdangerous.timed.TimestampSigner.get_timestamp"
    monkeypatch.setattr(timestamp, lambda _signer: NOW() + 601)
    assert is_asked_again(shop.answer(proof))


def test_nobody_is_signed_in(shop):
    page = shop.open(shop.browser(None))
    assert page.status_code == 302
    assert page.location.startswith("/login?next=%2Fclova%2Flink%2Fauthorize%3F")
    assert shop.answer("proof", shop.browser(None)).location.startswith("/login?next=")


@pytest.mark.parametrize(
    "prefix", ["//evil.example.com", "/\\evil.example.com", "/\t/evil.example.com", "/\n/evil.example.com"]
)
def test_the_way_back_stays_on_the_site(make_shop, prefix):
    shop = make_shop(CLOVA_URL_PREFIX="/<path:tenant>/clova")
    path = {"PATH_INFO": f"{prefix}/clova/link/authorize"}
    page = shop.browser(None).get(query_string=shop.query(), base_url=ADDRESS, environ_overrides=path)
    if page.status_code == 302:  # Werkzeug itself sends two slashes to one
        with shop.app.test_request_context(query_string={"next": parameters(page.location)["next"]}):
            assert next_url("refused") != "refused"
    else:
        assert page.status_code == 308
        assert page.location.startswith(f"{ADDRESS}/evil.example.com/clova/link/authorize?")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("/clova/link/authorize?state=%2F%2Fa", None),
        ("/설정?이름=보라", None),
        ("/", None),
        ("", "/"),
        ("clova", "/"),
        ("https://evil.example.com", "/"),
        ("//evil.example.com", "/"),
        ("///evil.example.com", "/"),
        ("/\\evil.example.com", "/"),
        ("\\\\evil.example.com", "/"),
        ("/\t/evil.example.com", "/"),
        ("/\n/evil.example.com", "/"),
        (" //evil.example.com", "/"),
        ("javascript:alert(1)", "/"),
        ("http:/evil.example.com", "/"),
        ("/\x00", "/"),
        ("/ /evil.example.com", "/"),
        ("/\x7f/evil.example.com", "/"),
        ("//[", "/"),
    ],
)
def test_next_of_a_login_page(shop, given, expected):
    with shop.app.test_request_context("/login", query_string={"next": given}):
        assert next_url() == (given if expected is None else expected)
    with shop.app.test_request_context("/login", method="POST", data={"next": given}):
        assert next_url("/계정") == (given if expected is None else "/계정")


@pytest.mark.parametrize(
    "name", ["client_id", "redirect_uri", "response_type", "scope", "state", "proof", "x"]
)
def test_parameters_of_64_kilobytes(shop, name):
    long = "가" * 22_000
    assert shop.open(**{name: long}).status_code == 400
    form = {**shop.query(), "proof": "p", name: long}
    for body in (form, {name: "x" * 200_000}):
        answered = shop.browser().post("/clova/link/authorize", data=body, base_url=ADDRESS)
        assert 400 <= answered.status_code < 500


@pytest.mark.parametrize(
    "name", ["code", "redirect_uri", "grant_type", "refresh_token", "token", "scope", "x"]
)
def test_calls_of_64_kilobytes(shop, name):
    for path in ("token", "revoke"):
        for grant in ("authorization_code", "refresh_token"):
            for size in (60_000, 200_000):
                answer = shop.call(path, **{"grant_type": grant, name: "x" * size})
                assert answer.status_code < 500


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe=%ff", b"%", b"a" * 1000, b"code=%00&code=%ff"])
@pytest.mark.parametrize(
    "kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_bodies_that_are_no_form(shop, body, kind):
    for path in ("token", "revoke", "authorize"):
        answer = shop.browser().post(
            f"/clova/link/{path}",
            query_string={"grant_type": "authorization_code"},
            data=body,
            content_type=kind,
            base_url=ADDRESS,
            headers=basic(shop.client_id, shop.secret),
        )
        assert 400 <= answer.status_code < 500


def test_http_behind_a_proxy_is_told(shop):
    over_http = {"base_url": "http://pizza.example.com"}
    browser = shop.app.test_client()
    token = browser.post("/clova/link/token", data={"grant_type": "authorization_code"}, **over_http)
    assert (token.status_code, token.json["error"]) == (400, "insecure_transport")
    assert "ProxyFix" in token.json["error_description"]
    assert browser.post("/clova/link/revoke", data={"token": "a"}, **over_http).status_code == 400
    page = browser.get("/clova/link/authorize", query_string=shop.query(), **over_http)
    assert page.status_code == 400
    assert "ProxyFix" in page.text


def test_nothing_secret_is_logged(shop, caplog):
    caplog.set_level("DEBUG")
    code = shop.code()
    tokens = shop.redeem(code).json
    renewed = shop.refresh(tokens["refresh_token"]).json
    shop.redeem(code)
    shop.redeem(code, auth=("evil", shop.secret))
    shop.is_valid(tokens["access_token"])
    shop.call("revoke", token=renewed["access_token"])
    secrets = [
        code,
        shop.secret,
        *(answer[f"{k}_token"] for answer in (tokens, renewed) for k in ("access", "refresh")),
    ]
    assert [secret for secret in secrets if secret in caplog.text] == []
    assert "Issue token <tokens>" in caplog.text


def test_nothing_secret_is_stored(shop, tmp_path):
    code = shop.code()
    tokens = shop.redeem(code).json
    (stored,) = [path.read_bytes() for path in tmp_path.rglob("*.db")]
    secrets = [code, shop.secret, tokens["access_token"], tokens["refresh_token"]]
    assert [secret for secret in secrets if secret.encode() in stored] == []
    assert b"bora" in stored


def NOW():  # noqa: N802
    import time

    return int(time.time())
