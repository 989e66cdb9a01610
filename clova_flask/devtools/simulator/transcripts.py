"""Transcripts: dialogs in YAML, replayed and checked like tests.

.. code-block:: yaml

    as: {access_token: token, screen: l100}
    turns:
      - launch:
        speech: "피자봇입니다*"
      - say: 페퍼로니 두 판 주문해 줘
        intent: OrderPizza
        slots: {pizzaType: 페퍼로니, pizzaAmount: 2}
        speech: "*2판*"
        state: confirm
      - silence:
      - say: 응
        ends: true
      - event: AudioPlayer.PlayStarted
        fields: {token: song-1, offset_in_milliseconds: 0}
      - home: SetBrightness
        appliance: lamp-1
        fields: {brightness: 50}
        name: SetBrightnessConfirmation

A turn does one thing (``launch``, ``say``, ``silence``, ``end``, ``event``, ``wait``, ``home``, ``as``), and
its other keys tell what is expected of the answer. In speech, ``*`` and ``?`` stand for anything; a speech
between slashes is a regular expression. Scalars are read as in JSON, so that ``18:30:00`` stays text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ...errors import nearest
from ...texts.templated import Templated
from ...wire.iso8601 import parse_datetime
from .caller import SCREENS, USER_FIELDS
from .transcript_keys import ACTIONS, CHECKS, DETAILS, FORMS, KEYS, TOP_FORMS, Form, is_pattern, is_text
from .transcript_yaml import TranscriptError, read_yaml

__all__ = ["Step", "Transcript", "TranscriptError", "is_pattern", "load_transcript"]

_TOP_KEYS = ("turns", "as", "now", "name", "extension", "base_url", "view_args")


_Place = Callable[..., str]
"""Tells file and line of a part, by the keys that lead to it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a transcript.

    :ivar action: one of :data:`~clova_flask.devtools.simulator.transcript_keys.ACTIONS`.
    :ivar argument: what follows the action.
    :ivar details: its appliance and fields.
    :ivar checks: what is expected of the answer.
    :ivar now: the time at which it is said; None is that of the transcript.
    :ivar line: its line in the file, from 1.
    """

    action: str
    argument: Any
    details: Mapping[str, Any]
    checks: Mapping[str, Any]
    now: datetime | None
    line: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A dialog from a file.

    :ivar user: who speaks, as fields of a :class:`~clova_flask.devtools.simulator.caller.Caller`.
    :ivar now: the time at which utterances are said; None is the real time.
    :ivar extension: the extension that is spoken to, of several; None where the transcript does not tell.
    :ivar base_url: scheme and host at which CEK calls the app; None where the transcript does not tell.
    :ivar view_args: values for the variables in the extension's address.
    """

    path: Path
    user: Mapping[str, str | None]
    now: datetime | None
    extension: str | None
    base_url: str | None
    view_args: Mapping[str, Any]
    steps: tuple[Step, ...]


def load_transcript(path: Path, text: str | None = None) -> Transcript:
    """Read a transcript.

    :param text: what the file is to have; None reads it.
    :raises TranscriptError: it is not valid; the text tells file and line.
    """
    data, places = read_yaml(path, text)
    if not isinstance(data, dict) or not isinstance(data.get("turns"), list) or not data["turns"]:
        raise TranscriptError(Templated("%(path)s: A transcript must have a list of 'turns'.", path=path))
    for key in data:
        _require_known(places(key), key, _TOP_KEYS)
    steps = [_step(partial(places, "turns", at), turn) for at, turn in enumerate(data["turns"])]
    for key, form in TOP_FORMS.items():
        _require_form(places(key), key, data.get(key), form)
    return Transcript(
        path,
        _user(partial(places, "as"), data.get("as") or {}),
        _now(places("now"), data.get("now")),
        data.get("extension"),
        data.get("base_url"),
        data.get("view_args") or {},
        tuple(steps),
    )


def _require_known(place: str, key: Any, known: tuple[str, ...]) -> None:
    if key not in known:
        raise TranscriptError(
            Templated(
                "%(place)s: %(key)s is not a key here.%(known)s",
                place=place,
                key=repr(key),
                known=_known(key, known),
            )
        )


def _known(key: Any, known: tuple[str, ...]) -> str:
    hint = nearest(str(key), known)
    return Templated("%(hint)s Known are %(names)s.", hint=hint, names=", ".join(known))


def _step(place: _Place, turn: Any) -> Step:
    if isinstance(turn, str):
        turn = {turn: None}
    if not isinstance(turn, dict):
        raise TranscriptError(
            Templated("%(place)s: A turn must be a mapping, such as 'say: …'.", place=place())
        )
    for key in turn:
        _require_known(place(key), key, KEYS)
    actions = [key for key in turn if key in ACTIONS]
    if len(actions) != 1:
        raise TranscriptError(
            Templated(
                "%(place)s: A turn must have one of these keys: %(names)s.",
                place=place(),
                names=", ".join(ACTIONS),
            )
        )
    for key, value in turn.items():
        if key in FORMS:
            _require_form(place(key), key, value, FORMS[key])
    (action,) = actions
    argument = _user(partial(place, "as"), turn[action]) if action == "as" else turn[action]
    now = _now(place("now"), turn.get("now"))
    line = int(place().rpartition(":")[2])
    return Step(action, argument, _part(turn, DETAILS), _part(turn, CHECKS), now, line)


def _require_form(place: str, key: str, value: Any, form: Form) -> None:
    if not form.fits(value):
        raise TranscriptError(
            Templated(
                "%(place)s: %(key)s must be %(words)s, not %(shown)s.",
                place=place,
                key=repr(key),
                words=form.words,
                shown=_shown(value),
            )
        )


def _part(turn: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in turn.items() if key in keys}


def _shown(value: Any) -> str:
    return "empty" if value is None else repr(value)


def _user(place: _Place, given: Any) -> Mapping[str, str | None]:
    if not isinstance(given, dict):
        raise TranscriptError(
            Templated(
                "%(place)s: 'as' must be a mapping with some of %(names)s.",
                place=place(),
                names=", ".join(USER_FIELDS),
            )
        )
    for key, value in given.items():
        _require_known(place(key), key, USER_FIELDS)
        if not is_text(value) and not (key == "access_token" and value is None):
            raise TranscriptError(
                Templated(
                    "%(place)s: %(key)s must be text, not %(shown)s.",
                    place=place(key),
                    key=repr(key),
                    shown=_shown(value),
                )
            )
    screen = given.get("screen", "l100")
    if screen not in SCREENS:
        hint = nearest(screen, SCREENS, or_list=True)
        raise TranscriptError(
            Templated(
                "%(place)s: %(screen)s is not a screen.%(hint)s",
                place=place("screen"),
                screen=repr(screen),
                hint=hint,
            )
        )
    return given


def _now(place: str, given: Any) -> datetime | None:
    if given is None:
        return None
    now = parse_datetime(str(given))
    if now is not None and 1 < now.year < MAXYEAR:
        return now  # without an offset it is the users' time
    raise TranscriptError(
        Templated(
            "%(place)s: 'now' must be a date with a time, 2026-11-20T10:00:00+09:00, not %(given)s.",
            place=place,
            given=repr(given),
        )
    )
