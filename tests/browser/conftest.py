"""A real browser, and servers under names of their own.

`serve("pizza.example.com", app)` puts an app at https://pizza.example.com, for the browser of this test.
`new_page(locale="ja-JP", color_scheme="dark")` opens a page in a profile of its own; `page` is one in Korean.
What goes wrong in a page fails its test: what is in its console, what its Content-Security-Policy blocks, and
answers of 400 and more. A test that is about one of these expects it: `problems.expect("frame-ancestors")`.

With CLOVA_TEST_SCREENSHOTS=folder each page is kept as it was at the end of its test, and by `shot`.
"""

import os
import re
import ssl
import threading
from pathlib import Path

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.programs import find_browser

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT = 15_000
SIZES = [(320, 640), (1280, 800)]
MAX_PHONE = 500
MIN_TARGET = 44
SMALL_TARGETS = """least => [...document.querySelectorAll("button, input:not([type=hidden]), summary")]
    .filter(element => element.getBoundingClientRect().height < least)
    .map(element => element.outerHTML)"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Web:
    """All hosts there are, behind one listener: the browser is told that it is every host."""

    def __init__(self, certificate):
        self.apps = {}
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server = make_server(
            "127.0.0.1", 0, self, threaded=True, request_handler=Quiet, ssl_context=context
        )
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def __call__(self, environ, start_response):
        app = self.apps.get(environ["HTTP_HOST"], NotFound())
        return app(environ, start_response)

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Quiet(WSGIRequestHandler):
    def log(self, *_args):
        """Write nothing."""


class Problems:
    """What went wrong in the pages of a test, by what the browser says of it."""

    def __init__(self):
        self.found = []
        self._expected = []

    def expect(self, pattern):
        """Demand that something goes wrong that the pattern finds."""
        self._expected.append(pattern)

    def check(self):
        assert [text for text in self.found if not any(re.search(p, text) for p in self._expected)] == []
        assert [p for p in self._expected if not any(re.search(p, text) for text in self.found)] == []

    def watch(self, page):
        page.on("console", lambda message: self._console(message))
        page.on("pageerror", lambda error: self.found.append(str(error)))

    def _console(self, message):
        is_icon = message.location["url"].endswith("/favicon.ico")  # the browser asks for it by itself
        if message.type in ("error", "warning") and not is_icon:
            self.found.append(f"{message.text} ({message.location['url']})")


@pytest.fixture(scope="module")
def web(certificate):
    web = Web(certificate)
    yield web
    web.close()


# Of a module, not of the session: while Playwright runs, its thread has a running event loop, and tests of
# async handlers in the same process need one of their own.
@pytest.fixture(scope="module")
def chromium(web):
    from playwright.sync_api import sync_playwright

    rules = f"--host-resolver-rules=MAP * 127.0.0.1:{web.port}, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*FLAGS, rules])
        yield browser
        browser.close()


@pytest.fixture
def serve(web):
    """Serve an app under a name; return its address."""

    def serve(host, app):
        web.apps[host] = app
        return f"https://{host}"

    yield serve
    web.apps.clear()


@pytest.fixture
def problems():
    problems = Problems()
    yield problems
    problems.check()


@pytest.fixture
def new_page(chromium, problems, request):
    """Open a page: in a profile of its own, or, with `beside=page`, in another tab of that page's."""
    contexts, pages = [], []

    def new_page(*, beside=None, **options):
        if beside is None:
            given = {"ignore_https_errors": True, "locale": "ko-KR", **options}
            contexts.append(chromium.new_context(**given))
            contexts[-1].set_default_timeout(TIMEOUT)
        page = (beside.context if beside else contexts[-1]).new_page()
        problems.watch(page)
        pages.append(page)
        return page

    yield new_page
    folder = os.environ.get("CLOVA_TEST_SCREENSHOTS")
    for number, page in enumerate(pages if folder else []):
        name = re.sub(r"[^\w-]+", "-", request.node.name)
        page.screenshot(path=Path(folder) / f"{name}-{number}.png", full_page=True)
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """A page in a Korean browser."""
    return new_page()


@pytest.fixture
def shot():
    """Keep a screenshot, where screenshots are kept."""

    def shot(page, name):
        folder = os.environ.get("CLOVA_TEST_SCREENSHOTS")
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return shot


@pytest.fixture
def assert_accessible():
    """Check a page by axe-core; where that is not installed, this alone is left out."""

    def assert_accessible(page):
        try:
            from axe_playwright_python.base import AXE_SCRIPT, AxeResults
        except ImportError:
            return
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE_SCRIPT)
        tags = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        result = AxeResults(page.evaluate("tags => axe.run(tags)", tags))
        assert result.violations_count == 0, result.generate_report()

    return assert_accessible


@pytest.fixture
def assert_well_made(assert_accessible, shot):
    """Check a page on a small phone and on a desk, by day and by night."""

    def assert_well_made(page, name):
        page.wait_for_load_state()  # what is waited for in a page is there before its styles are
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                shot(page, f"{name}-{width}-{scheme}")
                ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
                assert (max(map(int, re.findall(r"\d+", ground))) < 128) is (scheme == "dark"), ground
                if width < MAX_PHONE:  # what it checks is the same on a desk
                    assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"
            small = page.evaluate(SMALL_TARGETS, MIN_TARGET)
            assert small == [], f"too small for a finger: {small}"

    return assert_well_made


@pytest.fixture
def make_town(serve, tmp_path):
    """Make the sample app, with a database of its own, and the platform that links its accounts."""
    from sample_app import create_app
    from tests.browser.town import Town

    towns = []

    def make_town(**config):
        url = f"sqlite:///{tmp_path}/{len(towns)}.sqlite"
        towns.append(Town(create_app({"TESTING": True, "SAMPLE_DATABASE_URL": url, **config}), serve))
        return towns[-1]

    yield make_town
    for town in towns:
        town.close()


@pytest.fixture
def town(make_town):
    return make_town()
