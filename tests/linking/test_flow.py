"""A link from consent to token, by clients that others wrote."""

import base64
import hashlib
from urllib.parse import urlsplit

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

import requests
from authlib.integrations.requests_client import OAuth2Session
from requests.adapters import BaseAdapter

from tests.linking.shop import ADDRESS, REDIRECT, STATE, basic, parameters

AUTHORIZE = f"{ADDRESS}/clova/link/authorize"
TOKEN = f"{ADDRESS}/clova/link/token"
VERIFIER = "가나다".encode().hex() * 3


class InProcess(BaseAdapter):
    """Sends what `requests` sends to an app in this process."""

    def __init__(self, app):
        super().__init__()
        self.app = app

    def send(self, request, **_options):
        parts = urlsplit(request.url)
        answer = self.app.test_client().open(
            parts.path,
            method=request.method,
            query_string=parts.query,
            headers=dict(request.headers),
            data=request.body,
            base_url=f"{parts.scheme}://{parts.netloc}",
        )
        response = requests.Response()
        response.status_code, response._content = answer.status_code, answer.data
        response.headers.update(answer.headers)
        response.request, response.url = request, request.url
        return response

    def close(self):
        pass


def test_a_link_from_consent_to_speech(shop):
    sent_to = shop.consent()
    got = parameters(sent_to)
    assert sent_to.startswith(f"{REDIRECT}?")
    assert (got["state"], got["token_type"]) == (STATE, "Bearer")
    answer = shop.redeem(got["code"])
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.json.keys() == {"access_token", "refresh_token", "token_type", "expires_in", "scope"}
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 3600)
    assert shop.speech(answer.json["access_token"]) == "보라님, 안녕하세요."
    assert shop.is_valid(answer.json["access_token"])


def test_an_account_with_a_japanese_id(shop):
    assert shop.speech(shop.link("さくら")["access_token"]) == "さくら님, 안녕하세요."


@pytest.mark.parametrize("redirect", [REDIRECT, f"{REDIRECT}/"])
def test_both_spellings_of_the_platforms_url(shop, redirect):
    code = shop.code(redirect_uri=redirect)
    assert shop.redeem(code, redirect_uri=redirect).status_code == 200


def test_lines_url(make_shop):
    shop = make_shop(CLOVA_PLATFORM="line")
    redirect = "https://clova-cic.line-apps.com/v1/al/token"
    assert shop.open().status_code == 400
    assert shop.consent(redirect_uri=redirect).startswith(f"{redirect}?code=")


def test_refused(shop):
    got = parameters(shop.consent(decision="refuse"))
    assert (got["error"], got["state"], "code" in got) == ("access_denied", STATE, False)


@pytest.mark.parametrize("where", ["query", "form", "both"])
def test_the_grant_type_in_query_or_form(shop, where):
    grant = {"grant_type": "authorization_code"}
    query = grant if where != "form" else None
    form = grant if where != "query" else {}
    answer = shop.call(query=query, code=shop.code(), redirect_uri=REDIRECT, **form)
    assert answer.status_code == 200


def test_credentials_in_the_body(shop):
    credentials = {"client_id": shop.client_id, "client_secret": shop.secret}
    assert shop.redeem(shop.code(), auth=None, **credentials).status_code == 200


@pytest.mark.parametrize("encoded", [True, False])
@pytest.mark.parametrize("client_id", ["https://clova.example.com:8443/a?b=c", "피자 + 100%", "a:b:c"])
def test_a_client_id_of_any_kind_in_basic(make_shop, client_id, encoded):
    shop = make_shop()
    client_id, secret = shop.provider.make_client(client_id)
    sent = requests.utils.quote(client_id, safe="") if encoded else client_id
    answer = shop.redeem(shop.code(client_id=client_id), auth=None, headers=basic(sent, secret))
    assert answer.status_code == 200


def test_a_client_id_of_2048_characters(shop):
    client_id = f"https://clova.example.com/{'x' * 2022}"
    _, secret = shop.provider.make_client(client_id)
    assert len(client_id) == 2048
    answer = shop.redeem(shop.code(client_id=client_id), auth=(client_id, secret))
    assert answer.status_code == 200


def test_pkce_is_held_to_when_it_is_sent(shop):
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    asked = {"code_challenge": challenge, "code_challenge_method": "S256"}
    assert shop.redeem(shop.code(**asked), code_verifier=VERIFIER).status_code == 200
    assert shop.redeem(shop.code(**asked)).json["error"] == "invalid_request"
    assert shop.redeem(shop.code(**asked), code_verifier=VERIFIER[::-1]).json["error"] == "invalid_grant"
    assert shop.redeem(shop.code(), code_verifier=VERIFIER).json["error"] == "invalid_request"
    for weak in ({"code_challenge_method": "plain"}, {"code_challenge_method": None}):
        sent_to = shop.open(**{**asked, **weak}).location
        assert parameters(sent_to)["error"] == "invalid_request"


def test_scopes(make_shop):
    shop = make_shop()
    names = [f"scope-{number}" for number in range(16)]
    assert shop.link(scope=" ".join(names[:15]))["scope"] == " ".join(names[:15])
    assert "scope" not in shop.link(scope=None)
    for wrong in (" ".join(names), "한글", 'a"b', "a\x00b"):
        assert parameters(shop.open(scope=wrong).location)["error"] == "invalid_scope"
    client_id, secret = shop.provider.make_client("narrow", scopes=("orders",))
    assert (
        parameters(shop.open(client_id=client_id, scope="orders admin").location)["error"] == "invalid_scope"
    )
    code = shop.code(client_id=client_id, scope="orders")
    assert shop.redeem(code, auth=(client_id, secret)).json["scope"] == "orders"


def test_requests_oauthlib_goes_through_it(shop):
    requests_oauthlib = pytest.importorskip("requests_oauthlib")
    session = requests_oauthlib.OAuth2Session(
        shop.client_id, redirect_uri=REDIRECT, scope=["orders"], auto_refresh_url=TOKEN
    )
    session.mount("https://", InProcess(shop.app))
    url, state = session.authorization_url(AUTHORIZE)
    assert urlsplit(url).path == "/clova/link/authorize"
    sent_to = shop.consent(state=state)
    token = session.fetch_token(TOKEN, authorization_response=sent_to, client_secret=shop.secret)
    assert shop.speech(token["access_token"]) == "보라님, 안녕하세요."
    renewed = session.refresh_token(TOKEN, auth=(shop.client_id, shop.secret))
    assert renewed["access_token"] != token["access_token"]
    assert shop.speech(renewed["access_token"]) == "보라님, 안녕하세요."


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlibs_client_goes_through_it(shop, method):
    session = OAuth2Session(
        shop.client_id,
        shop.secret,
        token_endpoint_auth_method=method,
        redirect_uri=REDIRECT,
        scope="orders",
        code_challenge_method="S256",
        revocation_endpoint_auth_method=method,
    )
    session.mount("https://", InProcess(shop.app))
    url, state = session.create_authorization_url(AUTHORIZE, code_verifier=VERIFIER)
    challenge = parameters(url)["code_challenge"]
    sent_to = shop.consent(state=state, code_challenge=challenge, code_challenge_method="S256")
    token = session.fetch_token(TOKEN, authorization_response=sent_to, code_verifier=VERIFIER)
    assert shop.is_valid(token["access_token"])
    renewed = session.refresh_token(TOKEN)
    assert shop.is_valid(renewed["access_token"])
    revoked = session.revoke_token(f"{ADDRESS}/clova/link/revoke", token=renewed["access_token"])
    assert revoked.status_code == 200
    assert not shop.is_valid(renewed["access_token"])
