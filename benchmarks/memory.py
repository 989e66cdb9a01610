"""Whether memory grows with the requests handled: ``python -m benchmarks.memory``."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask

from .contenders.intent_ours import create_app
from .signing import make_key, public_pem, sign
from .tables import print_versions
from .workloads import WORKLOADS
from .wsgi import Exchange

_INTENT = WORKLOADS["intent"]
FEW, MANY = 1_000, 100_000

_TURNS = 5
"""Requests of one user and session. Signing takes longer than answering does, so they are the same."""


def main() -> None:
    """Print the resident memory after few and after many requests."""
    key = make_key()
    app = create_app(_INTENT, public_pem(key))
    print_versions()
    few = _resident_after(app, key, range(0, FEW, _TURNS))
    many = _resident_after(app, key, range(FEW, MANY, _TURNS))
    print(f"Resident after {FEW:>7,} requests: {few / 1e6:6.1f} MB")
    print(f"Resident after {MANY:>7,} requests: {many / 1e6:6.1f} MB")
    print(f"Growth: {(many - few) / 1e6:+.1f} MB, {(many - few) / (MANY - FEW):+.1f} bytes a request")


def _resident_after(app: Flask, key: rsa.RSAPrivateKey, numbers: range) -> int:
    for number in numbers:
        Exchange(app, sign(key, _INTENT.message(number))).timed(_TURNS)
    gc.collect()
    return _resident()


def _resident() -> int:
    """Return the bytes of this process that are in memory now; the kernel tells only on Linux."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
