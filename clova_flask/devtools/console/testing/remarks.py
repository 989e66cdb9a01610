"""What the simulator remarks, in the language of the page.

The simulator writes English, as in a terminal, and so it is kept. A text that is listed here is told in the
page's language; any other is shown as it was written.
"""

from __future__ import annotations

import re

from ..texts import N_, _

TEXTS = (
    N_("the session is over"),
    N_("Clova says the reprompt; one more silence ends the session"),
    N_("the player reports nothing"),
    N_("another user, and no session"),
    N_("a user without a linked account, and no session"),
    N_("the tokens are forgotten, and no session; the app is not told"),
    N_("there is no access token; /link USER or /as TOKEN"),
    N_("There is no session to be silent in. Launch the extension first."),
    N_("There is no session to end."),
    N_("There is no interaction model to understand an utterance with."),
    N_(
        "Nothing was sent: outside a session the user would be talking to Clova herself. "
        "Name the extension: %(launch)s, or %(ask)s. Or launch it first."
    ),
    N_("/%(name)s is not a command; /help lists them.%(nearest)s"),
    N_("The user ends the session."),
    N_("The user calls the extension by its name."),
    N_("nearest to %(expression)s (%(score)s); no slots filled"),
    N_("nearest to %(expression)s (%(score)s); %(slots)s"),
    N_("Type what you would say to Clova, or a command:"),
    N_("Start the extension."),
    N_("Say nothing."),
    N_("End the session."),
    N_("Report an event."),
    N_("Let time pass for the audio player."),
    N_("Ask for the list that the player shows."),
    N_("Enable the skill (JP)."),
    N_("Disable the skill (JP)."),
    N_("Send a Clova Home request."),
    N_("Speak as the user of an access token, or as one without an account."),
    N_("Link the account of a user, and go on with its token."),
    N_("Forget the token, as when the user disables the skill."),
    N_("Show the access token."),
    N_("Show or hide messages whole."),
    N_("List the commands."),
    N_("Leave."),
)
"""Texts of the simulator, with what it puts into them; of two that fit, the first counts."""

_PLACE = re.compile(r"%\((\w+)\)s")
_COMMAND = re.compile(r"(?P<usage>  /.*?\s{2,})(?P<help>\S.*)")
"""A line of the list of commands."""


def _pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)  # by turns what is written, and the name of a place
    pieces = [f"(?P<{part}>.*?)" if index % 2 else re.escape(part) for index, part in enumerate(parts)]
    return re.compile("".join(pieces), re.DOTALL)


_PATTERNS = tuple((text, _pattern(text)) for text in TEXTS)


def told(remark: str) -> str:
    """Tell a remark of the simulator in the language of the page."""
    command = _COMMAND.fullmatch(remark)
    if command is not None:
        return command["usage"] + told(command["help"])
    for text, pattern in _PATTERNS:
        found = pattern.fullmatch(remark)
        if found is not None:
            return _(text, **found.groupdict())
    return remark
