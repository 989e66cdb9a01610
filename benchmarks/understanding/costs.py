"""What understanding costs: making ready, loading what was kept, and an utterance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.understanding import Understander
from clova_flask.devtools.understanding.languages.base import analyser, language

from .generated import (
    ENTRY_TYPES,
    EXPRESSIONS,
    FULL_EXPRESSIONS,
    INTENTS,
    TYPE_ENTRIES,
    entries_model,
    entry_utterances,
    full_model,
    generated_utterances,
    small_model,
)
from .judge import Outcome
from .moment import NOW
from .report import print_seconds, print_times


def print_costs(outcomes: Sequence[Outcome], started: float, *, in_full: bool = False) -> None:
    """Print what it costs.

    :param outcomes: the evaluations, with what each utterance took.
    :param started: what the start of the analyser took, see :func:`start_analyser`.
    :param in_full: whether the large model has all 100,000 expressions.
    """
    print_seconds("The Korean analyser's start, once a process", started)
    Understander(small_model())  # the rivals of a language are made ready once a process
    print_seconds("Building 10 intents × 10 expressions", _timed(lambda: Understander(small_model())))
    print_times("An utterance, the models of the sets", [time for row in outcomes for time in row.times])
    expressions = FULL_EXPRESSIONS if in_full else EXPRESSIONS
    title = f"{INTENTS} intents × {expressions} expressions"
    _print_model(title, full_model(expressions), generated_utterances())
    _print_model(f"{ENTRY_TYPES} slot types × {TYPE_ENTRIES} entries", entries_model(), entry_utterances())


def _print_model(title: str, model: InteractionModel, utterances: Sequence[str]) -> None:
    with TemporaryDirectory() as folder:
        model = replace(model, folder=Path(folder))
        print_seconds(f"Building {title}", _timed(lambda: Understander(model, keep=True)))
        print_seconds("  Loading it", _timed(lambda: Understander(model, keep=True)))
        understander = Understander(model, keep=True)
        print_times("  An utterance", [_understood_in(understander, said, NOW) for said in utterances])


def _understood_in(understander: Understander, utterance: str, now: datetime) -> float:
    return _timed(lambda: understander.understand(utterance, now=now))


def start_analyser() -> float:
    """Start the Korean analyser, and return the seconds that it takes: the first time in a process alone."""
    start = perf_counter()
    analyse = analyser(language("ko"))
    if analyse is not None:
        analyse("안녕")
    return perf_counter() - start


def _timed(do: Callable[[], object]) -> float:
    start = perf_counter()
    do()
    return perf_counter() - start
