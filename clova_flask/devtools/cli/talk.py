"""``flask clova talk``: a conversation in the terminal."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from ..simulator.talk import Remark, Talk
from .render import render, render_remark

_NAMES_A_TOKEN = re.compile(r"\s*/\s*as\b", re.IGNORECASE)

_SPEAKERS = {"ko": "나", "ja": "私"}


def converse(
    talk: Talk, read: Callable[[str], str] = input, show: Callable[[str], None] = click.echo
) -> None:
    """Read lines until the user leaves or there are no more, and show what they lead to."""
    while not talk.is_over:
        try:
            line = read(prompt(talk))
        except (EOFError, KeyboardInterrupt):
            show("")
            return
        try:
            for shown in show_line(talk, line):
                show(shown)
        except KeyboardInterrupt:
            show(click.style("  (interrupted; the session is as it was)", dim=True))


def prompt(talk: Talk) -> str:
    """Return what stands before the line: who speaks while a session is open, else an ellipsis."""
    device = talk.cek.device
    speaker = _SPEAKERS.get(device.caller.locale[:2], "you")
    return f"{speaker if device.is_listening else '…'}> "


def show_line(talk: Talk, line: str) -> Iterator[str]:
    """Do a line, and yield what it leads to, as it is shown."""
    for shown in talk.line(line):
        if isinstance(shown, Remark):
            yield render_remark(shown)
        else:
            yield from render(shown, as_json=talk.shows_messages)


@contextlib.contextmanager
def history(path: Path) -> Iterator[None]:
    """Keep typed lines from one conversation to the next, where the terminal can.

    Lines with an access token are not kept.
    """
    try:
        import readline
    except ImportError:
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(1000)
    try:
        yield
    finally:
        for number in range(readline.get_current_history_length(), 0, -1):
            if _NAMES_A_TOKEN.match(readline.get_history_item(number) or ""):
                readline.remove_history_item(number - 1)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            readline.write_history_file(path)
