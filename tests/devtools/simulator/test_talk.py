"""A conversation line by line: exchanges and remarks as data, without a terminal."""

from types import SimpleNamespace

import pytest
from flask import Flask

from clova_flask import Clova, ask, tell
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.simulator.exchange import Exchange
from clova_flask.devtools.simulator.listener import Listener
from clova_flask.devtools.simulator.start import make_cek
from clova_flask.devtools.simulator.talk import COMMANDS, Kind, Remark, Talk
from clova_flask.runtime import runtime_of


class Words:
    def understand(self, utterance, *, now=None):
        return SimpleNamespace(intent=utterance, slots={}, why=f"nearest to {utterance}")


@pytest.fixture
def talk(tmp_path):
    app = Flask(__name__, instance_path=str(tmp_path))
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
    clova.launch(lambda: ask("피자봇입니다.", reprompt="계세요?"))
    clova.intent("Order")(lambda: ask("네"))
    clova.intent("Bye")(lambda: tell("안녕히 가세요."))
    clova.intent("Broken")(lambda: tell("끝", reprompt="계세요?"))
    cek = make_cek(app, runtime_of(app, "clova"), needs_model=False)
    cek.device.listener = Listener(InteractionModel(), Words())
    return Talk(cek)


def test_a_line_is_an_exchange(talk):
    (exchange,) = talk.line("Order")
    assert isinstance(exchange, Exchange)
    assert (exchange.label, exchange.why, exchange.findings) == ("Order", "nearest to Order", ())
    assert exchange.reply.speech == "네"


def test_the_end_of_the_session_is_a_note_after_the_exchange(talk):
    exchange, remark = talk.line("Bye")
    assert exchange.reply.speech == "안녕히 가세요."
    assert remark == Remark("the session is over", Kind.NOTE)


@pytest.mark.parametrize("line", ["/lanch", "/end", "/wait 내일", "/home", "/event A.B x"])
def test_what_cannot_be_done_is_a_problem(talk, line):
    (remark,) = talk.line(line)
    assert remark.kind is Kind.PROBLEM
    assert remark.text.endswith((".", "?")) or ": /" in remark.text


def test_silence_that_clova_answers_is_a_note(talk):
    assert len(list(talk.line("/launch"))) == 1
    (remark,) = talk.line("/silence")
    assert remark.kind is Kind.NOTE
    exchange, remark = talk.line("/silence")
    assert exchange.label == "end"


def test_help_lists_each_command_with_what_it_does(talk):
    lines = [remark.text for remark in talk.line("/help")]
    assert {remark.kind for remark in talk.line("/help")} == {Kind.HELP}
    for name, command in COMMANDS.items():
        (line,) = [line for line in lines if line.strip().startswith(f"/{name} ")]
        assert command.arguments in line
        assert line.endswith(command.help)


def test_leaving_and_showing_messages_are_states_of_the_conversation(talk):
    list(talk.line("/json"))
    assert talk.shows_messages
    list(talk.line("/quit"))
    assert talk.is_over


def test_nothing_but_the_rest_of_the_package_is_needed_for_it(talk):
    for shown in (*talk.line("/help"), *talk.line("/launch"), *talk.line("/nothing")):
        assert "\x1b" not in str(shown)
