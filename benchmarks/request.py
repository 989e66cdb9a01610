"""What handling one signed request costs: ``python -m benchmarks.request``."""

from __future__ import annotations

import argparse

from cryptography.hazmat.primitives.asymmetric import rsa

from . import in_process, instructions, peers, served
from .contenders import available
from .signing import make_key, public_pem, sign
from .tables import print_costs, print_instructions, print_rates, print_versions
from .workloads import WORKLOADS, Workload


def main() -> None:
    """Measure every contender that is there, with each of the messages."""
    options = _options()
    error = peers.install()
    if error:
        print(f"Left out: {peers.SDK} cannot be installed: {error}\n")
    print_versions()
    print("× floor: compared with the floor that uses the same JSON encoder.")
    key = make_key()
    for workload in WORKLOADS.values():
        if options.message in (None, workload.name):
            _measure(workload, key, options.only, quick=options.quick)


def _measure(workload: Workload, key: rsa.RSAPrivateKey, only: str | None, *, quick: bool) -> None:
    signed, pem = sign(key, workload.message(0)), public_pem(key)
    contenders = available(workload.name)
    print(f"\nOne signed {workload.title} of {len(signed.body)} bytes.")
    if only in (None, "process"):
        plan = {"starts": 1, "rounds": 20} if quick else {"starts": 5, "rounds": 40}
        print()
        print_costs(contenders, in_process.measure(workload.name, contenders, pem, signed, **plan, size=200))
    if only in (None, "gunicorn"):
        rounds = 2 if quick else 20
        times = served.measure(workload.name, contenders, pem, signed, rounds=rounds, size=800)
        print()
        print_rates(f"gunicorn, one sync worker, {served.CONNECTIONS} connections", contenders, times)
    if only == "instructions" or (only is None and not quick):
        print()
        if instructions.is_available():
            names = [row.name for row in contenders]
            print_instructions(contenders, instructions.per_request(workload.name, names, pem, signed))
        else:
            print("Instructions are not counted: valgrind is not installed.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.request", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the rounds and no instructions, to see that it works"
    )
    parser.add_argument("--only", choices=["process", "gunicorn", "instructions"], help="one measurement")
    parser.add_argument("--message", choices=list(WORKLOADS), help="with one of the messages")
    return parser.parse_args()


if __name__ == "__main__":
    main()
