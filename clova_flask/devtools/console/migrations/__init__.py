"""The revisions of the console's tables."""
