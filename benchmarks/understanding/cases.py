"""The evaluation set: utterances with the intent and the slot values that they should give.

One file a model, ``utterances/NAME.tsv``; a line is an utterance, its intent, and its slots::

    두 판 주문해 줘    OrderPizza    pizzaAmount=2 (판); deliveryTime=19:00:00 (TIME)

In brackets stands the slot's ``valueType`` or ``unit``. Where the protocol leaves a choice, each side of
``or`` will do. Lines that begin with ``#`` are headings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clova_flask.devtools.model.files import load_model
from clova_flask.devtools.model.objects import InteractionModel

HERE = Path(__file__).parent
PIZZA_KO = HERE.parent.parent / "sample_app" / "interaction_model"

VALUE_TYPES = frozenset(
    shape + kind for shape in ("DATE", "TIME", "DATETIME") for kind in ("", ".INTERVAL")
)  # fmt: skip

OUTSIDE = "out of scope"
"""The heading of utterances that no intent of the model is for."""

_OR = " or "
_VALUE = re.compile(r"(?P<value>.*?)(?: \((?P<mark>[^()]+)\))?")


@dataclass(frozen=True, slots=True)
class Value:
    """What a slot should hold."""

    value: str
    unit: str | None = None
    value_type: str | None = None

    def __str__(self) -> str:
        mark = self.unit or self.value_type
        return f"{self.value} ({mark})" if mark else self.value


@dataclass(frozen=True, slots=True)
class Case:
    """An utterance with what is expected of it.

    :ivar intents: the intents that will do, most often one.
    :ivar slots: by name, the values that will do.
    :ivar line: its line in the file.
    :ivar heading: what it stands under.
    """

    utterance: str
    intents: tuple[str, ...]
    slots: dict[str, tuple[Value, ...]]
    line: int
    heading: str


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """A model with its utterances."""

    name: str
    model: InteractionModel
    cases: tuple[Case, ...]


def load_sets() -> list[EvaluationSet]:
    """Read all utterances with their models.

    :raises ValueError: a line cannot be right, or an utterance stands in its model or twice in its set.
    """
    sets = [_load_set(path) for path in sorted((HERE / "utterances").glob("*.tsv"), key=_order)]
    _refuse_copies(sets)
    return sets


def squeezed(text: str) -> str:
    """Leave of a text what tells it from a copy: no spaces, no punctuation, no letter case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LMN")


def _order(path: Path) -> tuple[bool, str]:
    return not path.stem.endswith("_ko"), path.stem


def _load_set(path: Path) -> EvaluationSet:
    model = load_model(PIZZA_KO if path.stem == "pizza_ko" else HERE / "models" / path.stem)
    cases, heading = [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            heading = line.removeprefix("#").strip()
        elif line:
            try:
                cases.append(_case(line, number, heading, model))
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from None
    return EvaluationSet(path.stem, model, tuple(cases))


def _case(line: str, number: int, heading: str, model: InteractionModel) -> Case:
    utterance, intents, *rest = line.split("\t")
    slots = dict(_slot(text) for cell in rest for text in cell.split("; ") if text)
    case = Case(utterance, tuple(intents.split(_OR)), slots, number, heading)
    for name in case.intents:
        if name not in model.intents and name not in model.built_in_intents:
            raise ValueError(f"The model has no intent {name}.")
    declared = {
        slot.name for name in case.intents if name in model.intents for slot in model.intents[name].slots
    }
    if not slots.keys() <= declared:
        raise ValueError(f"{intents} has no slot {', '.join(sorted(slots.keys() - declared))}.")
    return case


def _slot(text: str) -> tuple[str, tuple[Value, ...]]:
    name, _, values = text.partition("=")
    return name, tuple(_value(value) for value in values.split(_OR))


def _value(text: str) -> Value:
    found = _VALUE.fullmatch(text)
    if not found or not found["value"]:
        raise ValueError(f"{text!r} is no value.")
    mark = found["mark"]
    return Value(found["value"], None, mark) if mark in VALUE_TYPES else Value(found["value"], mark)


def _refuse_copies(sets: Iterable[EvaluationSet]) -> None:
    """Refuse what says the same twice to one model; to several models one may say the same."""
    copies = []
    for row in sets:
        seen = {squeezed(text): text for text in _expressions(row.model)}
        for case in row.cases:
            known = seen.setdefault(squeezed(case.utterance), f"{row.name}.tsv:{case.line}")
            if known != f"{row.name}.tsv:{case.line}":
                copies.append(f"{row.name}.tsv:{case.line}: {case.utterance!r} is a copy of {known!r}.")
    if copies:
        raise ValueError("\n".join(copies))


def _expressions(model: InteractionModel) -> Iterator[str]:
    for intent in model.intents.values():
        for expression in intent.expressions:
            yield expression.plain
