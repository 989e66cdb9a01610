"""Dialog states that handlers are for, and those that answers ask for; each app is a module of its own."""

import importlib.util
import textwrap

import pytest

from clova_flask.devtools.diagnostics.states import check_states

HEAD = """
from enum import StrEnum
from functools import partial
import clova_flask
from clova_flask import Clova, ask, tell, current_session

clova = Clova()
"""


def check(tmp_path, body):
    """Write a module, import it, and check the states of its `clova`."""
    path = tmp_path / "bot.py"
    path.write_text(HEAD + textwrap.dedent(body))
    spec = importlib.util.spec_from_file_location("bot", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [(finding.code, finding.message, finding.where) for finding in check_states(module.clova.registry)]


CONFIRM = """
@clova.intent("Clova.YesIntent", state="confirm")
def confirmed():
    return tell("주문했어요.")
"""

ASKED = {
    "ask": ("", 'ask("주문할까요?", state="confirm")'),
    "ask of the package": ("", 'clova_flask.ask("주문할까요?", state="confirm")'),
    "either": ("", 'ask("주문할까요?", state="confirm" if 피자 else None)'),
    "a constant": ('확인 = "confirm"', 'ask("주문할까요?", state=확인)'),
    "an enum": ('class State(StrEnum):\n    CONFIRM = "confirm"', 'ask("주문할까요?", state=State.CONFIRM)'),
    "a function": ('def 묻기():\n    return ask("주문할까요?", state="confirm")', "묻기()"),
    "a function with another's name": (
        'def 묻기(**more):\n    return ask("?", **more)',
        '묻기(state="confirm")',
    ),
    "a partial": ('짧게 = partial(ask, "주문할까요?", state="confirm")', "짧게()"),
    "a method": (
        'class Asker:\n    def ask(self):\n        return ask("주문할까요?", state="confirm")',
        "Asker().ask()",
    ),
    "session.state": ("", '(setattr(session, "x", 1), ask("주문할까요?"))\n    session.state = "confirm"'),
    "as the program runs": ("", 'ask("주문할까요?", state="con" + "firm")'),
    "from outside": ('def options():\n    return {"state": "confirm"}', 'ask("주문할까요?", **options())'),
}


UNKNOWN = (
    'ask("주문할까요?", state="con" + "firm")',
    'ask("주문할까요?", **options())',
    '묻기(state="confirm")',
)
"""Where the state cannot be read from the code, nothing is said."""


@pytest.mark.parametrize(("helper", "answer"), ASKED.values(), ids=ASKED)
def test_states_that_are_asked_for(tmp_path, helper, answer):
    order = f'\n{helper}\n\n@clova.intent("Order")\ndef order(session, 피자=None):\n    return {answer}\n'
    assert check(tmp_path, order + CONFIRM) == []
    if answer not in UNKNOWN:
        assert check(tmp_path, order.replace('"confirm"', '"amount"') + CONFIRM)


def test_a_state_that_nobody_asks_for(tmp_path):
    ((code, message, where),) = check(
        tmp_path, 'clova.intent("OrderPizza")(lambda: ask("주문할까요?"))\n' + CONFIRM
    )
    assert code == "handlers.state-not-asked-for"
    assert message == "No answer asks for the state 'confirm', so this is never called."
    assert where.name == "confirmed"


def test_a_state_that_nobody_handles(tmp_path):
    body = """
@clova.launch
def launch():
    return ask("ピザはいかがですか。", state="confirm")

@clova.intent("Order")
def order():
    if True:
        return ask("何枚ですか。", state="amount")
"""
    ((code, message, where),) = check(tmp_path, body + CONFIRM)
    assert code == "handlers.state-not-handled"
    assert message == "No handler is for the state 'amount'."
    assert (where.name, where.line) == ("order", 16)


def test_one_misspelt_state_is_one_finding(tmp_path):
    order = '@clova.intent("Order")\ndef order():\n    return ask("주문할까요?", state="confrim")\n'
    ((code, message, where),) = check(tmp_path, order + CONFIRM)
    assert code == "handlers.state-not-handled"
    assert message == "No handler is for the state 'confrim'. Did you mean 'confirm'?"
    assert where.line == 10


def test_a_state_that_a_handler_reads_needs_no_handler(tmp_path):
    body = """
@clova.intent("Order")
def order(session):
    return ask("몇 판이요?", state="amount") if session.state else ask("주문할까요?", state="confirm")
"""
    assert check(tmp_path, body + CONFIRM) == []


def test_a_fallback_of_a_state(tmp_path):
    ((code, _, where),) = check(
        tmp_path, '@clova.fallback(state="amount")\ndef again():\n    return ask("몇 판이요?")\n'
    )
    assert (code, where.name) == ("handlers.state-not-asked-for", "again")


def test_without_states_there_is_nothing_to_check(tmp_path):
    assert check(tmp_path, 'clova.launch(lambda: ask("네?", state="somewhere"))') == []
