"""A Redis of one test, where its server is installed: it is set up, killed and started again."""

import shutil
import subprocess
import time

import pytest


class OwnRedis:
    """A server on a socket in a folder.

    :ivar url: its URL.
    """

    def __init__(self, folder):
        self.url = f"unix://{folder}/redis.sock"
        self._folder = folder
        self._process = None

    def start(self, *options):
        command = ["redis-server", "--port", "0", "--unixsocket", f"{self._folder}/redis.sock"]
        self._process = subprocess.Popen(
            [*command, "--dir", self._folder, "--save", "", *options], stdout=subprocess.DEVNULL
        )
        ends = time.monotonic() + 10
        while self.ask("ping") != "PONG":
            assert time.monotonic() < ends, "Redis does not start."
            time.sleep(0.02)

    def ask(self, *command):
        """Send it a command by another client, and return what it answers."""
        answer = subprocess.run(
            ["redis-cli", "-s", f"{self._folder}/redis.sock", *command],
            capture_output=True,
            text=True,
            check=False,
        )
        return answer.stdout.strip()

    def kill(self):
        self._process.kill()
        self._process.wait()

    def signal(self, number):
        self._process.send_signal(number)


@pytest.fixture
def own_redis(tmp_path):
    pytest.importorskip("redis")
    if shutil.which("redis-server") is None or shutil.which("redis-cli") is None:
        pytest.skip("no redis-server")
    server = OwnRedis(tmp_path)
    yield server
    if server._process is not None:
        server.kill()
