"""The pages that users see."""

import re

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from jinja2 import DictLoader

from clova_flask import Clova
from clova_flask.linking import AccountLinking
from tests.linking.shop import ADDRESS, Shop, proof_in


def page_in(shop, language, **changes):
    headers = {"Accept-Language": language} if language else {}
    return shop.browser().get(
        "/clova/link/authorize", query_string=shop.query(**changes), headers=headers, base_url=ADDRESS
    )


@pytest.mark.parametrize(
    ("accepted", "language", "question"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko", "NAVER Clova에서 내 계정을 사용하도록 허용할까요?"),
        ("ja", "ja", "NAVER Clovaによるアカウントの利用を許可しますか？"),
        ("en-GB", "en", "Allow NAVER Clova to use your account?"),
        ("fr, ja;q=0.5", "ja", "許可しますか"),
        ("fr", "ko", "허용할까요"),
        ("", "ko", "허용할까요"),
        ("한글\x00;;q=x".encode().decode("latin-1"), "ko", "허용할까요"),
    ],
    ids=["ko", "ja", "en", "second best", "none of ours", "none", "not valid"],
)
def test_the_language_is_the_browsers(shop, accepted, language, question):
    page = page_in(shop, accepted)
    assert f'<html lang="{language}">' in page.text
    assert question in page.text


def test_the_language_without_one_is_the_settings(make_shop):
    shop = make_shop(CLOVA_DEFAULT_LANG="ja")
    assert '<html lang="ja">' in page_in(shop, None).text


def test_what_is_asked_for_is_shown_and_escaped(shop):
    page = shop.open(scope="orders <script>alert(1)</script>")
    assert "<li>orders</li>" in page.text
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text


def test_the_page_is_for_phones_and_loads_nothing(shop):
    page = shop.open()
    assert '<meta name="viewport" content="width=device-width' in page.text
    assert not re.search(r"(src|href|action)=|url\(|https?:", page.text)


@pytest.mark.parametrize("kind", ["consent", "answered too late", "error"])
def test_headers_of_the_pages(shop, kind):
    pages = {
        "consent": lambda: shop.open(),
        "answered too late": lambda: shop.answer("evil"),
        "error": lambda: shop.open(client_id="evil"),
    }
    page = pages[kind]()
    policy = dict(part.strip().split(" ", 1) for part in page.headers["Content-Security-Policy"].split(";"))
    back = "" if kind == "error" else " https://prod-ni-cic.clova.ai"
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["form-action"] == f"'self'{back}"
    assert "script-src" not in policy
    (nonce,) = re.findall(r"'nonce-([\w-]+)'", policy["style-src"])
    assert f'<style nonce="{nonce}">' in page.text
    assert nonce not in pages[kind]().text
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"


def test_form_action_is_of_this_requests_redirect(shop):
    tool = "https://tool.example.com:8443/back"
    shop.provider.make_client("tool", redirect_uris=(tool,))
    page = shop.open(client_id="tool", redirect_uri=tool)
    policy = page.headers["Content-Security-Policy"]
    assert "form-action 'self' https://tool.example.com:8443;" in policy
    assert "clova.ai" not in policy


def test_the_error_page_tells_the_developer_too(shop):
    page = page_in(shop, "ja", client_id="evil")
    assert page.status_code == 400
    assert "アカウントを連携できません" in page.text
    assert "invalid_client" in page.text


def test_the_apps_own_template_wins(shop):
    own = '{{ texts.title }} {{ client }} {{ user_id }} {{ scopes }} <input name="proof" value="{{ proof }}">'
    shop.app.jinja_loader = DictLoader({"clova_flask/consent.html": own})
    page = shop.open()
    assert page.text.startswith("계정 연결 NAVER Clova bora [&#39;orders&#39;] ")
    assert shop.answer(proof_in(page)).status_code == 302


def test_the_apps_own_texts(tmp_path):
    clova = Clova()
    texts = {"ko": {"title": "피자 계정 연결", "question": "{client}에 {피자}를?"}}
    shop = Shop(tmp_path, clova=clova, linking=AccountLinking(clova, texts=texts)).declare()
    page = page_in(shop, "ko")
    assert "<h1>피자 계정 연결</h1>" in page.text
    assert "NAVER Clova에 {피자}를?" in page.text
    assert "<h1>アカウント連携</h1>" in page_in(shop, "ja").text
    shop.provider.store.engines.engine.dispose()


def test_the_key_may_be_replaced_while_a_page_is_open(shop):
    proof = proof_in(shop.open())
    shop.app.config.update(SECRET_KEY="새 비밀", SECRET_KEY_FALLBACKS=["비밀"])
    assert shop.answer(proof).status_code == 302
    shop.app.config["SECRET_KEY_FALLBACKS"] = []
    assert shop.answer(proof).status_code == 400
