"""Runs of a set: against which models they can be, and what is kept of them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import delete, select

from ....texts.templated import as_json as templated_as_json
from ...evaluation import Evaluation
from ...evaluation.names import check_names
from ...evaluation.report import figures_as_json, scores_as_json
from ...evaluation.rows import Row, row_of
from ...model.objects import InteractionModel
from ..kept import kept
from ..models.building import build_of, built_model_of
from ..models.store import edited_model
from ..models.understanders import Outdated
from ..records import Extension, Version, db
from ..texts import _
from .records import EvaluationRun, UtteranceSet
from .store import Gone

EDITED, BUILT = "edited", "built"
MAX_RUNS = 20
"""Runs that are kept of a set; the oldest ones go first."""


MAX_UNKNOWN = 20
"""Names that the model does not have which are kept."""


class SetId(NamedTuple):
    """What tells a set from one that gets its number after its extension was deleted.

    :ivar extension: the number of its extension, which may be given again as well.
    :ivar created_at: when the extension was registered.
    """

    number: int
    extension: int
    created_at: datetime


def id_of(found: UtteranceSet, extension: Extension) -> SetId:
    """Return what a set is known by to its runs that are going on."""
    return SetId(found.id, extension.id, extension.created_at)


class Target(NamedTuple):
    """A model to run a set against.

    :ivar by: :data:`EDITED` or :data:`BUILT`.
    """

    version: int
    by: str
    digest: str
    model: InteractionModel


def choices_of(extension: Extension) -> dict[str, str]:
    """Return the models that a set can be run against: titles by values, the newest version first."""
    return dict(choice for version in reversed(extension.versions) for choice in _choices(version))


def _choices(version: Version) -> Iterator[tuple[str, str]]:
    yield f"{version.number}-{EDITED}", title_of(version.number, EDITED)
    if (build := build_of(version)) is not None and build.built_at is not None:
        yield f"{version.number}-{BUILT}", title_of(version.number, BUILT)


def title_of(number: int, by: str) -> str:
    """Name a model of a version."""
    if by == EDITED:
        return _("Version %(number)s, as it is edited", number=number)
    return _("Version %(number)s, as it was built", number=number)


def target_of(extension: Extension, choice: str) -> Target:
    """Return a model by its value among the choices, or answer 404."""
    number, _dash, by = choice.partition("-")
    version = next((one for one in extension.versions if str(one.number) == number), None)
    if version is not None and by == EDITED:
        return Target(version.number, EDITED, *edited_model(version))
    try:
        build, model = (
            (build_of(version), built_model_of(version)) if version and by == BUILT else (None, None)
        )
    except Outdated:
        abort(409, _("Others are changing the same at this moment. Go back and send it again."))
    if version is None or build is None or model is None:
        abort(404, _("There is no such model."))
    return Target(version.number, BUILT, build.digest, model)


def keep_run(set_id: SetId, target: Target, evaluation: Evaluation, seconds: float) -> int:
    """Keep a run, and delete the oldest of the set where there are too many.

    :return: its number.
    :raises Gone: the set was deleted.
    """
    if not _is_there(set_id):
        raise Gone
    set_key = set_id.number
    rows = [row_of(outcome) for outcome in evaluation.outcomes]
    written = json.dumps(rows, ensure_ascii=False).encode(errors="replace")
    run = EvaluationRun(
        set_key=set_key,
        version=target.version,
        by=target.by,
        digest=target.digest,
        seconds=seconds,
        figures={**figures_as_json(evaluation), "unknown": _unknown(evaluation, target.model)},
        scores={**scores_as_json(evaluation), "judges_slots": evaluation.judges_slots},
        outcomes=zlib.compress(written),
    )
    db.session.add(run)
    db.session.flush()
    mine = select(EvaluationRun.id).where(EvaluationRun.set_key == set_key)
    oldest = db.session.scalar(mine.order_by(EvaluationRun.id.desc()).offset(MAX_RUNS).limit(1))
    if oldest is not None:
        too_old = delete(EvaluationRun).where(EvaluationRun.set_key == set_key, EvaluationRun.id <= oldest)
        db.session.execute(too_old)
    db.session.commit()
    return run.id


def _is_there(set_id: SetId) -> bool:
    query = select(Extension.created_at).join(UtteranceSet, UtteranceSet.extension_key == Extension.id)
    found = query.where(UtteranceSet.id == set_id.number, Extension.id == set_id.extension)
    return db.session.scalar(found) == set_id.created_at


def _unknown(evaluation: Evaluation, model: InteractionModel) -> list[Any]:
    """Tell the names that the set has and the model does not."""
    found = check_names((outcome.case for outcome in evaluation.outcomes), model)
    return [templated_as_json(finding.message) for finding in found[:MAX_UNKNOWN]]


def runs_of(found: UtteranceSet) -> list[EvaluationRun]:
    """List the runs of a set, the newest first."""
    query = select(EvaluationRun).where(EvaluationRun.set_key == found.id)
    return list(db.session.scalars(query.order_by(EvaluationRun.id.desc())))


def find_run(extension: Extension, number: int) -> tuple[UtteranceSet, EvaluationRun]:
    """Return a run of one of an extension's sets, with the set; or answer 404."""
    run: EvaluationRun | None = db.session.get(EvaluationRun, number)
    found = db.session.get(UtteranceSet, run.set_key) if run else None
    if run is None or found is None or found.extension_key != extension.id:
        abort(404, _("There is no such run; of each set the last %(most)s are kept.", most=MAX_RUNS))
    return found, run


def run_before(run: EvaluationRun) -> EvaluationRun | None:
    """Return the run of the same set before one."""
    query = select(EvaluationRun).where(EvaluationRun.set_key == run.set_key, EvaluationRun.id < run.id)
    found: EvaluationRun | None = db.session.scalar(query.order_by(EvaluationRun.id.desc()).limit(1))
    return found


def rows_of(run: EvaluationRun) -> list[Row]:
    """Read the outcomes of a run, as rows: parsed are those alone that a page shows."""
    # 10,000 rows are read in 0.1 s; with the utterance of each parsed that took 0.5 s (2026-11).
    return kept().get("outcomes", (run.id, run.at), lambda: _read(run.outcomes))


def _read(outcomes: bytes) -> list[Row]:
    return [Row(*row) for row in json.loads(zlib.decompress(outcomes))]
