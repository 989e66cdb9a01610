"""The pages of the developer console, with much in its store: ``python -m benchmarks.console``."""
