"""The documentation names what there is, all of it."""

import importlib
import pydoc
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
PUBLIC = ["clova_flask", "clova_flask.audio", "clova_flask.cards", "clova_flask.home", "clova_flask.playback"]
OF_EXTRAS = ["clova_flask.linking", "clova_flask.storage"]
ENTRY = re.compile(r"^\.\. (?:auto\w+|data):: ([\w.]+)|^   :members: (.+)", re.MULTILINE)


@pytest.fixture(scope="session")
def entries():
    """List the names that have an entry in the reference."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("reference/*.rst"))
    found = " ".join(f"{name} {members.replace(',', '')}" for name, members in ENTRY.findall(pages))
    return {name.rpartition(".")[2] for name in found.split()}


@pytest.mark.parametrize("module", [*PUBLIC, *OF_EXTRAS, "clova_flask.testing"])
def test_every_public_name_is_in_the_reference(entries, module):
    if module in OF_EXTRAS:
        pytest.importorskip("alembic")
        pytest.importorskip("authlib")
        pytest.importorskip("sqlalchemy")
    assert set(importlib.import_module(module).__all__) <= entries


@pytest.mark.parametrize("inventory", ["click", "flask", "marshmallow", "python", "requests", "werkzeug"])
def test_the_names_of_other_projects_exist(inventory):
    heading, *lines = (DOCS / f"inventories/{inventory}.txt").read_text(encoding="utf-8").splitlines()
    assert heading == "# Sphinx inventory version 1"
    for line in lines[2:]:
        name, _, _ = line.split(" ")
        assert pydoc.locate(name) is not None, name


def test_the_files_that_are_pointed_to_exist():
    """In the table of "Where is what", and in the package's own paths of CONTRIBUTING.md."""
    page = (DOCS / "explanation/request.rst").read_text(encoding="utf-8")
    table = page.partition("Where is what\n")[2].partition("One table, many uses")[0]
    guide = (DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    files = re.findall(r"``((?!clova_flask)[\w/]+(?:/|\.py))``", table)
    files += re.findall(r"`clova_flask/([\w/.]*)`", guide)
    package = DOCS.parent / "clova_flask"
    assert "decorators.py" in files
    assert [file for file in files if not (package / file).exists()] == []
