"""A quiet log, while a check does what would be logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask


@contextmanager
def quiet(app: Flask) -> Iterator[None]:
    """Keep what the package and the app log out of the log."""
    loggers = (logging.getLogger("clova_flask"), app.logger)
    for logger in loggers:
        logger.addFilter(_nothing)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False
