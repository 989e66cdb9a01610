import re
from collections.abc import Callable

import pytest
from flask import Flask

from clova_flask import Clova
from clova_flask.testing import CekClient

ADDRESS = re.compile(r"\bat 0x[0-9a-f]")
MAX_ID = 80
EXTENSION_ID = "com.example.pizzabot"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse ids that are others in each run: `--lf`, xdist and whoever names a test need stable ones."""
    unstable = [item.nodeid for item in items if ADDRESS.search(item.nodeid)]
    if unstable:
        listed = "\n".join(unstable)
        raise pytest.UsageError(f"Test ids must not hold a memory address; name them by ids=…:\n{listed}")


def pytest_make_parametrize_id(config: pytest.Config, val: object) -> str | None:
    """Write bytes, and what no terminal shows, as escapes, and cut what is long; other text stays itself."""
    if not isinstance(val, (str, bytes)):
        return None
    text = val if isinstance(val, str) else val.decode("ascii", "backslashreplace")
    text = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return text if len(text) <= MAX_ID else f"{text[:MAX_ID]}…"


@pytest.fixture
def clova() -> Clova:
    return Clova()


@pytest.fixture
def connect(clova) -> Callable[..., CekClient]:
    """Put the test's `clova` on an app and give a CEK that talks to it."""

    def connect(*, testing: bool = True, client: dict | None = None, **config) -> CekClient:
        app = Flask(__name__, static_folder=None)
        app.testing = testing
        app.config.update({"CLOVA_PLATFORM": "naver", "CLOVA_EXTENSION_ID": EXTENSION_ID, **config})
        clova.init_app(app)
        cek = CekClient(app, **(client or {}))
        cek.app = app
        return cek

    return connect
