"""How well utterances are understood that stand in no model, and what that costs."""

from __future__ import annotations

import sys
from time import perf_counter

from clova_flask.devtools.understanding import Understander

from .cases import OUTSIDE, load_sets
from .generated import EXPRESSIONS, INTENTS, generated_model, generated_utterances
from .judge import Outcome, Tally, evaluate
from .moment import NOW
from .report import print_errors, print_heading, print_tally, print_times

LANGUAGES = {"ko": "Korean", "ja": "Japanese"}
INTENTS_WANTED, SLOTS_WANTED = 0.85, 0.80


def main() -> int:
    """Print errors, shares and times.

    :return: 1 when a language is below what is wanted.
    """
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
    _print_costs(outcomes)
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


def _print_costs(outcomes: list[Outcome]) -> None:
    model = generated_model()
    start = perf_counter()
    understander = Understander(model)
    built = perf_counter() - start
    print(f"{f'Building {INTENTS} intents × {EXPRESSIONS} expressions':<44}{built:>9.2f} s")
    print_times("An utterance, these models", [time for row in outcomes for time in row.times])
    times = []
    for utterance in generated_utterances():
        start = perf_counter()
        understander.understand(utterance, now=NOW)
        times.append(perf_counter() - start)
    print_times("An utterance, the model built above", times)


if __name__ == "__main__":
    sys.exit(main())
