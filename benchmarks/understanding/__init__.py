"""How well utterances are understood that stand in no model: ``python -m benchmarks.understanding``."""
