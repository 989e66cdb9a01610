"""Conversations are saved as dialog tests."""
