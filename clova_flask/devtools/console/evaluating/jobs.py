"""Runs that are going on, each in a thread of its own, so that a page can tell how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC

from flask import Flask, current_app
from sqlalchemy.exc import IntegrityError

from ....errors import ClovaError
from ....texts.templated import Templated, text_of
from ...evaluation import Case, Evaluation, Outcome
from ...evaluation.evaluation import outcomes_of
from ..models.understanders import understander_of
from .runs import SetId, Target, keep_run
from .store import Gone

MAX_SECONDS = 300
"""Seconds that a run may take; 10,000 utterances took about 15 s with the sample's model (2026-11)."""

STOPPED = Templated("The run was stopped; nothing of it is kept.")
TOO_LONG = Templated("The run took longer than five minutes and was stopped. Take a smaller set.")
DELETED = Templated("The set was deleted during the run.")
FAILED = Templated("The run failed. The log of the console tells why.")


class Job:
    """A run of a set against one model or two.

    :ivar total: how many utterances are understood.
    :ivar done: how many of them have been.
    :ivar problem: why it ended without a result, with its template; empty where it did not.
    :ivar runs: the numbers of the runs that are kept of it.
    """

    def __init__(self, set_id: SetId, cases: Sequence[Case], targets: Sequence[Target]) -> None:
        self._set_id, self._cases, self._targets = set_id, cases, targets
        self.total = len(cases) * len(targets)
        self.done = 0
        self.problem = ""
        self.runs: list[int] = []
        self.finished = threading.Event()
        self._is_stopped = False
        self._started = 0.0

    def stop(self) -> None:
        """End it after the utterance that it is at."""
        self._is_stopped = True

    def fail(self) -> None:
        """End it without a result; the log tells why."""
        self.problem = FAILED
        self.finished.set()

    def seconds_left(self) -> float | None:
        """Estimate how long it takes yet; None where that cannot be told yet."""
        if not self.done:
            return None
        return (time.monotonic() - self._started) / self.done * (self.total - self.done)

    def run(self, app: Flask, turn: threading.Lock) -> None:
        """Do it.

        :param turn: held meanwhile: two at once would only make each other slow.
        """
        try:
            with turn, app.app_context():
                self._started = time.monotonic()
                for target in self._targets:
                    self._run_against(target)
        except _Ended as ended:
            self.problem = text_of(ended)
        except (Gone, IntegrityError):
            self.problem = DELETED
        except ClovaError as error:  # the extra that understands is not installed
            self.problem = text_of(error)
        except Exception:
            app.logger.exception("A run of a set of utterances failed.")
            self.problem = FAILED
        finally:
            self._cases = self._targets = ()  # jobs are kept until the next one of their set
            self.finished.set()

    def _run_against(self, target: Target) -> None:
        began = time.monotonic()
        understander = understander_of(target.model, UTC)
        evaluation = Evaluation(tuple(self._counted(outcomes_of(self._cases, understander))))
        if self._is_stopped:
            raise _Ended(STOPPED)
        self.runs.append(keep_run(self._set_id, target, evaluation, time.monotonic() - began))

    def _counted(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        for outcome in outcomes:
            if self._is_stopped:
                raise _Ended(STOPPED)
            if time.monotonic() - self._started > MAX_SECONDS:
                raise _Ended(TOO_LONG)
            self.done += 1
            yield outcome


class _Ended(Exception):
    """The run ends before its end; the text tells why."""


class Jobs:
    """The jobs of a console, at most one a set."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._by_set: dict[SetId, Job] = {}

    def of(self, set_id: SetId) -> Job | None:
        """Return the last job of a set."""
        return self._by_set.get(set_id)

    def forget(self, set_id: SetId) -> None:
        """Stop the job of a set that is deleted: nothing of it would be kept."""
        with self._lock:
            job = self._by_set.pop(set_id, None)
        if job is not None:
            job.stop()

    def forget_all(self, extension_key: int) -> None:
        """Stop the jobs of an extension that is deleted."""
        for set_id in [one for one in list(self._by_set) if one.extension == extension_key]:
            self.forget(set_id)

    def start(self, set_id: SetId, cases: Sequence[Case], targets: Sequence[Target]) -> Job:
        """Start a run; where one of the set is going on, that one is returned."""
        with self._lock:
            going = self._by_set.get(set_id)
            if going is not None and not going.finished.is_set():
                return going
            job = self._by_set[set_id] = Job(set_id, cases, targets)
        try:
            threading.Thread(target=job.run, args=(self._app, self._turn), daemon=True).start()
        except RuntimeError:  # the machine has no thread left
            self._app.logger.exception("No thread can be started to run a set of utterances.")
            job.fail()
        return job


def jobs() -> Jobs:
    """Return the jobs of this console."""
    found: Jobs = current_app.extensions["clova_console_jobs"]
    return found
