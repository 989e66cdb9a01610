"""Where the soaked app keeps user data: SQLite or Redis of the soak's own, or what a URL names."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_UNTIL_THE_SOAK_ENDS = '"$0" "$@" & read -r _; kill -9 $!; wait'
"""Standard input ends when it is closed, and when the soak is killed."""


class Store:
    """Where user data is kept.

    :ivar url: its URL.
    """

    def __init__(self, url: str, restart_command: str = "") -> None:
        self.url = url
        self._restart_command = restart_command

    @property
    def can_restart(self) -> bool:
        """Whether the soak can restart it."""
        return bool(self._restart_command)

    def restart(self) -> None:
        """Restart it in the middle of what it does."""
        subprocess.run(self._restart_command, shell=True, check=True, timeout=60)


class OwnRedis(Store):
    """A redis-server in a folder, which writes each change to the disk before it confirms it."""

    can_restart = True

    def __init__(self, folder: Path) -> None:
        super().__init__(f"unix://{folder}/redis.sock")
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        socket = self._folder / "redis.sock"
        socket.unlink(missing_ok=True)
        options = ("--port", "0", "--unixsocket", str(socket), "--dir", str(self._folder), "--save", "")
        durable = ("--appendonly", "yes", "--appendfsync", "always")
        command = ("sh", "-c", _UNTIL_THE_SOAK_ENDS, "redis-server", *options, *durable)
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while not socket.exists():
            if time.monotonic() > end:
                raise RuntimeError("redis-server did not start.")
            time.sleep(0.01)

    def stop(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.communicate()

    def restart(self) -> None:
        """Kill it, and start it again a second later."""
        self.stop()
        time.sleep(1)
        self.start()


@contextmanager
def open_store(kind: str, folder: Path, restart_command: str) -> Iterator[Store]:
    """Open a store for the time of a block.

    :param kind: ``sqlite``, ``redis``, or a URL.
    :param folder: where what is the soak's own is kept.
    :param restart_command: restarts the server of a URL; empty for none.
    """
    if kind == "redis":
        if shutil.which("redis-server") is None:
            raise SystemExit("redis-server is not installed: apt-get install redis-server")
        own = OwnRedis(folder)
        try:
            own.start()
            yield own
        finally:
            own.stop()
    else:
        url = f"sqlite:///{folder}/soak.db" if kind == "sqlite" else kind
        yield Store(url, restart_command)
