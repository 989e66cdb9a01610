"""The project beside the console: an app that answers, with a large interaction model and recordings."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

from clova_flask.devtools.model.files import save_model

from ..understanding.generated import large_model
from ..workloads.intent import ANSWER, message

APP = "shop"
RECORDINGS = 200
_FOLDER = "recordings"

_SOURCE = '''
    """A shop that answers everything alike."""

    from flask import Flask

    from clova_flask import Clova, ask

    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.generated")
    clova = Clova(app)


    @clova.launch
    def launch():
        return ask("무엇을 도와 드릴까요?")


    @clova.fallback
    def anything():
        return ask("알겠습니다. 또 무엇을 도와 드릴까요?")
'''


def write_project(folder: Path) -> None:
    """Write the app, its model and what was recorded of it."""
    (folder / f"{APP}.py").write_text(dedent(_SOURCE), encoding="utf-8")
    save_model(large_model(), folder / "interaction_model")
    (folder / _FOLDER).mkdir()
    for number in range(RECORDINGS):
        recorded = {"request": message(number), "answer": ANSWER}
        path = folder / _FOLDER / f"{number:04}-IntentRequest.json"
        path.write_text(json.dumps(recorded, ensure_ascii=False), encoding="utf-8")
