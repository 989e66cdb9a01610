"""``flask clova talk``: a conversation in the terminal."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from ..errors import ClovaError
from .cek import Exchange, LocalCek
from .fields import parse_fields
from .render import render

HELP = """\
  Say something, or:
  /launch            start the extension          /silence   say nothing
  /end               end the session              /json      show or hide the messages
  /event NAME k=v    report something             /wait 30   let 30 seconds pass for the player
  /player            ask what the player shows    /enable    /disable   the skill (JP)
  /home ACTION [APPLIANCE] k=v                    a Clova Home request
  /as TOKEN          speak as the user of this access token; /as alone: without one
  /help              this                         /quit      leave
"""


class Talk:
    """A conversation: each line is something said, or a command.

    :param cek: who hears it.
    :param show: prints a line.
    """

    def __init__(self, cek: LocalCek, show: Callable[[str], None] = click.echo) -> None:
        self._cek = cek
        self._show = show
        self._as_json = False
        self._commands: dict[str, Callable[[list[str]], list[Exchange]]] = {
            "launch": lambda _: cek.launch(),
            "silence": self._silence,
            "end": lambda _: cek.end(),
            "event": self._event,
            "wait": self._wait,
            "player": lambda _: cek.player_info(),
            "enable": lambda _: cek.enable(),
            "disable": lambda _: cek.disable(),
            "home": self._home,
            "as": self._as,
            "json": self._json,
            "help": self._help,
        }

    @property
    def prompt(self) -> str:
        """What stands before the line that is typed."""
        return "나> " if self._cek.listening else "…> "

    def line(self, line: str) -> bool:
        """Take a line; False ends the conversation."""
        text = line.strip()
        if text in ("/quit", "/exit"):
            return False
        try:
            exchanges = self._command(text) if text.startswith("/") else self._cek.say(text) if text else []
        except (ClovaError, ValueError) as error:
            self._show(click.style(f"  {error}", fg="yellow"))
            return True
        for exchange in exchanges:
            for shown in render(exchange, as_json=self._as_json):
                self._show(shown)
        if exchanges and not self._cek.listening:
            self._show(click.style("  (the session is over)", dim=True))
        return True

    def _command(self, text: str) -> list[Exchange]:
        name, *arguments = shlex.split(text[1:]) or [""]
        command = self._commands.get(name)
        if command is None:
            raise ValueError(f"There is no /{name}; /help lists the commands.")
        return command(arguments)

    def _silence(self, _arguments: list[str]) -> list[Exchange]:
        exchanges = self._cek.silence()
        if not exchanges:
            self._show(click.style("  (the reprompt is said; one more silence ends the session)", dim=True))
        return exchanges

    def _event(self, arguments: list[str]) -> list[Exchange]:
        if not arguments:
            raise ValueError("Which event? /event AudioPlayer.PlayFinished token=song-1")
        return self._cek.event(arguments[0], parse_fields(arguments[1:]))

    def _home(self, arguments: list[str]) -> list[Exchange]:
        if not arguments:
            raise ValueError("Which action? /home SetBrightness lamp-1 brightness=50")
        appliance = arguments[1] if len(arguments) > 1 and "=" not in arguments[1] else ""
        return self._cek.home(arguments[0], parse_fields(arguments[2 if appliance else 1 :]), appliance)

    def _wait(self, arguments: list[str]) -> list[Exchange]:
        try:
            seconds = float(arguments[0])
        except (IndexError, ValueError):
            raise ValueError("How long? /wait 30") from None
        return self._cek.wait(min(seconds, 86_400))

    def _as(self, arguments: list[str]) -> list[Exchange]:
        self._cek.caller.end_session()
        self._cek.caller.access_token = arguments[0] if arguments else None
        self._show("  (another user, and no session)")
        return []

    def _json(self, _arguments: list[str]) -> list[Exchange]:
        self._as_json = not self._as_json
        return []

    def _help(self, _arguments: list[str]) -> list[Exchange]:
        self._show(HELP.rstrip())
        return []


@contextlib.contextmanager
def history(path: Path) -> Iterator[None]:
    """Keep the lines that are typed over conversations, where the terminal can."""
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
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            readline.write_history_file(path)


def converse(talk: Talk, read: Callable[[str], str] = input) -> None:
    """Take lines until there are no more."""
    while True:
        try:
            line = read(talk.prompt)
        except (EOFError, KeyboardInterrupt):
            click.echo()
            return
        if not talk.line(line):
            return
