"""Discovery of many appliances, against ``json.dumps`` of the same dicts; run with ``python -m``."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from flask import Flask

from clova_flask import Clova
from clova_flask.home import Appliance, action
from clova_flask.security.devkey import sign
from clova_flask.testing import CekClient
from clova_flask.wire import json as codec

from .tables import print_versions

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5
WRITERS = {"Without orjson": codec._write_stdlib, "With orjson": codec._write_orjson}  # noqa: SLF001


class Lamp(Appliance, type="LIGHT", location="LIVING_ROOM"):
    """A light with four actions, one of them with limits."""

    @action("TurnOn", "TurnOff")
    def power(self) -> None:
        """Do nothing."""

    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: float) -> float:
        """Do nothing."""
        return brightness

    @action("SetColorTemperature", values=[2700, 4000, 6500])
    def temper(self, color_temperature: int) -> int:
        """Do nothing."""
        return color_temperature


def main() -> None:
    """Print time and memory of discovery for several numbers of appliances."""
    print_versions()
    for title, write in WRITERS.items():
        codec._write = write  # noqa: SLF001 - what the package chooses when it is imported
        _print_row(title, "MB of JSON", "json.dumps ms", "answer ms", "ratio", "peak ratio")
        for size in SIZES:
            answer, dumps = _contenders(size)
            times = [(_seconds(dumps), _seconds(answer)) for _ in range(ROUNDS)]
            plain, ours = (min(column) for column in zip(*times, strict=True))
            cells = (len(dumps()) / 1e6, plain * 1e3, ours * 1e3, ours / plain, _peak(answer) / _peak(dumps))
            _print_row(f"{size:,} appliances", *(f"{cell:.2f}" for cell in cells))


def _print_row(first: str, *cells: str) -> None:
    print(f"{first:<24}" + "".join(f"{cell:>15}" for cell in cells))


def _contenders(size: int) -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    """Make what answers a discovery, and what only writes the same payload as JSON."""
    app = Flask(__name__)
    clova = Clova(platform="naver", extension_id="com.example.home")
    lamps = [Lamp(f"lamp-{number:06}", friendly_name=f"거실 등 {number}") for number in range(size)]
    clova.home.discover(lambda: lamps)
    clova.init_app(app)
    client = CekClient(app, access_token="token")
    message: Any = client.discover().json
    endpoint = app.extensions["clova"]["clova"].endpoint()
    body = json.dumps(client.turns[-1].request).encode()
    signature = sign(client.key, body)
    return lambda: endpoint.answer(body, signature), lambda: json.dumps(message).encode()


def _seconds(work: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak(work: Callable[[], bytes]) -> int:
    """Give the most bytes that were allocated at one time."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
