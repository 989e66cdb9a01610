"""``flask clova talk``: a conversation in the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from ...errors import ClovaError, nearest
from ..simulator.cek import Exchange, LocalCek
from ..simulator.fields import parse_fields, split_fields
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

_LONGEST_WAIT = 86_400


_SPEAKERS = {"ko": "나", "ja": "私"}


class Talk:
    """A conversation: each line is something said, or a command.

    :param cek: who hears it.
    :param show: prints a line.
    """

    def __init__(self, cek: LocalCek, show: Callable[[str], None] = click.echo) -> None:
        self._cek = cek
        self._show = show
        self._as_json = False
        self._commands: dict[str, Callable[[str], list[Exchange]]] = {
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
        speaker = _SPEAKERS.get(self._cek.caller.locale[:2], "you")
        return f"{speaker if self._cek.listening else '…'}> "

    def line(self, line: str) -> bool:
        """Take a line; False ends the conversation."""
        text = line.strip()
        if text in ("/quit", "/exit"):
            return False
        listening = self._cek.listening
        try:
            exchanges = self._exchanges(text)
        except (ClovaError, TypeError, ValueError) as error:
            self._show(click.style(f"  {error}", fg="yellow"))
            return True
        for exchange in exchanges:
            for shown in render(exchange, as_json=self._as_json):
                self._show(shown)
        if exchanges and (listening or _is_answered_turn(exchanges[0])) and not self._cek.listening:
            self._remark("the session is over")
        return True

    def _exchanges(self, text: str) -> list[Exchange]:
        if text.startswith("/"):
            return self._command(text)
        return self._cek.say(text) if text else []

    def _command(self, text: str) -> list[Exchange]:
        name, _, rest = text[1:].partition(" ")
        command = self._commands.get(name)
        if command is None:
            hint = nearest(name, self._commands)
            raise ValueError(f"There is no /{name}; /help lists the commands.{hint}")
        return command(rest.strip())

    def _silence(self, _rest: str) -> list[Exchange]:
        exchanges = self._cek.silence()
        if not exchanges:
            self._remark("the reprompt is said; one more silence ends the session")
        return exchanges

    def _event(self, rest: str) -> list[Exchange]:
        name, _, fields = rest.partition(" ")
        if "." not in name:
            raise ValueError("Which event? /event AudioPlayer.PlayFinished token=song-1")
        return self._cek.event(name, parse_fields(split_fields(fields)))

    def _home(self, rest: str) -> list[Exchange]:
        name, _, fields = rest.partition(" ")
        if not name:
            raise ValueError("Which action? /home SetBrightness lamp-1 brightness=50")
        appliance, _, others = fields.strip().partition(" ")
        if "=" in appliance:
            appliance, others = "", fields
        return self._cek.home(name, parse_fields(split_fields(others)), appliance)

    def _wait(self, rest: str) -> list[Exchange]:
        try:
            seconds = float(rest)
        except ValueError:
            seconds = -1
        if not 0 <= seconds <= _LONGEST_WAIT:
            raise ValueError("How many seconds? /wait 30")
        exchanges = self._cek.wait(seconds)
        if not exchanges:
            self._remark("nothing is reported")
        return exchanges

    def _as(self, rest: str) -> list[Exchange]:
        self._cek.caller.end_session()
        self._cek.caller.access_token = rest or None
        self._remark(f"{'another user' if rest else 'a user without a linked account'}, and no session")
        return []

    def _json(self, _rest: str) -> list[Exchange]:
        self._as_json = not self._as_json
        self._remark(f"the messages are {'shown' if self._as_json else 'hidden'}")
        return []

    def _remark(self, text: str) -> None:
        self._show(click.style(f"  ({text})", dim=True))

    def _help(self, _rest: str) -> list[Exchange]:
        self._show(HELP.rstrip())
        return []


def _is_answered_turn(exchange: Exchange) -> bool:
    """Whether the user spoke and was answered, so that there was a session at least for that."""
    asked = exchange.reply.request.get("request", {})
    return asked.get("type") in ("LaunchRequest", "IntentRequest") and not exchange.findings


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
        for number in range(readline.get_current_history_length(), 0, -1):
            if (readline.get_history_item(number) or "").startswith("/as "):
                readline.remove_history_item(number - 1)  # an access token
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
        try:
            if not talk.line(line):
                return
        except KeyboardInterrupt:
            click.secho("  (interrupted; the session is as it was)", dim=True)
