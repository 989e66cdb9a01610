"""What understands by a model is made beside the pages, so that none of them waits for it."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from datetime import tzinfo

from flask import Flask, current_app

from ....errors import ClovaError
from ..kept import kept
from .understanders import Known, is_made, understander_of

PATIENCE = 0.1
"""Seconds that a page waits for it: a model of some hundred expressions is ready by then."""


class Preparations:
    """Those that are going on, one a model at a time."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._going_on: dict[Hashable, threading.Event] = {}

    def is_ready(self, known: Known, zone: tzinfo | None) -> bool:
        """Have what understands by a model made, and tell whether it is there, or cannot be made."""
        if is_made(known, zone) or failure_of(known):
            return True
        key = (known.key, str(zone))
        with self._lock:
            done = self._going_on.get(key)
            if done is None:
                done = self._going_on[key] = threading.Event()
                threading.Thread(target=self._prepare, args=(known, zone, done), daemon=True).start()
        return done.wait(PATIENCE)

    def _prepare(self, known: Known, zone: tzinfo | None, done: threading.Event) -> None:
        try:
            with self._app.app_context():
                _make(known, zone)
        except Exception:
            self._app.logger.exception("An interaction model could not be made ready.")
        finally:
            with self._lock:
                del self._going_on[known.key, str(zone)]
            done.set()


def _make(known: Known, zone: tzinfo | None) -> None:
    try:
        understander_of(known.model(), zone)
    except ClovaError as error:  # the model cannot be read, or the extra that understands is not installed
        kept().put("failures", known.key, str(error))


def failure_of(known: Known) -> str:
    """Tell why nothing understands by a model, as far as it was tried; empty where it was not."""
    return kept().peek("failures", known.key) or ""


def is_ready(known: Known, zone: tzinfo | None) -> bool:
    """Have what understands by a model made, and tell whether a page can ask it without waiting."""
    found: Preparations = current_app.extensions["clova_console_preparations"]
    return found.is_ready(known, zone)
