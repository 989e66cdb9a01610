"""The names and standing texts of HTTP's errors, in the language of the page."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException, NotFound

from .texts import N_, _

_TEXTS = {
    400: (N_("Bad request"), N_("The page sent something that the console does not understand.")),
    403: (N_("Forbidden"), N_("The console does not allow this.")),
    404: (N_("Not found"), N_("There is no such page here. What it showed may have been deleted.")),
    405: (
        N_("Method not allowed"),
        N_("The address is not called in this way. Open the page, and use its form."),
    ),
    409: (N_("Conflict"), N_("This cannot be done in the state that it has now. Look at it again.")),
    413: (N_("Too large"), N_("What was sent is larger than the console takes.")),
}
"""Name and text of an error, by its status."""


class NotFoundYet(NotFound):
    """What is asked for is not there, and a page is known on which it can be had.

    :param text: what is not there, in the language of the page.
    :ivar href: the address of that page.
    :ivar label: what the link to it says.
    """

    def __init__(self, text: str, href: str, label: str) -> None:
        super().__init__(text)
        self.href, self.label = href, label


def name_of(error: HTTPException) -> str:
    """Return what an error is called."""
    return _(_TEXTS[error.code][0]) if error.code in _TEXTS else error.name


def text_of(error: HTTPException) -> str:
    """Return what is told of an error: what was written for the case, else the standing text."""
    if error.code in _TEXTS and error.description == type(error).description:
        return _(_TEXTS[error.code][1])
    return error.description or ""
