"""Files that pages send, over a real server: in a header go only letters that HTTP has."""

from urllib.parse import quote
from urllib.request import urlopen

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.evaluating.sets import new_set
from tests.devtools.console.models.pages import MODEL


@pytest.fixture
def base(console, serve, register, browser):
    register()
    return serve(console)


@pytest.mark.parametrize("name", ["regression", "회귀", "回帰 1"])
def test_a_set_goes_down_whatever_its_name(browser, base, name):
    new_set(browser, name)
    with urlopen(f"{base}/extensions/1/evaluate/1/utterances.tsv") as response:
        sent = response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "no-store"
        assert "OrderPizza" in response.read().decode()
    assert f"{quote(name)}.tsv" in sent


def test_an_intent_goes_down_whatever_its_name(browser, base):
    browser.get(MODEL).form("intent").submit(intent="피자_주문")
    with urlopen(f"{base}{MODEL}/files/intents/{quote('피자_주문')}.tsv") as response:
        assert quote("피자_주문") in response.headers["Content-Disposition"]
