"""Evaluation: how well a model understands utterances of which the intent and slots are known.

From what a developer tests a model by: a set of utterances, kept beside it and run again after each change.
"""

from __future__ import annotations

from .cases import Case
from .comparison import Comparison, compare
from .evaluation import Evaluation, evaluate
from .files import read_cases, write_cases
from .judging import Outcome, Verdict

__all__ = [
    "Case", "Comparison", "Evaluation", "Outcome", "Verdict", "compare", "evaluate", "read_cases",
    "write_cases",
]  # fmt: skip
