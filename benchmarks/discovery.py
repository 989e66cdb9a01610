"""Discovery against ``json.dumps`` of the same dicts: ``python -m benchmarks.discovery``."""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import median

from .contenders import choose_encoder
from .signing import make_key, public_pem, sign
from .tables import print_row, print_versions
from .wsgi import Exchange

PROCESSES, ROUNDS = 3, 5

Work = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process has measured.

    :ivar size: of the answer, in bytes.
    :ivar seconds: of CPU in each round: of ``json.dumps``, of the same with the bytes of the answer, of the
        answer.
    :ivar peaks: the most bytes allocated at one time, by each of the three.
    """

    size: int
    seconds: list[tuple[float, ...]]
    peaks: tuple[int, ...]


def main() -> None:
    """Print time and memory of discovery, with and without orjson."""
    options = _options()
    print_versions()
    for encoder in ("json", "orjson"):
        print()
        print_row(
            f"Discovery, {encoder}", "MB of JSON", "dumps ms", "answer ms", "× dumps", "× unescaped", "peak ×"
        )
        for size in options.sizes:
            _print(size, [_in_process_of_its_own(encoder, size) for _ in range(PROCESSES)])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.discovery", description=__doc__)
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=[10_000], metavar="N", help="numbers of appliances"
    )
    return parser.parse_args()


def _print(size: int, runs: list[Measured]) -> None:
    rounds = [seconds for run in runs for seconds in run.seconds]
    cells = (
        runs[0].size / 1e6,
        median(dumps for dumps, _, _ in rounds) * 1e3,
        median(answer for _, _, answer in rounds) * 1e3,
        median(answer / dumps for dumps, _, answer in rounds),
        median(answer / unescaped for _, unescaped, answer in rounds),
        median(run.peaks[2] / run.peaks[0] for run in runs),
    )
    print_row(f"{size:,} appliances", *(f"{cell:.2f}" for cell in cells))


def _in_process_of_its_own(encoder: str, size: int) -> Measured:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, encoder, size).result()


def _measure(encoder: str, size: int) -> Measured:
    choose_encoder(encoder)
    lamps = importlib.import_module("benchmarks.lamps")  # now that the encoder is chosen
    key = make_key()
    exchange = Exchange(lamps.create_app(public_pem(key), size), sign(key, lamps.message()))
    answer = exchange.once
    wire = json.loads(answer())
    if len(wire["payload"]["discoveredAppliances"]) != size:
        raise RuntimeError("The answer does not list every appliance.")

    works: tuple[Work, ...] = (
        lambda: json.dumps(wire).encode(),
        lambda: json.dumps(wire, ensure_ascii=False).encode(),
        answer,
    )
    seconds = [tuple(map(_seconds, works)) for _ in range(ROUNDS)]
    return Measured(len(answer()), seconds, tuple(map(_peak, works)))


def _seconds(work: Work) -> float:
    """Return the seconds of CPU, which other processes change less than those of the clock."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _peak(work: Work) -> int:
    """Return the most bytes that were allocated at one time."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
