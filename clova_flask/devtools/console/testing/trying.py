"""The test of a custom extension: a conversation, and each message beside its answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ....wire.json import encode
from ...simulator.caller import SCREENS
from ...simulator.speech_parts import SpeechPart
from ...simulator.start import locale_of
from ..displayed import whole_text
from ..extensions import asked_version
from ..models.preparing import failure_of, is_ready
from ..models.understanders import Known, zone_of
from ..numbers import whole
from ..page import extension_page
from ..records import Version, db
from ..texts import _
from ..told import told_error
from .conversations import Conversation, conversations
from .known_models import known_of, source_of
from .showing import can_play, shown, spoken, why_refused
from .turn_records import MESSAGE, Turn, history_of, turns_of

blueprint = Blueprint("tests", __name__, url_prefix="/extensions/<int:key>/test")

blueprint.add_app_template_global(shown, "shown_of")
blueprint.add_app_template_global(can_play)
blueprint.add_app_template_filter(why_refused)
blueprint.add_app_template_global(source_of, "model_source_of")

PER_PAGE = 50
SHOWN = 100
"""Lines of a conversation that are shown at once, the latest ones."""
_USER = ("access_token", "user_id", "screen")
"""Fields of who speaks that the page asks for."""


@blueprint.get("/")
def show(key: int) -> ResponseReturnValue:
    """Show the conversation that is going on, and one of its turns whole."""
    return _page(asked_version(key))


def _page(version: Version, entered: str | None = None, error: str = "") -> str:
    """Show the conversation.

    :param entered: a message that was edited and cannot be sent; None for that of the turn.
    :param error: why it cannot.
    """
    key = version.extension.id
    known = known_of(version)
    problem = _problem(version, known)
    conversation = conversations().of(version, known)
    before = request.args.get("before", type=whole)
    turns = turns_of(key, conversation.id, limit=SHOWN + 1, before=before)
    turns, is_begun_earlier = turns[-SHOWN:], len(turns) > SHOWN
    return extension_page(
        "test",
        version,
        conversation=conversation,
        turns=turns,
        earlier=turns[0].id if is_begun_earlier else None,
        before=before,
        spoken=_spoken(turns),
        locale=conversation.cek.device.caller.locale,
        locale_of=locale_of,
        chosen=_chosen(turns, request.args.get("turn", type=whole)),
        model=known is not None,
        problem=problem,
        screens=list(SCREENS),
        pretty=pretty,
        MESSAGE=MESSAGE,
        entered=entered,
        error=error,
    )


def _chosen(turns: list[Turn], number: int | None) -> Turn | None:
    messages = [turn for turn in turns if turn.kind == MESSAGE]
    asked_for = next((turn for turn in messages if turn.id == number), None)
    # What is said comes first, and the events that follow from it after it.
    latest = next((turn for turn in reversed(messages) if turn.line), messages[-1] if messages else None)
    return asked_for or latest


def _spoken(turns: list[Turn]) -> list[SpeechPart]:
    """List what is spoken since something was said last."""
    said = next((index for index in reversed(range(len(turns))) if turns[index].line), 0)
    answers = [turn for turn in turns[said:] if turn.kind == MESSAGE and turn.status == 200]
    return [part for turn in answers for part in spoken(turn)]


@blueprint.post("/screen")
def choose_screen(key: int) -> ResponseReturnValue:
    """Go on with another screen: messages tell it, and cards are drawn on it."""
    version = asked_version(key)
    conversation = conversation_of(version)
    with conversation.lock:
        conversation.use_screen(request.form.get("screen", ""))
    return redirect(url_for(".show", key=key))


@blueprint.post("/say")
def say(key: int) -> ResponseReturnValue:
    """Say a line, or do a command."""
    line = request.form.get("line", "").strip()
    if not line:
        return redirect(url_for(".show", key=key))
    return _done(key, lambda conversation: conversation.say(line))


@blueprint.post("/send")
def send(key: int) -> ResponseReturnValue:
    """Send a message that was edited."""
    version, text = asked_version(key), request.form.get("message", "")
    try:
        message = _message(text)
    except ValueError as error:
        return _page(version, text, str(error)), 422
    return _done(key, lambda conversation: conversation.send(message))


def _message(text: str) -> dict[str, Any]:
    """Read a message that was edited.

    :raises ValueError: it cannot be sent.
    """
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(_("The message is not JSON: %(error)s", error=told_error(error))) from None
    if not isinstance(message, dict):
        raise ValueError(_("The message must be a JSON object."))
    try:
        encode(message)
    except (ValueError, RecursionError) as error:  # what Python reads, and JSON does not have
        raise ValueError(_("The message cannot be sent: %(error)s", error=whole_text(str(error)))) from None
    return message


@blueprint.post("/begin")
def begin(key: int) -> ResponseReturnValue:
    """Begin another conversation, as whoever is entered."""
    version = asked_version(key)
    user = {name: request.form.get(name, "").strip() for name in _USER}
    if user["screen"] not in SCREENS:
        del user["screen"]
    conversations().begin(version, known_of(version), {name: value for name, value in user.items() if value})
    return redirect(url_for(".show", key=key))


@blueprint.get("/history")
def history(key: int) -> ResponseReturnValue:
    """Show and search what was said in all conversations."""
    version = asked_version(key)
    words = request.args.get("words", "")
    number = request.args.get("page", 1, type=whole)
    page: Any = db.paginate(history_of(key, words), page=number, per_page=PER_PAGE, max_per_page=PER_PAGE)
    return extension_page("test_history", version, page=page, words=words)


@blueprint.get("/turns/<int:number>")
def turn(key: int, number: int) -> ResponseReturnValue:
    """Show a turn of any conversation."""
    version = asked_version(key)
    found = db.session.get(Turn, number)
    if found is None or found.extension_key != key:
        abort(404)
    return extension_page("test_turn", version, chosen=found, pretty=pretty)


def _done(key: int, do: Callable[[Conversation], list[Turn]]) -> ResponseReturnValue:
    conversation = conversation_of(asked_version(key))
    with conversation.lock:
        try:
            do(conversation)
        except (ClovaError, RecursionError) as error:
            flash(told_error(error), "warning")
    return redirect(url_for(".show", key=key, _anchor="say"))


def conversation_of(version: Version) -> Conversation:
    """Return the conversation that is going on with an extension."""
    return conversations().of(version, known_of(version))


def _problem(version: Version, known: Known | None) -> str:
    """Have what understands made ready while the page is looked at; tell why it cannot be."""
    if known is None or not is_ready(known, zone_of(version)):
        return ""
    return failure_of(known)


def pretty(text: str) -> str:
    """Write JSON with indents; what is no JSON stays as it is."""
    try:
        written = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
    # Half of a character can be escaped in JSON, and no page can have it.
    return written.encode("utf-8", "backslashreplace").decode()
