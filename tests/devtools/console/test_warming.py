"""What is done before the console tells where it listens is not done by the first page."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from jinja2 import Environment

from clova_flask.devtools.console.warming import warm
from tests.devtools.console.browser import Browser


@pytest.mark.parametrize("language", ["ko", "ja", "en"])
def test_no_page_compiles_a_template(console, monkeypatch, language):
    warm(console)

    def fail(_environment, _source, name=None, *_given, **_options):
        raise AssertionError(f"{name} is compiled")

    monkeypatch.setattr(Environment, "compile", fail)
    browser = Browser(console, language=language)
    assert browser.get("/").status == 200
    page = browser.get("/register/naver/custom")
    assert page.form("extension_id").submit(extension_id="com.example.pizzabot", name="피자봇").status == 200
    for path in ("info", "model", "test/", "evaluate", "release", "history"):
        assert browser.get(f"/extensions/1/{path}").status == 200
