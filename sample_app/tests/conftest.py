from collections.abc import Iterator

import pytest
from flask import Flask

from sample_app import create_app
from sample_app.home.database import EXTENSION


@pytest.fixture
def app(tmp_path) -> Iterator[Flask]:
    app = create_app({"TESTING": True, "SAMPLE_DATABASE_URL": f"sqlite:///{tmp_path}/sample.sqlite"})
    yield app
    app.extensions[EXTENSION].close()
