"""The pages that users see."""

import re
from urllib.parse import urlencode, urlsplit

import pytest

for package in ("authlib", "sqlalchemy"):
    pytest.importorskip(package)

from flask import after_this_request
from jinja2 import DictLoader

from clova_flask import Clova
from clova_flask.linking import AccountLinking
from tests.linking.shop import ADDRESS, Shop, is_asked_again, parameters, proof_in


def page_in(shop, language, **changes):
    headers = {"Accept-Language": language} if language else {}
    return shop.browser().get(
        "/clova/link/authorize", query_string=shop.query(**changes), headers=headers, base_url=ADDRESS
    )


@pytest.mark.parametrize(
    ("accepted", "language", "question"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko", "NAVER Clova에서 내 계정을 사용하도록 허용할까요?"),
        ("ja", "ja", "NAVER Clovaに、アカウントの利用を許可しますか？"),
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
        "answered too late": lambda: shop.browser().get(shop.answer("evil").location, base_url=ADDRESS),
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


def test_the_error_page_tells_the_user_what_to_do_and_the_developer_what_is_wrong(shop):
    page = page_in(shop, "ja", client_id="evil")
    assert page.status_code == 400
    assert "<h1>アカウントを連携できません</h1>" in page.text
    assert "アプリに戻り、アカウント連携を最初からやり直してください。" in page.text
    assert "<code>invalid_client</code> The client does not exist on this server." in page.text
    assert "flask clova linking client" in page.text
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", page.text), "what the log can be searched for"
    # What was sent is shown to the developer alone: anybody can write a link with a text in it.
    assert "<details>" in page.text
    assert "evil" not in page.text


def test_the_error_page_shows_the_developer_what_was_sent(shop):
    shop.app.debug = True
    page = shop.open(redirect_uri=f"https://evil.example.com/<b>{'x' * 500}")
    assert "<details open>" in page.text
    assert "<code>https://evil.example.com/&lt;b&gt;xxx" in page.text
    assert "x" * 201 not in page.text


def test_the_account_is_named(shop):
    assert "로그인한 계정" not in shop.open().text
    shop.linking.account_name(lambda account: f"<{account['name']}@example.com>")
    page = page_in(shop, "en")
    assert re.search(r"Signed in as</h2>\s+<p class=.name.>&lt;보라@example.com&gt;<", page.text)


@pytest.mark.parametrize("name", [lambda account: None, lambda account: ""], ids=["None", "empty"])
def test_an_account_without_a_name(shop, name):
    shop.linking.account_name(name)
    assert "로그인한 계정" not in shop.open().text


def test_an_account_that_is_gone_has_no_name(shop):
    shop.linking.account_name(lambda account: account["name"])
    page = shop.open(shop.browser("nobody"))
    assert (page.status_code, "로그인한 계정" in page.text) == (200, False)


def test_async_functions_of_the_app(make_shop):
    pytest.importorskip("asgiref")
    shop = make_shop()

    async def name(account):
        return account["name"]

    shop.linking.account_name(name)
    assert '<p class="name">보라</p>' in shop.open().text


class TestSigningInAsSomebodyElse:
    @pytest.fixture
    def shop(self, shop):
        @shop.linking.sign_out
        def sign_out():
            @after_this_request
            def forget(response):
                response.delete_cookie("who", domain="pizza.example.com")
                return response

        return shop

    def test_the_app_signs_out_and_the_login_page_comes_back_to_the_question(self, shop):
        browser = shop.browser()
        page = shop.open(browser)
        assert 'name="decision" value="switch"' in page.text
        answered = shop.answer(proof_in(page), browser, decision="switch")
        assert answered.status_code == 303
        assert urlsplit(answered.location).path == "/login"
        back = urlsplit(parameters(answered.location)["next"])
        assert (back.scheme, back.netloc, back.path) == ("", "", "/clova/link/authorize")
        assert parameters(back.geturl()) == shop.query()
        browser.set_cookie("who", "さくら".encode().hex(), domain="pizza.example.com")
        assert browser.get(back.geturl(), base_url=ADDRESS).status_code == 200

    def test_no_other_site_signs_the_user_out(self, shop):
        browser = shop.browser()
        for proof in ("", "evil", proof_in(shop.open(shop.browser("さくら")))):
            assert is_asked_again(shop.answer(proof, browser, decision="switch"))
        assert shop.open(browser).status_code == 200

    def test_the_note_that_something_was_in_vain_does_not_come_back_with_the_user(self, shop):
        browser = shop.browser()
        page = browser.get(shop.answer("", browser).location, base_url=ADDRESS)
        answered = browser.post(
            "/clova/link/authorize",
            query_string=f"{urlencode(shop.query())}&again=1",
            data={"proof": proof_in(page), "decision": "switch"},
            base_url=ADDRESS,
        )
        assert "again" not in parameters(parameters(answered.location)["next"])


def test_without_a_way_to_sign_out_there_is_no_button_for_it(shop):
    page = shop.open()
    assert 'value="switch"' not in page.text
    # Somebody posts it all the same: it is no consent.
    assert parameters(shop.answer(proof_in(page), decision="switch").location)["error"] == "access_denied"


def test_an_account_that_is_linked_is_told_so(shop):
    assert "이미 연결된 계정입니다" not in shop.open().text
    shop.code()
    assert "이미 연결된 계정입니다" not in shop.open().text, "the platform has not fetched its tokens"
    shop.link()
    assert "이미 연결된 계정입니다" in shop.open().text
    assert "이미 연결된 계정입니다" not in shop.open(shop.browser("さくら")).text
    shop.provider.make_client("tool", title="도구")
    assert "이미 연결된 계정입니다" not in shop.open(client_id="tool").text


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
    shop.provider.store.database.engine.dispose()


def test_the_key_may_be_replaced_while_a_page_is_open(shop):
    proof = proof_in(shop.open())
    shop.app.config.update(SECRET_KEY="새 비밀", SECRET_KEY_FALLBACKS=["비밀"])
    assert shop.answer(proof).status_code == 302
    shop.app.config["SECRET_KEY_FALLBACKS"] = []
    assert is_asked_again(shop.answer(proof))
