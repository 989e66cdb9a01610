"""The long form of what ``tests/fuzz`` does in seconds: ``python -m benchmarks.soak``."""
