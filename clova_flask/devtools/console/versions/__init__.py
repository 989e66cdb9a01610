"""Versions of an extension, compared, and as the store shows them."""
