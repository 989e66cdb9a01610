"""Updates of user data by several processes, some of which are killed: atomic ones, and turns of messages.

A turn that another one has overtaken is told so, and said again.

Exits with 1 when a counter is not what was confirmed, or a client failed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from ..tables import print_row, print_versions
from .client import close_store, open_store
from .clients import Load, Outcome, run

PLAIN_SHARE = 5
"""One plain write for so many updates."""
TURNS_SHARE = 5
"""One turn of a signed message for so many updates."""


def main() -> None:
    """Update a thousand users' data at random, and compare each counter with what was confirmed."""
    parser = ArgumentParser(prog="python -m benchmarks.user_data", description=main.__doc__)
    parser.add_argument("urls", nargs="*", help="of PostgreSQL and Redis; SQLite is a file of its own")
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=1_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--kills", type=int, default=16)
    parser.add_argument("--folder", type=Path, help="where SQLite's file is made")
    parser.add_argument("--no-sqlite", action="store_true", help="leave SQLite out")
    given = parser.parse_args()
    print_versions()
    print_row("", "updates", "1/s", "p50 ms", "p95 ms", "p99 ms", "longest", "killed", "unconfirmed", "wrong")
    is_right = True
    with TemporaryDirectory(dir=given.folder) as folder:
        urls = list(given.urls)
        if not given.no_sqlite:
            urls.insert(0, f"sqlite:///{folder}/clova.db")
        for url in urls:
            is_right = _measured(url, given, Path(folder)) and is_right
    sys.exit(not is_right)


def _measured(url: str, given: Namespace, folder: Path) -> bool:
    kind = url.partition(":")[0].partition("+")[0]
    _prepare(url)
    common: dict[str, Any] = {"url": url, "users": given.users, "clients": given.clients}
    plain = run(Load(way="plain", updates=max(given.updates // PLAIN_SHARE, 1), **common), folder)
    _print(f"{kind}: a plain write", plain)
    is_right = _is_right(plain)
    for way, title, share in (("update", "an update", 1), ("turns", "a turn", TURNS_SHARE)):
        updates = max(given.updates // share, 1)
        outcome = run(Load(way=way, updates=updates, kills=given.kills, **common), folder)
        _print(f"{kind}: {title}", outcome)
        print_row("  × plain", "", f"{_rate(outcome) / _rate(plain):.2f}")
        is_right = _is_right(outcome) and is_right
    return is_right


def _is_right(outcome: Outcome) -> bool:
    for line in outcome.failed:
        print(f"  failed: {line}")
    return not (outcome.lost or outcome.doubled or outcome.failed)


def _prepare(url: str) -> None:
    store = open_store(url)
    if hasattr(store, "database"):
        store.database.upgrade()
    store.check()
    close_store(store)


def _rate(outcome: Outcome) -> float:
    return len(outcome.told.seconds) / outcome.elapsed


def _print(title: str, outcome: Outcome) -> None:
    seconds = outcome.told.seconds
    steps = quantiles(seconds, n=100)
    print_row(
        title,
        f"{len(seconds)}",
        f"{_rate(outcome):.0f}",
        *(f"{steps[part - 1] * 1e3:.2f}" for part in (50, 95, 99)),
        f"{max(seconds) * 1e3:.0f}",
        f"{outcome.killed}",
        f"{outcome.unconfirmed}",
        f"{len(outcome.lost) + len(outcome.doubled)}",
    )


if __name__ == "__main__":
    main()
