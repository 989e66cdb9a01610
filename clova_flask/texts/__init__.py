"""Texts for developers: which name was meant, and what a text is made of."""
