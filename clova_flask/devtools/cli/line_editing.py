"""What a terminal can do with typed lines: complete commands, and keep lines for the next conversation."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from ...custom.catalogue import EVENTS
from ...home.interfaces import INTERFACES
from ..simulator.talk import COMMANDS

_NAMES_A_TOKEN = re.compile(r"\s*/\s*(as\b|link\s+\S+://)", re.IGNORECASE)


@contextlib.contextmanager
def line_editing(path: Path) -> Iterator[None]:
    """Complete commands by the tab key, and keep typed lines in a file, where the terminal can.

    Lines with an access token, or with a code of account linking, are not kept.
    """
    try:
        import readline
    except ImportError:
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(1000)
    _complete_by_tab(readline)
    try:
        yield
    finally:
        _keep(readline, path)


def _complete_by_tab(readline: ModuleType) -> None:
    def complete(word: str, number: int) -> str | None:
        found = completions(readline.get_line_buffer(), word)
        return found[number] if number < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" ")  # not at the dot of an event, nor at the slash
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")


def _keep(readline: ModuleType, path: Path) -> None:
    for number in range(readline.get_current_history_length(), 0, -1):
        if _NAMES_A_TOKEN.match(readline.get_history_item(number) or ""):
            readline.remove_history_item(number - 1)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        readline.write_history_file(path)


def completions(line: str, word: str) -> list[str]:
    """List what the last word of a line may become: a command, an event or an action, a field of one.

    :param word: the last word, which may be empty.
    """
    command, *words = line.split(" ")
    if not line.startswith("/"):
        return []
    if not words:
        return [f"/{name} " for name in COMMANDS if f"/{name}".startswith(word)]
    return [found for found in _arguments(command, words) if found.startswith(word)]


def _arguments(command: str, words: list[str]) -> list[str]:
    name = words[0]
    if command == "/event":
        if len(words) == 1:
            return [f"{event} " for event in EVENTS]
        return [f"{field.python_name}=" for field in EVENTS.get(name, ())]
    if command == "/home":
        if len(words) == 1:
            return [f"{action} " for action in INTERFACES]
        interface = INTERFACES.get(name)
        return [f"{field.python_name}=" for field in interface.takes] if interface else []
    return []
