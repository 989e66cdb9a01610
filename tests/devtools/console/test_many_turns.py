"""Pages of an extension that was talked to ten thousand times: what they read does not grow with that."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from sqlalchemy import event, text

from clova_flask.devtools.console.records import db
from clova_flask.devtools.console.testing import turn_records
from clova_flask.devtools.console.testing.conversations import conversations
from clova_flask.devtools.console.testing.trying import PER_PAGE, SHOWN
from clova_flask.devtools.console.testing.turn_records import MESSAGE, Turn

COUNT = 10_000


@pytest.fixture
def conversation(console, browser, register):
    """The conversation that goes on, of half of all turns."""
    register()
    browser.get("/extensions/1/test/")
    with console.app_context():
        going_on = conversations()._going_on[1, 1].id
        rows = [
            {
                "extension_key": 1,
                "conversation": going_on if number % 2 else f"before-{number // 20}",
                "kind": MESSAGE,
                "line": f"피자 {number}판 주문해 줘",
                "label": f"OrderPizza pizzaAmount={number}",
                "why": "",
                "said": f"피자 {number}판을 주문했습니다.",
                "message": '{"request": {"type": "LaunchRequest"}}',
                "answer": "{}",
                "status": 200,
                "milliseconds": 3.0,
                "findings": [],
                "log": [],
            }
            for number in range(COUNT)
        ]
        db.session.execute(Turn.__table__.insert(), rows)
        db.session.commit()
    return going_on


@pytest.fixture
def read(console):
    """Count the queries, and the turns that are read."""
    counted = {"queries": 0, "turns": 0}

    def count_query(*_args):
        counted["queries"] += 1

    def count_turn(*_args):
        counted["turns"] += 1

    with console.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count_query)
    event.listen(Turn, "load", count_turn)
    yield counted
    event.remove(engine, "before_cursor_execute", count_query)
    event.remove(Turn, "load", count_turn)


PATHS = {
    "": SHOWN + 1,
    "?before=5000": SHOWN + 1,
    "history": PER_PAGE,
    "history?page=200": PER_PAGE,
    "history?words=피자 4321": PER_PAGE,
    "history?words=없는 말": 0,
    "turns/5000": 1,
    "dialogs/{conversation}/": 501,
}
"""Pages, and the most turns that each may read."""


def test_a_page_reads_what_it_shows(browser, conversation, read):
    for path, most in PATHS.items():
        read.update(queries=0, turns=0)
        page = browser.get(f"/extensions/1/test/{path.format(conversation=conversation)}")
        assert page.status == 200
        assert read["turns"] <= most, path
        assert read["queries"] <= 8, path
    form = browser.get("/extensions/1/test/").form("line")
    read.update(turns=0)
    form.submit(follow=False, line="/help")
    assert read["turns"] == 0


def test_the_conversation_and_the_history_are_found_by_an_index(console, conversation):
    wheres = {
        "extension_key = 1 AND conversation = 'x' ORDER BY id DESC LIMIT 101": "conversation",
        "extension_key = 1 AND kind = 'message' ORDER BY id DESC LIMIT 50": "extension_key",
    }
    with console.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("the plan is SQLite's")
        for where, index in wheres.items():
            rows = db.session.execute(text(f"EXPLAIN QUERY PLAN SELECT * FROM console_turns WHERE {where}"))
            plan = " ".join(row.detail for row in rows)
            assert f"USING INDEX ix_console_turns_{index}" in plan
            assert "TEMP B-TREE" not in plan


def test_the_oldest_turns_go_however_many_come_at_once(console, register, monkeypatch):
    """An utterance comes with the events that follow from it: two turns at once, say."""
    register()
    monkeypatch.setattr(turn_records, "MAX_TURNS", 20)
    monkeypatch.setattr(turn_records, "_SWEPT_AT_ONCE", 10)

    def turn():
        return Turn(extension_key=1, conversation="a", kind=MESSAGE, label="피자")

    with console.test_request_context():
        turn_records.keep([turn()])
        for _ in range(30):
            turn_records.keep([turn(), turn()])
        assert 20 <= db.session.query(Turn).count() < 20 + 10 + 2
