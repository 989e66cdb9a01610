"""Custom extensions: what CEK asks, and what an extension answers."""
