"""Printing how the evaluation went."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles

from clova_flask.devtools.understanding import Understanding

from .cases import Case
from .judge import Guess, Outcome, Tally

_THRESHOLDS = (0.0, 0.16, 0.2, 0.24, 0.28, 0.32, 0.36, 0.4)


def print_errors(outcomes: Sequence[Outcome]) -> None:
    """List the faults, one a line: where and what it is, the utterance, what was expected, what came."""
    for outcome in outcomes:
        for fault in outcome.faults:
            place = f"{outcome.set.name}:{fault.case.line}"
            wrong = ", ".join(fault.wrong)
            print(f"{place} [{wrong}] {fault.case.utterance} | {_expected(fault.case)} | {_got(fault.got)}")


def print_heading() -> None:
    """Print the columns' names."""
    _print_row("", "in scope", "intents", "right", "slots", "right", "extra", "outside", "refused")


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
        str(tally.outside),
        f"{tally.refused_share:.1%}",
    )


def print_curve(title: str, guesses: Sequence[Guess]) -> None:
    """Print the share of intents that are right, and of what is out of scope refused, by threshold."""
    inside = [guess for guess in guesses if not guess.is_outside]
    outside = [guess for guess in guesses if guess.is_outside]
    points = []
    for threshold in _THRESHOLDS:
        right = sum(guess.is_right and guess.confidence >= threshold for guess in inside)
        refused = sum(guess.confidence < threshold for guess in outside)
        points.append(f"{threshold:.2f}: {right / len(inside):.0%} {refused / len(outside):.0%}")
    print(f"{title}, threshold: right, refused".ljust(36), "   ".join(points))


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
