"""What a review finds while audio of an extension plays, from the guides' pages on audio content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...custom.catalogue import BUILT_IN_INTENTS
from ...custom.rules import AnswerRules
from ...findings import Finding
from ...texts.templated import Templated, labelled
from ..simulator.cek import MAX_WAIT, SimulatedCek
from ..simulator.device import Device, is_usable
from ..simulator.exchange import Exchange
from ..simulator.requests import intent_request

NOT_OBEYED = "review.audio-not-obeyed"


class Demand(NamedTuple):
    """What an answer to a built-in intent has to do while audio plays.

    :ivar activities: what the player may do after it; empty where it has only to say or play something.
    :ivar otherwise: what is told where it does not.
    """

    intent: str
    activities: frozenset[str]
    otherwise: str


_HALTED = frozenset({"PAUSED", "STOPPED", "IDLE"})
_NOTHING = Templated("nothing is said and nothing is played; where there is no other piece, say so")

DEMANDS = (
    Demand(
        "Clova.PauseIntent", _HALTED, Templated("the audio goes on; answer it with PlaybackController.Pause")
    ),
    Demand(
        "Clova.ResumeIntent",
        frozenset({"PLAYING"}),
        Templated("the audio does not go on; answer it with PlaybackController.Resume or AudioPlayer.Play"),
    ),
    Demand("Clova.NextIntent", frozenset(), _NOTHING),
    Demand("Clova.PreviousIntent", frozenset(), _NOTHING),
    Demand("Clova.RequestAlternativesIntent", frozenset(), _NOTHING),
    Demand(
        "Clova.StopIntent", _HALTED, Templated("the audio goes on; answer it with PlaybackController.Stop")
    ),
)
"""In the order in which they are asked, of one piece that plays."""


def review_audio(device: Device, rules: AnswerRules, start: Mapping[str, Any]) -> Iterator[Finding]:
    """Play what an extension plays, ask each intent of audio, and let a piece play to its end.

    :param device: of a user whom nobody knows.
    :param rules: what an answer of the platform may be.
    :param start: the request that was answered with audio.
    """
    yield from _asked(SimulatedCek(device, rules), rules.platform.region, start)
    yield from _ended(SimulatedCek(device, rules), start)


def _asked(cek: SimulatedCek, region: str, start: Mapping[str, Any]) -> Iterator[Finding]:
    yield from _labelled("audio", cek.turn("audio", start, starts=True))
    if cek.device.player.activity != "PLAYING":
        yield Finding(NOT_OBEYED, Templated("What is played does not begin: no device would play it."))
        return
    for demand in DEMANDS:
        if region not in BUILT_IN_INTENTS[demand.intent]:
            continue
        exchanges = cek.turn(demand.intent, intent_request(demand.intent, {}))
        yield from _labelled(demand.intent, exchanges)
        if not _is_met(demand, cek.device, exchanges[0]):
            yield Finding(
                NOT_OBEYED,
                Templated(
                    "%(intent)s while audio plays: %(otherwise)s.",
                    intent=demand.intent,
                    otherwise=demand.otherwise,
                ),
            )


def _is_met(demand: Demand, device: Device, exchange: Exchange) -> bool:
    if not is_usable(exchange.reply):
        return True  # told by the findings of the answer
    if demand.activities:
        return device.player.activity in demand.activities
    return bool(exchange.reply.directives or exchange.reply.speech)


def _ended(cek: SimulatedCek, start: Mapping[str, Any]) -> Iterator[Finding]:
    cek.turn("audio", start, starts=True)
    track = cek.device.player.track
    if track is None or cek.device.player.activity != "PLAYING":
        return
    for exchange in cek.wait(min(track.duration / 1000 + 1, MAX_WAIT)):
        yield from _labelled(exchange.label, [exchange])
        if exchange.label == "AudioPlayer.PlayFinished" and is_usable(exchange.reply):
            if not (exchange.reply.directives or exchange.reply.speech or cek.device.player.track):
                yield Finding(
                    "review.audio-end",
                    Templated("A piece ended, and the answer to PlayFinished does nothing."),
                )
            return


def _labelled(label: str, exchanges: list[Exchange]) -> Iterator[Finding]:
    for exchange in exchanges:
        for finding in exchange.findings:
            yield Finding(finding.code, labelled(label, finding.message), finding.where)
