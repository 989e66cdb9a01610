"""A conversation line by line: each line is something said, or a command.

Lines go in; exchanges and remarks come out as data. A terminal or a page shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ...errors import ClovaError, nearest
from ...home.interfaces import INTERFACES
from .cek import MAX_WAIT, SimulatedCek
from .exchange import Exchange
from .fields import parse_fields, split_fields
from .linking_account import Linking
from .linking_by_url import UrlLinker


class Kind(StrEnum):
    """The kinds of remarks."""

    NOTE = "note"
    """What happened, where no message was sent, or besides it."""
    PROBLEM = "problem"
    """Why a line could not be done, and what to write."""
    HELP = "help"
    """A line of the help."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line about the conversation itself."""

    text: str
    kind: Kind = Kind.NOTE


Shown = Exchange | Remark
"""What a line leads to."""


class Talk:
    """A conversation with an extension.

    :param cek: the simulated CEK that hears it.
    :ivar is_over: whether the user has left.
    :ivar shows_messages: whether the user wants to see messages whole.
    """

    def __init__(self, cek: SimulatedCek) -> None:
        self.cek = cek
        self.is_over = False
        self.shows_messages = False

    def line(self, line: str) -> Iterator[Shown]:
        """Say a line, or do the command that it is.

        :return: what to show, in its order.
        """
        was_listening = self.cek.device.is_listening
        first: Shown | None = None
        try:
            for shown in self._do(line.strip()):
                first = first or shown
                yield shown
        except (ClovaError, TypeError, ValueError) as error:
            yield Remark(str(error), Kind.PROBLEM)
        had_session = was_listening or _is_answered_turn(first)
        if isinstance(first, Exchange) and had_session and not self.cek.device.is_listening:
            yield Remark("the session is over")

    def _do(self, text: str) -> Iterable[Shown]:
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return _find(name).run(self, rest.strip())
        return self.cek.say(text) if text else []


def _silence(talk: Talk) -> Iterable[Shown]:
    exchanges = talk.cek.silence()
    return exchanges or [Remark("Clova says the reprompt; one more silence ends the session")]


def _event(talk: Talk, rest: str) -> Iterable[Shown]:
    name, _, fields = rest.partition(" ")
    if "." not in name:
        raise ValueError("Name the event: /event AudioPlayer.PlayFinished token=song-1")
    return talk.cek.event(name, parse_fields(split_fields(fields)))


def _wait(talk: Talk, rest: str) -> Iterable[Shown]:
    try:
        exchanges = talk.cek.wait(float(rest))
    except ValueError:
        raise ValueError(f"Write a number of seconds from 0 to {MAX_WAIT}: /wait 30") from None
    return exchanges or [Remark("the player reports nothing")]


def _home(talk: Talk, rest: str) -> Iterable[Shown]:
    name, _, fields = rest.partition(" ")
    if not name:
        raise ValueError("Name the action: /home SetBrightness lamp-1 brightness=50")
    appliance, _, others = fields.strip().partition(" ")
    if "=" in appliance:
        appliance, others = "", fields
    interface = INTERFACES.get(name)
    if interface is not None and interface.appliance and not appliance:
        raise ValueError(f"{name} is about an appliance: /home {name} lamp-1")
    return talk.cek.home(name, parse_fields(split_fields(others)), appliance)


def _as(talk: Talk, rest: str) -> Iterable[Shown]:
    talk.cek.become(None)
    talk.cek.device.caller.become({"access_token": rest or None})
    return [Remark(f"{'another user' if rest else 'a user without a linked account'}, and no session")]


def _link(talk: Talk, rest: str) -> Iterable[Shown]:
    cek, words = talk.cek, rest.split()
    if isinstance(cek.linker, UrlLinker):
        yield from _link_elsewhere(talk, cek.linker, words)
        return
    if not words:
        raise ValueError("Name who is signed in, and the scopes if there are any: /link bora orders")
    user, *scopes = words
    yield from _linked(cek.link(user, scopes), f"the account of {user}")


def _link_elsewhere(talk: Talk, linker: UrlLinker, words: list[str]) -> Iterable[Shown]:
    if not words or "://" not in words[0]:
        address = linker.begin(words)
        yield Remark("Open this in a browser, sign in, and allow:", Kind.HELP)
        yield Remark(address, Kind.HELP)
        yield Remark("Then bring the address that the browser ends at: /link https://…?code=…", Kind.HELP)
        return
    linking, account = linker.finish(words[0])
    talk.cek.become(account)
    yield from _linked(linking, "the account")


def _linked(linking: Linking, account: str) -> Iterable[Shown]:
    seconds = "without an end" if linking.expires_in is None else f"for {linking.expires_in:g} s"
    yield Remark(f"{account} is linked, and no session; the token is valid {seconds}, /token shows it")
    for finding in linking.findings:
        yield Remark(f"{finding} [{finding.code}]", Kind.PROBLEM)


def _unlink(talk: Talk) -> Iterable[Shown]:
    talk.cek.become(None)
    return [Remark("the tokens are forgotten, and no session; the app is not told")]


def _token(talk: Talk) -> Iterable[Shown]:
    token, account = talk.cek.device.caller.access_token, talk.cek.account
    if token is None:
        yield Remark("there is no access token; /link USER or /as TOKEN")
        return
    yield Remark(token, Kind.HELP)
    if account is not None and account.tokens.access_token == token:
        left = account.seconds_left()
        how = "no end is known" if left is None else f"valid for {left:.0f} s more"
        yield Remark(f"{how}, scopes: {' '.join(account.tokens.scopes) or 'none'}")


def _json(talk: Talk) -> Iterable[Shown]:
    talk.shows_messages = not talk.shows_messages
    return [Remark(f"messages are {'shown' if talk.shows_messages else 'hidden'}")]


def _help() -> Iterable[Shown]:
    yield Remark("Type what you would say to Clova, or a command:", Kind.HELP)
    usages = [f"/{name} {command.arguments}" for name, command in COMMANDS.items()]
    width = max(map(len, usages))
    for usage, command in zip(usages, COMMANDS.values(), strict=True):
        yield Remark(f"  {usage:<{width}}  {command.help}", Kind.HELP)


def _quit(talk: Talk) -> Iterable[Shown]:
    talk.is_over = True
    return ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    :ivar help: what it does.
    :ivar arguments: what may follow its name.
    """

    run: Callable[[Talk, str], Iterable[Shown]]
    help: str
    arguments: str = ""


COMMANDS = {
    "launch": Command(lambda talk, _: talk.cek.launch(), "Start the extension."),
    "silence": Command(lambda talk, _: _silence(talk), "Say nothing."),
    "end": Command(lambda talk, _: talk.cek.end(), "End the session."),
    "event": Command(_event, "Report an event.", "NAME FIELD=VALUE…"),
    "wait": Command(_wait, "Let time pass for the audio player.", "SECONDS"),
    "player": Command(lambda talk, _: talk.cek.player_info(), "Ask for the list that the player shows."),
    "enable": Command(lambda talk, _: talk.cek.enable(), "Enable the skill (JP)."),
    "disable": Command(lambda talk, _: talk.cek.disable(), "Disable the skill (JP)."),
    "home": Command(_home, "Send a Clova Home request.", "ACTION [APPLIANCE] FIELD=VALUE…"),
    "as": Command(_as, "Speak as the user of an access token, or as one without an account.", "[TOKEN]"),
    "link": Command(_link, "Link the account of a user, and go on with its token.", "USER [SCOPE…]"),
    "unlink": Command(
        lambda talk, _: _unlink(talk), "Forget the token, as when the user disables the skill."
    ),
    "token": Command(lambda talk, _: _token(talk), "Show the access token."),
    "json": Command(lambda talk, _: _json(talk), "Show or hide messages whole."),
    "help": Command(lambda _talk, _: _help(), "List the commands."),
    "quit": Command(lambda talk, _: _quit(talk), "Leave."),
}
"""The commands by name."""


def _find(name: str) -> Command:
    name = "quit" if name == "exit" else name
    if name not in COMMANDS:
        raise ValueError(f"/{name} is not a command; /help lists them.{nearest(name, COMMANDS)}")
    return COMMANDS[name]


def _is_answered_turn(shown: Shown | None) -> bool:
    """Whether the user spoke and was answered, so that there was a session at least for that."""
    if not isinstance(shown, Exchange):
        return False
    asked = shown.reply.request.get("request", {})
    return asked.get("type") in ("LaunchRequest", "IntentRequest") and not any(
        finding.is_error for finding in shown.findings
    )
