"""The evaluation sets: utterances with the intent and the slot values that they should give.

Those of one half may be looked at while the understanding is worked on. Those in ``unseen`` may not, nor what
goes wrong with them: their figures alone are printed, and tell what strangers will find.

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
from clova_flask.devtools.understanding.languages.base import language
from clova_flask.devtools.understanding.rivals import read_rivals

HERE = Path(__file__).parent
UNSEEN = HERE / "unseen"
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
    """A model with its utterances.

    :ivar is_seen: whether it may be looked at.
    """

    name: str
    model: InteractionModel
    cases: tuple[Case, ...]
    is_seen: bool


def load_sets() -> list[EvaluationSet]:
    """Read all utterances with their models.

    :raises ValueError: a line cannot be right, or an utterance stands in its model or twice in its set.
    """
    paths = [
        path for half in (HERE, UNSEEN) for path in sorted((half / "utterances").glob("*.tsv"), key=_order)
    ]
    sets = [_load_set(path) for path in paths]
    _refuse_copies(sets)
    return sets


def squeezed(text: str) -> str:
    """Leave of a text what tells it from a copy: no spaces, no punctuation, no letter case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LMN")


def _order(path: Path) -> tuple[bool, str]:
    return not path.stem.endswith("_ko"), path.stem


def _load_set(path: Path) -> EvaluationSet:
    half = path.parent.parent
    model = load_model(PIZZA_KO if path.stem == "pizza_ko" else half / "models" / path.stem)
    cases, heading = [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            heading = line.removeprefix("#").strip()
        elif line:
            try:
                cases.append(_case(line, number, heading, model))
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from None
    return EvaluationSet(path.stem, model, tuple(cases), half != UNSEEN)


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
    """Refuse what is in the model of the set, or twice in the set, or what the language's rivals say."""
    copies = []
    for row in sets:
        known_texts = (
            *_expressions(row.model),
            *(rival.text.said for rival in read_rivals(language(row.model.language))),
        )
        seen = {squeezed(text): text for text in known_texts}
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
