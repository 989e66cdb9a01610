"""A conversation line by line: each line is something said, or a command.

Lines go in; exchanges and remarks come out as data. A terminal or a page shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ...errors import ClovaError, nearest
from ...home.interfaces import INTERFACES
from ...texts.templated import Templated, text_of
from .cek import MAX_WAIT, SimulatedCek
from .exchange import Exchange
from .fields import parse_fields, split_fields
from .linking_account import Linking
from .linking_by_url import UrlLinker
from .reply import json_object
from .wording import said


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
    :param without: the names of commands that there are not where it is held.
    :ivar is_over: whether the user has left.
    :ivar shows_messages: whether the user wants to see messages whole.
    """

    def __init__(self, cek: SimulatedCek, *, without: Collection[str] = ()) -> None:
        self.cek = cek
        self.commands = {name: command for name, command in COMMANDS.items() if name not in without}
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
            yield Remark(text_of(error), Kind.PROBLEM)
        had_session = was_listening or _is_answered_turn(first)
        if isinstance(first, Exchange) and had_session and not self.cek.device.is_listening:
            yield Remark(Templated("the session is over"))

    def _do(self, text: str) -> Iterable[Shown]:
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return _find(name, self.commands).run(self, rest.strip())
        return self.cek.say(text) if text else []


def _silence(talk: Talk) -> Iterable[Shown]:
    exchanges = talk.cek.silence()
    if exchanges:
        return exchanges
    words = " ".join(map(str, said(json_object(talk.cek.device.reprompt).get("outputSpeech"))))
    return [
        Remark(
            Templated(
                "Clova says the reprompt, and one more silence ends the session: %(words)s", words=words
            )
        )
    ]


def _event(talk: Talk, rest: str) -> Iterable[Shown]:
    name, _, fields = rest.partition(" ")
    if "." not in name:
        raise ValueError(Templated("Name the event: /event AudioPlayer.PlayFinished token=song-1"))
    return talk.cek.event(name, parse_fields(split_fields(fields)))


def _wait(talk: Talk, rest: str) -> Iterable[Shown]:
    try:
        exchanges = talk.cek.wait(float(rest))
    except ValueError:
        raise ValueError(
            Templated("Write a number of seconds from 0 to %(max_wait)s: /wait 30", max_wait=MAX_WAIT)
        ) from None
    return exchanges or [Remark(Templated("the player reports nothing"))]


def _home(talk: Talk, rest: str) -> Iterable[Shown]:
    name, _, fields = rest.partition(" ")
    if not name:
        raise ValueError(Templated("Name the action: /home SetBrightness lamp-1 brightness=50"))
    appliance, _, others = fields.strip().partition(" ")
    if "=" in appliance:
        appliance, others = "", fields
    interface = INTERFACES.get(name)
    if interface is not None and interface.appliance and not appliance:
        raise ValueError(Templated("%(name)s is about an appliance: /home %(name)s lamp-1", name=name))
    return talk.cek.home(name, parse_fields(split_fields(others)), appliance)


def _as(talk: Talk, rest: str) -> Iterable[Shown]:
    talk.cek.become(None)
    talk.cek.device.caller.become({"access_token": rest or None})
    if rest:
        return [Remark(Templated("another user, and no session"))]
    return [Remark(Templated("a user without a linked account, and no session"))]


def _link(talk: Talk, rest: str) -> Iterable[Shown]:
    cek, words = talk.cek, rest.split()
    if isinstance(cek.linker, UrlLinker):
        yield from _link_elsewhere(talk, cek.linker, words)
        return
    if not words:
        raise ValueError(
            Templated("Name who is signed in, and the scopes if there are any: /link bora orders")
        )
    user, *scopes = words
    yield from _linked(cek.link(user, scopes), Templated("the account of %(user)s", user=user))


def _link_elsewhere(talk: Talk, linker: UrlLinker, words: list[str]) -> Iterable[Shown]:
    if not words or "://" not in words[0]:
        address = linker.begin(words)
        yield Remark(Templated("Open this in a browser, sign in, and allow:"), Kind.HELP)
        yield Remark(address, Kind.HELP)
        yield Remark(
            Templated("Then bring the address that the browser ends at: /link https://…?code=…"), Kind.HELP
        )
        return
    linking, account = linker.finish(words[0])
    talk.cek.become(account)
    yield from _linked(linking, Templated("the account"))


def _linked(linking: Linking, account: str) -> Iterable[Shown]:
    seconds = (
        Templated("without an end")
        if linking.expires_in is None
        else Templated("for %(expires_in)s s", expires_in=f"{linking.expires_in:g}")
    )
    yield Remark(
        Templated(
            "%(account)s is linked, and no session; the token is valid %(seconds)s, /token shows it",
            account=account,
            seconds=seconds,
        )
    )
    for finding in linking.findings:
        yield Remark(
            Templated("%(finding)s [%(code)s]", finding=str(finding), code=finding.code), Kind.PROBLEM
        )


def _unlink(talk: Talk) -> Iterable[Shown]:
    talk.cek.become(None)
    return [Remark(Templated("the tokens are forgotten, and no session; the app is not told"))]


def _token(talk: Talk) -> Iterable[Shown]:
    token, account = talk.cek.device.caller.access_token, talk.cek.account
    if token is None:
        yield Remark(Templated("there is no access token; /link USER or /as TOKEN"))
        return
    yield Remark(token, Kind.HELP)
    if account is not None and account.tokens.access_token == token:
        left = account.seconds_left()
        how = (
            Templated("no end is known")
            if left is None
            else Templated("valid for %(left)s s more", left=f"{left:.0f}")
        )
        yield Remark(
            Templated(
                "%(how)s, scopes: %(scopes)s",
                how=how,
                scopes=" ".join(account.tokens.scopes) or Templated("none"),
            )
        )


def _json(talk: Talk) -> Iterable[Shown]:
    talk.shows_messages = not talk.shows_messages
    if talk.shows_messages:
        return [Remark(Templated("messages are shown"))]
    return [Remark(Templated("messages are hidden"))]


def _help(talk: Talk) -> Iterable[Shown]:
    yield Remark(Templated("Type what you would say to Clova, or a command:"), Kind.HELP)
    usages = [f"/{name} {command.arguments}" for name, command in talk.commands.items()]
    width = max(map(len, usages))
    for usage, command in zip(usages, talk.commands.values(), strict=True):
        yield Remark(
            Templated("  %(usage)s  %(help)s", usage=usage.ljust(width), help=command.help), Kind.HELP
        )


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
    "launch": Command(lambda talk, _: talk.cek.launch(), Templated("Start the extension.")),
    "silence": Command(lambda talk, _: _silence(talk), Templated("Say nothing.")),
    "end": Command(lambda talk, _: talk.cek.end(), Templated("End the session.")),
    "event": Command(_event, Templated("Report an event."), "NAME FIELD=VALUE…"),
    "wait": Command(_wait, Templated("Let time pass for the audio player."), "SECONDS"),
    "player": Command(
        lambda talk, _: talk.cek.player_info(), Templated("Ask for the list that the player shows.")
    ),
    "enable": Command(lambda talk, _: talk.cek.enable(), Templated("Enable the skill (JP).")),
    "disable": Command(lambda talk, _: talk.cek.disable(), Templated("Disable the skill (JP).")),
    "home": Command(_home, Templated("Send a Clova Home request."), "ACTION [APPLIANCE] FIELD=VALUE…"),
    "as": Command(
        _as, Templated("Speak as the user of an access token, or as one without an account."), "[TOKEN]"
    ),
    "link": Command(
        _link, Templated("Link the account of a user, and go on with its token."), "USER [SCOPE…]"
    ),
    "unlink": Command(
        lambda talk, _: _unlink(talk), Templated("Forget the token, as when the user disables the skill.")
    ),
    "token": Command(lambda talk, _: _token(talk), Templated("Show the access token.")),
    "json": Command(lambda talk, _: _json(talk), Templated("Show or hide messages whole.")),
    "help": Command(lambda talk, _: _help(talk), Templated("List the commands.")),
    "quit": Command(lambda talk, _: _quit(talk), Templated("Leave.")),
}
"""The commands by name."""


def _find(name: str, commands: Mapping[str, Command]) -> Command:
    name = "quit" if name == "exit" else name
    if name not in commands:
        raise ValueError(
            Templated(
                "/%(name)s is not a command; /help lists them.%(hint)s",
                name=name,
                hint=nearest(name, commands),
            )
        )
    return commands[name]


def _is_answered_turn(shown: Shown | None) -> bool:
    """Whether the user spoke and was answered, so that there was a session at least for that."""
    if not isinstance(shown, Exchange):
        return False
    asked = shown.reply.request.get("request", {})
    return asked.get("type") in ("LaunchRequest", "IntentRequest") and not any(
        finding.is_error for finding in shown.findings
    )
