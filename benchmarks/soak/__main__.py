"""Run it: ``python -m benchmarks.soak --messages 1000000``, ``python -m benchmarks.soak --minutes 30``."""

from __future__ import annotations

import argparse
import os
import signal

from ..tables import print_versions
from .messages import run_messages
from .served import Plan, soak

_MAX_MINUTES = 24 * 60
_MAX_MESSAGES = 100_000_000


def main() -> None:
    """Print the figures; exit with 1 when something was as it must not be."""
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, _end)  # so that what is started is ended as well
    if not 0 <= options.minutes <= _MAX_MINUTES or not 0 <= options.messages <= _MAX_MESSAGES:
        raise SystemExit(f"At most {_MAX_MINUTES} minutes and {_MAX_MESSAGES:,} messages, and none below 0.")
    if not options.minutes and not options.messages:
        raise SystemExit("Nothing to do: --messages N, --minutes M, or both.")
    print_versions()
    is_fine = True
    if options.messages:
        is_fine = run_messages(options.messages, options.processes, options.seed)
    if options.minutes:
        plan = Plan(
            seconds=options.minutes * 60,
            worker_class=options.worker_class,
            workers=options.workers,
            users=options.users,
            rate=options.rate,
            kill_every=options.kill_every,
            reload_every=options.reload_every,
            store=options.user_data,
            restart_command=options.restart,
        )
        is_fine = soak(plan) and is_fine
    raise SystemExit(not is_fine)


def _end(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    in_process = parser.add_argument_group("mutated messages in process")
    in_process.add_argument("--messages", type=int, default=0, help="how many")
    in_process.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many share them")
    in_process.add_argument("--seed", type=int, default=0, help="what decides which messages are sent")
    served = parser.add_argument_group("a real gunicorn on the loopback interface")
    served.add_argument("--minutes", type=float, default=0.0, help="how long")
    served.add_argument("--worker-class", choices=("gthread", "sync"), default="gthread")
    served.add_argument("--workers", type=int, default=2)
    served.add_argument("--users", type=int, default=4, help="clients that send valid messages")
    served.add_argument("--rate", type=float, default=40.0, help="valid messages a second, in all")
    served.add_argument("--kill-every", type=float, default=20.0, help="seconds between two kill -9")
    served.add_argument("--reload-every", type=float, default=60.0, help="seconds between two SIGHUP")
    served.add_argument("--user-data", default="sqlite", help="sqlite, redis (its own), or a URL")
    served.add_argument("--restart", default="", help="a command that restarts the server of the URL")
    return parser


if __name__ == "__main__":
    main()
