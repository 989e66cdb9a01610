import shutil
import threading

import pytest
from jinja2 import FileSystemBytecodeCache
from werkzeug.serving import make_server


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory):
    """To compile the pages anew would take most of each test's time."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory):
    """The folder of a console in which nobody has done anything: its tables and its key are made once."""
    pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
    from clova_flask.devtools.console import create_app
    from clova_flask.devtools.console.records import db
    from clova_flask.security.devkey import write_key

    folder = tmp_path_factory.mktemp("empty")
    app = create_app(instance_path=folder)
    write_key(folder)
    with app.app_context():
        db.engine.dispose()
    # Each console has its own secret, and opens no other's sessions.
    for secret in folder.glob("clova-console-secret*"):
        secret.unlink()
    return folder


@pytest.fixture
def make_console(tmp_path, compiled_templates, empty_store, monkeypatch):
    """Make consoles; two with one folder share a store."""
    from clova_flask.devtools.console import create_app
    from clova_flask.devtools.console.models import preparing
    from clova_flask.devtools.console.records import db

    # On a machine that is busy the model of a test may take longer than a page waits for it.
    monkeypatch.setattr(preparing, "PATIENCE", 30)

    consoles = []

    def make_console(folder="console", **options):
        if not (tmp_path / folder).exists():
            shutil.copytree(empty_store, tmp_path / folder)
        app = create_app(instance_path=tmp_path / folder, config={"TESTING": True}, **options)
        app.jinja_env.bytecode_cache = compiled_templates
        consoles.append(app)
        return app

    yield make_console
    for app in consoles:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def console(make_console):
    return make_console()


@pytest.fixture
def browser(console):
    from tests.devtools.console.browser import Browser

    return Browser(console)


@pytest.fixture
def serve():
    """Serve WSGI apps on the loopback address; returns the address of each."""
    servers = []

    def serve(app):
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def register(browser):
    """Register an extension by its form; returns the page that follows."""

    def register(platform="naver", kind="custom", **values):
        page = browser.get(f"/register/{platform}/{kind}")
        given = {"extension_id": "com.example.pizzabot", "name": "피자봇 가게", **values}
        return page.form("extension_id").submit(**given)

    return register
