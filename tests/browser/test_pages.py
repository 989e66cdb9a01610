"""What users see: in each language, on a small phone and a desk, light and dark, with axe-core's checks."""

import pytest

from tests.browser.programs import require_browser

require_browser()

from clova_flask.testing import CekClient
from tests.browser.town import ADDRESS

LOCALES = ["ko-KR", "ja-JP", "en-GB"]
SCOPES = " ".join(f"https://pizza.example.com/scopes/{name}" for name in ("orders", "addresses", "x" * 60))


@pytest.fixture(params=LOCALES)
def page(request, new_page):
    return new_page(locale=request.param, has_touch=True)


@pytest.fixture
def name(request, page):
    """How the screenshots of a test are called."""
    return f"{request.node.originalname.removeprefix('test_')}-{page.evaluate('navigator.language')}"


def test_the_question(town, page, name, assert_well_made):
    town.ask(page, "bora", scope="orders")
    assert_well_made(page, name)


def test_the_question_with_all_there_is(town, page, name, assert_well_made):
    town.ask(page, "kenta")
    town.choose(page)
    town.ask(page, scope=SCOPES, again="1")
    assert page.locator(".note").count() == 2
    assert_well_made(page, name)


@pytest.mark.parametrize("debug", [False, True], ids=["production", "debug"])
def test_the_error(make_town, page, name, assert_well_made, problems, debug):
    problems.expect("status of 400")
    town = make_town(DEBUG=debug)
    town.ask(page, client_id="x" * 300)
    assert page.is_visible("dl") is debug
    if not debug:
        assert_well_made(page, name)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.is_visible("dl")
    assert "invalid_client" in page.inner_text("dl")
    assert_well_made(page, f"{name}-details-{debug}")


def test_the_login_page(town, page, name, assert_well_made):
    page.goto(f"{ADDRESS}/account/login")
    assert_well_made(page, name)
    town.sign_in(page, "bora", "wrong")
    page.wait_for_selector("[role=alert]")
    assert_well_made(page, f"{name}-wrong")


@pytest.mark.parametrize("user", ["bora", "kenta"])
def test_the_account(town, new_page, assert_well_made, user):
    page = new_page(has_touch=True)
    page.goto(f"{ADDRESS}/account/login")
    town.sign_in(page, user)
    page.wait_for_url("**/account/")
    assert_well_made(page, f"the_account-{user}")
    town.ask(page)
    town.choose(page)
    page.goto(f"{ADDRESS}/account/")
    assert_well_made(page, f"the_account-{user}-linked")
    page.click("form[action*=unlink] button")
    page.wait_for_url("**/account/")
    assert page.query_selector("form[action*=unlink]") is None
    assert (
        CekClient(town.shop, access_token=town.platform.tokens[0]).discover().name
        == "InvalidAccessTokenError"
    )


def test_the_homes(make_town, new_page, assert_well_made):
    town = make_town(SAMPLE_HOME_PAGE=True)
    page = new_page(has_touch=True)
    page.goto(f"{ADDRESS}/home")
    assert_well_made(page, "the_homes")
    page.click("text=Sign in")
    town.sign_in(page, "bora")
    page.wait_for_url("**/home")
    town.ask(page)
    town.choose(page)
    page.goto(f"{ADDRESS}/home")
    assert_well_made(page, "the_homes-linked")
    token = town.platform.tokens[0]
    CekClient(town.shop, access_token=token).control("SetBrightness", "lamp-1", brightness=35)
    page.wait_for_selector("#lamp-1 dd:has-text('35%')")
    assert "거실 조명: 켜짐, 밝기 35%" in page.inner_text("#news")
    page.click("form[action*=unlink] button")
    page.wait_for_selector("text=연결되지 않았습니다")
    assert page.url == f"{ADDRESS}/home"
