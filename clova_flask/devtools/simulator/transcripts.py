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
regular expression. Scalars are read as in JSON, so that a time such as ``18:30:00`` stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ...errors import ClovaError, nearest
from ...wire.iso8601 import parse_datetime
from .requests import SCREENS

ACTIONS = ("launch", "say", "silence", "end", "event", "wait", "home", "as")
CHECKS = ("intent", "slots", "speech", "reprompt", "state", "attributes", "ends", "directives")
HOME_CHECKS = ("name", "payload")
USER_FIELDS = ("access_token", "user_id", "locale", "screen")


_MOST_SECONDS = 86_400

_Test = tuple[str, Callable[[Any], bool]]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_seconds(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= _MOST_SECONDS


_TEXT: _Test = ("text", _is_text)
_SAID: _Test = ("text", lambda value: _is_text(value) or (isinstance(value, int) and value is not True))
_SPEECH: _Test = (
    "text, or /a regular expression/",
    lambda value: isinstance(value, str) and _compiles(value),
)
_MAPPING: _Test = (
    "a mapping with texts for keys",
    lambda value: isinstance(value, dict) and all(isinstance(key, str) for key in value),
)
_NULL: _Test = ("followed by nothing", lambda value: value is None)

_KINDS: Mapping[str, _Test] = {
    "launch": _NULL,
    "silence": _NULL,
    "end": _NULL,
    "say": _SAID,
    "event": (
        "the name of an event, AudioPlayer.PlayFinished",
        lambda value: _is_text(value) and "." in value,
    ),
    "home": _TEXT,
    "wait": (f"a number of seconds from 0 to {_MOST_SECONDS}", _is_seconds),
    "appliance": _TEXT,
    "fields": _MAPPING,
    "intent": _TEXT,
    "slots": _MAPPING,
    "speech": _SPEECH,
    "reprompt": (f"{_SPEECH[0]}, or null", lambda value: value is None or _SPEECH[1](value)),
    "state": ("text or null", lambda value: value is None or _is_text(value)),
    "attributes": _MAPPING,
    "ends": ("true or false", lambda value: isinstance(value, bool)),
    "directives": (
        "a list of texts",
        lambda value: isinstance(value, list) and all(_is_text(item) for item in value),
    ),
    "name": _TEXT,
    "payload": _MAPPING,
}
"""What stands after each key of a turn; ``as`` is looked at by itself."""


def _compiles(speech: str) -> bool:
    try:
        re.compile(speech[1:-1] if is_pattern(speech) else "")
    except re.error:
        return False
    return True


def is_pattern(speech: str) -> bool:
    """Whether a speech is a regular expression between slashes."""
    return len(speech) > 2 and speech.startswith("/") and speech.endswith("/")


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
    user: Mapping[str, str | None]
    now: datetime | None
    steps: tuple[Step, ...]


def load_transcript(path: Path) -> Transcript:
    """Read a transcript.

    :raises TranscriptError: it cannot be read, with file and line.
    """
    yaml = _yaml()
    try:
        loader = _loader(yaml)(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        _require_unique_keys(path, root)
        data, lines = loader.construct_document(root) if root else None, _turn_lines(root)
    except (OSError, UnicodeDecodeError) as error:
        raise TranscriptError(f"{path} cannot be read: {error}") from None
    except (ValueError, RecursionError) as error:
        raise TranscriptError(f"{path}: this cannot be taken for a transcript: {error}") from None
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


def _loader(yaml: Any) -> Any:
    """Make a loader that takes scalars for what they are in JSON, and for text otherwise."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        yaml_implicit_resolvers: dict[str, Any] = {}

    for tag, pattern, first in (
        ("null", r"~|null|", ["~", "n", ""]),
        ("bool", r"true|false", ["t", "f"]),
        ("int", r"-?(?:0|[1-9]\d*)", list("-0123456789")),
        ("float", r"-?(?:0|[1-9]\d*)\.\d+", list("-0123456789")),
    ):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})\\Z"), first)
    return Loader


def _require_unique_keys(path: Path, root: Any) -> None:
    """Refuse a mapping with a key twice: of two ``say`` YAML would drop one."""
    for node in _turn_nodes(root):
        seen: set[str] = set()
        for key, _ in node.value if node.id == "mapping" else []:
            if isinstance(key.value, str) and key.value in seen:
                where = f"{path}:{key.start_mark.line + 1}"
                raise TranscriptError(
                    f"{where}: {key.value!r} stands twice in one turn; begin another with '-'."
                )
            if isinstance(key.value, str):
                seen.add(key.value)


def _turn_lines(root: Any) -> list[int]:
    """Find the line each turn begins at."""
    return [node.start_mark.line + 1 for node in _turn_nodes(root)]


def _turn_nodes(root: Any) -> list[Any]:
    for key, value in root.value if root is not None and root.id == "mapping" else []:
        if getattr(key, "value", None) == "turns" and value.id == "sequence":
            return list(value.value)
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
    for key, value in turn.items():
        expected, fits = _KINDS.get(key, ("", None))
        if fits is not None and not fits(value):
            raise TranscriptError(f"{path}:{line}: {key!r} is {expected}; this is {value!r}.")
    details = {key: turn[key] for key in ("appliance", "fields") if key in turn}
    checks = {key: value for key, value in turn.items() if key in (*CHECKS, *HOME_CHECKS)}
    if action == "as":
        turn = {**turn, "as": _user(path, line, turn["as"])}
    return Step(action, turn[action], details, checks, line)


def _user(path: Path, line: int, given: Any) -> Mapping[str, str | None]:
    if not isinstance(given, dict):
        raise TranscriptError(f"{path}:{line}: 'as' is a mapping of {', '.join(USER_FIELDS)}.")
    for key in given:
        if key not in USER_FIELDS:
            raise TranscriptError(f"{path}:{line}: {key!r} is unknown.{nearest(str(key), USER_FIELDS)}")
    for key, value in given.items():
        if not (_is_text(value) or (key == "access_token" and value is None)):
            raise TranscriptError(f"{path}:{line}: {key!r} is text; this is {value!r}.")
    screen = given.get("screen", "l100")
    if screen not in SCREENS:
        raise TranscriptError(
            f"{path}:{line}: {screen!r} is no screen: {', '.join(SCREENS)}.{nearest(screen, SCREENS)}"
        )
    return given


def _now(path: Path, given: Any) -> datetime | None:
    if given is None:
        return None
    now = parse_datetime(str(given))
    try:
        if now is not None:
            return now if now.tzinfo else now.astimezone()
    except (ValueError, OverflowError):
        pass  # a year that no clock has
    raise TranscriptError(f"{path}: 'now' is a date with time, 2026-11-20T10:00:00+09:00.")
