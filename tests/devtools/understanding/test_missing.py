"""Where the extra that understands is not installed: all else works, and what is missing is told."""

import subprocess
import sys

import pytest

from clova_flask.devtools.cli.advice import advise, advise_on
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.simulator.listener import Listener
from clova_flask.devtools.understanding.languages import base

BLOCKED = """
import sys
for name in {names!r}:
    sys.modules[name] = None
import clova_flask.devtools.cli.commands, clova_flask.pytest_plugin, clova_flask.testing
from clova_flask.errors import ConfigurationError
try:
    from clova_flask.devtools.understanding import Understander
except ConfigurationError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("names", "told"),
    [(["numpy", "rapidfuzz"], "rapidfuzz"), (["numpy"], "numpy"), (["rapidfuzz"], "rapidfuzz")],
)
def test_commands_are_there_and_the_extra_is_named(names, told):
    if "rapidfuzz" not in names:
        pytest.importorskip("rapidfuzz")
    script = BLOCKED.format(names=names)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"Understanding utterances needs {told}, which is not installed.")
    assert "pip install 'clova-flask[local]'" in done.stdout


@pytest.fixture
def without_analysers(monkeypatch):
    monkeypatch.setattr(base, "_analysers", dict.fromkeys(("ko", "ja")))


def test_a_command_tells_which_extra_brings_the_analyser(without_analysers, capsys):
    model = InteractionModel("com.example", "ja", ("ピザ",), (), (), {}, {})
    advise(Listener(model, None))
    advise_on("en")
    advise(None)
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("pip install 'clova-flask[local-ja]'") == 1
