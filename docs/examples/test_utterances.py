"""The set of utterances of the guide on evaluation, by the command that the guide shows."""

from pathlib import Path

from flask import Flask

from clova_flask.devtools.cli import clova


def test_every_utterance_is_understood(app: Flask) -> None:
    file = Path(__file__).with_name("utterances.tsv")
    done = app.test_cli_runner().invoke(clova, ["model", "evaluate", str(file)])
    assert done.exit_code == 0, done.output
