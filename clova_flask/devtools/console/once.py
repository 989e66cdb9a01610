"""A form that is sent twice, by a button that is pressed twice, is done once.

Each form of a page has a name. The second of two that are the same waits for the first, and is answered
alike. What comes later, from a page that the browser went back to, is done again: its user wants that.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from werkzeug.wrappers import Response as BaseResponse

from .texts import _

FIELD = "once"
"""The input that names a form."""
SECONDS = 5.0
"""After the first was answered; a page that was gone back to is hardly sent again so soon."""
MAX_WAIT = 180.0
"""Seconds that the second waits: what takes longest is given two minutes."""
MAX_KNOWN = 500
"""Forms that are remembered."""


@dataclass
class _Sent:
    """A form that was sent.

    :ivar location: where its answer leads; empty where it leads nowhere.
    :ivar session: what the browser has in its session after it, with what the next page tells of it.
    """

    done: threading.Event = field(default_factory=threading.Event)
    ended_at: float = 0.0
    location: str = ""
    session: dict[str, Any] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether the same form is a new one by now."""
        return self.done.is_set() and time.monotonic() - self.ended_at > SECONDS


class _Forms:
    """The forms that were sent of late; those of this process, which is the one that serves the console."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: dict[str, _Sent] = {}

    def enter(self, key: str) -> tuple[_Sent, bool]:
        """Return what is known of a form, and whether it was sent now for the first time."""
        with self._lock:
            found = self._sent.get(key)
            if found is not None and not found.is_over:
                return found, False
            while len(self._sent) >= MAX_KNOWN:
                self._sent.pop(next(iter(self._sent)))
            made = self._sent[key] = _Sent()
            return made, True


def init_once(app: Flask) -> None:
    """Let forms be done once; after the protection, and before what their answers are made into."""
    app.extensions["clova_console_forms"] = _Forms()
    app.jinja_env.globals["form_name"] = lambda: secrets.token_urlsafe(9)
    app.before_request(_done_already)
    app.after_request(_note_answer)
    app.teardown_request(_end)


def _done_already() -> BaseResponse | None:
    if request.method != "POST" or not request.form.get(FIELD):
        return None
    forms: _Forms = current_app.extensions["clova_console_forms"]
    sent, is_first = forms.enter(_key())
    if is_first:
        g.clova_console_sent = sent
        return None
    if not sent.done.wait(MAX_WAIT):
        abort(409, _("The form was sent twice, and is done once. Look at what came of it."))
    if not sent.location:  # a file that was downloaded
        return None
    session.clear()  # a browser keeps no cookie of the first answer, for which it does not wait
    session.update(deepcopy(sent.session))
    return redirect(sent.location, 303)


def _key() -> str:
    """Return a digest of who sent what, files included."""
    digest = hashlib.sha256(repr((session.get("csrf_token"), request.full_path)).encode(errors="replace"))
    digest.update(repr(sorted(request.form.items(multi=True))).encode(errors="replace"))
    for name, file in request.files.items(multi=True):
        digest.update(repr((name, file.filename)).encode(errors="replace"))
        digest.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
        file.stream.seek(0)
    return digest.hexdigest()


def _note_answer(response: Response) -> Response:
    sent: _Sent | None = g.get("clova_console_sent")
    if sent is not None and 300 <= response.status_code < 400:
        sent.location = response.location or ""
        sent.session = deepcopy(dict(session))
    return response


def _end(_error: BaseException | None) -> None:
    sent: _Sent | None = g.pop("clova_console_sent", None)
    if sent is not None:
        sent.ended_at = time.monotonic()
        sent.done.set()
