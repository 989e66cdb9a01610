"""Account linking through the console, with a server that clova-flask makes and a browser that consents."""

import re
import time
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import redirect, request

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("authlib")

from clova_flask.devtools.console.linking.records import LinkedAccount, LinkingRun, LinkingStep
from tests.devtools.console.browser import Browser
from tests.devtools.console.linking.shop import (
    BACK,
    PASSWORD,
    asked_url,
    begin,
    kept,
    link,
    page_of,
    press,
    steps,
)


def test_what_is_missing_is_told_with_its_place(browser, register):
    register()
    page = page_of(browser)
    assert (
        "Fill in first: Account linking Authorization URL Client ID Access token URI Client secret"
        in page.text
    )
    assert "/extensions/1/server#client_id" in page.links
    assert [form.action for form in page.forms if form.action.endswith("begin")] == []


def test_the_address_to_register_and_the_command_are_shown(browser, register):
    register()
    assert f"clova linking client --redirect-uri {BACK}" in page_of(browser).text


def test_the_request_is_the_platforms(browser, extension, shop):
    page = begin(browser)
    asked = parse_qs(urlsplit(asked_url(page)).query)
    assert asked["client_id"] == [shop.client_id]
    assert asked["redirect_uri"] == [BACK]
    assert set(asked) == {"state", "client_id", "response_type", "redirect_uri"}


def test_an_account_is_linked(browser, extension, shop, console):
    page = link(browser, shop)
    assert page.path.startswith("/extensions/1/account/?run=1")
    assert "An account was linked." in page.text
    assert [kind for kind, _ in steps(console)] == ["ask", "redirect", "open", "return", "token"]
    assert "Valid for 3600 s more" in page.text or "Valid for 3599 s more" in page.text
    assert [codes for _, codes in steps(console)] == [[]] * 5


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("HTTP Basic (Recommended)", "Authorization: ••••••••"),
        ("Credentials in request body", "client_secret=••••••••"),
    ],
)
def test_the_client_authenticates_as_the_settings_say(browser, extension, shop, console, choice, shown):
    browser.get("/extensions/1/server").form("seen").submit(client_authentication=choice)
    link(browser, shop)
    (token,) = [step for step in kept(console) if step.kind == "token"]
    assert shown.replace("••••••••", "Basic ••••••••" if "Basic" in choice else "••••••••") in token.asked


def test_nothing_secret_is_kept_in_steps_or_shown(browser, extension, shop, console, caplog):
    caplog.set_level(0)
    link(browser, shop)
    for kind in ("refresh", "use", "wrong_code", "wrong_secret", "revoke", "used_code"):
        press(browser, kind)
    (account,), (run,) = kept(console, LinkedAccount), kept(console, LinkingRun)
    secrets = [account.access_token, account.refresh_token, run.code, shop.secret]
    assert all(len(secret) > 20 for secret in secrets)
    texts = [page_of(browser).html, caplog.text]
    texts += [f"{step.asked} {step.answer} {step.findings}" for step in kept(console)]
    assert [secret for secret in secrets for text in texts if secret in text] == []


def test_the_user_refuses(browser, extension, shop, console):
    page = link(browser, shop, "refuse")
    assert "The user has refused." in page.text
    assert kept(console, LinkedAccount) == []


def test_a_code_comes_once(browser, extension, shop):
    back = shop.consent(asked_url(begin(browser))).removeprefix("http://localhost:5050")
    browser.get(back)
    page = browser.get(back)
    assert "It came back before. A code is redeemed once." in page.text


def test_two_presses_begin_one_run_which_comes_back_without_its_state(browser, extension, shop, console):
    form, before = page_of(browser).form_to("begin"), dict(browser.client._cookies)
    form.submit(at_once=True, follow=False)
    browser.client._cookies = before  # the second was sent before the first was answered
    assert form.submit(at_once=True).path.startswith("/extensions/1/account/?run=1")
    assert browser.get("/linking/return?code=1").status == 200
    assert "linking.state" in page_of(browser).text


def test_a_state_that_nobody_waits_for(browser, extension, shop):
    assert browser.get("/linking/return?state=x&code=y").status == 404
    assert browser.get("/linking/return").status == 404


@pytest.mark.parametrize(
    "query", ["code=1", "code=1&state=", "code=1&state=other", "state=other&state=other"]
)
def test_a_server_that_changes_state(browser, extension, shop, console, query):
    begin(browser)
    page = browser.get(f"/linking/return?{query}")
    assert "No account was linked." in page.text
    assert "linking.state" in page.text
    assert kept(console, LinkedAccount) == []


def test_two_browsers_do_not_mix(console, browser, extension, shop):
    other = Browser(console)
    first = asked_url(begin(browser))
    begin(other)
    page = browser.get(shop.consent(first).removeprefix("http://localhost:5050"))
    assert "An account was linked." in page.text
    assert [run.outcome for run in kept(console, LinkingRun)] == ["linked", "waiting"]


def test_who_comes_back_too_late(browser, extension, shop, console, monkeypatch):
    back = shop.consent(asked_url(begin(browser))).removeprefix("http://localhost:5050")
    monkeypatch.setattr("clova_flask.devtools.console.linking.flows.STATE_SECONDS", -1)
    assert "linking.state-expired" in browser.get(back).text
    assert kept(console, LinkedAccount) == []


def test_refreshing(browser, extension, shop, console):
    link(browser, shop)
    (before,) = kept(console, LinkedAccount)
    page = press(browser, "refresh")
    (after,) = kept(console, LinkedAccount)
    assert before.access_token != after.access_token
    assert steps(console)[-1] == ("refresh", [])
    assert "Another access token" in page.text


def test_a_message_with_the_token(browser, extension, shop, console):
    link(browser, shop)
    page = press(browser, "use")
    assert "보라의 등" in page.text
    assert '"accessToken": "••••••••"' in page.text
    assert steps(console)[-1] == ("use", [])


def test_revocation(browser, extension, shop, console):
    link(browser, shop)
    form = page_of(browser).form_to("revoke")
    assert form.values["url"] == [f"{shop.url}/clova/link/revoke"]
    page = form.submit()
    assert steps(console)[-2:] == [("revoke", []), ("revoked", [])]
    assert "revoked" in page.text
    assert "InvalidAccessTokenError" in press(browser, "use").text
    assert steps(console)[-1] == ("use", [])


@pytest.mark.parametrize("url", ["", "revoke", "ftp://example.com/", "https://[", "javascript:alert(1)"])
def test_a_revocation_endpoint_that_is_none(browser, extension, shop, url):
    link(browser, shop)
    assert "The revocation endpoint must be a URL" in press(browser, "revoke", url=url).text


def test_what_must_be_refused(browser, extension, shop, console):
    link(browser, shop)
    for kind in ("wrong_code", "wrong_secret", "foreign_redirect", "used_code"):
        press(browser, kind)
        assert steps(console)[-1] == (kind, [])
    assert "InvalidAccessTokenError" in press(browser, "use").text
    assert steps(console)[-1] == ("use", ["linking.token-refused"]), "the second use ended the link"


def test_a_token_that_has_expired_is_told(browser, extension, shop, console, monkeypatch):
    link(browser, shop)
    later = time.time() + 4000
    monkeypatch.setattr("time.time", lambda: later)
    page = press(browser, "use")
    assert "expired" in page.text
    assert "ExpiredAccessTokenError" in page.text
    assert steps(console)[-1] == ("use", [])


def test_forgetting(browser, extension, shop, console):
    link(browser, shop)
    page = press(browser, "forget")
    assert "None yet." in page.text
    assert kept(console, LinkedAccount) == []


def test_forgetting_ends_its_tests(browser, extension, shop):
    link(browser, shop)
    page = press(browser, "speak")
    assert "보라의 등" in page.text
    control = browser.get("/extensions/1/home/appliance?id=lamp-1&action=TurnOn").form("action")
    press(browser, "forget")
    page = browser.get("/extensions/1/home/")
    assert "보라의 등" not in page.text
    assert not any(form.action.endswith("/home/forget") for form in page.forms)
    assert control.submit().status == 404


def test_forgetting_leaves_a_token_that_was_entered(browser, extension, shop):
    link(browser, shop)
    browser.get("/extensions/1/home/").form("access_token").submit(access_token="another")
    press(browser, "forget")
    assert "Forget the token" in browser.get("/extensions/1/home/").text


def test_the_linked_account_is_what_a_home_is_discovered_with_first(browser, extension, shop):
    link(browser, shop)
    page = browser.get("/extensions/1/home/")
    assert re.findall(r'class="btn btn-primary">([^<]+)<', page.html) == ["Discover with the linked account"]


def test_deleting_the_extension_deletes_all_of_it(browser, extension, shop, console):
    link(browser, shop)
    browser.get("/extensions/1/delete").form().submit()
    assert [kept(console, record) for record in (LinkedAccount, LinkingRun, LinkingStep)] == [[], [], []]


class TestInTests:
    """The linked account in the pages of tests."""

    @pytest.fixture
    def bot(self, browser, register, shop):
        register()
        browser.get("/extensions/1/server").form("seen").submit(
            endpoint_url=f"{shop.url}/clova",
            account_linking="yes",
            linking_policy_url="https://example.com/policy",
            **shop.settings(),
        )

    def speak(self, browser, **values):
        return page_of(browser).form_to("speak").submit(**values)

    def test_a_conversation(self, browser, bot, shop, console):
        assert "계정을 연결해 주세요." in self.launch(browser).text
        assert "Talk as the linked account" not in browser.get("/extensions/1/test/").text
        link(browser, shop)
        browser.get("/extensions/1/test/").form_to("speak").submit()
        page = self.launch(browser)
        assert "보라님, 어서 오세요." in page.text
        (account,) = kept(console, LinkedAccount)
        assert account.access_token not in page.html

    def launch(self, browser):
        return browser.get("/extensions/1/test/").form("line").submit(line="/launch")

    def test_a_home(self, browser, extension, shop):
        link(browser, shop)
        page = browser.get("/extensions/1/home/").form_to("speak").submit()
        assert page.path == "/extensions/1/home/"
        assert "보라의 등" in page.text

    def test_an_expired_token_is_refreshed_first(self, browser, bot, shop, console):
        link(browser, shop)
        (before,) = kept(console, LinkedAccount)
        assert "Tests refresh it before they use it next." in page_of(browser).form_to("expire").submit().text
        self.speak(browser)
        assert "보라님" in self.launch(browser).text
        (after,) = kept(console, LinkedAccount)
        assert before.access_token != after.access_token
        assert not after.is_taken_for_expired
        assert steps(console)[-1] == ("refresh", [])
        for path in ("/extensions/1/test/", "/extensions/1/test/history"):
            assert after.access_token not in browser.get(path).html

    def test_it_expires_in_the_middle(self, browser, bot, shop, console, monkeypatch):
        link(browser, shop)
        self.speak(browser)
        self.launch(browser)
        later = time.time() + 4000
        monkeypatch.setattr("time.time", lambda: later)
        assert "보라님" in self.launch(browser).text
        assert steps(console)[-1] == ("refresh", [])

    def test_what_was_refreshed_elsewhere_is_not_refreshed_again(
        self, browser, bot, shop, console, monkeypatch
    ):
        link(browser, shop)
        self.speak(browser)
        later = time.time() + 4000
        monkeypatch.setattr("time.time", lambda: later)
        press(browser, "refresh")
        assert "보라님" in self.launch(browser).text
        assert [kind for kind, _ in steps(console)].count("refresh") == 1

    def test_without_refreshing(self, browser, extension, shop, monkeypatch):
        link(browser, shop)
        later = time.time() + 4000
        monkeypatch.setattr("time.time", lambda: later)
        form = next(form for form in page_of(browser).forms if "as_it_is" in form.types)
        assert "ExpiredAccessTokenError" in form.submit().text

    def test_a_revoked_token(self, browser, extension, shop, console):
        link(browser, shop)
        press(browser, "revoke")
        assert "InvalidAccessTokenError" in self.speak(browser).text
        page_of(browser).form_to("expire").submit()
        page = self.speak(browser)
        assert "the app did not refresh it" in page.text
        (account,) = kept(console, LinkedAccount)
        assert account.refresh_token not in page.html

    def test_it_was_forgotten_meanwhile(self, browser, bot, shop, make_console, monkeypatch):
        link(browser, shop)
        self.speak(browser)
        press(Browser(make_console()), "forget")
        later = time.time() + 4000
        monkeypatch.setattr("time.time", lambda: later)
        assert "The linked account was forgotten." in self.launch(browser).text

    def test_no_account_is_linked(self, browser, bot, shop):
        link(browser, shop)
        form = page_of(browser).form_to("speak")
        press(browser, "forget")
        assert form.submit().status == 409


class TestWithoutABrowser:
    """The pages are answered in the console, with the platform's own redirect URL."""

    def walk(self, browser):
        return page_of(browser).form_to("walk").submit()

    def sign_in(self, page, password=PASSWORD):
        return page.form("field-password").submit(**{"field-name": "bora", "field-password": password})

    def test_an_account_is_linked(self, browser, extension, shop, console, caplog):
        caplog.set_level(0)
        page = self.walk(browser)
        assert "로그인 피자" in page.text
        assert "<b>피자" not in page.html
        page = self.sign_in(page)
        assert ("button", "0") in page.form("button").buttons
        page = page.form_to("press").submit(button=self.button(page, "allow"))
        assert "An account was linked." in page.text
        assert [kind for kind, _ in steps(console)] == [
            "ask", "redirect", "open", "press", "open", "press", "return", "token",
        ]  # fmt: skip
        assert [codes for _, codes in steps(console) if codes] == []
        (run,) = kept(console, LinkingRun)
        assert run.redirect_url == "https://prod-ni-cic.clova.ai/v1/al/token"
        texts = [page.html, caplog.text, *(f"{step.asked} {step.answer}" for step in kept(console))]
        assert [text for text in texts if PASSWORD in text or run.code in text or "%EB%B9%84" in text] == []

    @staticmethod
    def button(page, value):
        number = re.search(rf'name="button" value="(\d+)">{value}<', page.html)[1]
        return "button", number

    def test_the_user_refuses(self, browser, extension, shop, console):
        page = self.sign_in(self.walk(browser))
        assert (
            "The user has refused." in page.form_to("press").submit(button=self.button(page, "refuse")).text
        )

    def test_a_wrong_password(self, browser, extension, shop):
        page = self.sign_in(self.walk(browser), "틀림")
        assert "로그인 피자" in page.text
        assert "The browser has not come back." in page.text
        assert ("button", "0") in self.sign_in(page).form("button").buttons

    def test_a_form_that_is_sent_by_get(self, browser, extension, shop, console):
        page = self.walk(browser)
        form = page.form("field-words")
        assert form.submit(button=("button", "0"), **{"field-words": "치즈"}).status == 200
        (last,) = kept(console)[-1:]
        assert last.asked.startswith(f"GET {shop.url}/search?words=%EC%B9%98%EC%A6%88&sort=new")
        assert [code for code, _ in last.findings] == ["linking.page-status"]
        assert "It has no form that could be filled in here." in page_of(browser).text

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("password", ["hunter2-secret", "k7", "k7&", "암호"])
    def test_a_password_is_kept_nowhere(
        self, browser, extension, shop, console, monkeypatch, method, password
    ):
        fields = '<input type="password" name="pin"><button>확인</button>'
        page = f'<form method="{method}" action="/again">{fields}</form>'
        monkeypatch.setattr("tests.devtools.console.linking.shop.LOGIN_PAGE", page)

        @shop.app.route("/again", methods=["GET", "POST"])
        def again():
            if "before" in request.args:
                return f"틀림: {request.args['before']} {page}"
            return redirect(f"/again?before={quote(request.values['pin'])}")

        shown = self.walk(browser).form("field-pin").submit(**{"field-pin": password})
        assert "틀림: ••••" in shown.text
        texts = [shown.html, *(f"{step.asked} {step.answer} {step.findings}" for step in kept(console))]
        written = re.compile(rf"(?<!\w)({re.escape(password)}|{re.escape(quote(password))})(?!\w)")
        assert [text for text in texts if written.search(text)] == []
        assert any("/again?before=••••" in text for text in texts)

    @pytest.mark.parametrize("form", ["9", "-1", "x", ""])
    def test_a_form_that_is_not_there(self, browser, extension, shop, form):
        page = self.walk(browser)
        assert page.form("field-password").submit(form=form).status == 200

    def test_pages_that_are_gone(self, browser, make_console, extension, shop):
        form = self.walk(browser).form("field-password")
        self.walk(browser)
        assert "The pages are not open any more." in form.submit().text

    def test_of_an_extension_that_was_deleted(self, browser, extension, register, shop):
        self.walk(browser)
        browser.get("/extensions/1/delete").form().submit()
        register(kind="home", extension_id="com.example.another", name="다른 집")
        assert page_of(browser).status == 404
        assert browser.get("/extensions/2/account/").status == 200

    def test_of_another_extension(self, browser, extension, register, shop):
        page = self.walk(browser)
        csrf = page.form("field-password").values
        register()
        assert browser.post("/extensions/2/account/runs/1/press", csrf).status == 404

    def test_without_settings(self, browser, register):
        register(kind="home")
        csrf = page_of(browser).forms[0].values
        assert browser.post("/extensions/1/account/walk", csrf).status == 409
