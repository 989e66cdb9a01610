"""Whether an extension can answer the platform: judged by one thread, and kept for a second."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import partial

from ..errors import line_in_log

logger = logging.getLogger("clova_flask")

KEPT = 1.0
"""Seconds that a judgement counts: a storm of probes costs one check a second."""
LIMIT = 2.0
"""Seconds that all checks may take; what has not answered by then is not ready."""
GIVEN_UP = 30.0
"""Seconds after which another round begins beside one that still hangs, by what may never end."""
PATIENCE = 0.5
"""Seconds that who comes while a check is under way waits for it, before the last judgement is taken."""

Check = Callable[[], None]
"""Raises what keeps a thing from being used."""


class Readiness:
    """Judges whether an extension is ready, thread-safe and safe to fork.

    The checks run in a thread of their own, one a process at a time: one that hangs holds no request longer
    than :data:`LIMIT`, and those that come later not at all.

    :param name: the extension's.
    :param checks: returns what is checked, by the names that the log has.
    :param context: makes the context that checks run in.
    """

    def __init__(
        self,
        name: str,
        checks: Callable[[], Iterable[tuple[str, Check]]],
        context: Callable[[], AbstractContextManager[object]],
    ) -> None:
        self._make_judge = partial(_Judge, name, checks, context)
        self._judges: dict[int, _Judge] = {}

    def is_ready(self) -> bool:
        """Return whether the extension is ready, as was judged within the last second."""
        return self._own_judge().is_ready()

    def _own_judge(self) -> _Judge:
        """Return this process's judge: one that was forked has none of the threads, and copies of locks."""
        pid = os.getpid()
        judge = self._judges.get(pid)
        if judge is None:
            judge = self._judges.setdefault(pid, self._make_judge())
        return judge


class _Judge:
    """The judge of one process."""

    def __init__(
        self,
        name: str,
        checks: Callable[[], Iterable[tuple[str, Check]]],
        context: Callable[[], AbstractContextManager[object]],
    ) -> None:
        self._name = name
        self._checks = checks
        self._context = context
        self._lock = threading.Lock()
        self._round: _Round | None = None
        self._ready = False
        self._judged: float | None = None
        self._told: frozenset[str] = frozenset()

    def is_ready(self) -> bool:
        now = time.monotonic()
        if self._judged is not None and now < self._judged + KEPT:
            return self._ready
        under_way, new = self._begin(now)
        if new is not None:
            new.start()
            if not new.done.wait(LIMIT):
                self._judge(new)
        elif under_way is not None and now < under_way.began + LIMIT:
            under_way.done.wait(PATIENCE)
        return self._ready

    def _begin(self, now: float) -> tuple[_Round | None, _Round | None]:
        """Begin a round, unless one is under way.

        :return: the one that was there, and the new one; None for none.
        """
        with self._lock:
            current = self._round
            if current is not None and not current.done.is_set() and now < current.began + GIVEN_UP:
                return current, None
            self._round = _Round(self._checks, self._context, self._judge)
            return current, self._round

    def _judge(self, judged: _Round) -> None:
        """Keep what a round has found; one that is not over has found that something hangs."""
        problems = judged.problems_by_now()
        with self._lock:
            if judged is not self._round:
                return  # another has begun since
            self._ready, self._judged = not problems, time.monotonic()
            before, self._told = self._told, frozenset(problems)
        if before == frozenset(problems):
            return
        for name, problem in problems.items():
            if name not in before:
                logger.error("The extension %r is not ready. %s: %s", self._name, name, problem)
        if not problems:
            logger.warning("The extension %r is ready again.", self._name)


class _Round:
    """One round of all checks, in a thread of its own."""

    def __init__(
        self,
        checks: Callable[[], Iterable[tuple[str, Check]]],
        context: Callable[[], AbstractContextManager[object]],
        judge: Callable[[_Round], None],
    ) -> None:
        self._checks = checks
        self._context = context
        self._judge = judge
        self._is_over = False
        self.began = time.monotonic()
        self.done = threading.Event()
        self._running = "the checks"
        self._problems: dict[str, str] = {}

    def start(self) -> None:
        try:
            threading.Thread(target=self._run, name="clova-health", daemon=True).start()
        except RuntimeError as error:  # too many threads, or the interpreter is about to end
            self._note(error)
            self._end()

    def problems_by_now(self) -> dict[str, str]:
        """Return what is not ready, by name, and why."""
        problems = dict(self._problems)
        if not self._is_over:
            problems[self._running] = f"It did not answer within {LIMIT:g} seconds."
        return problems

    def _run(self) -> None:
        try:
            with self._context():
                for name, check in self._checks():
                    self._running = name
                    self._try(check)
        except Exception as error:  # noqa: BLE001 - the app's own functions run when its context ends
            self._note(error)
        finally:
            self._end()

    def _end(self) -> None:
        """Let it be judged before those who wait for it go on."""
        self._is_over = True
        try:
            self._judge(self)
        finally:
            self.done.set()

    def _try(self, check: Check) -> None:
        try:
            check()
        except Exception as error:  # noqa: BLE001 - whatever a driver raises
            self._note(error)

    def _note(self, error: Exception) -> None:
        self._problems[self._running] = line_in_log(f"{type(error).__name__}: {error}")
