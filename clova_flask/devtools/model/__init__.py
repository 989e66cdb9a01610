"""Interaction models: what users can say, as files beside the code."""
