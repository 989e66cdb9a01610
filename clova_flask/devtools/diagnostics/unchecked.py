"""What a review could not check, which is told and not passed silently."""

from __future__ import annotations

from ...findings import Finding, Place


def unchecked(rule: str, text: str) -> Finding:
    """Tell that a rule could not be checked.

    :param rule: its id, ``B1``.
    :param text: why, and what to do.
    """
    return Finding("review.not-checked", text, Place(rule))
