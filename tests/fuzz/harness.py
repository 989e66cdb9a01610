"""Sends bodies, really signed, to the fuzzed apps, and checks what comes back."""

from __future__ import annotations

import base64
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from random import Random
from time import process_time
from types import TracebackType
from typing import Any, Self

from flask import Flask
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from werkzeug.test import EnvironBuilder

from clova_flask import UserData
from clova_flask.runtime import runtime_of
from clova_flask.security.devkey import generate_key, public_pem, sign
from clova_flask.signals import message_verified
from clova_flask.storage.upgrades import upgrade

from .app import make_app
from .cases import PLATFORMS, Case
from .headers import FORGERIES, LENGTHS
from .oracles import REFUSED, Violation, check_answer, check_loading, check_log, check_privacy
from .seeds import SECRETS

SLOWEST = 1.0
"""Seconds of the processor that one message may take; most take less than a thousandth of that."""

_MAX_SHOWN = 100_000
_EVERY = 5_000


class Harness:
    """Fuzzed apps of both platforms; as a context manager it listens to the log.

    :ivar counts: how many messages were answered, refused by status, and forged.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._key, self._other_key = generate_key(), generate_key()
        self._log = _Lines()
        self._apps: dict[str, Flask] = {}
        self._environ = EnvironBuilder("/clova", method="POST", content_type="application/json").get_environ()
        self._verified = 0

    def __enter__(self) -> Self:
        key = public_pem(self._key)
        self._apps = {
            name: make_app(name, public_key=key, user_data_engine=_empty_database()) for name in PLATFORMS
        }
        message_verified.connect(self._count)
        self._loggers = [logging.getLogger("clova_flask"), *(app.logger for app in self._apps.values())]
        self._before = [(logger.level, logger.propagate) for logger in self._loggers]
        for logger in self._loggers:
            logger.addHandler(self._log)
            logger.setLevel(logging.DEBUG)
            logger.propagate = False
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        message_verified.disconnect(self._count)
        for logger, (level, propagate) in zip(self._loggers, self._before, strict=True):
            logger.removeHandler(self._log)
            logger.level, logger.propagate = level, propagate
        for app in self._apps.values():
            runtime_of(app).settings.user_data_engine.dispose()

    def run(self, case: Case) -> int:
        """Send a case to its app; return the status of the answer.

        :raises Violation: something happened that must never; the text tells how to see it again.
        """
        return self.check(case.platform, case.body(), f"{case}")

    def check(self, platform: str, body: bytes, made_by: str = "") -> int:
        """Send a body that is really signed, and check the answer; the status is returned."""
        if sum(self.counts.values()) % _EVERY == 0:
            self._keep_secrets()
        status: int = self._told(platform, body, made_by, lambda: self._check(platform, body))
        return status

    def forge(self, platform: str, body: bytes, name: str, random: Random) -> None:
        """Send a body with a signature that does not fit: it must reach nothing."""
        header = FORGERIES[name](sign(self._key, body), sign(self._other_key, body), random)
        self._told(platform, body, name, lambda: self._refused(platform, body, header))

    def lie(self, platform: str, body: bytes, name: str) -> None:
        """Send a signed body with a length that is not its own: it must reach nothing."""
        length, signature = LENGTHS[name](len(body)), sign(self._key, body)
        self._told(
            platform, body, name, lambda: self._refused(platform, body, signature, CONTENT_LENGTH=length)
        )

    def _told(self, platform: str, body: bytes, made_by: str, check: Callable[[], Any]) -> Any:
        self._log.lines.clear()
        try:
            return check()
        except Exception as error:
            raise Violation(f"{error!r}\n{made_by[:2_000]}\n{how_to_replay(platform, body)}") from error

    def _check(self, platform: str, body: bytes) -> int:
        request = check_loading(body)
        start = process_time()
        status, answer = self._send(platform, body, sign(self._key, body))
        taken = process_time() - start
        self.counts["answered" if status == 200 else f"refused with {status}"] += 1
        check_answer(platform, request, status, answer)
        if status == 200:
            check_privacy(request, answer.decode())
        if self._log.lines:
            check_log(request, self._log.lines)
        if taken > SLOWEST:
            raise Violation(f"It took {taken:.1f} s of the processor.")
        return status

    def _refused(self, platform: str, body: bytes, signature: str | None, **environ: str) -> None:
        self.counts["forged"] += 1
        before = self._verified
        status, answer = self._send(platform, body, signature, **environ)
        if status not in REFUSED or self._verified != before:
            raise Violation(f"A message that cannot be verified was answered with {status}.")
        check_answer(platform, None, status, answer)
        check_log(None, self._log.lines)

    def _send(self, platform: str, body: bytes, signature: str | None, **changes: str) -> tuple[int, bytes]:
        environ = self._environ.copy()
        environ["CONTENT_LENGTH"] = str(len(body))
        environ["wsgi.input"] = BytesIO(body)
        if signature is not None:
            environ["HTTP_SIGNATURECEK"] = signature
        environ.update(changes)
        statuses: list[str] = []

        def start_response(status: str, _headers: Any, _error: Any = None, /) -> Callable[[bytes], object]:
            statuses.append(status)
            return answered.append

        answered: list[bytes] = []
        chunks: Any = self._apps[platform](environ, start_response)
        try:
            answer = b"".join([*answered, *chunks])
        finally:
            chunks.close()
        return int(statuses[-1].partition(" ")[0]), answer

    def _count(self, _app: Any, **_kwargs: Any) -> None:
        self._verified += 1

    def _keep_secrets(self) -> None:
        """Put what is kept of each user back, since a message may have deleted it."""
        for app in self._apps.values():
            keeper = runtime_of(app).keeper
            assert keeper is not None
            for user, secret in SECRETS.items():
                keep = partial(UserData.update, secret=secret)
                keeper.update(keeper.scope.key("custom", user), keep)


def _empty_database() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    upgrade(engine)
    return engine


class _Lines(logging.Handler):
    """Keeps the lines of the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def how_to_replay(platform: str, body: bytes) -> str:
    """Write the command that sends a body again."""
    written = base64.b64encode(body).decode()
    if len(written) <= _MAX_SHOWN:
        return f"Replay it with: python -m tests.fuzz {platform} {written}"
    return f"Replay it with: python -m tests.fuzz {platform} - < FILE, which has this base64:\n{written}"


def replay(platform: str, bodies: Iterable[bytes]) -> None:
    """Send bodies again, each checked."""
    with Harness() as harness:
        for body in bodies:
            print(harness.check(platform, body))  # noqa: T201 - for whoever replays
            for name in FORGERIES:
                harness.forge(platform, body, name, Random(0))
