"""The app under development, in a process of its own beside the console, with reload.

Its log lines, and the frames of its exceptions, come over a pipe, by turn: the signature of a message is the
turn's key on both sides. Nothing of that is ever on HTTP. When the console ends, however it ends, the pipe is
closed and the app ends with it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from flask import current_app

from ....errors import ClovaError
from ....findings import Finding, Place
from ....security.devkey import read_key
from .described import Described
from .turns import turn_key

MAX_TURNS = 500
"""Turns whose lines are kept; the history of tests has what was shown."""
MAX_LINES = 1000
"""Lines that are kept of one turn."""
CHECK_TIMEOUT = 60
"""Seconds that a command of ``flask clova`` may take."""
PIPE = "CLOVA_CONSOLE_PIPE"
"""Environment variable with the number of the pipe's end that the app writes to."""
_MAX_TOLD = 2000
"""Characters of what a command that failed wrote to its error stream; the last ones tell why."""
_MAX_BEGIN = 300
"""Characters of what it printed in the place of JSON."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line that the app wrote to its log in a turn.

    :ivar level: ``WARNING``.
    :ivar logger: the logger's name.
    :ivar text: the message, with the developer's own frames of an exception below it.
    """

    level: str
    logger: str
    text: str


class AttachedApp:
    """The app beside the console.

    :param import_path: what ``--app`` names: ``shop``, ``shop:create_app()``.
    :param port: the port that it is served at, on the loopback address.
    :ivar project: the folder that it is started in.
    :ivar failure: the traceback with which it could not be loaded; empty when it was.
    :ivar is_served: whether it is being served.
    :ivar loaded_at: when it was loaded last, or could not be.
    """

    def __init__(self, import_path: str, port: int) -> None:
        self.import_path = import_path
        self.port = port
        self.project = Path.cwd()
        self.failure = ""
        self.is_served = False
        self.loaded_at: datetime | None = None
        self._loads = 0
        self._files: list[str] = []
        self._saved = 0.0
        self._instance: Path | None = None
        self._described: list[Described] = []
        self._lines: OrderedDict[str, list[LogLine]] = OrderedDict()
        self._done: OrderedDict[str, None] = OrderedDict()
        self._changed = threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def instance_path(self) -> Path | None:
        """The app's instance folder; None until the app has been loaded."""
        return self._instance

    @property
    def url(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the app, and read what it tells."""
        read_end, write_end = os.pipe()
        command = [
            sys.executable,
            "-m",
            "clova_flask.devtools.console.attached.serving",
            self.import_path,
            str(self.port),
        ]
        # A process of the reloader is started by the app's, and must have the same end of the pipe.
        os.set_inheritable(write_end, True)
        self._process = subprocess.Popen(  # noqa: S603 - the developer's own app
            command,
            stdin=subprocess.PIPE,
            pass_fds=(write_end,),
            env={**os.environ, "FLASK_DEBUG": "1", PIPE: str(write_end)},
        )
        os.close(write_end)
        threading.Thread(target=self._read, args=(read_end,), daemon=True).start()

    def stop(self) -> None:
        """End the app."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait(timeout=10)

    def wait(self, seconds: float) -> bool:
        """Wait until the app is served or has failed to load.

        :return: whether it is served.
        """
        with self._changed:
            self._changed.wait_for(lambda: self.is_served or bool(self.failure), seconds)
            return self.is_served

    def settle(self, seconds: float) -> None:
        """Wait until what was saved of the app's files by now is loaded: the reloader looks once in a second.

        :param seconds: how long that is waited for, once for each change.
        """
        with self._changed:
            saved = max(map(saved_at, self._files), default=0.0)
            if saved <= self._saved:
                return
            self._saved, loads = saved, self._loads
            self._changed.wait_for(lambda: self._loads != loads, seconds)

    def described(self) -> list[Described]:
        """List the app's extensions."""
        return list(self._described)

    def endpoint_url(self, described: Described) -> str:
        """Return the URL of an extension's endpoint."""
        return f"{self.url}{described.path}"

    def key(self) -> rsa.RSAPrivateKey | None:
        """Return the development key, which the app trusts; None where there is none."""
        return None if self._instance is None else read_key(self._instance)

    def lines(self, signature: str) -> list[LogLine]:
        """List what the app wrote in the turn of a message, by the message's signature."""
        with self._changed:
            return list(self._lines.get(turn_key(signature), ()))

    def lines_when_done(self, signature: str, seconds: float) -> list[LogLine]:
        """List what the app wrote in a turn once it has answered, and forget it.

        :param seconds: how long that is waited for.
        """
        turn = turn_key(signature)
        with self._changed:
            self._changed.wait_for(lambda: turn in self._done, seconds)
            self._done.pop(turn, None)
            return self._lines.pop(turn, [])

    def check(self, *options: str) -> dict[str, list[Finding]]:
        """Run ``flask clova check`` in a fresh process; findings by extension's name.

        :param options: further ones of the command.
        :raises ClovaError: it could not be run.
        """
        found = self._run("check", "--json", *options)
        return {name: [_finding(row) for row in rows] for name, rows in found.items()}

    def make_client(self, name: str, redirect_uri: str) -> tuple[str, str]:
        """Run ``flask clova linking client`` in a fresh process.

        :param name: the extension's name in the app.
        :param redirect_uri: a redirect URL beside the platform's.
        :return: the id and the secret of a client of the app's OAuth server.
        :raises ClovaError: it could not be made.
        """
        options = ("--json", "--name", name, "--redirect-uri", redirect_uri)
        made = self._run("linking", "client", *options)
        return made["client_id"], made["client_secret"]

    def _run(self, *arguments: str) -> dict[str, Any]:
        """Run a command of ``flask clova``, and read the JSON that it prints."""
        command = [sys.executable, "-m", "flask", "--app", self.import_path, "clova", *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - the developer's own app
                command,
                capture_output=True,
                env={**os.environ, "FLASK_DEBUG": "1"},
                timeout=CHECK_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            text = f"flask clova {arguments[0]} took longer than {CHECK_TIMEOUT} s."
            raise ClovaError(text) from None
        return _printed(arguments[0], done)

    def _read(self, read_end: int) -> None:
        with os.fdopen(read_end, "rb") as pipe:
            for line in pipe:
                self._take(json.loads(line))

    def _take(self, told: Mapping[str, Any]) -> None:
        with self._changed:
            match told["event"]:
                case "loaded":
                    self._instance = Path(told["instance"])
                    self._described = [Described(**one) for one in told["extensions"]]
                    self.failure, self.is_served = "", True
                    self._loaded(told)
                case "failed":
                    self.failure, self.is_served = told["traceback"], False
                    self._loaded(told)
                case "done":
                    self._done[told["turn"]] = None
                    while len(self._done) > MAX_TURNS:
                        self._done.popitem(last=False)
                case "log":
                    self._keep(told["turn"], LogLine(told["level"], told["logger"], told["text"]))
            self._changed.notify_all()

    def _loaded(self, told: Mapping[str, Any]) -> None:
        self.loaded_at = datetime.now(UTC)
        self._loads += 1
        self._files, self._saved = told["files"], told["began"]

    def _keep(self, turn: str, line: LogLine) -> None:
        lines = self._lines.setdefault(turn, [])
        if len(lines) < MAX_LINES:
            lines.append(line)
        self._lines.move_to_end(turn)
        while len(self._lines) > MAX_TURNS:
            self._lines.popitem(last=False)


def _printed(command: str, done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """Read the JSON object that a command printed last: what an app prints as it is imported comes before.

    :raises ClovaError: there is none.
    """
    printed = done.stdout.decode(errors="replace")
    for start in reversed([found.start() for found in re.finditer(r"^\{", printed, re.MULTILINE)]):
        try:
            read: dict[str, Any] = json.JSONDecoder().raw_decode(printed, start)[0]
        except (ValueError, RecursionError):
            continue
        return read
    told = done.stderr.decode(errors="replace").strip()[-_MAX_TOLD:]
    if told and done.returncode:
        raise ClovaError(told)
    begin = printed.strip()[:_MAX_BEGIN] or "nothing"
    raise ClovaError(f"flask clova {command} printed what is not JSON: {begin}")


def saved_at(file: str) -> float:
    """Return when a file was saved last; 0 where it is not there."""
    try:
        return Path(file).stat().st_mtime
    except OSError:  # it is being saved, or was removed
        return 0.0


def _finding(row: Mapping[str, Any]) -> Finding:
    place = Place(row.get("name", ""), Path(row["path"]) if row.get("path") else None, row.get("line") or 0)
    return Finding(row["code"], row["message"], place)


def attached_app() -> AttachedApp | None:
    """Return the app beside this console; None where there is none."""
    found: AttachedApp | None = current_app.extensions["clova_console_attached"]
    return found
