"""Numbers in addresses and forms that no database has."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

HUGE = 10**30


@pytest.mark.parametrize(
    "path",
    [
        "/extensions/{}/info",
        "/extensions/1/test/turns/{}",
        "/extensions/1/evaluate/{}",
        "/extensions/1/evaluate/runs/{}",
        "/extensions/1/evaluate/runs/{}/against/1",
        "/extensions/1/evaluate/turns/{}",
    ],
)
@pytest.mark.parametrize("number", [2**31, 2**63, HUGE], ids=["32 bits", "64 bits", "more"])
def test_there_is_nothing_at_such_an_address(browser, register, path, number):
    register()
    assert browser.get(path.format(number)).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "test/?before={}",
        "test/?turn={}",
        "test/history?page={}",
        "info?version={}",
        "versions?first={}",
        "model?version={}",
    ],
)
@pytest.mark.parametrize("number", [2**31, HUGE, -HUGE, -1, 0], ids=["32 bits", "huge", "least", "-1", "0"])
def test_such_a_number_in_a_query_is_none(browser, register, path, number):
    register()
    assert browser.get(f"/extensions/1/{path.format(number)}").status in (200, 404)
