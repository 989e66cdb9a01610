"""The extension's pages without a browser: the console answers them as the platform's app would.

It goes with the platform's own redirect URL, so that the server needs to know no other. Pages that need
scripts cannot be answered so.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...simulator.linking import LinkingClient
from ...simulator.linking_judge import without_query
from ...simulator.linking_page import Form, joined, words_of
from ...simulator.linking_steps import Asked, Opened
from ..extensions import find_version
from ..masking import masked_words
from ..numbers import whole
from ..records import Version
from ..texts import _
from . import flows
from .calls import Clocked, client_of, state_of
from .records import WAITING, LinkingRun
from .registered import missing_fields, registration_of
from .store import find_run

blueprint = Blueprint("walks", __name__)

MAX_FIELD = 4000
"""Characters of what is entered in a field."""


@dataclass
class Walk:
    """A way through the pages: the browser of the platform's app, in memory alone, with its cookies.

    :ivar run_key: the run that it is of.
    :ivar opened: the page that it is at.
    :ivar secrets: the passwords that were entered; a later page or address may tell them again.
    :ivar lock: held while something is pressed.
    """

    run_key: int
    client: LinkingClient
    send: Clocked
    asked: Asked
    opened: Opened
    secrets: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def forms(self) -> list[Form]:
        """The forms of the page."""
        return [] if self.opened.page is None else self.opened.page.forms

    @property
    def words(self) -> str:
        """What the page says."""
        return "" if self.opened.got is None else masked_words(words_of(self.opened.got.text), self.secrets)


def walk_of(extension_key: int, run: LinkingRun | None) -> Walk | None:
    """Return the walk that a run is on; None where it is on none."""
    found: Walk | None = _walks().get(extension_key)
    return found if found is not None and run is not None and found.run_key == run.id else None


def _walks() -> dict[int, Walk]:
    walks: dict[int, Walk] = state_of("walks", dict)
    return walks


def forget_walk(extension_key: int) -> None:
    """Close the pages of an extension that is deleted."""
    _walks().pop(extension_key, None)


@blueprint.post("/extensions/<int:key>/account/walk")
def begin(key: int) -> ResponseReturnValue:
    """Begin a run in which the pages are answered here."""
    version = find_version(key, None)
    if missing_fields(version):
        abort(409, _("The settings of account linking are not complete."))
    send = Clocked()
    client = client_of(registration_of(version), send)
    run, asked, opened = flows.begin_with(version, client, send)
    _walks()[key] = Walk(run.id, client, send, asked, opened)
    return _go_on(version, run, _walks()[key])


@blueprint.post("/extensions/<int:key>/account/runs/<int:number>/press")
def press(key: int, number: int) -> ResponseReturnValue:
    """Send a form of the page."""
    version, run = find_version(key, None), find_run(key, number)
    walk = walk_of(key, run)
    index = request.form.get("form", 0, type=whole)
    if walk is None or run.outcome != WAITING:
        flash(_("The pages are not open any more. Begin again."), "warning")
        return _to(run)
    with walk.lock:
        if not 0 <= index < len(walk.forms):
            flash(_("The page has changed. Look at it again."), "warning")
            return _to(run)
        form = walk.forms[index]
        entered = _entered(form, request.form)
        secrets = {entered[name] for name, kind in form.kinds.items() if kind == "password"}
        walk.secrets |= secrets
        _press(version, run, walk, form, entered)
    return _go_on(version, run, walk)


def _entered(form: Form, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a form as they were filled in, and the button that was pressed."""
    values = dict(form.fields)
    for name in form.fields:
        if form.kinds.get(name) != "hidden":
            values[name] = given.get(f"field-{name}", values[name])[:MAX_FIELD]
    for index, (name, value) in enumerate(form.choices):
        if form.kinds.get(name) in ("radio", "checkbox"):
            if f"choice-{index}" in given:
                values[name] = value
        elif given.get("button") == str(index):
            values[name] = value
    return values


def _press(
    version: Version,
    run: LinkingRun,
    walk: Walk,
    form: Form,
    entered: Mapping[str, str],
) -> None:
    if form.method != "post":
        url = f"{form.action.partition('?')[0]}?{urlencode(entered)}"
        _open(version, run, walk, url)
        return
    pressed = walk.client.press(walk.opened, entered, form.action)
    flows.keep(version, run, flows.as_here(pressed), "press", walk.send, secrets=walk.secrets)
    if pressed.got is not None and pressed.got.location:
        _open(version, run, walk, joined(form.action, pressed.got.location))
    else:
        walk.opened = walk.client.look_at(form.action, pressed)


def _open(version: Version, run: LinkingRun, walk: Walk, url: str) -> None:
    if without_query(url) == walk.client.registration.redirect_url:
        walk.opened = replace(walk.opened, back_to=url)
        return
    walk.opened = walk.client.open(replace(walk.asked, url=url))
    flows.keep(version, run, flows.as_here(walk.opened), "open", walk.send, secrets=walk.secrets)


def _go_on(version: Version, run: LinkingRun, walk: Walk) -> ResponseReturnValue:
    if walk.opened.back_to:
        _walks().pop(version.extension.id, None)
        flows.come_back(version, run, walk.opened.back_to, secrets=walk.secrets)
    return _to(run)


def _to(run: LinkingRun) -> ResponseReturnValue:
    return redirect(url_for("linking.show", key=run.extension_key, run=run.id, _anchor="pages"), 303)
