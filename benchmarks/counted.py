"""A process that answers the same request so many times; :mod:`benchmarks.instructions` counts its work."""

from __future__ import annotations

import gc
import importlib
import sys
from pathlib import Path

from .signing import SignedRequest
from .workloads import WORKLOADS
from .wsgi import Exchange


def main() -> None:
    """Make the app, check its answer, and have it answer so many requests."""
    factory, workload, name, folder, requests = sys.argv[1:]
    module, _, function = factory.partition(":")
    where = Path(folder)
    public_key = (where / "key.pem").read_text(encoding="ascii")
    signature = (where / "signature").read_text(encoding="ascii")
    signed = SignedRequest((where / "body.json").read_bytes(), signature)
    app = getattr(importlib.import_module(module), function)(workload, name, public_key)
    exchange = Exchange(app, signed)
    exchange.require(WORKLOADS[workload].answer, name)
    # The first full collection goes over all that was imported, once in the life of a process: a server that
    # has run for a while is past it, and it must not fall into what is counted.
    gc.collect()
    exchange.timed(int(requests))


if __name__ == "__main__":
    main()
