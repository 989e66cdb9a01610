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

A turn does one thing (``launch``, ``say``, ``silence``, ``end``, ``event``, ``wait``, ``home``, ``as``) and
says what is to come of it. ``*`` and ``?`` in speech stand for anything; a speech between slashes is a
regular expression.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..errors import ClovaError, nearest
from ..timestamps import parse_datetime

ACTIONS = ("launch", "say", "silence", "end", "event", "wait", "home", "as")
CHECKS = ("intent", "slots", "speech", "reprompt", "state", "attributes", "ends", "directives")
HOME_CHECKS = ("name", "payload")
USER_FIELDS = ("access_token", "user_id", "locale", "screen")


class TranscriptError(ClovaError):
    """A transcript cannot be read; the text says where."""


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a transcript.

    :ivar line: its line in the file, from 1.
    """

    action: str
    argument: Any
    details: Mapping[str, Any]
    checks: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A dialog as a file tells it.

    :ivar user: who speaks, as ``USER_FIELDS`` have it.
    :ivar now: what time it is said to be; None is the real time.
    """

    path: Path
    user: Mapping[str, str]
    now: datetime | None
    steps: tuple[Step, ...]


def load_transcript(path: Path) -> Transcript:
    """Read a transcript.

    :raises TranscriptError: it cannot be read, with file and line.
    """
    yaml = _yaml()
    try:
        text = path.read_text(encoding="utf-8")
        data, lines = yaml.safe_load(text), _turn_lines(yaml, text)
    except (OSError, UnicodeDecodeError) as error:
        raise TranscriptError(f"{path} cannot be read: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise TranscriptError(f"{where}: this is not YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(data, dict) or not isinstance(data.get("turns"), list) or not data["turns"]:
        raise TranscriptError(f"{path}: a transcript has a list of 'turns'.")
    for key in data:
        if key not in ("name", "as", "now", "turns"):
            raise TranscriptError(f"{path}: {key!r} is unknown.{nearest(str(key), ('name', 'as', 'now'))}")
    steps = tuple(_step(path, line, turn) for line, turn in zip(lines, data["turns"], strict=True))
    return Transcript(path, _user(path, 1, data.get("as") or {}), _now(path, data.get("now")), steps)


def _yaml() -> Any:
    try:
        import yaml
    except ImportError:
        raise TranscriptError("Transcripts are YAML; install clova-flask[local] to read them.") from None
    return yaml


def _turn_lines(yaml: Any, text: str) -> list[int]:
    """Find the line each turn begins at."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in getattr(root, "value", None) or []:
        if getattr(key, "value", None) == "turns" and isinstance(value.value, list):
            return [item.start_mark.line + 1 for item in value.value]
    return []


def _step(path: Path, line: int, turn: Any) -> Step:
    if isinstance(turn, str):
        turn = {turn: None}
    if not isinstance(turn, dict):
        raise TranscriptError(f"{path}:{line}: a turn is a mapping such as 'say: …'.")
    actions = [key for key in turn if key in ACTIONS]
    known = (*ACTIONS, *CHECKS, *HOME_CHECKS, "fields", "appliance")
    for key in turn:
        if key not in known:
            raise TranscriptError(f"{path}:{line}: {key!r} is unknown.{nearest(str(key), known)}")
    if len(actions) != 1:
        raise TranscriptError(f"{path}:{line}: a turn does one thing of {', '.join(ACTIONS)}.")
    action = actions[0]
    details = {key: turn[key] for key in ("appliance", "fields") if key in turn}
    checks = {key: value for key, value in turn.items() if key in (*CHECKS, *HOME_CHECKS)}
    if action == "as":
        turn = {**turn, "as": _user(path, line, turn["as"])}
    return Step(action, turn[action], details, checks, line)


def _user(path: Path, line: int, given: Any) -> Mapping[str, str]:
    if not isinstance(given, dict):
        raise TranscriptError(f"{path}:{line}: 'as' is a mapping of {', '.join(USER_FIELDS)}.")
    for key in given:
        if key not in USER_FIELDS:
            raise TranscriptError(f"{path}:{line}: {key!r} is unknown.{nearest(str(key), USER_FIELDS)}")
    return given


def _now(path: Path, given: Any) -> datetime | None:
    if given is None:
        return None
    now = given if isinstance(given, datetime) else parse_datetime(str(given))
    if now is None:
        raise TranscriptError(f"{path}: 'now' is a date with time, 2026-11-20T10:00:00+09:00.")
    return now if now.tzinfo else now.astimezone()
