"""The figures of a soak."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ..tables import print_row
from .key_server import KeyServer
from .ledger import Failure, Ledger
from .memory import Memory

if TYPE_CHECKING:
    from .served import Plan

_SHOWN = 10
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def print_report(
    plan: Plan, ledger: Ledger, memory: Memory, keys: KeyServer, seconds: float, lost: list[str], log: str
) -> bool:
    """Print what happened, and return whether all was as it must be.

    :param lost: the counters that are not what was confirmed.
    :param log: what gunicorn and the app wrote.
    """
    during_outages, unexplained = _split(ledger)
    print_row(f"{plan.worker_class}, {plan.workers} workers, {plan.store}, {seconds / 60:.1f} minutes", "")
    for name, number in sorted(ledger.counts.items()):
        print_row(name, f"{number:,}")
    print_row("keys rotated", f"{keys.rotations:,}")
    print_row("keys asked for", f"{keys.fetches:,}")
    print_row("changes confirmed", f"{sum(ledger.confirmed.values()):,}")
    print_row("confirmed changes lost, counters that differ", f"{len(lost):,}")
    in_flight = len(ledger.failures) - len(unexplained) - len(during_outages)
    print_row("failed, in flight at a kill", f"{in_flight:,}")
    print_row("failed, while the store was away", f"{len(during_outages):,}")
    print_row("failed, unexplained", f"{len(unexplained):,}")
    print_row("5xx", f"{ledger.counts['5xx']:,}")
    print_row("tracebacks in the log, by exception", f"{len(_tracebacks(log)):,}")
    for minutes, quarters, slope in memory.longest(plan.workers):
        title = f"a worker, {minutes:.1f} minutes: MB by quarter, kB/minute"
        print_row(title, *(f"{size:.1f}" for size in quarters), f"{slope:+.1f}")
    _list("lost", lost)
    _list("wrong", ledger.wrong)
    _list("unexplained", [f"{one.end - one.start:.2f} s: {one.what}" for one in unexplained])
    _count("explained", [_ID.sub("…", one.what) for one in ledger.failures if one not in unexplained])
    _count("log", _tracebacks(log))
    return not (lost or unexplained or ledger.wrong or ledger.counts["5xx"])


def _split(ledger: Ledger) -> tuple[list[Failure], list[Failure]]:
    """Split the failures at which no worker was killed: while the store was away, and all others."""
    rest = ledger.unexplained()
    away = [one for one in rest if any(a - 1 <= one.end and one.start <= b + 1 for a, b in ledger.outages)]
    return away, [one for one in rest if one not in away]


def _tracebacks(log: str) -> list[str]:
    """List the exceptions whose tracebacks are in a log, by the names of their classes."""
    return re.findall(
        r"^(?:\w+\.)*(\w+(?:Error|Exception|Conflict|Unavailable|Invalid))\b", log, re.MULTILINE
    )


def _list(title: str, texts: list[str]) -> None:
    for text in texts[:_SHOWN]:
        print(f"{title}: {text}")


def _count(title: str, texts: list[str]) -> None:
    for text, number in Counter(texts).most_common(_SHOWN):
        print(f"{title}, {number} ×: {text}")
