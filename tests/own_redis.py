"""A Redis of a test's own, where its server is installed: it is set up, stopped, hung and started again."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest


class OwnRedis:
    """A redis-server on a socket in a folder.

    :ivar url: its URL.
    """

    def __init__(self, folder: Path) -> None:
        pytest.importorskip("redis")
        if shutil.which("redis-server") is None or shutil.which("redis-cli") is None:
            pytest.skip("no redis-server is installed")
        self._folder = folder
        self._socket = f"{folder}/redis.sock"
        self.url = f"unix://{self._socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        command = ["redis-server", "--port", "0", "--unixsocket", self._socket]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--dir", self._folder, "--save", "", *options], stdout=log, stderr=log
            )
        end = time.monotonic() + 10
        while self.ask("ping") != "PONG":
            assert time.monotonic() < end, (self._folder / "log").read_text()
            time.sleep(0.02)

    def ask(self, *command: str) -> str:
        """Send it a command by another client, and return what it answers."""
        asked = ["redis-cli", "-s", self._socket, *command]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            Path(self._socket).unlink(missing_ok=True)

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)
