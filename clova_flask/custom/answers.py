"""What handlers return: ``tell`` ends the session, ``ask`` keeps it open, ``ask_for`` waits for a slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .directives import Directive
from .speech import AnySpeech, OneSpeech, SpeechSet


class _Keep:
    """The dialog state stays as it is."""

    def __repr__(self) -> str:
        return "KEEP"


KEEP = _Keep()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer before it is written as a response message.

    :ivar ends: whether the session ends with it.
    :ivar state: the dialog state from here on; ``KEEP`` leaves it, None clears it.
    :ivar slot: the slot that is asked for, or None.
    """

    speech: AnySpeech | None = None
    reprompt: AnySpeech | None = None
    card: Mapping[str, Any] | None = None
    directives: tuple[Directive | Mapping[str, Any], ...] = ()
    ends: bool = True
    state: str | _Keep | None = KEEP
    slot: str | None = None


Directives = Iterable[Directive | Mapping[str, Any]]


def tell(
    *speech: OneSpeech,
    brief: OneSpeech | None = None,
    verbose: OneSpeech | list[OneSpeech] | None = None,
    card: Mapping[str, Any] | None = None,
    directives: Directives = (),
) -> Answer:
    """Say something and end the session.

    :param speech: texts, :class:`Speech` and :class:`AudioURL`, said one after the other.
    :param brief: with ``verbose``: what every device says.
    :param verbose: with ``brief``: what a device without a screen says besides.
    :param card: a content template, see :mod:`clova_flask.cards`.
    :param directives: see :mod:`clova_flask.audio`, ``playback`` and ``player_info``.
    """
    return Answer(_speech(speech, brief, verbose), card=card, directives=tuple(directives))


def ask(
    *speech: OneSpeech,
    reprompt: AnySpeech | None = None,
    state: str | _Keep | None = KEEP,
    brief: OneSpeech | None = None,
    verbose: OneSpeech | list[OneSpeech] | None = None,
    card: Mapping[str, Any] | None = None,
    directives: Directives = (),
) -> Answer:
    """Say something and listen; the session stays open.

    :param reprompt: what is said when the user keeps silent, once.
    :param state: the dialog state that the answer is expected in: handlers with this ``state=`` come first.
        Not given, the state stays as it is; None leaves it.
    :param speech: as for :func:`tell`, and so are ``brief``, ``verbose``, ``card`` and ``directives``.
    """
    said = _speech(speech, brief, verbose)
    return Answer(said, reprompt, card, tuple(directives), ends=False, state=state)


def ask_for(
    slot: str,
    *speech: OneSpeech,
    reprompt: AnySpeech | None = None,
    card: Mapping[str, Any] | None = None,
    directives: Directives = (),
) -> Answer:
    """Ask for a slot, and come back to this handler when it is there.

    The intent and the slots that were filled are remembered; the next intent that brings the slot, whichever
    it is, resumes this handler with all of them.

    :param slot: name of the slot on the wire, ``pizzaType``.
    :param speech: as for :func:`ask`, and so are ``reprompt``, ``card`` and ``directives``.
    """
    said = _speech(speech, None, None)
    return Answer(said, reprompt, card, tuple(directives), ends=False, slot=slot)


def _speech(
    speech: tuple[OneSpeech, ...],
    brief: OneSpeech | None,
    verbose: OneSpeech | list[OneSpeech] | None,
) -> AnySpeech | None:
    if brief is None and verbose is None:
        return speech[0] if len(speech) == 1 else list(speech)
    if speech or brief is None or verbose is None:
        raise TypeError("Give either speech, or both brief= and verbose=.")
    return SpeechSet(brief, verbose)
