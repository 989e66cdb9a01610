"""A Home unlock sent 1,000 times, and what the replay guard costs: ``python -m benchmarks.replays``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from clova_flask import Clova
from clova_flask.home import Appliance, action

from .contenders.brightness_ours import create_app
from .contenders.configured import configured_app
from .signing import HEADERS, PATH, SignedRequest, make_key, public_pem, sign
from .tables import print_row, print_versions
from .workloads import WORKLOADS
from .wsgi import Exchange

MACHINES, WORKERS = 2, 2
REPEATS = 1_000
CONNECTIONS = 16
CHUNKS, SIZE = 40, 50


def main() -> None:
    """Print what became of the repeats, and the microseconds of a message with each kind of guard."""
    if shutil.which("redis-server") is None:
        raise SystemExit("redis-server is not installed: apt-get install redis-server")
    print_versions()
    with TemporaryDirectory() as folder, _redis(Path(folder)) as url:
        _replay(Path(folder), url)
        _measure(url)


def make_app(public_key: str, redis_url: str, opened: str) -> Flask:
    """Make the app of a machine, which notes each time that its lock is opened."""
    app = configured_app(__name__, public_key)
    clova = Clova(replay_guard_url=redis_url, home_any_token=True)

    class Lock(Appliance, type="SMARTLOCK"):
        """A front door."""

        @action("SetLockState")
        def set_state(self, lock_state: str) -> str:
            """Open it."""
            with Path(opened).open("a", encoding="ascii") as file:
                file.write("opened\n")
            return lock_state

    @clova.home.load
    def load(appliance_id: str) -> Lock:
        return Lock(appliance_id)

    clova.init_app(app)
    return app


def _unlock(number: int = 0) -> dict[str, Any]:
    return {
        "header": {
            "messageId": f"33da6561-0149-4532-a30b-{number:012}",
            "namespace": "ClovaHome",
            "name": "SetLockStateRequest",
            "payloadVersion": "1.0",
        },
        "payload": {"accessToken": "t", "appliance": {"applianceId": "door"}, "lockState": "UNLOCKED"},
    }


def _replay(folder: Path, url: str) -> None:
    key, opened = make_key(), folder / "opened"
    signed = sign(key, _unlock())
    with ExitStack() as stack:
        ports = [
            stack.enter_context(_machine(f"{public_pem(key)!r}, {url!r}, {str(opened)!r}"))
            for _ in range(MACHINES)
        ]
        pool = stack.enter_context(ThreadPoolExecutor(CONNECTIONS))
        for _ in pool.map(lambda n: _post(ports[n % MACHINES], sign(key, _unlock(n + 1))), range(200)):
            pass  # all workers are up, and have a connection to Redis
        opened.unlink()
        start = time.perf_counter()
        answers = Counter(pool.map(lambda n: _post(ports[n % MACHINES], signed), range(REPEATS)))
        seconds = time.perf_counter() - start
    listed = ", ".join(f"{count:,} × {status}" for status, count in sorted(answers.items()))
    times = len(opened.read_text(encoding="ascii").split())
    print(f"\nOne unlock sent {REPEATS:,} times to {MACHINES} gunicorns of {WORKERS} workers with one Redis:")
    print(f"{listed}; the door was opened {times} ×; {seconds:.1f} s")


def _post(port: int, signed: SignedRequest) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", PATH, signed.body, {**HEADERS, "SignatureCEK": signed.signature})
    status = connection.getresponse().status
    connection.close()
    return status


@contextmanager
def _machine(arguments: str) -> Iterator[int]:
    with create_server(("127.0.0.1", 0), backlog=CONNECTIONS) as listener:
        command = (
            *(sys.executable, "-m", "gunicorn", "--config", "python:benchmarks.gunicorn_settings"),
            *("--workers", str(WORKERS), "--log-level", "critical", "--bind", f"fd://{listener.fileno()}"),
            f"benchmarks.replays:make_app({arguments})",
        )
        descriptor, quiet = listener.fileno(), subprocess.DEVNULL  # each repeat is a warning in the log
        with subprocess.Popen(command, pass_fds=(descriptor,), stderr=quiet) as process:
            try:
                yield listener.getsockname()[1]
            finally:
                process.terminate()


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    path = folder / "redis.sock"
    command = ("redis-server", "--port", "0", "--unixsocket", str(path), "--dir", str(folder), "--save", "")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            while not path.exists():
                time.sleep(0.01)
            yield f"unix://{path}"
        finally:
            process.terminate()


def _measure(url: str) -> None:
    """Send the same messages, each once, to apps that take turns."""
    workload, key = WORKLOADS["brightness"], make_key()
    signed = [sign(key, workload.message(number)) for number in range(CHUNKS * SIZE)]
    guards = {"off": None, "memory://": "memory://", "Redis, by a Unix socket": url}
    apps = {name: create_app(workload, public_pem(key), guard) for name, guard in guards.items()}
    times: dict[str, list[float]] = {name: [] for name in apps}
    for first in range(0, len(signed), SIZE):
        for name, app in apps.items():
            exchanges = [Exchange(app, one) for one in signed[first : first + SIZE]]
            start = time.perf_counter()  # and not of the CPU: Redis is another process
            for exchange in exchanges:
                exchange.once()
            times[name].append((time.perf_counter() - start) / SIZE)
            if exchanges[-1].status != "200 OK":
                raise RuntimeError(f"Answered with {exchanges[-1].status} while being measured.")
    print()
    print_row("One signed SetBrightnessRequest", "median µs", "more", "min µs", "more")
    off = times["off"]
    for name, taken in times.items():
        print_row(
            f"guard: {name}",
            f"{median(taken) * 1e6:.1f}",
            f"{(median(taken) - median(off)) * 1e6:+.1f}",
            f"{min(taken) * 1e6:.1f}",
            f"{(min(taken) - min(off)) * 1e6:+.1f}",
        )


if __name__ == "__main__":
    main()
