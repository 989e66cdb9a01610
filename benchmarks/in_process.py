"""The cost of a request with no server around it, each contender in a process of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection

from .contenders import Contender, make_app
from .signing import SignedRequest
from .workloads import WORKLOADS
from .wsgi import Exchange

_WARM_UP = 300


def measure(
    workload: str,
    contenders: list[Contender],
    public_key: str,
    signed: SignedRequest,
    *,
    starts: int,
    rounds: int,
    size: int,
) -> dict[str, list[float]]:
    """Time contenders in turn, one at a time.

    :param starts: how often all processes are started afresh: where things lie in the memory of a process
        makes it a few per cent faster or slower for as long as it lives.
    :param rounds: how often each contender has its turn between two starts.
    :param size: requests in a turn.
    :return: by name, the seconds of CPU of a request in each round.
    """
    times: dict[str, list[float]] = {row.name: [] for row in contenders}
    for _ in range(starts):
        with ExitStack() as stack:
            workers = [
                (row.name, stack.enter_context(_worker(workload, row.name, public_key, signed)))
                for row in contenders
            ]
            for turn in range(rounds):
                first = turn % len(workers)
                for name, worker in workers[first:] + workers[:first]:
                    worker.send(size)
                    times[name].append(worker.recv())
    return times


@contextmanager
def _worker(workload: str, name: str, public_key: str, signed: SignedRequest) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, workload, name, public_key, signed), daemon=True)
    process.start()
    theirs.close()
    try:
        ours.recv()
        yield ours
    finally:
        ours.close()
        process.join(timeout=5)


def _work(connection: Connection, workload: str, name: str, public_key: str, signed: SignedRequest) -> None:
    exchange = Exchange(make_app(workload, name, public_key), signed)
    exchange.require(WORKLOADS[workload].answer, name)
    exchange.timed(_WARM_UP)
    connection.send(None)
    try:
        while True:
            connection.send(exchange.timed(connection.recv()))
    except EOFError:
        return
