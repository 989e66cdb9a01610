"""Mutated messages in process: each is really signed, sent through the WSGI app, and its answer checked."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.fuzz.cases import PLATFORMS, draw
from tests.fuzz.harness import Harness
from tests.fuzz.headers import FORGERIES
from tests.fuzz.oracles import Violation
from tests.fuzz.seeds import seeds

from ..tables import print_row

FORGED_EVERY = 25
"""Of so many messages one is sent once more, with a signature that does not fit."""

_SHARE = 10_000
_MAX_FAILURES = 20


@dataclass
class Outcome:
    """What became of messages.

    :ivar counts: by ``answered``, ``refused with 400``…, and ``forged``.
    :ivar failures: the first texts of what failed, each with what replays it.
    """

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Add what became of others."""
        self.counts += other.counts
        self.failures = (self.failures + other.failures)[:_MAX_FAILURES]


def run_messages(count: int, processes: int, seed: int) -> bool:
    """Send so many messages and print what became of them.

    :param processes: how many share them.
    :param seed: the number that decides what is sent.
    :return: whether all was as it must be.
    """
    shares = [(f"{seed}/{first}", min(_SHARE, count - first)) for first in range(0, count, _SHARE)]
    total, start = Outcome(), time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for done, outcome in enumerate(pool.imap_unordered(_send_share, shares), 1):
            total.add(outcome)
            if done % 10 == 0 or done == len(shares):
                taken = time.perf_counter() - start
                failed = total.counts["failed"]
                print(
                    f"{_sent(total):,} messages, {taken:.0f} s, {failed} failed", file=sys.stderr, flush=True
                )
    _print(total, time.perf_counter() - start, processes)
    return not total.counts["failed"]


def _sent(outcome: Outcome) -> int:
    return sum(number for name, number in outcome.counts.items() if name not in ("forged", "failed"))


def _send_share(share: tuple[str, int]) -> Outcome:
    """Send a share of the messages, which the same numbers make again."""
    name, count = share
    random, outcome = Random(name), Outcome()
    with Harness() as harness:
        for platform in PLATFORMS:
            harness.check(platform, seeds(platform)["launch"].encode())
        gc.freeze()  # what the apps and their schemas are need not be looked at again and again
        for number in range(count):
            case = draw(random)
            try:
                harness.run(case)
                if number % FORGED_EVERY == 0:
                    harness.forge(case.platform, case.body(), random.choice(tuple(FORGERIES)), random)
            except Violation as violation:
                outcome.counts["failed"] += 1
                outcome.failures.append(str(violation))
    outcome.counts += harness.counts
    outcome.failures = outcome.failures[:_MAX_FAILURES]
    return outcome


def _print(total: Outcome, seconds: float, processes: int) -> None:
    sent = _sent(total)
    print_row(f"Mutated signed messages, {processes} process(es)", "messages")
    print_row("sent", f"{sent:,}")
    for name, number in sorted(total.counts.items()):
        if name != "failed":
            print_row(name, f"{number:,}")
    print_row("failed", f"{total.counts['failed']:,}")
    print_row("messages a second", f"{sent / seconds:.0f}")
    for failure in total.failures:
        print(failure)
