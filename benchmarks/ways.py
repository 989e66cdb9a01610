"""Comparing ways of doing one thing within the whole request, by instructions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import instructions
from .signing import make_key, public_pem, sign
from .tables import print_row, print_versions
from .workloads import WORKLOADS


def compare(factory: str, titles: Mapping[str, str], encoders: Sequence[str] = ("json", "orjson")) -> None:
    """Print the instructions of a request for each way, message and encoder.

    :param factory: where the app is made, ``module:function``. It takes workload, name and public key; the
        name is that of the way, a colon, and the contender.
    :param titles: what each way is, by name; the others are compared with the first.
    """
    if not instructions.is_available():
        raise SystemExit("Instructions cannot be counted: valgrind is not installed.")
    print_versions()
    key = make_key()
    first = next(iter(titles))
    for workload in WORKLOADS.values():
        signed, pem = sign(key, workload.message(0)), public_pem(key)
        for encoder in encoders:
            names = {way: f"{way}:ours-{encoder}" for way in titles}
            counts = instructions.per_request(
                workload.name, list(names.values()), pem, signed, factory=factory
            )
            print()
            title = f"{workload.title}, {len(signed.body)} bytes, {encoder}"
            print_row(title, "thousands", f"- {first}", f"× {first}")
            base = counts[names[first]]
            for way, name in names.items():
                ours = counts[name]
                cells = f"{ours / 1e3:.1f}", f"{(ours - base) / 1e3:+.1f}", f"{ours / base:.4f}"
                print_row(titles[way], *cells)
