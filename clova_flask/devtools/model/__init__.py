"""Interaction models: what users can say, kept as files beside the code."""
