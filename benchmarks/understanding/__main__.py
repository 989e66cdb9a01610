"""How well utterances are understood that stand in no model, and what that costs.

Run it: ``python -m benchmarks.understanding``; ``--errors`` lists what goes wrong in the half that may be
seen.
"""

from __future__ import annotations

import argparse
import sys

from .cases import load_sets
from .costs import print_costs, start_analyser
from .judge import Outcome, Tally, evaluate
from .report import print_curve, print_errors, print_heading, print_tally

LANGUAGES = {"ko": "Korean", "ja": "Japanese"}
INTENTS_WANTED, SLOTS_WANTED, REFUSED_WANTED = 0.90, 0.88, 0.70


def main() -> int:
    """Print shares, curves and times, and errors where they are asked for.

    :return: 1 when a language is below what is wanted on the sets that are unseen.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument(
        "--errors", action="store_true", help="list what goes wrong, in the half that may be seen"
    )
    parser.add_argument(
        "--full", action="store_true", help="give the large model all its 100,000 expressions"
    )
    options = parser.parse_args()
    started = start_analyser()
    outcomes = [evaluate(row) for row in load_sets()]
    if options.errors:
        print_errors([outcome for outcome in outcomes if outcome.set.is_seen])
        print()
    low = [_print_half(outcomes, is_seen=is_seen) for is_seen in (True, False)][-1]
    print_costs(outcomes, started, in_full=options.full)
    if low:
        wanted = (
            f"{INTENTS_WANTED:.0%} of intents, {SLOTS_WANTED:.0%} of slots or {REFUSED_WANTED:.0%} refused"
        )
        print(f"\nBelow {wanted} of what is out of scope: {', '.join(low)}.")
    return 1 if low else 0


def _print_half(outcomes: list[Outcome], *, is_seen: bool) -> list[str]:
    """Print how one half went, and return the languages that are below what is wanted."""
    half = [outcome for outcome in outcomes if outcome.set.is_seen is is_seen]
    print("Seen" if is_seen else "Unseen")
    print_heading()
    for outcome in half:
        print_tally(outcome.set.name, outcome.tally)
    by_language = {
        title: [one for one in half if one.set.model.language == code] for code, title in LANGUAGES.items()
    }
    totals = {title: _total(own) for title, own in by_language.items()}
    for title, tally in totals.items():
        print_tally(title, tally)
    for title, own in by_language.items():
        print_curve(title, [guess for outcome in own for guess in outcome.guesses])
    print()
    return [title for title, tally in totals.items() if not _suffices(tally)]


def _total(outcomes: list[Outcome]) -> Tally:
    total = Tally()
    for outcome in outcomes:
        total.add(outcome.tally)
    return total


def _suffices(tally: Tally) -> bool:
    return (
        tally.intent_share >= INTENTS_WANTED
        and tally.slot_share >= SLOTS_WANTED
        and tally.refused_share >= REFUSED_WANTED
    )


if __name__ == "__main__":
    sys.exit(main())
