"""The pytest plugin: the fixture ``cek``, transcripts as tests, and the conversation of a test that fails.

pytest imports this module in every run, so nothing else of the package is imported before it is needed.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from .devtools.simulator.reply import Reply
    from .testing import CekClient


@pytest.fixture
def cek(app: Flask) -> CekClient:
    """Return a CEK that speaks to the test's ``app`` with really signed messages."""
    from .testing import CekClient

    return CekClient(app)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect transcripts, ``*.dialog.yaml``, as tests of the fixture ``app``."""
    if file_path.name.endswith(".dialog.yaml"):
        return DialogFile.from_parent(parent, path=file_path)
    return None


class DialogFile(pytest.Module):
    """A transcript, as a module with one test."""

    def _getobj(self) -> ModuleType:
        path = self.path
        module = ModuleType(path.name.removesuffix(".dialog.yaml"))

        def test_dialog(app: Flask) -> None:
            _replay(app, path)

        module.__dict__["test_dialog"] = test_dialog
        return module


def _replay(app: Flask, path: Path) -> None:
    from .devtools.simulator.suite import failures, outcomes
    from .errors import ClovaError

    try:
        played = outcomes(app, path)
    except (ClovaError, LookupError, ImportError) as error:
        pytest.fail(str(error), pytrace=False)
    failed = [failure for outcome in played for failure in failures(path, outcome)]
    if failed:
        turns = [exchange.reply for outcome in played for exchange in outcome.exchanges]
        pytest.fail("\n".join([*failed, "", conversation(turns)]).rstrip(), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, Any, Any]:
    """Show the conversation when a test with a ``CekClient`` fails."""
    report = yield
    testing = sys.modules.get("clova_flask.testing")
    if testing is not None and report.when == "call" and report.failed:
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, testing.CekClient) and value.turns:
                report.sections.append(("Conversation with the extension", conversation(value.turns)))
    return report


def conversation(turns: list[Reply]) -> str:
    """Write turns for reading: what was asked, and what was answered."""
    from .devtools.simulator.wording import asked

    return "\n\n".join(f"→ {asked(turn.request)}\n← " + str(turn).replace("\n", "\n  ") for turn in turns)
