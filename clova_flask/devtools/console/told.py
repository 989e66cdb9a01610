"""What the rooms below the console wrote, in the language of the page.

They write English, as in a terminal. A text of theirs that keeps its template is translated by it; any other
is shown as it was written.
"""

from __future__ import annotations

from json import JSONDecodeError

from ...errors import ModelError, place
from ...texts.templated import Templated, text_of
from .texts import N_, _

SYSTEM = (
    N_("Permission denied"),
    N_("Name or service not known"),
    N_("Temporary failure in name resolution"),
    N_("No address associated with hostname"),
    N_("No such file or directory"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("No space left on device"),
    N_("Read-only file system"),
)
"""What the operating system says of files that cannot be read or written, and of names of hosts."""

JSON = (
    N_("Expecting value"),
    N_("Expecting property name enclosed in double quotes"),
    N_("Expecting ':' delimiter"),
    N_("Expecting ',' delimiter"),
    N_("Extra data"),
    N_("Unterminated string starting at"),
    N_("Invalid control character at"),
    N_("Invalid \\escape"),
    N_("Invalid \\uXXXX escape"),
    N_("Illegal trailing comma before end of object"),
    N_("Illegal trailing comma before end of array"),
)
"""What Python says of JSON that cannot be read."""


def told(text: str) -> str:
    """Tell a text in the language of the page."""
    if not isinstance(text, Templated) or not text:  # catalogues have their own header under the empty text
        return text
    values = {name: told(one) if isinstance(one, str) else one for name, one in text.values.items()}
    return _(text.template, **values)


def told_error(error: BaseException) -> str:
    """Tell an error in the language of the page."""
    match error:
        case ModelError():
            return "\n".join(f"{place(one.path, one.line)}{told(one.text)}" for one in error.problems)
        case JSONDecodeError():
            where = {"line": error.lineno, "column": error.colno}
            return _("%(problem)s (line %(line)s, column %(column)s)", problem=_(error.msg), **where)
    return told(text_of(error))
