"""gunicorn and nginx by the files of ``sample_app/deploy``, PostgreSQL and Redis by those of ``.ci``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "sample_app" / "deploy"
STARTED = 30
"""Seconds within which a server must answer."""

# They end with this process, however it ends: then there is nothing left to read.
_STORES = """
. .ci/postgres >&2
. .ci/redis >&2
printf '%s\n%s\n' "${CLOVA_TEST_POSTGRES_URL:-}" "${CLOVA_TEST_REDIS_URL:-}"
exec >&-
read -r _ || true
stop_redis
stop_postgres
"""


@contextmanager
def stores() -> Iterator[tuple[str, str]]:
    """Start a PostgreSQL and a Redis, and yield their URLs.

    :raises SystemExit: one of them is not installed.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(["bash", "-c", _STORES], cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        database, redis = process.stdout.readline().strip(), process.stdout.readline().strip()
        if not database or not redis:
            raise SystemExit("PostgreSQL and Redis are needed: apt-get install postgresql redis-server")
        yield database, redis


@contextmanager
def machine(folder: Path, app: str, *options: str) -> Iterator[int]:
    """Serve an app with gunicorn as the sample app is served, on a port of its own.

    :param folder: of this machine alone; it is made.
    """
    folder.mkdir()
    with create_server(("127.0.0.1", 0), backlog=256) as listener:
        descriptor, port = listener.fileno(), listener.getsockname()[1]
        command = (
            *(sys.executable, "-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py")),
            *("--bind", f"fd://{descriptor}", *options, app),
        )
        environ = {**os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT)}
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=folder, env=environ, pass_fds=(descriptor,), stdout=log, stderr=log
            )
        with _ended(process):
            _wait(port)
            yield port


@contextmanager
def proxy(folder: Path, ports: Sequence[int]) -> Iterator[int]:
    """Put nginx before machines, as it is before the sample app, but without TLS; yield its port.

    :raises SystemExit: it is not installed.
    """
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise SystemExit("nginx is needed: apt-get install nginx")
    folder.mkdir()
    with create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    path = folder / "nginx.conf"
    path.write_text(_configuration(folder, port, ports), encoding="utf-8")
    with (folder / "log").open("wb") as log:
        command = (program, "-p", str(folder), "-c", str(path), "-g", "daemon off;")
        process = subprocess.Popen(command, stdout=log, stderr=log)
    with _ended(process):
        _wait(port)
        yield port


def _configuration(folder: Path, port: int, ports: Sequence[int]) -> str:
    site = (DEPLOY / "nginx" / "pizzabot.conf").read_text(encoding="utf-8")
    site = re.sub(r"server \{\s+listen 443 ssl default_server;.*?\n\}\n", "", site, flags=re.DOTALL)
    site = re.sub(r"\n +ssl_.*", "", site.replace("443 ssl", f"127.0.0.1:{port}"))
    # Account linking must see https, which a load balancer before nginx would tell.
    site = site.replace("X-Forwarded-Proto $scheme", "X-Forwarded-Proto https")
    site = site.replace("/var/log/nginx", str(folder))
    servers = "".join(f"server 127.0.0.1:{one};" for one in ports)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "" if os.geteuid() else "user root;\n"  # of the files in the folder
    return (
        f"{user}pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nworker_processes 1;\n"
        f"events {{ worker_connections 1024; }}\n"
        f"http {{\n{temporary}upstream pizzabot {{ {servers} }}\n{site}}}\n"
    )


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int) -> None:
    """Wait until a server answers, whatever it is."""
    ends = time.monotonic() + STARTED
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=STARTED)
        try:
            connection.request("GET", "/")
            connection.getresponse()
            return
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)
        finally:
            connection.close()
