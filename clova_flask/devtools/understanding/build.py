"""What is made of a model to understand by it: data alone, so that it can be kept on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model.objects import CustomIntent, InteractionModel
from .built_in import built_in_intents
from .classifier import Trained, trained
from .frames import Frame, SlotFrame, frame, words_of
from .languages.base import Language, language
from .open_slots import OpenWords, open_words
from .order import Order
from .progress import Progress
from .score import Compared, compared
from .shapes import Shapes, ShapesByText
from .slots import SlotFinders
from .tokens import Lexicon
from .units import counting_with, tagged_units

_FRAMES, _WORDS, _COMPARED = 0.25, 0.2, 0.25
"""Their shares of the time that a large build takes; what is left is the classifier's (2026-11)."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What is kept of an intent.

    :ivar slots: what is known of its slots.
    :ivar always: the slots that every expression has.
    :ivar parts: slots that hold the day, or the time, where an expression has a slot for each.
    :ivar order: how its slots stand to each other.
    :ivar texts: by the letters of each expression, which one it is; of equal ones the first.
    :ivar signatures: the same by the letters with names in place of what fills the slots.
    """

    slots: dict[str, SlotFrame]
    always: frozenset[str]
    parts: frozenset[tuple[str, str]]
    order: Order
    texts: dict[str, int]
    signatures: dict[str, int]


@dataclass(frozen=True, slots=True)
class Build:
    """What is made of a model.

    :ivar counters: what its expressions count with.
    :ivar intents: its intents, those that are built in included.
    :ivar words: the words of its expressions that the language's lexicon does not know.
    :ivar compared: its expressions, made ready to be compared.
    :ivar trained: the classifier.
    :ivar open_words: what the expressions tell of slots that any words fill.
    """

    counters: frozenset[str]
    intents: dict[str, Intent]
    words: tuple[str, ...]
    compared: Compared
    trained: Trained
    open_words: OpenWords

    def frames(self, intents: Mapping[str, CustomIntent], spoken: Language) -> Iterator[Frame]:
        """Return the intents, ready for comparison, with expressions that are read when they are needed."""
        for name, known in self.intents.items():
            shapes = Shapes(intents[name], spoken)
            signatures = ShapesByText(shapes, known.signatures)
            yield Frame(name, spoken, shapes, known.slots, signatures, known.always, known.parts, known.order)


def intents_of(model: InteractionModel) -> dict[str, CustomIntent]:
    """Return the intents of a model, and the built-in ones that it uses."""
    return {**model.intents, **built_in_intents(model)}


def build(model: InteractionModel, progress: Progress) -> Build:
    """Make a build of a model."""
    counters = frozenset(tagged_units(model, language(model.language).numbers))
    spoken = counting_with(language(model.language), counters)
    read_kind = SlotFinders(model, spoken).kind_of
    intents = list(intents_of(model).values())
    frames = [frame(intent, spoken, read_kind) for intent in progress.over(intents, _FRAMES)]
    lexicon = Lexicon(spoken)
    words = {word for one in progress.over(frames, _WORDS) for word in words_of([one], lexicon)}
    lexicon = Lexicon(spoken, words)
    return Build(
        counters,
        {one.name: _kept(one) for one in frames},
        tuple(sorted(words)),
        compared(frames, lexicon, progress, _COMPARED),
        trained(frames, model.intents, spoken, progress, 1 - _FRAMES - _WORDS - _COMPARED),
        open_words(frames, model, spoken),
    )


def _kept(frame: Frame) -> Intent:
    numbers = {id(shape): number for number, shape in enumerate(frame.shapes)}
    texts: dict[str, int] = {}
    for number, shape in enumerate(frame.shapes):
        texts.setdefault(shape.text.chars, number)
    signatures = {text: numbers[id(shape)] for text, shape in frame.signatures.items()}
    return Intent(frame.slots, frame.always, frame.parts, frame.order, texts, signatures)
