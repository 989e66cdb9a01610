"""The test of a Clova Home extension: discovery, and then each action of each appliance."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ...simulator.inputs import inputs_of
from ..extensions import asked_version
from ..http_errors import NotFoundYet
from ..numbers import whole
from ..page import extension_page
from ..records import Version, db
from ..texts import _
from ..told import told_error
from .checked import problems_of, word_of
from .conversations import Conversation, conversations
from .entered import entered
from .homes import DISCOVER, Card, answer_name, cards_of, try_all
from .trying import pretty
from .turn_records import Turn, latest_turn_of

blueprint = Blueprint("home_tests", __name__, url_prefix="/extensions/<int:key>/home")


@blueprint.get("/")
def show(key: int) -> ResponseReturnValue:
    """Show the appliances, and the last message."""
    version, conversation = _found(key)
    number = request.args.get("turn", type=whole)
    found = db.session.get(Turn, number) if number is not None else None
    is_of_this = found is not None and found.conversation == conversation.id
    return _page(version, conversation, found if is_of_this else latest_turn_of(key, conversation.id))


@blueprint.post("/discover")
def discover(key: int) -> ResponseReturnValue:
    """Ask for the appliances of an account, by its access token; without one only where that is meant."""
    version, conversation = _found(key)
    token = request.form.get("access_token", "").strip()
    if not token and not _has_token(conversation) and "without" not in request.form:
        return _page(version, conversation, latest_turn_of(key, conversation.id), needs_token=True), 422
    if token:
        conversation = conversations().begin(version, None, {"access_token": token})
    with conversation.lock:
        conversation.home(DISCOVER, {})
    return redirect(url_for(".show", key=key))


@blueprint.post("/forget")
def forget(key: int) -> ResponseReturnValue:
    """Forget the access token, and what was discovered with it."""
    conversations().begin(asked_version(key), None, {})
    flash(_("The token is forgotten."), "success")
    return redirect(url_for(".show", key=key))


@blueprint.route("/appliance", methods=["GET", "POST"])
def appliance(key: int) -> ResponseReturnValue:
    """Show what an appliance can do, and do it; with ``as_it_is`` also with values that it cannot take."""
    version, conversation = _found(key)
    card = _card(conversation, key, request.values.get("id", ""))
    action = request.values.get("action", "")
    inputs = inputs_of(action, card.told)
    turn: Turn | None = None
    problems: dict[str, str] = {}
    if request.method == "POST" and "as_it_is" not in request.form:
        problems = problems_of(inputs, request.form)
    if request.method == "POST" and not problems:
        with conversation.lock:
            try:
                (turn,) = conversation.home(action, entered(inputs, request.form), card.id)
            except ClovaError as error:
                flash(told_error(error), "warning")
    page = extension_page(
        "home_appliance",
        version,
        card=card,
        action=action,
        inputs=inputs,
        given=request.form,
        problems=problems,
        word_of=word_of,
        turn=turn,
        pretty=pretty,
        answer_name=answer_name,
    )
    return page, 422 if problems else 200


@blueprint.post("/all")
def do_all(key: int) -> ResponseReturnValue:
    """Do every action of an appliance."""
    version, conversation = _found(key)
    card = _card(conversation, key, request.form.get("id", ""))
    with conversation.lock:
        outcomes = list(try_all(conversation, card))
    return extension_page("home_outcomes", version, card=card, outcomes=outcomes)


def _found(key: int) -> tuple[Version, Conversation]:
    version = asked_version(key)
    return version, conversations().of(version, None)


def _discovered(conversation: Conversation, key: int) -> Turn | None:
    return latest_turn_of(key, conversation.id, DISCOVER)


def _card(conversation: Conversation, key: int, appliance_id: str) -> Card:
    cards = cards_of(_discovered(conversation, key))
    found = next((card for card in cards if card.id == appliance_id), None)
    if found is None:
        text = _("Discovery has told of no such appliance. Discover again.")
        raise NotFoundYet(text, url_for(".show", key=key), _("To the discovery of appliances"))
    return found


def _has_token(conversation: Conversation) -> bool:
    return conversation.cek.device.caller.access_token is not None


def _page(
    version: Version, conversation: Conversation, chosen: Turn | None, *, needs_token: bool = False
) -> str:
    discovered = _discovered(conversation, version.extension.id)
    return extension_page(
        "home_test",
        version,
        cards=cards_of(discovered),
        discovered=discovered,
        chosen=chosen,
        has_token=_has_token(conversation),
        needs_token=needs_token,
        pretty=pretty,
        answer_name=answer_name,
    )
