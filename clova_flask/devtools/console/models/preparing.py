"""What understands by a model is made beside the pages, so that none of them waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import tzinfo

from flask import Flask, current_app

from ....errors import ClovaError
from ....texts.templated import Templated
from ...model.objects import InteractionModel
from ...understanding import Understander
from ..kept import kept
from ..told import told_error
from .understanders import Known, Outdated, is_made, keep_made, understander_of

PATIENCE = 0.1
"""Seconds that a page waits for it: a model of some hundred expressions is ready by then."""

FAILURE_SECONDS = 10.0
"""Seconds that a failure is told: it may have passed, and a page that is read anew comes back earlier."""

MAX_HELD = 4
"""Those that were made and that no page has come back for yet; each takes some 50 MB."""

FAILED = Templated("The interaction model could not be made ready. The log of the console tells why.")


@dataclass(slots=True, eq=False)
class _Preparation:
    """One that is going on, or what it made, until the next look of a page that waits for it."""

    done: threading.Event = field(default_factory=threading.Event)
    made: tuple[InteractionModel, Understander] | None = None


class Preparations:
    """Those that are going on, one a model at a time.

    What was made is held until a page looks again: pages of many models would else push each other's out of
    what is kept, and none of them would ever be shown.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._by_model: dict[Hashable, _Preparation] = {}

    def is_ready(self, known: Known, zone: tzinfo | None) -> bool:
        """Have what understands by a model made, and tell whether it is there, or cannot be made."""
        if not self._is_there(known, zone):
            self._begun(known, zone).done.wait(PATIENCE)
        return self._is_there(known, zone)

    def _is_there(self, known: Known, zone: tzinfo | None) -> bool:
        key = (known.key, str(zone))
        with self._lock:
            found = self._by_model.get(key)
            if found is not None and found.done.is_set():
                del self._by_model[key]
                if found.made is not None:
                    keep_made(known, zone, *found.made)
        return is_made(known, zone) or _error_of(known) is not None

    def _begun(self, known: Known, zone: tzinfo | None) -> _Preparation:
        key = (known.key, str(zone))
        with self._lock:
            found = self._by_model.get(key)
            if found is not None:
                return found
            self._drop_forgotten()
            found = _Preparation()
            try:
                threading.Thread(target=self._prepare, args=(known, zone, found), daemon=True).start()
            except RuntimeError:  # the machine has no thread left; the page's next look tries again
                self._app.logger.exception("No thread can be started to make an interaction model ready.")
                found.done.set()
            else:
                self._by_model[key] = found
        return found

    def _drop_forgotten(self) -> None:
        done = [key for key, one in self._by_model.items() if one.done.is_set()]
        for key in done[: max(0, len(done) - MAX_HELD)]:
            del self._by_model[key]

    def _prepare(self, known: Known, zone: tzinfo | None, found: _Preparation) -> None:
        try:
            with self._app.app_context():
                found.made = self._made(known, zone)
        finally:
            found.done.set()

    def _made(self, known: Known, zone: tzinfo | None) -> tuple[InteractionModel, Understander] | None:
        try:
            model = known.model()
            return model, understander_of(model, zone)
        except Outdated:  # the page's next look asks for the model of now
            return None
        except ClovaError as error:  # the model cannot be read, or the extra that understands is missing
            _fail(known, error)
        except Exception:
            self._app.logger.exception("An interaction model could not be made ready.")
            _fail(known, ClovaError(FAILED))
        return None


def _fail(known: Known, error: ClovaError) -> None:
    # Without its frames, which hold the model.
    kept().put("failures", known.key, (error.with_traceback(None), time.monotonic() + FAILURE_SECONDS))


def _error_of(known: Known) -> ClovaError | None:
    found: tuple[ClovaError, float] | None = kept().peek("failures", known.key)
    return found[0] if found is not None and time.monotonic() < found[1] else None


def failure_of(known: Known) -> str:
    """Tell why nothing understands by a model, as far as it was tried just now; empty where it was not."""
    error = _error_of(known)
    return told_error(error) if error is not None else ""


def is_ready(known: Known, zone: tzinfo | None) -> bool:
    """Have what understands by a model made, and tell whether a page can ask it without waiting."""
    found: Preparations = current_app.extensions["clova_console_preparations"]
    return found.is_ready(known, zone)
