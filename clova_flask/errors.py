"""Every exception the package raises.

::

    ClovaError
    ├── ConfigurationError        a CLOVA_* setting cannot work; raised by init_app
    ├── RegistrationError         a handler was declared wrongly; raised by the decorator
    ├── KeySourceError            a public key cannot be read or fetched
    ├── RequestRefused            a message that reaches no handler; has ``status``
    │   ├── MessageTooLarge       413
    │   ├── MalformedMessage      400
    │   ├── SignatureError        401
    │   ├── StaleMessage          401
    │   └── WrongExtension        403
    ├── SlotError                 a slot or payload field a handler needs is missing or unusable
    ├── AccountLinkingRequired    a handler needs a user and the message has none
    ├── AccessTokenError          an access token is expired or unknown; raised by a user_loader
    ├── AnswerError               what a handler gave back cannot be sent
    └── ModelError                an interaction model's files cannot be read or written
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

MAX_HINTS = 3
"""How many names an error suggests; where more are close it lists all there are."""


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

    The text is sent to the caller, so it never holds a token or a part of the body.
    """

    status: ClassVar[int] = 400


class MessageTooLarge(RequestRefused):
    """The body is longer than ``CLOVA_MAX_CONTENT_LENGTH``."""

    status = 413


class MalformedMessage(RequestRefused):
    """The body is not UTF-8 JSON, or JSON in no form that CEK sends."""

    status = 400


class SignatureError(RequestRefused):
    """``SignatureCEK`` is missing, garbled, or was made with a key that is not trusted."""

    status = 401


class StaleMessage(RequestRefused):
    """``request.timestamp`` is further from now than ``CLOVA_TIMESTAMP_TOLERANCE``."""

    status = 401


class WrongExtension(RequestRefused):
    """The message is signed, but for another extension."""

    status = 403


class SlotError(ClovaError):
    """A handler's parameter cannot be filled from the message.

    :ivar name: name of the slot or payload field, as it is on the wire when it is there.
    :ivar value: what was said, or None when nothing was.
    :ivar expected: the annotation that refused it, in words.
    """

    def __init__(self, name: str, value: object = None, *, expected: str = "a value") -> None:
        self.name = name
        self.value = value
        self.expected = expected
        what = "is missing" if value is None else "has a value that cannot be taken"
        super().__init__(f"{name!r} {what}; the handler expects {expected}.")

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), self.name, self.value, expected=self.expected), ()

    @property
    def missing(self) -> bool:
        """Whether nothing was said at all."""
        return self.value is None


class AccountLinkingRequired(ClovaError):
    """A handler takes ``user``, and the message has no access token that ``user_loader`` knows."""

    def __init__(self, message: str = "The user has no linked account.") -> None:
        super().__init__(message)


class AccessTokenError(ClovaError):
    """An access token stands for no account (any more); the root of what a ``user_loader`` raises."""


class AnswerError(ClovaError):
    """What a handler returned cannot be sent; the text says which field and why."""


class ModelError(ClovaError):
    """Files of an interaction model that cannot be read or written.

    :ivar path: the file or folder.
    :ivar line: the line in it, from 1; 0 when it is about the whole of it.
    :ivar text: what is wrong and what to do.
    :ivar faults: every fault that was found, this one first; its text lists them all.
    """

    def __init__(
        self, text: str, path: Path | None = None, line: int = 0, *, others: Iterable[ModelError] = ()
    ) -> None:
        self.path = path
        self.line = line
        self.text = text
        self.faults: tuple[ModelError, ...] = (self, *others)
        super().__init__("\n".join(f"{place(fault.path, fault.line)}{fault.text}" for fault in self.faults))


def place(path: Path | None, line: int = 0) -> str:
    """Write where something is, before what is said of it: ``intents/OrderPizza.tsv:12:`` and a space."""
    if path is None:
        return ""
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return f"{shown}:{line}: " if line else f"{shown}: "


def nearest(name: object, known: Iterable[str], *, or_list: bool = False) -> str:
    """Write which known names an unknown one is close to, as a sentence to append to an error.

    A name is close when it is spelt alike, in whatever case and with or without underscores, or when one
    contains the other: ``TV`` and ``SMARTTV``.

    :param name: the name that is not known.
    :param known: the names that are.
    :param or_list: list all known names when none is close, or too many are.
    :return: `` Did you mean 'X'?`` or `` Use one of: X, Y.``, with a leading space; else an empty string.
    """
    names = list(dict.fromkeys(known))
    close = _close(name, names) if isinstance(name, str) else []
    if close:
        *others, last = [repr(one) for one in close]
        return f" Did you mean {', '.join(others)} or {last}?" if others else f" Did you mean {last}?"
    return f" Use one of: {', '.join(names)}." if or_list and names else ""


def _close(name: str, known: list[str]) -> list[str]:
    """List the one name that is spelt nearly alike, or the few that contain it or are contained in it."""
    wanted = _folded(name)
    folded = {_folded(one): one for one in reversed(known)}
    alike = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.6)
    if alike:
        return [folded[alike[0]]]
    around = [one for one in known if _contains(_folded(one), wanted) or _contains(wanted, _folded(one))]
    return around if len(around) <= MAX_HINTS else []


def _contains(longer: str, shorter: str) -> bool:
    # Two letters within a word are chance, at its end they are "TV".
    return longer.endswith(shorter) if len(shorter) == 2 else len(shorter) > 2 and shorter in longer


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter not in "_- ")
