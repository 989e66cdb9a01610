"""The layers of the package, and its public names."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import clova_flask

ROOT = Path(clova_flask.__file__).parent

ROWS = [
    "texts",
    "errors",
    "platforms signals",
    "findings",
    "settings wire",
    "user_data",
    "security storage injection",
    "telemetry",
    "custom home",
    "registry",
    "endpoint context decorators",
    "runtime",
    "templates views health",
    "routing",
    "extension",
    "audio cards playback",
    "clova_flask",
    "linking",
    "devtools.model",
    "devtools.understanding",
    "devtools.evaluation devtools.simulator",
    "devtools.diagnostics devtools.scaffold",
    "testing",
    "devtools.console",
    "devtools.cli pytest_plugin",
]
"""Rooms from the ground floor up; each imports only rooms of the rows below its own, and itself."""

ROW_OF = {room: index for index, row in enumerate(ROWS) for room in row.split()}


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
            goes_down = imported == room or ROW_OF[imported] < ROW_OF[room]
            assert goes_down, f"{module} imports {name}"


@pytest.mark.parametrize("module", [m for m in modules() if ROW_OF.get(room_of(m), 99) <= ROW_OF["custom"]])
def test_no_flask_below_the_runtime(module):
    assert not [name for name in imports_of(module) if name.split(".")[0] == "flask"]


@pytest.mark.parametrize("module", [m for m in modules() if not m.startswith("devtools.cli")])
def test_click_is_the_command_lines_alone(module):
    assert not [name for name in imports_of(module) if name.split(".")[0] == "click"]


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
        "ClovaError", "ConfigurationError", "Context", "Device", "Directive", "Display", "Duration", "Event",
        "EventRequest", "HandlerGroup", "HandlerTimeout", "Intent", "IntentRequest", "Interval",
        "KeySourceError",
        "LaunchRequest", "MalformedMessage", "Message", "MessageTooLarge", "ModelError",
        "NoUserLoader",
        "NotFilled", "ProgressReport", "Quantity",
        "RegistrationError", "ReplayGuardUnavailable", "ReplayedMessage", "Request", "RequestRefused",
        "Session", "SessionEndedRequest", "SignatureError",
        "Slot", "SlotError", "Speech", "SpeechSet", "StaleMessage", "User", "UserData", "UserDataConflict",
        "UserDataInvalid", "UserDataUnavailable", "WrongExtension", "ask",
        "ask_for", "audio", "cards", "control", "current_context", "current_request", "current_session",
        "current_user", "lyrics", "message_failed", "message_handled", "message_received", "message_refused",
        "message_verified", "playable_item", "playback", "player_info", "tell",
    ]  # fmt: skip


@pytest.mark.parametrize("name", clova_flask.__all__)
def test_public_names_are_there(name):
    assert getattr(clova_flask, name, None) is not None or name.startswith("current_")


_SQL = ("alembic", "sqlalchemy")
_NEEDS = {
    "linking": ("authlib", *_SQL),
    "storage.autogenerate": _SQL,
    "storage.database": _SQL,
    "storage.engines": _SQL,
    "storage.migrations": _SQL,
    "storage.redis_connections": ("redis",),
    "storage.sql_user_data": _SQL,
    "storage.statements": _SQL,
    "storage.tables": _SQL,
    "storage.upgrades": _SQL,
    "devtools.understanding.answers": ("numpy",),
    "devtools.understanding.build": ("numpy",),
    "devtools.understanding.classifier": ("numpy",),
    "devtools.understanding.entries": ("numpy",),
    "devtools.understanding.exact": ("numpy",),
    "devtools.understanding.fitting": ("numpy",),
    "devtools.understanding.kept_builds": ("numpy",),
    "devtools.understanding.rivals": ("numpy",),
    "devtools.understanding.score": ("numpy",),
    "devtools.understanding.slots": ("numpy",),
    "devtools.understanding.softmax": ("numpy",),
    "devtools.understanding.stored": ("numpy",),
    "devtools.understanding.understander": ("numpy",),
    "devtools.understanding.vectors": ("numpy",),
    "devtools.console": ("PIL", "flask_babel", "flask_bootstrap", "flask_sqlalchemy", "flask_wtf"),
}
"""What the extras bring for a room, or for a module with what is in it."""


def needs(module):
    return [name for part, names in _NEEDS.items() if f"{module}.".startswith(f"{part}.") for name in names]


@pytest.mark.parametrize("module", modules())
def test_every_module_can_be_imported_alone(module):
    for name in needs(module):
        pytest.importorskip(name)
    assert importlib.import_module(f"clova_flask.{module}").__doc__


def test_every_exception_stands_in_the_tree():
    errors = importlib.import_module("clova_flask.errors")
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, Exception):
            assert f" {name}" in errors.__doc__ or name == "ClovaError"


SERVED = """
import sys
from flask import Flask
from clova_flask import Clova, ask
from clova_flask.home import Appliance, action

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
import base64, json

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
app = Flask("served")
app.config.update(CLOVA_PUBLIC_KEY=pem, CLOVA_EXTENSION_ID="com.example.pizzabot")
clova = Clova(app)
clova.user_loader(lambda access_token: access_token)

@clova.intent("OrderPizza")
def order(pizza_type: str):
    return ask(f"{pizza_type} 맞나요?")

class Lamp(Appliance, type="LIGHT"):
    @action("TurnOn")
    def turn_on(self):
        pass

@clova.home.load
def load(appliance_id):
    return Lamp(appliance_id)

def post(message):
    body = json.dumps(message).encode()
    signature = base64.b64encode(key.sign(body, padding.PKCS1v15(), SHA256())).decode()
    response = app.test_client().post("/clova", data=body, headers={"SignatureCEK": signature})
    assert response.status_code == 200, response.text
    return response.json

slots = {"pizzaType": {"name": "pizzaType", "value": "페퍼로니"}}
answer = post({
    "version": "1.0",
    "session": {"sessionId": "1", "new": True, "sessionAttributes": {}, "user": {"userId": "u"}},
    "context": {"System": {"application": {"applicationId": "com.example.pizzabot"}}},
    "request": {"type": "IntentRequest", "intent": {"name": "OrderPizza", "slots": slots}},
})
assert answer["response"]["outputSpeech"]["values"]["value"] == "페퍼로니 맞나요?", answer
answer = post({
    "header": {"messageId": "m", "namespace": "ClovaHome", "name": "TurnOnRequest", "payloadVersion": "1.0"},
    "payload": {"accessToken": "t", "appliance": {"applianceId": "lamp-1"}},
})
assert answer["header"]["name"] == "TurnOnConfirmation", answer
extras = ("clova_flask.linking", "clova_flask.storage", "alembic", "authlib", "redis", "sqlalchemy")
unused = ("clova_flask.devtools", "clova_flask.security.replay", "clova_flask.security.outage", *extras)
print([name for name in sys.modules if name.startswith(unused)])
"""


def run_python(*arguments, **options):
    """Run Python in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_served_request_loads_nothing_of_devtools_and_linking():
    assert run_python("-c", SERVED).strip() == "[]"


PLAIN = """
import sys

def test_plain():
    assert not {"flask", "marshmallow", "requests"} & set(sys.modules)
    ours = {name for name in sys.modules if name.split(".")[0] == "clova_flask"}
    assert ours == {"clova_flask", "clova_flask.pytest_plugin"}
"""


def test_a_plain_pytest_run_imports_no_flask(tmp_path):
    tmp_path.joinpath("test_plain.py").write_text(PLAIN)
    # A transcript is collected without being read.
    tmp_path.joinpath("order.dialog.yaml").write_text("turns: []")
    # pytest-flask is another plugin, which does import flask.
    plugins = ("-p", "no:flask", "-p", "no:cacheprovider")
    run_python("-m", "pytest", "-q", *plugins, "--deselect", "order.dialog.yaml", cwd=tmp_path)


def test_the_top_of_the_package_is_small():
    assert len(list(ROOT.glob("*.py"))) <= 18


def sources():
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


@pytest.mark.parametrize("source", sources())
def test_modules_are_short_and_plain(source):
    text = ROOT.joinpath(source).read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.IfExp):
            inner = [child for child in ast.walk(node) if isinstance(child, ast.IfExp) and child is not node]
            assert not inner, f"{source}:{node.lineno} has a conditional expression inside another"
