"""Whether memory grows with the requests handled: ``python -m benchmarks.memory``."""

from __future__ import annotations

import gc
import os
from itertools import cycle, islice
from pathlib import Path

from .contenders import make_app
from .tables import print_versions
from .traffic import generate_key, public_pem, signed_order
from .wsgi import Exchange

FEW, MANY = 1_000, 100_000
_DIFFERENT = 2_000


def main() -> None:
    """Print the resident memory after few and after many requests of different users and sessions."""
    key = generate_key()
    app = make_app("ours-orjson", public_pem(key))
    exchanges = [Exchange(app, signed_order(key, number)) for number in range(_DIFFERENT)]
    print_versions()
    few, many = _resident_after(exchanges, FEW), _resident_after(exchanges, MANY - FEW)
    print(f"Resident after {FEW:>7,} requests: {few / 1e6:6.1f} MB")
    print(f"Resident after {MANY:>7,} requests: {many / 1e6:6.1f} MB")
    print(f"Growth: {(many - few) / 1e6:+.1f} MB, {(many - few) / (MANY - FEW):+.1f} bytes a request")


def _resident_after(exchanges: list[Exchange], count: int) -> int:
    for exchange in islice(cycle(exchanges), count):
        exchange.timed(1)
    gc.collect()
    return _resident()


def _resident() -> int:
    """Give the bytes of this process that are in memory now; the kernel tells only on Linux."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
