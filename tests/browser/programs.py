"""What the tests of this folder need, which the extra `test` does not bring."""

import os
import shutil
from importlib.util import find_spec

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def find_browser():
    """Return the path of a Chromium; None where there is none, or nothing to drive it."""
    found = os.environ.get("CLOVA_TEST_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    return found if find_spec("playwright") else None


def require_browser():
    """Leave a module out, and tell how to get what it needs."""
    for package in ("authlib", "sqlalchemy", "alembic"):
        pytest.importorskip(package)
    if find_browser() is None:
        pytest.skip(
            "The tests with a browser were left out. They need Playwright, pip install clova-flask[browser], "
            "and Chromium, apt-get install chromium; CLOVA_TEST_BROWSER is the path of one not on PATH.",
            allow_module_level=True,
        )
