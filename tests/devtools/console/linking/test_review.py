"""A review of the console, for the account that is linked there."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("authlib")

from clova_flask.devtools.console.linking.records import LinkedAccount
from tests.devtools.console.linking.shop import kept, link, page_of


def try_endpoint(browser, **values):
    form = browser.get("/extensions/1/release").form_to("tries")
    return form.submit(**values)


def test_the_actions_of_a_home_are_done_when_it_is_asked_for(browser, extension, shop, console):
    assert (
        "Link an account, so that its appliances are reviewed as well"
        in browser.get("/extensions/1/release").text
    )
    link(browser, shop)
    page = try_endpoint(browser)
    assert "It moves what is connected, so ask for it." in page.text
    page = try_endpoint(browser, actions="y")
    assert "lamp-1 TurnOn was answered with DriverInternalError." in page.text
    assert "review.action-failed" in page.text
    (account,) = kept(console, LinkedAccount)
    assert account.access_token not in page.html


def test_a_bot_without_a_valid_token(browser, register, shop):
    register()
    browser.get("/extensions/1/server").form("seen").submit(
        endpoint_url=f"{shop.url}/clova",
        account_linking="yes",
        linking_policy_url="https://example.com/policy",
        **shop.settings(),
    )
    link(browser, shop)
    page = try_endpoint(browser)
    assert "review.token-breaks" not in page.text
    assert "review.link-again" not in page.text


def test_a_token_that_cannot_be_refreshed_is_told(browser, extension, shop):
    link(browser, shop)
    page_of(browser).form_to("revoke").submit()
    page_of(browser).form_to("expire").submit()
    assert "did not refresh it" in try_endpoint(browser).text


@pytest.mark.parametrize(("entered", "is_told"), [("LIGHT", False), ("OVEN", True)])
def test_types_that_discovery_gives_are_entered(browser, extension, shop, entered, is_told):
    browser.get("/extensions/1/appliances").form("seen").submit(add=entered)
    link(browser, shop)
    page = try_endpoint(browser)
    told = "Discovery gives the appliance type LIGHT (lamp-1), which is not entered."
    assert (told in page.text) is is_told
    assert ("/extensions/1/appliances#appliances" in page.links) is is_told
