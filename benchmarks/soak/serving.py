"""A real gunicorn on the loopback interface, its workers, and how much memory they take."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Gunicorn:
    """A gunicorn that runs.

    :ivar port: where it listens.
    :ivar pid: of its master.
    """

    port: int
    pid: int

    def workers(self) -> dict[int, float]:
        """Return the workers' process ids, with when each started, in clock ticks since the machine did."""
        try:
            path = Path(f"/proc/{self.pid}/task/{self.pid}/children")
            pids = [int(pid) for pid in path.read_text(encoding="ascii").split()]
        except OSError:
            return {}
        return {pid: started for pid in pids if (started := _started(pid)) is not None}

    def reload(self) -> None:
        """Have all workers replaced, as a deployment does."""
        os.kill(self.pid, signal.SIGHUP)

    def kill(self, worker: int) -> None:
        """Kill a worker at once."""
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)


def resident(pid: int) -> int | None:
    """Return the bytes of a process that are in memory; None when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return None


def _started(pid: int) -> float | None:
    try:
        return float(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19])
    except (OSError, IndexError):
        return None


@contextmanager
def gunicorn(app: str, options: list[str], environ: Mapping[str, str], log: Path) -> Iterator[Gunicorn]:
    """Serve an app; all of its processes are ended with the block, whatever happens.

    :param app: as gunicorn takes it, ``module:make_app()``.
    :param options: of gunicorn.
    :param log: a file for what it writes.
    """
    with create_server(("127.0.0.1", 0), backlog=512) as listener, log.open("wb") as file:
        command = (
            *(sys.executable, "-m", "gunicorn", "--config", "python:benchmarks.soak.gunicorn_settings"),
            *("--bind", f"fd://{listener.fileno()}", "--graceful-timeout", "10", *options, app),
        )
        process = subprocess.Popen(
            command,
            pass_fds=(listener.fileno(),),
            env={**os.environ, **environ},
            stderr=file,
            start_new_session=True,
        )
        try:
            yield Gunicorn(listener.getsockname()[1], process.pid)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # the workers too; the session is its own
    process.wait()
