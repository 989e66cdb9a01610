"""Checks of an extension: each returns findings, and prints nothing."""
