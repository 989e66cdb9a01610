"""What cannot be done in account linking, and what is not kept."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("authlib")

from clova_flask.devtools.console.linking import calls, store
from clova_flask.devtools.console.linking.records import LinkedAccount, LinkingRun, LinkingStep
from clova_flask.devtools.console.models.understanders import Known
from clova_flask.errors import ModelError
from tests.devtools.console.linking.shop import begin, kept, link, page_of, press, steps


def post(browser, path, **values):
    """Send a form that a page of before had."""
    form = page_of(browser).forms[0].values
    return browser.post(f"/extensions/1/account/{path}", {**form, **values})


def test_a_step_that_there_is_not(browser, extension, shop):
    begin(browser)
    assert post(browser, "runs/1/dance").status == 404
    assert post(browser, "runs/7/refresh").status == 404


def test_without_a_code(browser, extension, shop, console):
    begin(browser)
    assert "In this run no code was redeemed." in post(browser, "runs/1/used_code").text


@pytest.mark.parametrize("path", ["runs/1/refresh", "runs/1/use", "runs/1/revoke", "expire"])
def test_without_an_account(browser, extension, shop, path):
    begin(browser)
    assert "No account is linked." in post(browser, path, url="https://example.com/revoke").text


def test_settings_that_were_removed(browser, extension, shop):
    link(browser, shop)
    browser.get("/extensions/1/server").form("seen").submit(client_id="")
    assert post(browser, "runs/1/refresh").status == 409
    assert "Fill in first: Client ID" in page_of(browser).text


def test_without_an_endpoint(browser, extension, shop):
    link(browser, shop)
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url="")
    assert "Enter the endpoint's URL first" in press(browser, "use").text


def test_an_endpoint_that_is_away(browser, extension, shop, console):
    link(browser, shop)
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url="http://127.0.0.1:9/clova")
    press(browser, "use")
    assert steps(console)[-1] == ("use", ["answer.none"])


def test_a_message_to_a_custom_extension(browser, register, shop, console):
    register()
    browser.get("/extensions/1/server").form("seen").submit(
        endpoint_url=f"{shop.url}/clova",
        account_linking="yes",
        linking_policy_url="https://example.com/policy",
        **shop.settings(),
    )
    link(browser, shop)
    assert "보라님, 어서 오세요." in press(browser, "use").text


def test_a_revocation_that_fails(browser, extension, shop, console):
    link(browser, shop)
    press(browser, "revoke", url=f"{shop.url}/nowhere")
    assert steps(console)[-1] == ("revoke", ["linking.token-status"])
    (account,) = kept(console, LinkedAccount)
    assert not account.is_revoked


def test_a_refresh_that_fails(browser, extension, shop, console):
    link(browser, shop)
    (before,) = kept(console, LinkedAccount)
    browser.get("/extensions/1/server").form("seen").submit(client_secret="another-1234")
    press(browser, "refresh")
    assert steps(console)[-1] == ("refresh", ["linking.token-status"])
    (after,) = kept(console, LinkedAccount)
    assert after.access_token == before.access_token


def test_redirects_that_take_too_long_together(browser, extension, shop, console, monkeypatch):
    monkeypatch.setattr(calls, "BUDGET", -1)
    begin(browser)
    assert steps(console)[-1] == ("open", ["linking.no-answer"])


def test_old_runs_and_steps_are_not_kept(browser, extension, shop, console, monkeypatch):
    monkeypatch.setattr(store, "MAX_RUNS", 2)
    monkeypatch.setattr(store, "MAX_STEPS", 4)
    for _ in range(4):
        begin(browser)
    assert [run.id for run in kept(console, LinkingRun)] == [3, 4]
    for _ in range(3):
        press(browser, "wrong_code")
    mine = [step.kind for step in kept(console, LinkingStep) if step.run_key == 4]
    assert mine == ["open", "wrong_code", "wrong_code", "wrong_code"]
    assert {step.run_key for step in kept(console, LinkingStep)} == {3, 4}
    assert "Earlier runs" in page_of(browser).text


def test_a_refresh_after_its_run_is_gone(browser, extension, shop, console, monkeypatch):
    link(browser, shop)
    monkeypatch.setattr(store, "MAX_RUNS", 1)
    begin(browser)
    page_of(browser).form_to("expire").submit()
    assert "보라의 등" in page_of(browser).form_to("speak").submit().text
    (account,) = kept(console, LinkedAccount)
    assert account.run_key is None
    assert not account.is_taken_for_expired


def test_a_model_that_cannot_be_read(browser, register, shop, monkeypatch):
    register()
    browser.get("/extensions/1/server").form("seen").submit(
        endpoint_url=f"{shop.url}/clova",
        account_linking="yes",
        linking_policy_url="https://example.com/policy",
        **shop.settings(),
    )
    link(browser, shop)

    def fail():
        raise ModelError("model.toml is broken")

    for room in ("linking.speaking", "testing.trying"):
        place = f"clova_flask.devtools.console.{room}.known_of"
        monkeypatch.setattr(place, lambda _version: Known("x", fail))
    page = page_of(browser).form_to("speak").submit()
    assert page.path == "/extensions/1/test/"
    assert "model.toml is broken" in page.text
