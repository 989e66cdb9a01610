"""Two versions compared, and the page that the store would make of one."""

import io

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.test_editing import picture
from tests.devtools.console.test_lifecycle import RELEASE, act


def fill(browser, step, **given):
    page = browser.get(f"/extensions/1/{step}").form("seen").submit(**given)
    assert "Saved." in page.text
    return page


def release(browser):
    for action in RELEASE:
        act(browser, action)


def rows(page):
    """Return the rows of what differs: a field, and what each version has."""
    return [line for line in page.html.split("<tr>") if 'class="fw-normal"' in line]


def test_one_version_has_nothing_to_be_compared_with(browser, register):
    register()
    page = browser.get("/extensions/1/versions")
    assert "There is one version." in page.text
    assert 'name="first"' not in page.html


def test_an_update_and_what_users_have(browser, register):
    register()
    fill(browser, "info", invocation_names=["보라 피자", "", ""], audio_player="no")
    fill(browser, "store", description="피자를 주문합니다.\n문의: help@example.com", category="food")
    release(browser)
    assert "No field differs." in browser.get("/extensions/1/versions").text
    fill(
        browser,
        "info",
        name="피자봇 <새> 가게",
        invocation_names=["보라 피자", "보라네", ""],
        audio_player="yes",
    )
    fill(browser, "store", description="")
    page = browser.get("/extensions/1/versions")
    name, invocation, audio, description = rows(page)
    assert "피자봇 가게" in name
    assert "피자봇 &lt;새&gt; 가게" in name
    assert "보라 피자\n보라네" in invocation
    assert audio.index(">No<") < audio.index(">Yes<")
    assert description.index("help@example.com") < description.index("not entered")


def test_any_two_versions(browser, register):
    register()
    for name in ("둘째", "셋째"):
        release(browser)
        fill(browser, "info", name=name)
    (name,) = rows(browser.get("/extensions/1/versions"))
    assert "둘째" in name
    assert "셋째" in name
    (name,) = rows(browser.get("/extensions/1/versions?first=1&second=3"))
    assert "피자봇 가게" in name
    (name,) = rows(browser.get("/extensions/1/versions?first=3&second=1"))
    assert name.index("셋째") < name.index("피자봇 가게")
    assert browser.get("/extensions/1/versions?first=9").status == 404
    assert browser.get("/extensions/1/versions?first=아무거나").status == 200


def test_secrets_are_not_shown(browser, register):
    register()
    release(browser)
    fill(browser, "server", account_linking="yes", client_secret="아무도-모르는-비밀")
    page = browser.get("/extensions/1/versions")
    assert "아무도-모르는-비밀" not in page.html
    assert "••••••••" in page.html


def test_a_home_and_its_appliances(browser, register):
    register(kind="home")
    release(browser)
    page = browser.get("/extensions/1/appliances").form("seen").submit(("more", ""), add="LIGHT")
    page.form("seen").submit(**{"model-LIGHT": "보라 조명 1"})
    page = browser.get("/extensions/1/versions")
    (appliances,) = rows(page)
    assert "LIGHT: 보라 조명 1" in appliances
    assert "Interaction model" not in page.text.split("What is filled in")[1]


def test_models_are_compared(browser, register):
    register()
    browser.get("/extensions/1/model").form("intent").submit(intent="OrderPizza")
    browser.get("/extensions/1/model").form("intent").submit(intent="Cancel")
    release(browser)
    assert "The models are the same." in browser.get("/extensions/1/versions").text
    page = browser.get("/extensions/1/model/intents/OrderPizza")
    page.form("lines").submit(("do", "add"), lines="피자 주문해 줘\n피자 시켜 줘")
    text = browser.get("/extensions/1/versions").text
    assert "피자 시켜 줘" in text
    assert "Cancel" not in text.split("Interaction model")[-1]


@pytest.fixture
def filled(browser, register):
    register()
    fill(browser, "info", invocation_names=["보라 피자", "", ""], provider="보라 피자")
    fill(browser, "server", account_linking="no")
    fill(
        browser,
        "store",
        description="피자를 주문합니다.\n<b>문의</b>: help@example.com",
        summary="피자 주문",
        examples=["보라 피자 시작해줘", "피자 두 판 주문해줘", "주문 취소해줘"],
        keywords="피자, 주문",
        small_icon=[(io.BytesIO(picture(108, 108)), "아이콘.png")],
    )
    fill(browser, "privacy", purchases="yes", personal_data="no", minors="yes")


def test_the_page_of_the_store(browser, filled):
    page = browser.get("/extensions/1/store-page")
    for text in ("보라 피자", "피자 주문", "“피자 두 판 주문해줘”", "피자, 주문", "help@example.com"):
        assert text in page.text
    assert "<b>문의" not in page.html
    for notice in ("No account is needed.", "There are purchases", "Minors may", "No personal data"):
        assert notice in page.text
    assert 'class="store-icon store-icon-small" src="/images/' in page.html


def test_what_the_page_of_the_store_lacks_is_linked_to_its_field(browser, register):
    register(platform="line")
    page = browser.get("/extensions/1/store-page")
    assert 'href="/extensions/1/store#description"' in page.html
    assert 'href="/extensions/1/store#devices"' in page.html
    assert 'href="/extensions/1/review#provider"' in page.html


def test_the_page_of_a_home(browser, register):
    register(kind="home")
    page = browser.get("/extensions/1/store-page")
    assert "An account has to be linked." in page.text
    assert 'href="/extensions/1/page#banner"' in page.html
    assert "In the list" not in page.text
