"""What a device does with an answer: what it speaks, and what its screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ...simulator.caller import SCREENS
from ...simulator.card_drawing import Drawing, draw
from ...simulator.speech_parts import SpeechPart, speech_parts
from ..displayed import parsed
from ..safety import allow_pictures
from ..texts import N_, _
from .turn_records import Turn

_REASONS = {
    401: N_("HTTP 401: the app does not trust the signature."),
    403: N_("HTTP 403: the app does not serve this extension's id."),
    404: N_("HTTP 404: no endpoint is at this address. Correct the URL under Server."),
    405: N_("HTTP 405: no endpoint is at this address. Correct the URL under Server."),
    500: N_("HTTP 500: the app failed. Its log tells where."),
}
"""Why a message is not answered, by the status, as far as it tells."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on a device.

    :ivar speech: what is spoken, in order.
    :ivar card: None where there is none.
    :ivar screen: the device's screen, a key of :data:`~clova_flask.devtools.simulator.caller.SCREENS`.
    """

    speech: tuple[SpeechPart, ...]
    card: Drawing | None
    screen: str


def shown(turn: Turn, screen: str = "") -> Shown:
    """Show the answer of a turn; the page may then fetch the pictures of its card.

    :param screen: the screen to show it on; empty for that which the message told.
    """
    answer = parsed(turn.answer)
    response = answer.get("response") if isinstance(answer, dict) else None
    card = draw(response.get("card") if isinstance(response, dict) else None)
    if card is not None:
        allow_pictures()
    return Shown(tuple(speech_parts(answer)), card, screen if screen in SCREENS else _screen(turn.request))


def why_refused(turn: Turn) -> str:
    """Tell why a message was answered by another status than 200, in the language of the page."""
    if turn.status in _REASONS:
        return _(_REASONS[turn.status])
    return _("HTTP %(status)s, where the platform takes 200 alone.", status=turn.status)


def spoken(turn: Turn) -> list[SpeechPart]:
    """List what is spoken for a turn that a browser can speak or play."""
    return [part for part in speech_parts(parsed(turn.answer)) if not part.is_url or can_play(part.value)]


def can_play(url: str) -> bool:
    """Whether a browser can be given the address of an audio file."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _screen(message: Any) -> str:
    match message:
        case {"context": {"System": {"device": {"display": {"size": str(size)}}}}} if size in SCREENS:
            return size
    return "l100"
