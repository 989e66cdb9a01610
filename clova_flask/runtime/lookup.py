"""The extensions of an app, by name."""

from __future__ import annotations

from flask import Flask

from ..errors import nearest
from .runtime import Runtime


def runtimes_of(app: Flask) -> dict[str, Runtime]:
    """Return an app's extensions by name.

    :raises LookupError: the app has none.
    """
    runtimes: dict[str, Runtime] = app.extensions.get("clova", {})
    if not runtimes:
        raise LookupError("This app has no Clova extension. Call clova.init_app(app) in its factory.")
    return runtimes


def runtime_of(app: Flask, name: str | None = None) -> Runtime:
    """Return an extension of an app by its name.

    :param name: its name; None for the only one, whatever its name.
    :raises LookupError: the app has none of that name, or several and none was named.
    """
    runtimes = runtimes_of(app)
    if name is None and len(runtimes) > 1:
        last = [*runtimes][-1]
        raise LookupError(
            f"This app has several Clova extensions: {', '.join(runtimes)}. Name the one that is meant: "
            f"--name {last}, CekClient(app, name={last!r}), or 'extension: {last}' in a dialog."
        )
    name = next(iter(runtimes)) if name is None else name
    if name not in runtimes:
        hint = nearest(name, runtimes)
        raise LookupError(f"This app has no Clova extension {name!r}. It has {', '.join(runtimes)}.{hint}")
    return runtimes[name]
