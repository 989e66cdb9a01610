"""What is imported, and what is told, where an extra is not installed."""

import subprocess
import sys

import pytest

PROGRAM = """
import importlib, sys
from pathlib import Path

for name in sys.argv[2].split():
    sys.modules[name] = None  # as where it is not installed
try:
    module = importlib.import_module(sys.argv[1])
    if len(sys.argv) > 3:
        getattr(module, sys.argv[3])
except (AttributeError, ImportError) as error:
    print(f"{type(error).__name__}: {error}")
else:
    print(sorted({"alembic", "authlib", "redis", "sqlalchemy"} & {n for n, m in sys.modules.items() if m}))
"""


def run(module, missing="", name=None):
    """Import a module, and a name of it, in a process that lacks packages; return what it prints."""
    command = [sys.executable, "-c", PROGRAM, module, missing, *([name] if name else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_room_imports_neither():
    assert run("clova_flask.storage", "alembic redis sqlalchemy", "StorageUnavailable") == "[]"


@pytest.mark.parametrize("package", ["alembic", "sqlalchemy"])
def test_what_needs_a_database_names_the_extra(package):
    pytest.importorskip("alembic")
    pytest.importorskip("sqlalchemy")
    assert run("clova_flask.storage", package, "include_object") == (
        f"ImportError: clova_flask.storage.include_object needs {package}, "
        "which the extra sqlalchemy brings: pip install 'clova-flask[sqlalchemy]'"
    )


def test_a_name_that_is_not_there():
    told = run("clova_flask.storage", "", "no_such_name")
    assert told == "AttributeError: module 'clova_flask.storage' has no attribute 'no_such_name'"


@pytest.mark.parametrize("package", ["alembic", "authlib", "sqlalchemy"])
def test_account_linking_names_its_own_extra(package):
    pytest.importorskip("alembic")
    pytest.importorskip("authlib")
    pytest.importorskip("sqlalchemy")
    assert run("clova_flask.linking", package) == (
        f"ImportError: clova_flask.linking needs {package}, which the extra linking brings: "
        "pip install 'clova-flask[linking]'"
    )
