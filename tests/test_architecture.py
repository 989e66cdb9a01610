"""The layers of the package, and its public names."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import clova_flask

ROOT = Path(clova_flask.__file__).parent

LAYERS = [
    # protocol: what is on the wire, and nothing of Flask
    {
        "errors", "platforms", "settings", "timestamps", "signature", "remote_key", "codec", "schema",
        "wire_fields", "compiled", "compiled_fields", "tables", "custom.catalogue", "custom.objects",
        "custom.messages", "custom.values", "custom.slots", "custom.speech", "custom.directives",
        "custom.audio", "custom.playback", "custom.player", "custom.cards", "custom.answers",
        "custom.responses", "custom.phrases", "custom.hints", "custom.session", "custom",
        "home.objects", "home.interfaces", "home.types", "home.errors", "home.shapes", "home.values",
        "home.messages", "home.limits", "home.examples", "home.push", "home.requirements", "model*",
    },
    # dispatch: handlers and what calls them, and nothing of Flask
    {
        "parameters", "signals", "context", "custom.turn", "custom.binding", "handlers", "custom.dispatch",
        "endpoint", "home", "home.binding", "home.appliances", "home.handlers", "home.discovery",
        "home.defaults", "home.dispatch", "model.handlers_check", "model.stubs", "model.start",
    },
    # the Flask extension
    {"devkey", "state", "views", "extension"},
    # tools
    {
        "caller", "delivery", "reply", "checks", "testing", "pytest_plugin", "cli", "home_cli", "model_cli",
        "local_cli", "local*",
    },
]  # fmt: skip


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


def layer_of(module):
    """Find a module's layer: by its own name, or by that of a package that belongs to one whole."""
    packages = [
        f"{package}*" for package in LAYERED_WHOLE if module == package or module.startswith(f"{package}.")
    ]
    for name in (module, *packages):
        for index, layer in enumerate(LAYERS):
            if name in layer:
                return index
    return None


LAYERED_WHOLE = ("model", "local")


@pytest.mark.parametrize("module", modules())
def test_every_module_has_its_layer(module):
    assert layer_of(module) is not None


def test_layers_name_no_module_that_is_gone():
    named = {name for layer in LAYERS for name in layer if not name.endswith("*")}
    assert named <= set(modules())


@pytest.mark.parametrize("module", modules())
def test_imports_go_downward(module):
    for name in imports_of(module):
        if name.startswith("clova_flask."):
            imported = layer_of(name.removeprefix("clova_flask."))
            assert imported is not None, f"{module} imports {name}, which is in no layer"
            assert imported <= layer_of(module), f"{module} imports {name}, which is above it"


@pytest.mark.parametrize("module", [module for module in modules() if (layer_of(module) or 0) < 2])
def test_protocol_and_dispatch_know_no_flask(module):
    assert not [name for name in imports_of(module) if name.split(".")[0] in ("flask", "click")]


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
