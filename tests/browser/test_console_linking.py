"""The console links an account of the sample app, in a real browser, and controls its home with the token."""

import threading

import pytest

from tests.browser.programs import require_browser

require_browser()
pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from werkzeug.serving import make_server

from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.security.devkey import public_pem
from sample_app import create_app
from sample_app.home.database import EXTENSION
from tests.browser.test_console import ADDRESS, WIDTHS, console  # noqa: F401 - console is a fixture
from tests.browser.town import Town

BACK = f"{ADDRESS}/linking/return"


@pytest.fixture
def sample(console, tmp_path):  # noqa: F811
    """The sample app on the loopback address, with a client that knows the console's redirect URL."""
    with console.app_context():
        key = public_pem(signing_key())
    url = f"sqlite:///{tmp_path}/sample.sqlite"
    app = create_app({"SAMPLE_DATABASE_URL": url, "CLOVA_FURTHER_KEYS": [key]})
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    with app.app_context():
        client = app.extensions["clova_linking"]["clova"].make_client(None, redirect_uris=(BACK,))
    yield f"http://127.0.0.1:{server.server_port}", *client
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions[EXTENSION].close()


@pytest.fixture
def home(sample, page):
    """The sample's home, registered with its account linking."""
    base, client_id, secret = sample
    page.goto(f"{ADDRESS}/register/naver/home")
    page.fill("#extension_id", "com.example.pizzabot")
    page.fill("#name", "보라의 집")
    page.click("main button.btn-primary")
    page.goto(f"{ADDRESS}/extensions/1/account/")
    page.click("main .alert a:has-text('클라이언트 ID')")
    link = f"{base}/clova/link"
    for field, value in {
        "endpoint_url": f"{base}/clova",
        "authorization_url": f"{link}/authorize",
        "client_id": client_id,
        "client_secret": secret,
        "token_url": f"{link}/token?grant_type=authorization_code",
        "refresh_url": f"{link}/token?grant_type=refresh_token",
    }.items():
        page.fill(f"#{field}", value)
    page.click("main form .btn-primary:visible")
    page.wait_for_selector(".alert-success")
    page.goto(f"{ADDRESS}/extensions/1/account/")


def sign_in(page, decision="allow"):
    page.click("button:has-text('시작')")
    page.click("a:has-text('인가 페이지 열기')")
    Town.sign_in(page, "bora")
    page.click(f"[value={decision}]")
    page.wait_for_url(f"{ADDRESS}/extensions/1/account/?run=*")


def test_an_account_is_linked_and_a_home_controlled(home, page, assert_accessible, shot):
    sign_in(page)
    page.wait_for_selector("text=계정을 연동했습니다.")
    assert page.locator("li .badge.text-bg-danger").count() == 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"console-linked-{width}")
    assert_accessible(page)
    page.click("button:has-text('연동한 계정으로 기기 찾기')")
    page.wait_for_selector("text=거실 조명")
    lamp = page.locator(".card", has_text="거실 조명").first
    lamp.locator("a:has-text('SetBrightness')").click()
    page.locator("#brightness").fill("35")
    page.click("main form button.btn-primary")
    page.wait_for_selector("h3:has-text('SetBrightnessConfirmation')")


def test_what_is_tried_with_the_token(home, page):
    sign_in(page)
    for button, step in {
        "이 토큰으로 메시지 보내기": "액세스 토큰을 넣은 메시지",
        "갱신": "액세스 토큰 갱신",
        "잘못된 코드": "잘못된 코드",
        "철회": "철회 후 갱신",
    }.items():
        page.click(f"main button:text-is('{button}')")
        page.wait_for_selector(f"li strong:text-is('{step}')")
    assert page.locator("li .badge.text-bg-danger").count() == 0
    page.click("button:has-text('연동한 계정으로 기기 찾기')")
    page.wait_for_selector("h2:has-text('InvalidAccessTokenError')")


def test_the_user_refuses(home, page):
    sign_in(page, "refuse")
    page.wait_for_selector("text=사용자가 거부했습니다.")


def test_the_pages_are_answered_in_the_console(home, page, assert_accessible, shot):
    page.click("button:has-text('여기서 페이지에 답하기')")
    page.wait_for_selector("#pages")
    shot(page, "console-linking-pages")
    assert_accessible(page)
    page.fill("[name=field-name]", "bora")
    page.fill("[name=field-password]", "bora-1234")
    page.click("#pages button")
    page.click("#pages button:text-is('allow')")
    page.wait_for_selector("text=계정을 연동했습니다.")
