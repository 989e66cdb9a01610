"""The layers of the package, and its public names."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import clova_flask

ROOT = Path(clova_flask.__file__).parent

ROWS = [
    "errors findings platforms signals",
    "settings wire",
    "security storage injection users",
    "custom home",
    "endpoint context groups",
    "runtime",
    "views",
    "extension",
    "audio cards playback",
    "clova_flask",
    "linking",
    "devtools.model",
    "devtools.understanding",
    "devtools.simulator",
    "devtools.diagnostics devtools.scaffold",
    "testing",
    "devtools.cli devtools.console pytest_plugin",
]
"""Rooms from the ground floor up; each imports only rooms of the rows below its own, and itself."""

ROW_OF = {room: index for index, row in enumerate(ROWS) for room in row.split()}


UPWARD = {
    "injection.converters", "home.dispatch", "devtools.scaffold.stubs", "devtools.scaffold.model",
    "custom.turn", "custom.dispatch", "devtools.diagnostics.extension",
}  # fmt: skip
"""Modules that still import upward, or click, and are to be changed."""


def room_of(module):
    """Name the room that a module stands in: a package, or a module at the top."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "devtools" and len(parts) > 1 else parts[0]


def modules():
    found = pkgutil.walk_packages([str(ROOT)], "clova_flask.")
    return sorted(module.name.removeprefix("clova_flask.") for module in found)


def imports_of(module):
    """Name what a module imports, as `package.module`, wherever in it the import stands."""
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    package = ["clova_flask", *module.split(".")][: None if path.is_dir() else -1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            if node.module and node.level:
                yield source
            else:
                yield from (f"{source}.{alias.name}" for alias in node.names) if node.level else [source]


@pytest.mark.parametrize("module", modules())
def test_imports_go_down(module):
    room = room_of(module)
    for name in imports_of(module):
        if name == "clova_flask" or name.startswith("clova_flask."):
            imported = room_of(name.removeprefix("clova_flask").removeprefix(".") or "clova_flask")
            assert module in UPWARD or imported == room or ROW_OF[imported] < ROW_OF[room], (
                f"{module} imports {name}"
            )


@pytest.mark.parametrize("module", [m for m in modules() if ROW_OF.get(room_of(m), 99) <= ROW_OF["custom"]])
def test_no_flask_below_the_runtime(module):
    assert not [name for name in imports_of(module) if name.split(".")[0] == "flask"]


@pytest.mark.parametrize("module", [m for m in modules() if not m.startswith("devtools.cli")])
def test_click_is_the_command_lines_alone(module):
    assert module in UPWARD or not [name for name in imports_of(module) if name.split(".")[0] == "click"]


def test_there_are_no_cycles():
    graph = {
        module: {name.removeprefix("clova_flask.") for name in imports_of(module)} for module in modules()
    }
    while graph:
        leaves = {module for module, imported in graph.items() if not imported & set(graph) - {module}}
        assert leaves, f"these import each other: {sorted(graph)}"
        graph = {module: imported for module, imported in graph.items() if module not in leaves}


def test_the_public_names():
    assert sorted(clova_flask.__all__) == clova_flask.__all__
    assert sorted(clova_flask.__all__) == [
        "AccountLinkingRequired", "Answer", "AnswerError", "AudioPlayer", "AudioStream", "AudioURL", "Clova",
        "ClovaError", "ConfigurationError", "Context", "Device", "Directive", "Display", "Event",
        "EventRequest", "HandlerGroup", "Intent", "IntentRequest", "Interval", "KeySourceError",
        "LaunchRequest", "MalformedMessage", "Message", "MessageTooLarge", "ModelError",
        "ProgressReport", "Quantity",
        "RegistrationError", "Request", "RequestRefused", "Session", "SessionEndedRequest", "SignatureError",
        "Slot", "SlotError", "Speech", "SpeechSet", "StaleMessage", "User", "WrongExtension", "ask",
        "ask_for", "audio", "cards", "control", "current_context", "current_request", "current_session",
        "current_user", "lyrics", "message_failed", "message_handled", "message_received", "message_refused",
        "message_verified", "playable_item", "playback", "player_info", "tell",
    ]  # fmt: skip


@pytest.mark.parametrize("name", clova_flask.__all__)
def test_public_names_are_there(name):
    assert getattr(clova_flask, name, None) is not None or name.startswith("current_")


@pytest.mark.parametrize("module", modules())
def test_every_module_can_be_imported_alone(module):
    assert importlib.import_module(f"clova_flask.{module}").__doc__


def test_every_exception_stands_in_the_tree():
    errors = importlib.import_module("clova_flask.errors")
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, Exception):
            assert f" {name}" in errors.__doc__ or name == "ClovaError"
