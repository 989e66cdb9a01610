"""Linking an account of the sample app, as a user does it."""

import re
from time import time

import pytest

from tests.browser.programs import require_browser

require_browser()

from flask import Flask

from clova_flask.testing import CekClient
from tests.browser.town import ADDRESS, HOST, LOGIN, QUESTION, RETURN
from tests.linking.shop import STATE

ACCOUNT = ".name"
LINKED = "이미 연결된 계정입니다"
AGAIN = "페이지가 오래되었거나 로그인한 계정이 바뀌었습니다"


def speech(town):
    return CekClient(town.shop, access_token=town.platform.tokens[-1]).launch().speech


def test_from_the_login_page_to_the_platform(town, page):
    town.ask(page)
    assert page.url.startswith(f"{ADDRESS}/account/login?next=")
    town.sign_in(page, "bora")
    page.wait_for_url(QUESTION)
    assert page.inner_text(".question") == "NAVER Clova에서 내 계정을 사용하도록 허용할까요?"
    assert page.inner_text(ACCOUNT) == "보라 (bora)"
    town.choose(page)
    assert page.inner_text("h1") == "연결되었습니다"
    (returned,) = town.platform.returned
    assert returned.keys() == {"code", "state", "token_type"}
    assert (returned["state"], returned["token_type"]) == (STATE, "Bearer")
    assert speech(town).startswith("보라님, 안녕하세요.")


def test_refused(town, page):
    town.ask(page, "bora")
    town.choose(page, "refuse")
    (returned,) = town.platform.returned
    assert (returned["error"], returned["state"]) == ("access_denied", STATE)


def test_a_wrong_password_then_the_right_one(town, page):
    town.ask(page)
    town.sign_in(page, "bora", "wrong")
    page.wait_for_selector("[role=alert]")
    assert page.inner_text("[role=alert]") == "아이디나 비밀번호가 맞지 않습니다."
    page.reload()
    assert page.query_selector("[role=alert]") is None, "and no question whether to send the form again"
    town.sign_in(page, "bora")
    page.wait_for_url(QUESTION)
    town.choose(page)
    assert speech(town).startswith("보라님")


def test_who_is_signed_in_is_only_asked(town, page):
    page.goto(f"{ADDRESS}/account/login")
    town.sign_in(page, "kenta")
    page.wait_for_url("**/account/")
    town.ask(page)
    assert page.inner_text(ACCOUNT) == "健太 (kenta)"
    town.choose(page)
    assert speech(town).startswith("健太님")


class TestComingBack:
    def test_the_back_button_after_consent(self, town, page):
        town.ask(page, "bora")
        town.choose(page)
        page.go_back()
        page.wait_for_url(QUESTION)
        assert LINKED in page.inner_text(".note")
        assert len(town.platform.returned) == 1, "coming back is no consent"
        page.reload()
        assert LINKED in page.inner_text(".note")
        page.go_forward()
        page.wait_for_url(RETURN)
        assert speech(town).startswith("보라님")

    def test_the_back_button_after_a_refusal(self, town, page):
        town.ask(page, "bora")
        town.choose(page, "refuse")
        page.go_back()
        page.wait_for_url(QUESTION)
        town.choose(page)
        assert [next(iter(returned)) for returned in town.platform.returned] == ["error", "code"]

    def test_reloading_the_question(self, town, page):
        town.ask(page, "bora")
        page.reload()
        town.choose(page)
        assert len(town.platform.tokens) == 1

    def test_a_page_that_was_left_open_too_long(self, town, page, monkeypatch):
        town.ask(page, "bora")
        later = int(time()) + 601
        monkeypatch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", lambda _signer: later)
        town.choose(page, url=f"{QUESTION}&again=1")
        assert AGAIN in page.inner_text("[role=alert]")
        assert town.platform.returned == []
        page.reload()
        town.choose(page)
        assert len(town.platform.tokens) == 1
        page.go_back()
        page.wait_for_url(QUESTION)
        assert page.is_visible("[value=allow]"), "and no question whether to send a form again"


class TestTabs:
    def test_each_has_its_own_state(self, town, new_page):
        first = new_page()
        town.ask(first, "bora", state="first")
        second = new_page(beside=first)
        town.ask(second, state="second")
        town.choose(first)
        town.choose(second)
        returned = town.platform.returned
        assert [one["state"] for one in returned] == ["first", "second"]
        assert returned[0]["code"] != returned[1]["code"]

    def test_another_account_signs_in_in_the_other(self, town, new_page):
        first = new_page()
        town.ask(first, "bora")
        second = new_page(beside=first)
        second.goto(f"{ADDRESS}/account/login")
        town.sign_in(second, "kenta")
        second.wait_for_url("**/account/")
        town.choose(first, url=f"{QUESTION}&again=1")
        assert AGAIN in first.inner_text("[role=alert]")
        assert first.inner_text(ACCOUNT) == "健太 (kenta)"
        assert town.platform.returned == []
        town.choose(first)
        assert speech(town).startswith("健太님")

    def test_the_user_signs_out_in_the_other(self, town, new_page):
        first = new_page()
        town.ask(first, "bora")
        second = new_page(beside=first)
        second.goto(f"{ADDRESS}/account/")
        second.click("form[action$=logout] button")
        second.wait_for_url("**/account/login")
        town.choose(first, url=LOGIN)
        town.sign_in(first, "bora")
        first.wait_for_url(QUESTION)
        town.choose(first)
        assert len(town.platform.tokens) == 1


def test_signing_in_as_somebody_else(town, page):
    town.ask(page, "bora", scope="home")
    town.choose(page, "switch", url=LOGIN)
    page.goto(f"{ADDRESS}/account/")
    page.wait_for_url("**/account/login")  # nobody is signed in
    town.ask(page, "kenta", scope="home")
    assert page.inner_text(ACCOUNT) == "健太 (kenta)"
    town.choose(page)
    assert speech(town).startswith("健太님")


def test_the_keyboard_alone(town, page):
    town.ask(page)
    page.wait_for_selector("[name=name]:focus")
    page.keyboard.type("bora")
    page.keyboard.press("Tab")
    page.keyboard.type("bora-1234")
    page.keyboard.press("Enter")
    page.wait_for_url(QUESTION)
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.value"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    assert reached == ["switch", "allow", "refuse"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(RETURN)
    assert len(town.platform.tokens) == 1


class TestAnotherSite:
    EVIL = "evil.example.org"

    @staticmethod
    def show(serve, html, host=EVIL):
        app = Flask("evil", static_folder=None)
        app.add_url_rule("/", view_func=lambda: f'<!doctype html><html lang="ko"><title>쿠폰</title>{html}')
        return serve(host, app)

    def test_it_cannot_show_the_question_in_a_frame(self, town, page, serve, problems):
        town.ask(page, "bora")
        problems.expect("frame-ancestors 'none'")
        evil = self.show(serve, f'<iframe src="{town.question()}"></iframe>')
        page.goto(evil, wait_until="load")
        page.wait_for_timeout(200)
        (frame,) = page.main_frame.child_frames
        assert frame.url.startswith("chrome-error:")
        assert frame.query_selector("[value=allow]") is None

    @pytest.mark.parametrize("path", ["/account/", "/account/login", "/home"])
    def test_it_cannot_show_the_pages_of_the_sample_in_a_frame(self, make_town, page, serve, problems, path):
        make_town(SAMPLE_HOME_PAGE=True)
        problems.expect("frame-ancestors 'none'")
        page.goto(self.show(serve, f'<iframe src="{ADDRESS}{path}"></iframe>'))
        page.wait_for_timeout(200)
        assert page.main_frame.child_frames[0].url.startswith("chrome-error:")

    @pytest.mark.parametrize(
        ("host", "same_site", "brings_session"),
        [(EVIL, "Lax", False), (EVIL, None, True), ("evil.example.com", "Lax", True)],
        ids=["Lax", "as browsers do for two minutes", "a sister of the host"],
    )
    @pytest.mark.parametrize("decision", ["allow", "switch"])
    def test_its_form_is_no_answer(self, make_town, page, serve, host, same_site, brings_session, decision):
        town = make_town(SESSION_COOKIE_SAMESITE=same_site)
        town.ask(page, "bora")
        action = town.question().replace("&", "&amp;")
        form = (
            f'<form method="post" action="{action}"><input name="proof" value="evil">'
            f'<button name="decision" value="{decision}">쿠폰</button></form>'
        )
        page.goto(self.show(serve, form, host))
        page.click("button")
        # With the session the page asks again; without, the browser is sent to sign in.
        page.wait_for_url(f"{QUESTION}&again=1" if brings_session else LOGIN)
        assert town.platform.returned == []
        town.ask(page)
        assert page.inner_text(ACCOUNT) == "보라 (bora)", "and who was signed in still is"


def test_the_policy_blocks_scripts(town, page, problems):
    town.ask(page, "bora")
    problems.expect("script")
    page.evaluate(
        """const evil = document.createElement("script")
        evil.text = "document.title = 'evil'"
        document.body.append(evil)"""
    )
    assert page.title() == f"계정 연결 · {HOST}"


@pytest.mark.parametrize(
    ("locale", "texts"),
    [
        ("ko-KR", ["계정 연결", "로그인한 계정", "다른 계정으로 로그인", "허용", "취소"]),
        (
            "ja-JP",
            [
                "アカウント連携",
                "ログイン中のアカウント",
                "別のアカウントでログイン",
                "許可する",
                "キャンセル",
            ],
        ),
        ("en-GB", ["Link your account", "Signed in as", "Use another account", "Allow", "Cancel"]),
        ("fr-FR", ["계정 연결", "로그인한 계정", "다른 계정으로 로그인", "허용", "취소"]),
    ],
    ids=["ko", "ja", "en", "another"],
)
def test_the_language_is_the_browsers(town, new_page, locale, texts):
    page = new_page(locale=locale)
    town.ask(page, "bora")
    shown = page.locator("h1, h2, button").all_inner_texts()
    assert shown == texts
    assert re.match(r"\w\w", page.get_attribute("html", "lang"))[0] == (
        "ko" if locale == "fr-FR" else locale[:2]
    )
