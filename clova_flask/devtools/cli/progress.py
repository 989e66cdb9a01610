"""A progress bar while a large model is made ready, on a terminal alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

_PATIENCE = 1.0
"""Seconds after which it is shown: most models are ready before."""

_LENGTH = 1000


@contextmanager
def building() -> Iterator[Callable[[float], None] | None]:
    """Show on standard error how far it is, where that is a terminal and it takes a while."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.tell
    finally:
        bar.close()


class _Bar:
    def __init__(self) -> None:
        self._begun: float | None = None
        self._bar: Any = None
        self._shown = 0

    def tell(self, share: float) -> None:
        now = time.monotonic()
        if self._begun is None:
            self._begun = now
        if self._bar is None and now - self._begun > _PATIENCE:
            self._bar = click.progressbar(
                length=_LENGTH, label="Making the interaction model ready", file=sys.stderr
            )
            self._bar.__enter__()
        if self._bar is not None:
            done = round(share * _LENGTH)
            self._bar.update(done - self._shown)
            self._shown = done

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
