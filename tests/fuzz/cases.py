"""One case of the fuzz: which app, which seed, and what is done to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random

from .mutations import MUTATIONS
from .seeds import LANGUAGES, seeds
from .writing import ON_BYTES, write

PLATFORMS = tuple(LANGUAGES)
_MUTATIONS, _ON_BYTES = tuple(MUTATIONS), tuple(ON_BYTES)


@dataclass(frozen=True, slots=True)
class Step:
    """A mutation, and the number that decides what it does."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Case:
    """How a body is made; the same numbers make the same body.

    :ivar platform: whose app it is sent to, and whose languages it has.
    :ivar seed: the name of a valid message.
    :ivar steps: what is done to the message.
    :ivar on_bytes: what is done to its bytes.
    """

    platform: str
    seed: str
    steps: tuple[Step, ...] = ()
    on_bytes: tuple[Step, ...] = ()
    ascii_only: bool = False

    def body(self) -> bytes:
        """Make the body."""
        message = json.loads(seeds(self.platform)[self.seed])
        for step in self.steps:
            message = MUTATIONS[step.name](message, Random(step.number))
        written = write(message, ascii_only=self.ascii_only)
        for step in self.on_bytes:
            written = ON_BYTES[step.name](written, Random(step.number)) if written else written
        return written


def draw(random: Random) -> Case:
    """Draw a case: most have a few mutations of the message, some have mutated bytes."""
    platform = random.choice(PLATFORMS)
    on_bytes = random.random() < 0.25
    return Case(
        platform,
        _seed(platform, random),
        _steps(random, _MUTATIONS, random.choice((0, 1) if on_bytes else (1, 1, 1, 2, 4))),
        _steps(random, _ON_BYTES, random.choice((1, 1, 2)) if on_bytes else 0),
        random.random() < 0.5,
    )


def _seed(platform: str, random: Random) -> str:
    """Choose a seed; handlers of intents can do more than others, and half of the seeds are for them."""
    names = tuple(seeds(platform))
    if random.random() < 0.4:
        names = tuple(name for name in names if name.startswith("intent"))
    return random.choice(names)


def _steps(random: Random, names: tuple[str, ...], count: int) -> tuple[Step, ...]:
    return tuple(Step(random.choice(names), random.getrandbits(32)) for _ in range(count))
