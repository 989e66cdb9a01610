"""Requests a second through gunicorn with one sync worker, on the loopback interface only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from socket import create_server
from time import perf_counter

from .contenders import Contender
from .load import Client
from .signing import SignedRequest

CONNECTIONS = 8


def measure(
    workload: str,
    contenders: list[Contender],
    public_key: str,
    signed: SignedRequest,
    *,
    rounds: int,
    size: int,
) -> dict[str, list[float]]:
    """Put load on contenders in turn; all servers are up, and one at a time has work.

    :param rounds: how often each has its turn.
    :param size: requests in a turn.
    :return: by name, the seconds of a request in each round.
    """
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(CONNECTIONS))
        clients = [
            (row.name, Client(stack.enter_context(_server(workload, row.name, public_key)), signed))
            for row in contenders
        ]
        for _, client in clients:
            client.once()
        times: dict[str, list[float]] = {name: [] for name, _ in clients}
        for turn in range(rounds):
            first = turn % len(clients)
            for name, client in clients[first:] + clients[:first]:
                times[name].append(_timed(pool, client, size))
    return times


def _timed(pool: ThreadPoolExecutor, client: Client, size: int) -> float:
    share = size // CONNECTIONS
    start = perf_counter()
    for done in [pool.submit(client.repeatedly, share) for _ in range(CONNECTIONS)]:
        done.result()
    return (perf_counter() - start) / (share * CONNECTIONS)


@contextmanager
def _server(workload: str, name: str, public_key: str) -> Iterator[int]:
    """Serve a contender on a free port, which is ours from before gunicorn starts."""
    with create_server(("127.0.0.1", 0), backlog=CONNECTIONS) as listener:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn"),
                *("--config", "python:benchmarks.gunicorn_settings"),
                *("--bind", f"fd://{listener.fileno()}"),
                f"benchmarks.contenders:make_app({workload!r}, {name!r}, {public_key!r})",
            ],
            pass_fds=(listener.fileno(),),
        )
        try:
            yield listener.getsockname()[1]
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
