"""What understands utterances by a model, kept: the tests, the build and the profiler share it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from ....errors import ModelError
from ....platforms import PLATFORMS
from ....settings.zones import zone
from ....texts.templated import Templated
from ...model.objects import InteractionModel
from ...simulator.device import SimulatorError
from ...simulator.listener import Heard, Listener
from ...understanding import Understander
from ..kept import kept
from ..records import Version


class Outdated(ModelError):
    """A model is another one by now: whoever looks again takes the key of that one."""


def outdated() -> Outdated:
    """Make the error of a model that is not the one of its key any more, under which it must not be kept."""
    return Outdated(Templated("The interaction model was changed in this moment. Look again."))


@dataclass(frozen=True, slots=True)
class Known:
    """A model that is read when it is needed: to read one of 200 intents × 200 expressions takes 0.5 s.

    :ivar key: another one as soon as the model is another.
    :ivar read: reads it.
    """

    key: Hashable
    read: Callable[[], InteractionModel] = field(compare=False)

    def model(self) -> InteractionModel:
        """Return the model, the same object as long as it is kept.

        :raises Outdated: it was changed since this was asked for.
        :raises ModelError: it cannot be read.
        """
        return kept().get("models", self.key, self.read)


def zone_of(version: Version) -> tzinfo:
    """Return the time zone of those who speak to an extension."""
    return zone(PLATFORMS[version.extension.platform].timezone)


def understander_of(model: InteractionModel, zone: tzinfo | None) -> Understander:
    """Return what understands by a model; of 200 intents × 200 expressions in 2.6 s (2026-11).

    :param zone: the time zone of those who speak.
    :raises ConfigurationError: the extra that understands is not installed.
    """
    # It holds its model, so that no other model gets the id while it is kept.
    return kept().get("understanders", _key(model, zone), lambda: Understander(model, zone=zone, keep=True))


def is_made(known: Known, zone: tzinfo | None) -> bool:
    """Tell whether what understands by a model is there, without making it."""
    model: InteractionModel | None = kept().peek("models", known.key)
    return model is not None and kept().peek("understanders", _key(model, zone)) is not None


def keep_made(known: Known, zone: tzinfo | None, model: InteractionModel, made: Understander) -> None:
    """Keep a model and what understands by it, which others may have pushed out meanwhile."""
    kept().put("models", known.key, model)
    kept().put("understanders", _key(model, zone), made)


def _key(model: InteractionModel, zone: tzinfo | None) -> tuple[int, str]:
    return id(model), str(zone)


class LazyListener:
    """Makes requests of utterances by a model that is not read before the first of them."""

    def __init__(self, known: Known, zone: tzinfo | None) -> None:
        self.known = known
        self._zone = zone
        self._listener: Listener | None = None

    def hear(
        self, utterance: str, *, in_session: bool, now: datetime | None = None, asked: str | None = None
    ) -> Heard:
        """Make a request of an utterance.

        :raises ModelError: the model cannot be read.
        :raises ConfigurationError: the extra that understands is not installed.
        """
        if self._listener is None:
            model = self.known.model()
            self._listener = Listener(model, understander_of(model, self._zone))
        return self._listener.hear(utterance, in_session=in_session, now=now, asked=asked)


class NoListener:
    """Stands where no model is known: the console tells of its own page, not of a command."""

    def hear(
        self, utterance: str, *, in_session: bool, now: datetime | None = None, asked: str | None = None
    ) -> Heard:
        """Understand nothing.

        :raises SimulatorError: always.
        """
        raise SimulatorError(
            Templated(
                "There is no interaction model to understand this with. Build one on the page of the "
                "interaction model."
            )
        )
