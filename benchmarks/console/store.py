"""A console's store with much in it, made by the console's own functions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert

from clova_flask.devtools.console import create_app
from clova_flask.devtools.console.evaluating.runs import EDITED, Target, id_of, keep_run
from clova_flask.devtools.console.evaluating.store import add_cases, add_set
from clova_flask.devtools.console.extensions import add_extension
from clova_flask.devtools.console.models.building import build
from clova_flask.devtools.console.models.editing import with_expressions
from clova_flask.devtools.console.models.store import edited_model, store_model, store_part
from clova_flask.devtools.console.records import Extension, Version, db
from clova_flask.devtools.console.review.transitions import perform
from clova_flask.devtools.console.testing.turn_records import MESSAGE, Turn
from clova_flask.devtools.evaluation import Case, Evaluation, Outcome, Verdict
from clova_flask.devtools.evaluation.cases import NOTHING, make_case
from clova_flask.devtools.evaluation.judging import SlotOutcome

from ..understanding.generated import large_model, tagged_utterances
from ..workloads.intent import ANSWER, message

TURNS = 10_000
CONVERSATION = "long"
"""The conversation that half of the turns are of."""
_EDITED = 20
"""Intents that differ between the two versions."""


def fill(folder: Path, app_url: str) -> None:
    """Fill the store of a folder.

    An extension of two versions, each with a model of 200 intents × 200 expressions; 10,000 messages of its
    tests; and a set of 10,000 utterances with two runs.

    :param app_url: where the extension's endpoint is.
    """
    console = create_app(instance_path=folder)
    with console.test_request_context():
        extension = _extension(f"{app_url}/clova")
        _release(extension)
        _edit(extension.test_version)
        _talk(extension)
        _evaluate(extension)
        db.session.commit()
    _close(console)


def _close(console: Flask) -> None:
    with console.app_context():
        db.session.remove()
        db.engine.dispose()


def _extension(endpoint: str) -> Extension:
    values = {
        "extension_id": "com.example.generated",
        "name": "만물상",
        "invocation_names": ["만물상"],
        "endpoint_url": endpoint,
        "description": "책부터 수건까지 찾아 드립니다. help@example.com",
        "review_description": "책과 영화를 찾습니다. 만물상 시작해 줘, 책 두 개 찾아 줘.",
        "examples": ["만물상 시작해 줘", "만물상에서 책 두 개 찾아 줘", "만물상에서 영화 세 개 예약해 줘"],
    }
    return add_extension("custom", "naver", values)


def _release(extension: Extension) -> None:
    version = extension.test_version
    store_model(version, large_model())
    db.session.commit()
    if not build(version).is_built:
        raise SystemExit("The model of the benchmark has errors.")
    for action in ("request_review", "approve", "deploy"):
        perform(extension, action, message="만물상을 심사해 주세요.", conforms=True)


def _edit(version: Version) -> None:
    _digest, model = edited_model(version)
    for intent in list(model.intents.values())[:_EDITED]:
        changed, _count = with_expressions(intent, "이건 새로 넣은 말이야\n이것도 새로 넣은 말이야")
        store_part(version, changed)
    db.session.commit()


def _talk(extension: Extension) -> None:
    common = {
        "extension_key": extension.id,
        "kind": MESSAGE,
        "why": "nearest to an expression (0.97)",
        "said": "알겠습니다. 또 무엇을 도와 드릴까요?",
        "message": json.dumps(message(0), ensure_ascii=False, indent=2),
        "answer": json.dumps(ANSWER, ensure_ascii=False),
        "status": 200,
        "milliseconds": 3.0,
        "findings": [],
        "log": [["INFO", "shop", "asked"]],
    }
    rows = [
        {
            **common,
            "conversation": CONVERSATION if number % 2 else f"short-{number // 20}",
            "line": f"책 {number}개 찾아 줘",
            "label": f"책찾아 amount={number}",
        }
        for number in range(TURNS)
    ]
    db.session.execute(insert(Turn), rows)


def _evaluate(extension: Extension) -> None:
    found = add_set(extension, "회귀")
    if found is None:
        raise SystemExit("The set of the benchmark is there already.")
    cases = [make_case(*pair) for pair in tagged_utterances()]
    add_cases(found, cases)
    set_id, digest, model = id_of(found, extension), *edited_model(extension.test_version)
    target = Target(extension.test_version.number, EDITED, digest, model)
    for offset in range(2):
        keep_run(set_id, target, Evaluation(tuple(_outcomes(cases, offset))), 60.0)


def _outcomes(cases: list[Case], offset: int) -> Iterator[Outcome]:
    """Make up what the utterances were understood as: a sixth of them not as expected.

    To understand them would take minutes, and the pages would look alike.
    """
    verdicts = cycle([Verdict.WRONG_INTENT, Verdict.WRONG_SLOTS, *[Verdict.RIGHT] * 10])
    intents = [case.intent for case in cases[offset::5]]
    for _time in range(offset):
        next(verdicts)
    for case, verdict, other in zip(cases, verdicts, cycle([NOTHING, *intents])):
        yield _outcome(case, verdict, other)


def _outcome(case: Case, verdict: Verdict, other: str) -> Outcome:
    if verdict is Verdict.WRONG_INTENT and other in (NOTHING, case.intent):
        return Outcome(case, Verdict.NOT_UNDERSTOOD, NOTHING, 0.2, _slots(case, None))
    if verdict is Verdict.WRONG_INTENT:
        return Outcome(case, verdict, other, 0.61, _slots(case, "kind"))
    return Outcome(
        case, verdict, case.intent, 0.93, _slots(case, "" if verdict is Verdict.RIGHT else "amount")
    )


def _slots(case: Case, wrong: str | None) -> tuple[SlotOutcome, ...]:
    """Judge the slots: one is wrong, or all (None), or none (the empty text)."""
    slots: dict[str, Any] = dict(case.slots)
    return tuple(
        SlotOutcome(name, said, None if wrong is None else said, said, wrong is not None and name != wrong)
        for name, said in slots.items()
    )
