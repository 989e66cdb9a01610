"""The package's log in the terminal: why a request is answered with an error, and where a handler failed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..simulator.tracebacks import shortened


class _OnStderr(logging.Handler):
    """Writes records as lines; of an exception the frames that are the developer's own."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        click.secho(record.getMessage(), fg="yellow", err=True)
        if error is not None:
            click.echo(shortened(error), err=True)


@contextmanager
def log_on_stderr() -> Iterator[None]:
    """Show the package's log on stderr, unless the app has a log of its own."""
    logger = logging.getLogger("clova_flask")
    if logger.hasHandlers():
        yield
        return
    handler, level = _OnStderr(), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
