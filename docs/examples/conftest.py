"""The fixture that clova-flask's ``cek`` and the dialogs are for."""

import pytest
from flask import Flask
from pizzabot import create_app


@pytest.fixture
def app() -> Flask:
    app = create_app()
    app.testing = True
    return app
