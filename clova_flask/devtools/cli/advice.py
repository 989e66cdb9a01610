"""Telling on the standard error what would make more understood."""

from __future__ import annotations

import click

from ..simulator.listener import Hears, Listener


def advise(listener: Hears | None) -> None:
    """Tell whoever speaks to the local CEK what is not installed."""
    if isinstance(listener, Listener):
        advise_on(listener.language)


def advise_on(language: str) -> None:
    """Tell what is not installed for a language."""
    from ..understanding import missing_analyser  # which loads it

    missing = missing_analyser(language)
    if missing is not None:
        click.echo(str(missing), err=True)
