"""A Redis of a test's own, which it stops, hangs and starts again."""

import signal
import subprocess
import time


class OwnRedis:
    """A redis-server on a socket in a folder.

    :ivar url: its URL.
    """

    def __init__(self, folder):
        self._folder = folder
        self._socket = folder / "redis.sock"
        self.url = f"unix://{self._socket}"
        self._process = None

    def start(self):
        options = ["--port", "0", "--unixsocket", str(self._socket), "--dir", str(self._folder), "--save", ""]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(["redis-server", *options], stdout=log, stderr=log)
        end = time.monotonic() + 10
        while not self._socket.exists():
            assert time.monotonic() < end, (self._folder / "log").read_text()
            time.sleep(0.01)

    def stop(self):
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._socket.unlink(missing_ok=True)

    def hang(self):
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)
