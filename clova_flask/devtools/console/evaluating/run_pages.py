"""Running a set, what came of a run, and two runs compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...evaluation import Verdict
from ...evaluation.cases import NOTHING
from ...evaluation.comparison import compare_outcomes
from ...evaluation.figures import Confusion, Score
from ...evaluation.report import scores_from_json
from ...evaluation.rows import Row
from ..models.changes import shown_version
from ..models.paging import page_of
from ..numbers import whole
from ..page import extension_page
from ..texts import N_, _
from ..told import told
from .jobs import Job, jobs
from .runs import find_run, id_of, rows_of, run_before, runs_of, target_of, title_of
from .store import cases_of, find_set

blueprint = Blueprint("evaluation_runs", __name__, url_prefix="/extensions/<int:key>/evaluate")

WAIT = 1.5
"""Seconds that a run is waited for before a page shows how far it is."""
MAX_LABELS = 40
"""Intents of a matrix; of more only those are shown that are mixed up most."""
MAX_CHANGES = 200
"""Utterances of each kind that a comparison lists."""

VERDICTS = {
    Verdict.RIGHT: N_("right"),
    Verdict.WRONG_SLOTS: N_("wrong slots"),
    Verdict.WRONG_INTENT: N_("wrong intent"),
    Verdict.NOT_UNDERSTOOD: N_("not understood"),
}
SHADES = 5
"""Shades of a matrix's cells; the style sheet has as many of each colour."""


@blueprint.post("/<int:number>/run")
def run(key: int, number: int) -> ResponseReturnValue:
    """Run a set against a model, or against two that are compared."""
    extension = shown_version(key).extension
    found = find_set(extension, number)
    choices = dict.fromkeys(filter(None, (request.form.get("against", ""), request.form.get("model", ""))))
    targets = [target_of(extension, choice) for choice in choices]
    cases = cases_of(found)
    if not cases or not targets:
        flash(_("There is nothing to run yet. Add utterances first."), "warning")
        return redirect(url_for("evaluation.show_set", key=key, number=number))
    job = jobs().start(id_of(found, extension), cases, targets)
    job.finished.wait(WAIT)
    return _after(key, number, job)


@blueprint.get("/<int:number>/running")
def running(key: int, number: int) -> ResponseReturnValue:
    """Show how far a run is, and go on to its result."""
    version = shown_version(key)
    found = find_set(version.extension, number)
    job = jobs().of(id_of(found, version.extension))
    if job is None or job.finished.is_set():
        return _after(key, number, job)
    return extension_page("evaluating/running", version, found=found, job=job)


@blueprint.post("/<int:number>/stop")
def stop(key: int, number: int) -> ResponseReturnValue:
    """Stop a run."""
    extension = shown_version(key).extension
    job = jobs().of(id_of(find_set(extension, number), extension))
    if job is not None:
        job.stop()
        job.finished.wait(WAIT)
    return _after(key, number, job)


def _after(key: int, number: int, job: Job | None) -> ResponseReturnValue:
    if job is not None and not job.finished.is_set():
        return redirect(url_for(".running", key=key, number=number))
    if job is None or job.problem:
        flash(told(job.problem) if job else _("Nothing is running."), "warning")
        return redirect(url_for("evaluation.show_set", key=key, number=number))
    if len(job.runs) > 1:
        return redirect(url_for(".compare_runs", key=key, number=job.runs[-1], other=job.runs[0]))
    return redirect(url_for(".show", key=key, number=job.runs[0]))


@blueprint.get("/runs/<int:number>")
def show(key: int, number: int) -> ResponseReturnValue:
    """Show what came of a run."""
    version = shown_version(key)
    found, made = find_run(version.extension, number)
    rows, scores = rows_of(made), scores_from_json(made.scores)
    before = run_before(made)
    chosen = {name: request.args.get(name, "") for name in ("verdict", "expected", "understood")}
    matrix = _shown_matrix(scores.confusion)
    return extension_page(
        "evaluating/run",
        version,
        found=found,
        run=made,
        scored=scores,
        before=before,
        change=compare_outcomes(rows_of(before), rows) if before else None,
        others=[one for one in runs_of(found) if one.id != made.id],
        matrix=matrix,
        is_part=matrix is not scores.confusion,
        shade=_shade(scores.intents),
        shown=page_of(_chosen(rows, chosen), request.args.get("page", 1, type=whole)),
        chosen=chosen,
        verdicts=VERDICTS,
        title_of=title_of,
        NOTHING=NOTHING,
    )


@blueprint.get("/runs/<int:number>/against/<int:other>")
def compare_runs(key: int, number: int, other: int) -> ResponseReturnValue:
    """Show what is better and worse in a run than in another."""
    version = shown_version(key)
    found, after = find_run(version.extension, number)
    of, before = find_run(version.extension, other)
    if of.id != found.id:
        abort(404, _("The two runs are of different sets, and cannot be compared."))
    change = compare_outcomes(rows_of(before), rows_of(after))
    return extension_page(
        "evaluating/comparison",
        version,
        found=found,
        before=before,
        after=after,
        change=change,
        most=MAX_CHANGES,
        title_of=title_of,
        verdicts=VERDICTS,
        NOTHING=NOTHING,
    )


@blueprint.get("/runs/<int:number>/against")
def choose_other(key: int, number: int) -> ResponseReturnValue:
    """Go to the comparison with the run that was chosen."""
    other = request.args.get("other", 0, type=whole)
    return redirect(url_for(".compare_runs", key=key, number=number, other=other))


def _shown_matrix(matrix: Confusion) -> Confusion:
    return matrix if len(matrix.labels) <= MAX_LABELS else matrix.confused(MAX_LABELS)


def _shade(intents: Sequence[Score]) -> Any:
    """Return what chooses the shade of a cell: by its share of the row; rare intents count as well."""
    totals = {score.name: score.expected for score in intents}

    def shade(expected: str, understood: str, count: int) -> str:
        colour = "right" if expected == understood else "wrong"
        return f"{colour} shade-{-(-count * SHADES // totals[expected])}"

    return shade


def _chosen(rows: Sequence[Row], chosen: dict[str, str]) -> Sequence[Row]:
    """Return the outcomes of a cell of the matrix or of a verdict; without either, the errors."""
    if chosen["expected"] or chosen["understood"]:
        wanted = chosen["expected"], chosen["understood"]
        return [row for row in rows if (row.expected, row.understood) == wanted]
    if chosen["verdict"]:
        return [row for row in rows if row.verdict == chosen["verdict"]]
    return [row for row in rows if not row.is_right]
