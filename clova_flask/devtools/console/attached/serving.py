"""The process of the app under development: ``python -m …console.attached.serving APP PORT``.

It serves the app in debug, on the loopback address alone, and reloads it when a file changes. What it tells
the console goes through the pipe whose number is in the environment.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from flask import Flask
from flask.cli import ScriptInfo
from werkzeug.serving import is_running_from_reloader, run_simple

from ....security.devkey import PRIVATE_NAME, write_key
from ....security.signature import HEADER
from ...simulator.tracebacks import shortened
from .described import describe
from .process import PIPE, saved_at
from .turns import turn_key

logger = logging.getLogger("clova_flask")

HOST = "127.0.0.1"
_RESTART = 3
"""The exit status at which Werkzeug's reloader starts the process again."""

_SIGNATURE = f"HTTP_{HEADER.upper().replace('-', '_')}"
_turn: ContextVar[str] = ContextVar("clova_console_turn", default="")

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]


class Telling:
    """Writes to the console, one line of JSON for each thing that is told."""

    def __init__(self, pipe: IO[str]) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def tell(self, event: str, **told: Any) -> None:
        """Tell something."""
        line = json.dumps({"event": event, **told}, ensure_ascii=True)
        with self._lock:
            try:
                self._pipe.write(f"{line}\n")
                self._pipe.flush()
            except OSError:  # the console has gone; this process follows
                pass


class _TurnLog(logging.Handler):
    """Tells the console each record of a turn."""

    def __init__(self, telling: Telling) -> None:
        super().__init__()
        self._telling = telling

    def emit(self, record: logging.LogRecord) -> None:
        turn = _turn.get()
        if not turn or record.name == "werkzeug":
            return
        try:
            text = record.getMessage()
        except Exception:  # noqa: BLE001 - arguments that do not fit the message are the app's own mistake
            text = str(record.msg)
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            text = f"{text}\n{shortened(error)}"
        self._telling.tell("log", turn=turn, level=record.levelname, logger=record.name, text=text)


def _in_turns(app: Wsgi, telling: Telling) -> Wsgi:
    """Wrap an app, so that what it logs while it answers a message belongs to that turn."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        signature = environ.get(_SIGNATURE, "")
        token = _turn.set(turn_key(signature) if signature else "")
        try:
            return app(environ, start_response)
        except Exception:
            # In debug Flask leaves it to the server, whose log knows of no turn.
            logger.exception("%s %s failed.", environ.get("REQUEST_METHOD"), environ.get("PATH_INFO"))
            return _error(start_response, "Internal Server Error")
        finally:
            if signature:
                telling.tell("done", turn=_turn.get())
            _turn.reset(token)

    return answer


def _error(start_response: StartResponse, text: str) -> list[bytes]:
    start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode(errors="replace")]


def _load(import_path: str, telling: Telling) -> tuple[Wsgi, list[str]]:
    """Load the app.

    :return: the app, or what answers in its place, and files to watch beside those of modules.
    """
    began = time.time()
    try:
        app = ScriptInfo(app_import_path=import_path).load_app()
        _make_key(app)
        extensions = [asdict(one) for one in describe(app)]
        files = _restart_if_changed(began, _own_files())
        telling.tell("loaded", instance=app.instance_path, extensions=extensions, files=files, began=began)
    except Exception as error:  # noqa: BLE001 - whatever the app raises is shown to its developer
        traceback.print_exc()
        found = _files_of(error)
        files = _restart_if_changed(began, [*_own_files(), *found])
        telling.tell("failed", traceback=shortened(error), files=files, began=began)
        return _failed(shortened(error)), found
    return app, []


def _own_files() -> list[str]:
    """List the files of the modules that were imported from the project, and not from a library in it."""
    project = Path.cwd()
    named = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    files = {Path(name) for name in named if name}
    return sorted(
        str(file) for file in files if file.is_relative_to(project) and "site-packages" not in file.parts
    )


def _restart_if_changed(began: float, files: list[str]) -> list[str]:
    """End the process, to be started again, where a file was saved after it had been read, maybe.

    The reloader compares with what it finds at its first look, which comes after the app was loaded.
    """
    now = time.time()
    if any(began < saved_at(file) <= now for file in files):
        os._exit(_RESTART)
    return files


def _make_key(app: Flask) -> None:
    folder = Path(app.instance_path)
    if not (folder / PRIVATE_NAME).exists():
        write_key(folder)


def _failed(text: str) -> Wsgi:
    def answer(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return _error(start_response, f"The app cannot be loaded.\n{text}")

    return answer


def _files_of(error: BaseException | None) -> list[str]:
    """List the files of a traceback and of those before it, which the module that failed is in alone."""
    files: list[str] = []
    while error is not None:
        files += [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
        if isinstance(error, SyntaxError) and error.filename:
            files.append(error.filename)
        # Flask's own error hides an ImportError, and has it in its context all the same.
        error = error.__context__
    return [file for file in dict.fromkeys(files) if Path(file).is_file()]


def _end_with_the_console() -> None:
    """End this process when the console closes its end, or has gone."""
    # Not sys.stdin, whose lock a thread must not hold when the reloader ends this process.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main(import_path: str, port: int) -> None:
    """Serve the app, until the console ends."""
    sys.path.insert(0, str(Path.cwd()))
    telling = Telling(os.fdopen(int(os.environ[PIPE]), "w", encoding="ascii"))
    threading.Thread(target=_end_with_the_console, daemon=True).start()
    app: Wsgi = _failed("It is being loaded.")
    files: list[str] = []
    if is_running_from_reloader():
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
        logging.getLogger().addHandler(_TurnLog(telling))
        app, files = _load(import_path, telling)
    # Not watchdog, where that is installed: its queue overflows when packages are, and says so without end.
    run_simple(
        HOST,
        port,
        _in_turns(app, telling),
        use_reloader=True,
        reloader_type="stat",
        threaded=True,
        extra_files=files,
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
