"""Accounts are linked with an extension's own OAuth server, and their tokens are kept for tests."""
