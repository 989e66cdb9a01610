"""``python -m benchmarks.machines``; exits with 1 when something that is shared is not what it must be."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from ..tables import print_row, print_versions
from .app import WAIT
from .checks import Speed, counted, linked, replayed, speed, town
from .servers import stores

CACHE = 5
"""CLOVA_LINKING_CACHE, by default."""
CONNECTIONS = 32


def main() -> None:
    """Measure two machines of two workers each, behind nginx, with one Redis and one PostgreSQL."""
    parser = ArgumentParser(prog="python -m benchmarks.machines", description=main.__doc__)
    parser.add_argument("--messages", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    print_versions()
    with TemporaryDirectory() as folder, stores() as (database, redis):
        urls = {"database": database, "redis": redis, "user_data": redis}
        is_right = _share(Path(folder) / "redis", urls, given.messages)
        urls["user_data"] = database
        is_right = _share(Path(folder) / "postgresql", urls, given.messages) and is_right
        _compare(Path(folder), urls, given.messages, given.rounds)
    sys.exit(not is_right)


def _share(folder: Path, urls: dict[str, str], messages: int) -> bool:
    kind = urls["user_data"].partition(":")[0].partition("+")[0]
    print(f"\nTwo machines, user data in {kind if 'postgres' in kind else 'redis'}")
    with town(folder, 2, urls) as at:
        statuses, opened = replayed(at, 1_000)
        listed = ", ".join(f"{count:,} × {status}" for status, count in sorted(statuses.items()))
        print(f"one unlock sent 1,000 times: {listed}; the door was opened {opened} ×")
        all_of = counted(at, 50, messages)
        print(f"50 counters: {all_of.confirmed:,} confirmed, {all_of.unknown} not, {all_of.wrong} are wrong")
        was_valid, ended = linked(at, CACHE + 3)
        print(f"a token of the first machine is valid at the second: {was_valid}")
        print(
            f"revoked at the first, it was used at the second for {ended or 0:.1f} s more (cache: {CACHE} s)"
        )
    is_revoked = ended is not None and ended <= CACHE
    return opened == 1 and not all_of.wrong and was_valid and is_revoked


def _compare(folder: Path, urls: dict[str, str], messages: int, rounds: int) -> None:
    """Measure one machine and two in turn, and print the best of each: noise only makes it worse."""
    print()
    print_row(f"Through nginx, {CONNECTIONS} at a time", "1/s", "p50 ms", "p95 ms", "× one", "unanswered")
    rows = (
        ("Hello", "answers at once"),
        ("Count", "updates user data, PostgreSQL"),
        ("Wait", f"waits {WAIT * 1e3:.0f} ms for another service"),
    )
    for name, title in rows:
        best: dict[int, Speed] = {}
        for turn in range(rounds):
            for count in (1, 2):
                with town(folder / f"{name}-{turn}-{count}", count, urls) as at:
                    speed(at, "Hello", 64, CONNECTIONS)
                    measured = speed(at, name, messages, CONNECTIONS)
                    best[count] = max(best.get(count, measured), measured)
        for count, one in best.items():
            ratio = one.rate / best[1].rate
            cells = (
                f"{one.rate:.0f}",
                f"{one.p50:.1f}",
                f"{one.p95:.1f}",
                f"{ratio:.2f}",
                f"{one.unanswered}",
            )
            print_row(f"{title}, {count} machine{'s'[: count - 1]}", *cells)


if __name__ == "__main__":
    main()
