"""``flask clova talk``: a conversation in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from ..simulator.talk import Remark, Talk
from .logs import log_on_stderr
from .render import render, render_remark

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
            with log_on_stderr():
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


def read_aloud(prompt: str) -> str:
    """Read a line that nobody has typed, and show what it was."""
    line = input(prompt)
    click.echo(line)
    return line
