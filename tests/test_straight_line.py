"""The way of a request through the package: few files, and each for a reason."""

import json
import sys
from pathlib import Path

import pytest
from flask import Flask

import clova_flask
from clova_flask import Clova, Session, ask
from clova_flask.home import Appliance, action
from clova_flask.testing import CekClient

ROOT = Path(clova_flask.__file__).parent

MAX_FILES = 13


@pytest.fixture
def app():
    app = Flask("line")
    app.testing = True
    # With a platform its key's URL is in use, which is one file more than a key that is set.
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot")
    clova = Clova(app)

    @clova.intent("OrderPizza")
    def order(session: Session, pizza_type: str, pizza_amount: int):
        session["pizza"] = pizza_type
        return ask(f"{pizza_type} {pizza_amount}판, 주문할까요?")

    @clova.user_loader
    def load_user(access_token):
        return access_token

    class Lamp(Appliance, type="LIGHT"):
        @action("SetBrightness", minimum=0, maximum=100)
        def dim(self, brightness: float):
            return {"brightness": brightness}

    @clova.home.load
    def load(appliance_id):
        return Lamp(appliance_id)

    return app


class Watched:
    """A WSGI app that notes the files of the package whose functions a request passes."""

    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app
        self.files = set()

    def __call__(self, environ, start_response):
        self.files.clear()
        sys.setprofile(self.note)
        try:
            return self.wsgi_app(environ, start_response)
        finally:
            sys.setprofile(None)

    def note(self, frame, event, _):
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(str(ROOT)):
            self.files.add(Path(file).relative_to(ROOT).as_posix())


@pytest.mark.parametrize(
    ("turn", "answer"),
    [
        (lambda cek: cek.intent("OrderPizza", pizzaType="페퍼로니", pizzaAmount=2), "페퍼로니 2판"),
        (lambda cek: cek.control("SetBrightness", "lamp-1", brightness=50), '"brightness": {"value": 50}'),
    ],
    ids=["intent", "SetBrightness"],
)
def test_a_request_passes_few_files(app, turn, answer):
    app.wsgi_app = watched = Watched(app.wsgi_app)
    cek = CekClient(app, access_token="token")
    turn(cek)  # the first one compiles schemas
    assert answer in json.dumps(turn(cek).json, ensure_ascii=False)
    assert "endpoint.py" in watched.files
    assert len(watched.files) <= MAX_FILES, sorted(watched.files)
