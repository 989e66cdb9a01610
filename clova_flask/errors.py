"""Every exception the package raises.

::

    ClovaError
    ├── ConfigurationError        a CLOVA_* setting is missing or not valid; raised by init_app
    ├── RegistrationError         a handler cannot work as it was declared; raised by the decorator
    ├── KeySourceError            a public key cannot be read or fetched
    ├── RequestRefused            a message that reaches no handler; has ``status``
    │   ├── MessageTooLarge       413
    │   ├── MalformedMessage      400
    │   ├── SignatureError        401
    │   ├── StaleMessage          401
    │   ├── WrongExtension        403
    │   ├── NoUserLoader          403
    │   ├── ReplayedMessage       409
    │   └── ReplayGuardUnavailable  503
    ├── SlotError                 a slot or payload field that a handler needs is missing or not valid
    ├── AccountLinkingRequired    a handler needs a user and the message has none
    ├── AccessTokenError          an access token is expired or unknown; raised by a user_loader
    ├── HandlerTimeout            an async function was cancelled after CLOVA_HANDLER_TIMEOUT
    ├── StorageUnavailable        a database of the package is away, or lacks its tables
    ├── UserDataConflict          two turns changed the same key of one user's data
    ├── UserDataInvalid           user data holds what JSON does not have, or too much
    ├── UserDataUnavailable       a message names no user whose data there could be
    ├── AnswerError               what a handler returned cannot be sent
    └── ModelError                an interaction model's files cannot be read or written
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from .texts.templated import Templated

MAX_SHOWN = 80
"""Characters of a name from a message that a log shows."""

MAX_SHOWN_KEYS = 5
"""Keys of user data that an error names."""

MAX_LINE = 500
"""Characters of a text with names from a message in it that a log shows."""


class ClovaError(Exception):
    """The root of every exception this package raises."""


class ConfigurationError(ClovaError):
    """A setting is missing, malformed or contradicts another one."""


class RegistrationError(ClovaError):
    """A handler cannot work as it was declared."""


class KeySourceError(ClovaError):
    """A public key could not be read, parsed or fetched."""


class RequestRefused(ClovaError):
    """A message that is answered with a 4xx and reaches no handler.

    A before hook that raises one refuses the message. The text is sent to the caller and logged, so it never
    holds a token or a part of the body.

    :cvar status: the HTTP status of the answer, from 400 to 499 in a class of yours.
    """

    status: ClassVar[int] = 400


class MessageTooLarge(RequestRefused):
    """The body is longer than ``CLOVA_MAX_CONTENT_LENGTH``."""

    status = 413


class MalformedMessage(RequestRefused):
    """The body is not UTF-8 JSON, or JSON in no form that CEK sends."""

    status = 400


class SignatureError(RequestRefused):
    """``SignatureCEK`` is missing, is not base64, or was made with a key that is not trusted."""

    status = 401


class StaleMessage(RequestRefused):
    """``request.timestamp`` differs from now by more than ``CLOVA_TIMESTAMP_TOLERANCE``."""

    status = 401


class WrongExtension(RequestRefused):
    """The message is signed, but for another extension."""

    status = 403


class NoUserLoader(RequestRefused):
    """A Clova Home message, and there is no ``user_loader`` that tells whose home it is."""

    status = 403


class ReplayedMessage(RequestRefused):
    """The same message has come before, within ``CLOVA_REPLAY_GUARD_TTL``."""

    status = 409


class ReplayGuardUnavailable(RequestRefused):
    """What the replay guard remembers cannot be asked, and ``CLOVA_REPLAY_GUARD_FAIL`` is ``closed``."""

    status = 503


class SlotError(ClovaError):
    """A handler's parameter cannot be filled from the message.

    The text holds no value: what the user said stays out of logs.

    :ivar name: name of the slot or payload field, as on the wire when the message has it.
    :ivar value: what the message has, or None when it has nothing.
    :ivar expected: the parameter's annotation, in words.
    :ivar handler: the function, with file and line; ``prompt``: what ``prompts=`` asks for the slot, or None.
    """

    def __init__(
        self,
        name: str,
        value: object = None,
        *,
        expected: str = "a value",
        handler: str = "",
        prompt: Any = None,
    ) -> None:
        super().__init__(name)
        self.name, self.value, self.expected = name, value, expected
        self.handler, self.prompt = handler, prompt

    def __str__(self) -> str:
        problem = "is missing" if self.missing else "has a value that is not valid"
        return f"{self.name!r} {problem}; {self.handler or 'the handler'} expects {self.expected}."

    @property
    def missing(self) -> bool:
        """Whether the message has nothing for it at all."""
        return self.value is None


class AccountLinkingRequired(ClovaError):
    """A handler takes ``user``, and the message has no access token that ``user_loader`` knows."""

    def __init__(self, message: str = "The user has no linked account.") -> None:
        super().__init__(message)


class AccessTokenError(ClovaError):
    """An access token is unknown or expired; the base class of what a ``user_loader`` raises."""


class StorageUnavailable(ClovaError):
    """A database of the package is away, or its tables are missing or of an older version.

    The text tells which and what to do, for the log: users have no part in it.
    """


class UserDataConflict(ClovaError):
    """Another turn changed the same key of one user's data meanwhile; nothing of this turn was saved.

    :ivar keys: the keys that both changed; empty where the data was deleted meanwhile.
    """

    def __init__(self, keys: Iterable[str] = (), *, deleted: bool = False) -> None:
        self.keys, self._deleted = tuple(keys), deleted
        super().__init__(self.keys)

    def __str__(self) -> str:
        shown = ", ".join(repr(line_in_log(key)[:MAX_SHOWN]) for key in self.keys[:MAX_SHOWN_KEYS])
        changed = f"another turn changed {shown or 'it again and again'}"
        return (
            f"User data was not saved: {'the data was deleted' if self._deleted else changed} meanwhile. "
            "Answer this by @clova.errorhandler(UserDataConflict), or change what several turns change by "
            "clova.user_data.update(user_id, function)."
        )


class UserDataInvalid(ClovaError):
    """User data holds what JSON does not have, or is longer than ``CLOVA_USER_DATA_MAX_SIZE``.

    The text has the path of the value and what to do.
    """


class UserDataUnavailable(ClovaError):
    """A handler takes :class:`~clova_flask.UserData`, and the message names no user, or there is no store."""


class HandlerTimeout(ClovaError):
    """An async function was cancelled, since the turn took longer than ``CLOVA_HANDLER_TIMEOUT``.

    :ivar handler: the function, with file and line.
    :ivar seconds: the setting.
    """

    def __init__(self, handler: str, seconds: float) -> None:
        super().__init__(handler, seconds)
        self.handler = handler
        self.seconds = seconds

    def __str__(self) -> str:
        limit = f"CLOVA_HANDLER_TIMEOUT, {self.seconds:g} s"
        return f"{self.handler} was cancelled: the turn took longer than {limit}."


class AnswerError(ClovaError):
    """What a handler returned cannot be sent; the text says which field and why."""


class ModelError(ClovaError):
    """Files of an interaction model cannot be read or written.

    :ivar path: the file or folder.
    :ivar line: the line in the file, from 1; 0 when the problem is about the whole file.
    :ivar text: the problem, and what to do.
    :ivar problems: every problem that was found, this one first; the error's text lists them all.
    """

    def __init__(
        self, text: str, path: Path | None = None, line: int = 0, *, others: Iterable[ModelError] = ()
    ) -> None:
        self.path = path
        self.line = line
        self.text = text
        self.problems: tuple[ModelError, ...] = (self, *others)
        super().__init__("\n".join(f"{place(error.path, error.line)}{error.text}" for error in self.problems))


def failures() -> tuple[type[BaseException], ...]:
    """Return what is answered when a function of the user's raises it.

    An async function may raise CancelledError, which is no Exception. Whatever else is none, such as
    KeyboardInterrupt, ends the program. Importing asyncio for it took 4 % of the package's import
    (2026-11-25).
    """
    asyncio = sys.modules.get("asyncio")
    return (Exception,) if asyncio is None else (Exception, asyncio.CancelledError)


def place(path: Path | None, line: int = 0) -> str:
    """Return a file and line as the beginning of a message: ``intents/OrderPizza.tsv:12: ``."""
    if path is None:
        return ""
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return f"{shown}:{line}: " if line else f"{shown}: "


def type_name(value: object) -> str:
    """Return the name of a value's type for an error, ``must be a str, not int``: ``None`` for None."""
    return "None" if value is None else type(value).__name__


def nearest(name: object, known: Iterable[str], *, or_list: bool = False) -> str:
    """Return a sentence to append to an error: which known names an unknown one is close to.

    A name is close when it is spelt alike, in whatever case and with or without underscores, when both have
    words that few others have, or when one contains the other: ``TV`` and ``SMARTTV``.

    :param name: the name that is not known.
    :param known: the names that are.
    :param or_list: list all known names when none is close, or too many are.
    :return: `` Did you mean 'X'?`` or `` Use one of: X, Y.``, with a leading space; else an empty string.
    """
    from .texts.spelling import close_names  # only those who make a mistake wait for it

    names = list(dict.fromkeys(known))
    close = close_names(name, names)
    if close:
        *others, last = [repr(one) for one in close]
        if others:
            return Templated(" Did you mean %(names)s or %(last)s?", names=", ".join(others), last=last)
        return Templated(" Did you mean %(name)s?", name=last)
    return Templated(" Use one of: %(names)s.", names=", ".join(names)) if or_list and names else ""


def line_in_log(text: object) -> str:
    """Return a text that may hold what came with a message for a log: on one line, and shortened."""
    whole = str(text)
    shown = f"{whole[:MAX_LINE]}…" if len(whole) > MAX_LINE else whole
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in shown)
