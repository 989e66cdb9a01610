"""The pytest plugin: the fixture ``cek``, and the conversation in the report of a test that fails."""

from __future__ import annotations

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
    """Give a CEK that talks to the test's ``app`` with really signed messages."""
    from .testing import CekClient

    return CekClient(app)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect transcripts as tests of the fixture ``app``."""
    if file_path.name.endswith(".dialog.yaml"):
        return DialogFile.from_parent(parent, path=file_path)
    return None


class DialogFile(pytest.Module):
    """A transcript, as a module with one test."""

    def _getobj(self) -> ModuleType:
        path = self.path
        module = ModuleType(path.name.removesuffix(".dialog.yaml"))

        def test_dialog(app: Flask) -> None:
            from .devtools.simulator.suite import replay_transcript
            from .errors import ClovaError

            try:
                failures = replay_transcript(app, path)
            except (ClovaError, LookupError, ImportError) as error:
                failures = [str(error)]
            if failures:
                pytest.fail("\n".join(failures), pytrace=False)

        module.__dict__["test_dialog"] = test_dialog
        return module


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, Any, Any]:
    """Show the conversation when a test with ``cek`` fails."""
    report = yield
    if report.when == "call" and report.failed:
        for value in getattr(item, "funcargs", {}).values():
            turns = getattr(value, "turns", None)
            if turns and type(value).__name__ == "CekClient":
                report.sections.append(("Conversation with the extension", conversation(turns)))
    return report


def conversation(turns: list[Reply]) -> str:
    """Write turns for reading: what was asked, and what was answered."""
    return "\n\n".join(f"→ {_asked(turn.request)}\n← " + str(turn).replace("\n", "\n  ") for turn in turns)


def _asked(message: Any) -> str:
    if isinstance(message, dict) and "header" in message:
        return _asked_at_home(message)
    request = message.get("request", {}) if isinstance(message, dict) else {}
    match request.get("type"):
        case "IntentRequest":
            intent = request["intent"]
            slots = {name: slot.get("value") for name, slot in (intent.get("slots") or {}).items()}
            return " ".join([intent["name"], *(f"{name}={value}" for name, value in slots.items())])
        case "EventRequest":
            event = request["event"]
            return f"{event['namespace']}.{event['name']} {event.get('payload') or ''}".rstrip()
        case None:
            return "a message of another kind"
        case other:
            return str(other)


def _asked_at_home(message: dict[str, Any]) -> str:
    payload = {key: value for key, value in message["payload"].items() if key != "accessToken"}
    return f"{message['header']['name']} {payload or ''}".rstrip()
