"""Findings: the table of codes, and places."""

import ast
from pathlib import Path

import pytest

import clova_flask
from clova_flask.findings import CODES, Finding, Place, Severity

ROOT = Path(clova_flask.__file__).parent


def used():
    """List the literals in the package that stand for a code of a finding, outside the table itself."""
    for path in ROOT.rglob("*.py"):
        if path.parent.name != "findings":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and node.value in CODES:
                    yield node.value


def test_every_code_is_used():
    assert sorted(CODES) == sorted(set(used()))


def test_a_code_is_one_of_the_table():
    with pytest.raises(ValueError, match=r"Did you mean 'answer\.version'"):
        Finding("answer.verson", "…")


@pytest.mark.parametrize("code", CODES)
def test_a_code_tells_what_it_means_and_how_to_fix_it(code):
    row = CODES[code]
    assert row.name == code
    assert code == code.lower()
    assert code.count(".") == 1
    assert row.meaning.endswith(".")
    assert row.fix.endswith(".")


def test_every_subject_is_documented():
    page = (ROOT.parent / "docs" / "reference" / "findings.rst").read_text(encoding="utf-8")
    documented = [line.split()[2] for line in page.splitlines() if line.startswith(".. findings:: ")]
    assert sorted(documented) == sorted({code.subject for code in CODES.values()})


def test_the_severity_is_that_of_the_code():
    finding = Finding("answer.version", "must be '1.0', not '0.1.0'.", Place("version"))
    assert finding.severity is Severity.ERROR
    assert finding.is_error
    assert str(finding) == "version: must be '1.0', not '0.1.0'."


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place("response.card"), "response.card"),
        (Place(path=Path("intents/주문.tsv")), "intents/주문.tsv"),
        (Place(path=Path("intents/주문.tsv"), line=12), "intents/주문.tsv:12"),
        (Place("order", Path("handlers.py"), 31), "order (handlers.py:31)"),
    ],
    ids=["nowhere", "field", "file", "line", "function"],
)
def test_a_place_is_written_for_reading(place, text):
    assert str(place) == text
    assert bool(place) == bool(text)


def test_a_file_below_the_current_folder_is_written_relative_to_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert str(Place(path=tmp_path / "model.toml", line=3)) == "model.toml:3"
    assert str(Place(path=tmp_path.parent / "model.toml")) == str(tmp_path.parent / "model.toml")


def test_a_finding_without_a_place_is_its_message():
    assert str(Finding("answer.none", "Nothing came.")) == "Nothing came."
