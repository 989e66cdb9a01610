"""What to write instead, where an extension is made as it is with another library, or on something else.

Only who makes such a mistake waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import FunctionType
from typing import Any

from ..errors import nearest, type_name

_ARGUMENTS = {
    "application_id": "extension_id",
    "default_language": "default_lang",
    "path": "url_prefix",
    "route": "url_prefix",
}
"""Arguments of other libraries, and what they are called here."""


def explain_argument(name: str, known: Iterable[str]) -> str:
    """Write what to do about an argument that ``Clova`` does not have."""
    ours = _ARGUMENTS.get(name)
    hint = f" Did you mean {ours!r}?" if ours else nearest(name, known, or_list=True)
    return f"{name!r} is not an argument of Clova.{hint}"


def explain_position(given: Iterable[Any]) -> str:
    """Write what to do about a second positional argument of ``Clova``: in other libraries it is the path."""
    value = next(iter(given))
    if isinstance(value, str):
        ours = "url_prefix" if value.startswith("/") else "name"
        return f"Clova has one argument without a name. Write Clova(app, {ours}={value!r})."
    return f"Clova has one argument without a name, the app or the extension's name, not {value!r} as well."


def explain_name(name: Any) -> str:
    """Write what to do about what cannot be the name of an extension."""
    path = f" A path is url_prefix={name!r}." if isinstance(name, str) and "/" in name else ""
    return (
        f"{name!r} is not a valid name of an extension. It must be a word without dots, as the name of a "
        f'blueprint: Clova("pizza").{path}'
    )


def explain_no_app(given: Any) -> str:
    """Write what to do where something else is given for an app."""
    if hasattr(given, "url_prefix") and hasattr(given, "import_name"):
        path = f"{(given.url_prefix or '').rstrip('/')}/clova"
        return (
            f"The extension needs the app, not the blueprint {given.name!r}: it makes one of its own. Write "
            f'clova.init_app(app), and for a path below that of the blueprint Clova(url_prefix="{path}").'
        )
    if isinstance(given, FunctionType):
        name = given.__name__
        return f"The extension needs the app, not the function {name!r}. Call it: clova.init_app({name}())."
    return f"The extension needs a Flask app, not {type_name(given)}. Write clova.init_app(app)."
