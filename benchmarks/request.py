"""What handling one signed IntentRequest costs: ``python -m benchmarks.request``."""

from __future__ import annotations

import argparse

from . import in_process, peers, served
from .contenders import available
from .tables import print_costs, print_rates, print_versions
from .traffic import generate_key, public_pem, signed_order


def main() -> None:
    """Measure every contender that is there, in process and behind gunicorn."""
    options = _options()
    fault = peers.install()
    if fault:
        print(f"Left out: {peers.SDK} cannot be installed: {fault}\n")
    key = generate_key()
    signed = signed_order(key)
    contenders = available()
    print_versions()
    print(f"One signed IntentRequest of {len(signed.body)} bytes.\n")
    if options.only != "gunicorn":
        plan = {"starts": 1, "rounds": 20} if options.quick else {"starts": 5, "rounds": 40}
        times = in_process.measure(contenders, public_pem(key), signed, **plan, size=200)
        print_costs("In process", contenders, times)
        print()
    if options.only != "process":
        rounds = 2 if options.quick else 20
        times = served.measure(contenders, public_pem(key), signed, rounds=rounds, size=800)
        print_rates(f"gunicorn, one sync worker, {served.CONNECTIONS} connections", contenders, times)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.request", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rounds, to see that it works")
    parser.add_argument("--only", choices=["process", "gunicorn"], help="one of the two measurements")
    return parser.parse_args()


if __name__ == "__main__":
    main()
