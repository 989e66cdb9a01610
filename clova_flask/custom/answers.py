"""What handlers return: ``tell`` ends the session, ``ask`` keeps it open, ``ask_for`` asks for a slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from inspect import isfunction
from typing import Any

from ..errors import AnswerError, type_name
from ..injection.calling import describe_awaitable
from .arguments import is_text
from .directives import Directive
from .speech import AnySpeech, AudioURL, OneSpeech, Speech, SpeechSet, require_speech


class _Keep:
    """The dialog state stays as it is."""

    def __repr__(self) -> str:
        return "KEEP"


KEEP = _Keep()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, before it is written as a response message.

    :ivar ends: whether the session ends with it.
    :ivar state: the dialog state from here on; ``KEEP`` leaves it as it is, None clears it.
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
    """Speak and end the session.

    :param speech: texts, :class:`Speech` and :class:`AudioURL`, spoken one after the other.
    :param brief: with ``verbose``: the short speech, for every device.
    :param verbose: with ``brief``: the long speech, for devices without a screen.
    :param card: a content template, as the functions of :mod:`clova_flask.cards` build it.
    :param directives: a list of what the functions of :mod:`clova_flask.audio` and
        :mod:`clova_flask.playback`, and :func:`player_info`, build.
    :raises TypeError: an argument has a type that cannot be sent.
    """
    spoken = _speech(speech, brief, verbose)
    return Answer(spoken, card=_card(card), directives=_directives(directives))


def ask(
    *speech: OneSpeech,
    reprompt: AnySpeech | None = None,
    state: str | _Keep | None = KEEP,
    brief: OneSpeech | None = None,
    verbose: OneSpeech | list[OneSpeech] | None = None,
    card: Mapping[str, Any] | None = None,
    directives: Directives = (),
) -> Answer:
    """Speak and listen; the session stays open.

    :param speech: as for :func:`tell`; so are ``brief``, ``verbose``, ``card`` and ``directives``.
    :param reprompt: spoken once more when the user does not reply.
    :param state: the dialog state in which the reply is expected: handlers with this ``state=`` come first.
        By default the state stays as it is; None clears it.
    :raises TypeError: an argument has a type that cannot be sent.
    """
    spoken = _speech(speech, brief, verbose)
    _require_reprompt(reprompt)
    if state is not None and state is not KEEP and not isinstance(state, str):
        raise TypeError(f"state must be a str or None, not {type_name(state)}.")
    return Answer(spoken, reprompt, _card(card), _directives(directives), ends=False, state=state)


def ask_for(
    slot: str,
    *speech: OneSpeech,
    reprompt: AnySpeech | None = None,
    card: Mapping[str, Any] | None = None,
    directives: Directives = (),
) -> Answer:
    """Ask for a slot, and come back to this handler with it.

    The intent and the slots that were filled are remembered. The next intent that brings the slot, whichever
    intent it is, calls this handler again with all of them.

    :param slot: name of the slot on the wire, ``pizzaType``.
    :param speech: as for :func:`ask`; so are ``reprompt``, ``card`` and ``directives``.
    :raises TypeError: an argument has a type that cannot be sent.
    """
    if not isinstance(slot, str):
        raise TypeError(f"slot must be a str, the name of a slot, not {type_name(slot)}.")
    spoken = _speech(speech, None, None)
    _require_reprompt(reprompt)
    return Answer(spoken, reprompt, _card(card), _directives(directives), ends=False, slot=slot)


def as_answer(result: Any) -> Answer:
    """Make an answer of what a handler returned.

    :raises AnswerError: it is not something that a handler may return.
    """
    if isinstance(result, Answer):
        return result
    if isinstance(result, (str, Speech, AudioURL, SpeechSet)):
        return Answer(result)
    if isinstance(result, (list, tuple)):
        if isinstance(result, tuple) and any(type(item) is int for item in result):
            raise AnswerError(
                "A handler returned a tuple with a number, as a view does with its status. An answer has no "
                "status: return tell(…), or abort(404) and answer it under @clova.errorhandler(404)."
            )
        return Answer(list(result))
    if is_text(result):
        return Answer(result)
    raise AnswerError(
        f"A handler returned {type_name(result)}; it must return text, a list of speeches, tell(…), ask(…), "
        f"ask_for(…), None, or a dict that is a whole response message.{describe_awaitable(result)}"
    )


def _speech(
    speech: tuple[OneSpeech, ...],
    brief: OneSpeech | None,
    verbose: OneSpeech | list[OneSpeech] | None,
) -> AnySpeech | None:
    if brief is None and verbose is None:
        spoken: AnySpeech | None = speech[0] if len(speech) == 1 else list(speech)
    elif speech or brief is None or verbose is None:
        raise TypeError("Pass either speech, or both brief= and verbose=.")
    else:
        spoken = SpeechSet(brief, verbose)
    if not (isinstance(spoken, str) or spoken is None):
        require_speech("speech", spoken)
    return spoken


def _require_reprompt(reprompt: AnySpeech | None) -> None:
    if reprompt is not None:
        require_speech("reprompt", reprompt)


def _card(card: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if card is not None and not isinstance(card, Mapping):
        raise TypeError(
            f"card must be a dict, as cards.text(…) returns, not {type_name(card)}; "
            "clova_flask.cards builds each kind of card."
        )
    return card


def _directives(directives: Directives) -> tuple[Directive | Mapping[str, Any], ...]:
    if directives == ():
        return ()
    if isinstance(directives, (Directive, Mapping, str)) or not isinstance(directives, Iterable):
        raise TypeError(
            f"directives must be a list of directives, not {type_name(directives)}; "
            "write directives=[playback.pause()]."
        )
    listed = tuple(directives)
    for index, directive in enumerate(listed):
        if not isinstance(directive, (Directive, Mapping)):
            call = f" Call it: {directive.__name__}()." if isfunction(directive) else ""
            must = "must be a Directive or a dict"
            raise TypeError(f"directives[{index}] {must}, not {type_name(directive)}.{call}")
    return listed
