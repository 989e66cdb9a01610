"""The sample's interaction model, by a set of utterances: `flask clova model evaluate`."""

from pathlib import Path

from flask import Flask

from clova_flask.devtools.cli import clova

UTTERANCES = Path(__file__).with_name("utterances.tsv")


def test_the_model_understands_nine_of_ten_utterances(app: Flask) -> None:
    command = ["model", "evaluate", str(UTTERANCES), "--min-accuracy", "0.9"]
    done = app.test_cli_runner().invoke(clova, command)
    assert done.exit_code == 0, done.output
