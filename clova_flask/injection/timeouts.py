"""``CLOVA_HANDLER_TIMEOUT``: async functions of a turn are cancelled when its time is up.

Only an extension with the setting imports this.
"""

from __future__ import annotations

import asyncio
import contextvars
import functools
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

from ..errors import HandlerTimeout
from .callables import is_async
from .clock import Clock, EnsureSync
from .current import current_turn
from .parameters import Function, describe_function

logger = logging.getLogger("clova_flask")

GRACE = 0.5
"""Seconds that a function which is cancelled has to end, and that one has which begins when the time is up.

Such a one answers: an errorhandler, or a hook that runs on the answer.
"""


def bounded(ensure_sync: EnsureSync, timeout: float) -> EnsureSync:
    """Make an ``ensure_sync`` whose async functions are cancelled when the turn's time is up.

    The time is counted inside the coroutine, so that it does not matter how an app runs one.

    :param ensure_sync: ``app.ensure_sync``.
    :param timeout: seconds from the beginning of a turn, for all its functions together.
    """
    # What suppresses even what ends it would run again, for ever, where its memory is freed.
    left: list[asyncio.Task[Any]] = []

    def ensure(function: Function) -> Function:
        # Here, in the thread of the request: an app may run coroutines where its context is not.
        turn = current_turn.get(None)
        clock: Clock | None = turn and turn.clock
        if clock is None or not is_async(function):
            return ensure_sync(function)

        @functools.wraps(function)
        async def call(*args: Any, **kwargs: Any) -> Any:
            seconds = max(clock.began + timeout - monotonic(), GRACE)
            start = functools.partial(function, *args, **kwargs)
            return await _Call(start, function, clock, left).within(seconds, timeout)

        return ensure_sync(call)

    return ensure


class _Call:
    """One call of an async function.

    It has a task of its own, since a task that is cancelled and goes on could not be left otherwise.

    :param function: makes the coroutine.
    :param named: what a timeout names.
    :param left: keeps the tasks that cannot be ended.
    """

    def __init__(
        self,
        function: Callable[[], Awaitable[Any]],
        named: Function,
        clock: Clock,
        left: list[asyncio.Task[Any]],
    ) -> None:
        self._function = function
        self._name = describe_function(named)
        self._clock = clock
        self._left = left
        self._context: contextvars.Context | None = None

    async def within(self, seconds: float, timeout: float) -> Any:
        """Await it, for so many seconds at most.

        :param timeout: the setting, which is told.
        :raises HandlerTimeout: the time was up; the function is over, or left.
        """
        is_alone = len(asyncio.all_tasks()) == 1
        task = asyncio.get_running_loop().create_task(self._run())
        try:
            await asyncio.wait((task,), timeout=seconds)
            if not task.done():
                self._clock.is_cut = True
                await self._cancel(task, is_alone=is_alone)
                return self._after_cancelling(task, HandlerTimeout(self._name, timeout))
        except asyncio.CancelledError:  # of the request itself, by what runs it
            await self._cancel(task, is_alone=is_alone)
            raise
        self._take_context()
        return task.result()

    async def _run(self) -> Any:
        try:
            return await self._function()
        finally:
            self._context = contextvars.copy_context()

    async def _cancel(self, task: asyncio.Task[Any], *, is_alone: bool) -> None:
        """Cancel the function, and leave it when it goes on all the same.

        :param is_alone: whether the loop was made for this call.
        """
        task.cancel()
        if is_alone:
            # Who made the loop waits for the threads of its executor, as those of asyncio.to_thread(): with
            # another one there are none to wait for, and those that are under way end by themselves.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        await asyncio.wait((task,), timeout=GRACE)
        if not task.done():
            logger.warning("%s goes on after it was cancelled, and was left.", self._name)
            self._left += _leave(task, is_alone=is_alone)

    def _after_cancelling(self, task: asyncio.Task[Any], told: HandlerTimeout) -> Any:
        """Return what a function has answered all the same.

        :raises HandlerTimeout: it has not.
        """
        self._take_context()
        logger.warning("%s", told)
        if not task.done() or task.cancelled():
            raise told
        error = task.exception()
        if error is None:
            return task.result()
        raise told from error

    def _take_context(self) -> None:
        """Take over what the function has set: the task has a copy of the context."""
        for variable, value in (self._context or {}).items():
            if variable.get(None) is not value:
                variable.set(value)


def _leave(task: asyncio.Task[Any], *, is_alone: bool) -> list[asyncio.Task[Any]]:
    """Leave a task that suppresses what cancels it: end it where it waits, and let nobody wait for it.

    Who made a loop for this call alone waits for all its tasks when it is closed, those included that this
    one has made, and waits for in vain.

    :return: the tasks that cannot even be ended.
    """
    made = [one for one in asyncio.all_tasks() if one.cancelling() and one is not task] if is_alone else []
    return [one for one in (task, *made) if not _is_ended(one)]


def _is_ended(task: asyncio.Task[Any]) -> bool:
    asyncio.tasks._unregister_task(task)  # noqa: SLF001 - documented for those who extend asyncio
    coroutine: Any = task.get_coro()
    try:
        coroutine.close()
    except RuntimeError:
        return False  # it has caught GeneratorExit as well
    except Exception as error:  # noqa: BLE001 - what cleans up may raise anything
        logger.debug("A function that was left failed where it was ended: %r", error)
    return True
