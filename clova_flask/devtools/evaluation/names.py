"""Names in a set of utterances that its model does not have: misspelt, or renamed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...errors import nearest
from ...findings import Finding, Place
from ...texts.templated import Templated
from ..model.objects import CustomIntent, InteractionModel
from ..understanding.built_in import GUIDE
from .cases import NOTHING, Case


def check_names(cases: Iterable[Case], model: InteractionModel, path: Path | None = None) -> list[Finding]:
    """Find intents and slots that a set expects and the model does not have, each where it is first.

    :param path: where the set was read from.
    """
    known = {*model.intents, *model.built_in_intents, GUIDE, NOTHING}
    findings: dict[tuple[str, ...], Finding] = {}
    for case in cases:
        if case.intent not in known:
            text = Templated(
                "The model has no intent %(intent)s.%(hint)s",
                intent=repr(case.intent),
                hint=nearest(case.intent, sorted(known)),
            )
            place = Place(case.intent, path, case.line)
            findings.setdefault((case.intent,), Finding("evaluation.unknown-intent", text, place))
            continue
        intent = model.intents.get(case.intent, CustomIntent(case.intent))
        for slot, problem in _unknown_slots(case, intent):
            place = Place(slot, path, case.line)
            findings.setdefault((case.intent, slot), Finding("evaluation.unknown-slot", problem, place))
    return list(findings.values())


def _unknown_slots(case: Case, intent: CustomIntent) -> Iterator[tuple[str, str]]:
    for name in case.slots:
        if intent.slot_type(name) is None:
            hint = nearest(name, [slot.name for slot in intent.slots], or_list=True)
            yield (
                name,
                Templated(
                    "The intent %(name)s has no slot %(name_2)s.%(hint)s",
                    name=intent.name,
                    name_2=repr(name),
                    hint=hint,
                ),
            )
