"""Runs of large sets: of a run is read what its page shows."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from clova_flask.devtools.console.models.paging import PAGE
from clova_flask.devtools.evaluation import rows
from tests.devtools.console.browser import Browser
from tests.devtools.console.evaluating.sets import EVALUATE, new_set, run

COUNT = 300


@pytest.fixture
def with_runs(pizza):
    """A set with two runs, in which nothing is as expected."""
    lines = [
        f"<pizzaType>페퍼로니</pizzaType> {number}개 주문해 줘\tClova.NoIntent" for number in range(COUNT)
    ]
    new_set(pizza, lines="\n".join(lines))
    run(pizza)
    return run(pizza)


@pytest.fixture
def parsed(monkeypatch):
    """The utterances of kept outcomes that are parsed."""
    found = []
    parse = rows.parse_expression

    def noted(text, line):
        found.append(text)
        return parse(text, line)

    monkeypatch.setattr(rows, "parse_expression", noted)
    return found


def test_the_result_parses_the_utterances_that_it_shows(make_console, with_runs, parsed):
    page = Browser(make_console()).get(f"{EVALUATE}/runs/2")
    assert f"Errors ({COUNT})" in page.text
    assert "nothing better or worse" in page.text
    assert "OrderPizza" in page.html.split('id="figures"')[1]
    assert 0 < len(parsed) <= PAGE


def test_a_comparison_parses_what_differs(make_console, with_runs, parsed):
    page = Browser(make_console()).get(f"{EVALUATE}/runs/2/against/1")
    assert f"{COUNT} utterances are in both runs" in page.text
    assert parsed == []
