"""How well utterances are understood that stand in no model, and what that costs."""

from __future__ import annotations

import sys

from .cases import OUTSIDE, load_sets
from .costs import print_costs, start_analyser
from .judge import Outcome, Tally, evaluate
from .report import print_errors, print_heading, print_tally

LANGUAGES = {"ko": "Korean", "ja": "Japanese"}
INTENTS_WANTED, SLOTS_WANTED = 0.85, 0.80


def main(*, in_full: bool = False) -> int:
    """Print errors, shares and times.

    :param in_full: whether the large model has all its 100,000 expressions; ``--full``.
    :return: 1 when a language is below what is wanted.
    """
    started = start_analyser()
    outcomes = [evaluate(row) for row in load_sets()]
    print_errors(outcomes)
    print()
    print_heading()
    for outcome in outcomes:
        print_tally(outcome.set.name, outcome.tally)
    totals = {title: _total(outcomes, language) for language, title in LANGUAGES.items()}
    for title, (tally, outside) in totals.items():
        print_tally(title, tally)
        print_tally(f"  {OUTSIDE}", outside)
    print()
    print_costs(outcomes, started, in_full=in_full)
    low = [title for title, (tally, _) in totals.items() if not _suffices(tally)]
    if low:
        print(f"\nBelow {INTENTS_WANTED:.0%} of intents or {SLOTS_WANTED:.0%} of slots: {', '.join(low)}.")
    return 1 if low else 0


def _total(outcomes: list[Outcome], language: str) -> tuple[Tally, Tally]:
    total, outside = Tally(), Tally()
    for outcome in outcomes:
        if outcome.set.model.language == language:
            total.add(outcome.tally)
            outside.add(outcome.outside)
    return total, outside


def _suffices(tally: Tally) -> bool:
    return tally.intent_share >= INTENTS_WANTED and tally.slot_share >= SLOTS_WANTED


if __name__ == "__main__":
    sys.exit(main(in_full="--full" in sys.argv[1:]))
