"""Printing how the evaluation went."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles

from clova_flask.devtools.understanding import Understanding

from .cases import Case
from .judge import Outcome, Tally


def print_errors(outcomes: Sequence[Outcome]) -> None:
    """List the faults, one a line: where and what it is, the utterance, what was expected, what came."""
    for outcome in outcomes:
        for fault in outcome.faults:
            place = f"{outcome.set.name}:{fault.case.line}"
            wrong = ", ".join(fault.wrong)
            print(f"{place} [{wrong}] {fault.case.utterance} | {_expected(fault.case)} | {_got(fault.got)}")


def print_heading() -> None:
    """Print the columns' names."""
    _print_row("", "utterances", "intents", "right", "slots", "right", "extra")


def print_tally(title: str, tally: Tally) -> None:
    """Print counts and shares of some utterances."""
    _print_row(
        title,
        str(tally.utterances),
        str(tally.intents_right),
        f"{tally.intent_share:.1%}",
        f"{tally.slots_right}/{tally.slots}" if tally.slots else "",
        f"{tally.slot_share:.1%}" if tally.slots else "",
        str(tally.extra),
    )


def print_seconds(title: str, seconds: float) -> None:
    """Print what something takes that is done once."""
    print(f"{title:<44}{seconds:>9.2f} s")


def print_times(title: str, times: Sequence[float]) -> None:
    """Print what an utterance takes.

    :param times: seconds of each.
    """
    highest = quantiles(times, n=100)[-1]
    print(f"{title:<44}{median(times) * 1e3:>9.2f} ms median{highest * 1e3:>9.2f} ms 99 %")


def _print_row(first: str, *cells: str) -> None:
    print(f"{first:<16}" + "".join(f"{cell:>12}" for cell in cells))


def _expected(case: Case) -> str:
    slots = {name: " or ".join(map(str, values)) for name, values in case.slots.items()}
    return _said(" or ".join(case.intents), slots)


def _got(got: Understanding) -> str:
    slots = {}
    for name, slot in got.slots.items():
        marks = ", ".join(mark for mark in (slot.unit, slot.value_type) if mark)
        slots[name] = f"{slot.value} ({marks})" if marks else slot.value
    return f"{_said(got.intent, slots)} [{got.confidence:.2f}]"


def _said(intent: str, slots: dict[str, str]) -> str:
    return " ".join([intent, *(f"{name}={value}" for name, value in slots.items())])
