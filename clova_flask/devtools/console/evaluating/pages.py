"""The sets of an extension, and the utterances of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ModelError
from ...evaluation import Case, read_cases, write_cases
from ...evaluation.cases import NOTHING, make_case
from ...evaluation.names import check_names
from ...model.expressions import parse_expression
from ..downloads import download_of
from ..models.changes import shown_version
from ..models.store import outline_of
from ..numbers import whole
from ..page import extension_page
from ..records import Version, db
from ..texts import _
from .jobs import jobs
from .records import UtteranceSet
from .runs import choices_of, id_of, runs_of, title_of
from .store import (
    MAX_CASES,
    Gone,
    add_cases,
    add_set,
    cases_of,
    change_case,
    counts_of,
    delete_set,
    find_set,
    name_problem,
    remove_case,
    rename_set,
    select_utterances,
    sets_of,
    state_of,
)

blueprint = Blueprint("evaluation", __name__, url_prefix="/extensions/<int:key>/evaluate")

PER_PAGE = 50


@blueprint.get("")
def show(key: int) -> ResponseReturnValue:
    """List the sets."""
    return _list_page(shown_version(key))


@blueprint.post("")
def add(key: int) -> ResponseReturnValue:
    """Add a set, with the utterances of a file, or pasted, or none yet."""
    version = shown_version(key)
    name = " ".join(request.form.get("name", "").split())
    problem = name_problem(name)
    if problem:
        return _list_page(version, problem=problem), 422
    try:
        cases = _entered()
        if len(cases) > MAX_CASES:
            raise ModelError(_("A set has at most %(most)s utterances.", most=MAX_CASES))
        found = add_set(version.extension, name)
        if found is None:
            return _list_page(version, problem=_("There is a set of this name already.")), 422
        add_cases(found, cases)
    except ModelError as error:
        return _list_page(version, error), 422
    flash(_("%(count)s utterances are added.", count=len(cases)), "success")
    return redirect(url_for(".show_set", key=key, number=found.id))


@blueprint.get("/<int:number>")
def show_set(key: int, number: int) -> ResponseReturnValue:
    """Show a set."""
    version = shown_version(key)
    return _set_page(version, find_set(version.extension, number))


@blueprint.post("/<int:number>")
def change(key: int, number: int) -> ResponseReturnValue:
    """Add utterances, or change or remove one."""
    version = shown_version(key)
    found = find_set(version.extension, number)
    do, form = request.form.get("do", ""), request.form
    row, seen = form.get("row", 0, type=whole), form.get("seen", 0, type=whole)
    try:
        if do == "add":
            count = add_cases(found, _entered(needed=True))
            flash(_("%(count)s utterances are added.", count=count), "success")
        elif do == "edit":
            change_case(found, row, seen, make_case(form.get("text", ""), form.get("intent", "")))
            flash(_("Saved."), "success")
        elif do == "remove":
            remove_case(found, row, seen)
            flash(_("Removed."), "success")
        else:
            return _set_page(version, found), 400
    except Gone:
        flash(_("It was changed or removed elsewhere meanwhile. The page shows what is stored."), "warning")
        return _set_page(version, find_set(version.extension, number), do, is_gone=True), 409
    except ModelError as error:
        return _set_page(version, find_set(version.extension, number), do, error), 422
    removed = form.get("lines") if do == "remove" else None
    query, page = form.get("q") or None, form.get("page") or None
    return redirect(url_for(".show_set", key=key, number=number, removed=removed, q=query, page=page))


@blueprint.post("/<int:number>/rename")
def rename(key: int, number: int) -> ResponseReturnValue:
    """Give a set another name."""
    version = shown_version(key)
    found = find_set(version.extension, number)
    name = " ".join(request.form.get("name", "").split())
    problem = name_problem(name)
    try:
        if not problem and not rename_set(found, name, request.form.get("seen", found.name)):
            problem = _("There is a set of this name already.")
    except Gone:
        flash(_("It was changed or removed elsewhere meanwhile. The page shows what is stored."), "warning")
        return _set_page(version, find_set(version.extension, number), "rename", is_gone=True), 409
    if problem:
        found = find_set(version.extension, number)
        return _set_page(version, found, "rename", ModelError(problem)), 422
    flash(_("Saved."), "success")
    return redirect(url_for(".show_set", key=key, number=number))


@blueprint.post("/<int:number>/delete")
def delete(key: int, number: int) -> ResponseReturnValue:
    """Delete a set with its runs."""
    version = shown_version(key)
    found = find_set(version.extension, number)
    name, job = found.name, id_of(found, version.extension)
    try:
        delete_set(found, request.form.get("seen", ""))
    except Gone:
        flash(_("It was changed elsewhere meanwhile, and is not deleted. Look at it once more."), "warning")
        return _set_page(version, found), 409
    jobs().forget(job)
    flash(_("%(name)s is deleted.", name=name), "success")
    return redirect(url_for(".show", key=key))


@blueprint.get("/<int:number>/utterances.<any(tsv, csv):kind>")
def download(key: int, number: int, kind: str) -> Response:
    """Send a set as a file: by tabs, or by commas for spreadsheets."""
    found = find_set(shown_version(key).extension, number)
    data = write_cases(cases_of(found), for_spreadsheets=kind == "csv")
    media_type = "text/csv" if kind == "csv" else "text/tab-separated-values"
    return download_of(data, f"{found.name}.{kind}", f"{media_type}; charset=utf-8")


def _entered(*, needed: bool = False) -> list[Any]:
    """Read the file that was chosen, and else the lines that were pasted.

    :raises ModelError: they cannot be read, or there are none where some are needed.
    """
    file = request.files.get("file")
    data = (file.read() if file else b"") or request.form.get("lines", "").encode(errors="replace")
    return list(read_cases(data)) if data.strip() or needed else []


def _list_page(version: Version, error: ModelError | None = None, problem: str = "") -> str:
    extension = version.extension
    sets = sets_of(extension)
    return extension_page(
        "evaluating/sets",
        version,
        sets=sets,
        counts=counts_of(extension),
        last={found.id: next(iter(runs_of(found)), None) for found in sets},
        title_of=title_of,
        errors=error.problems if error else (),
        problem=problem,
        entered=request.form,
        most=MAX_CASES,
    )


def _set_page(
    version: Version,
    found: UtteranceSet,
    do: str = "",
    error: ModelError | None = None,
    *,
    is_gone: bool = False,
) -> str:
    query = request.values.get("q", "").replace("\0", "")
    page: Any = db.paginate(
        select_utterances(found, query),
        page=request.values.get("page", 1, type=whole),
        per_page=PER_PAGE,
        max_per_page=PER_PAGE,
        error_out=False,
    )
    cases = {row.id: Case(parse_expression(row.text), row.intent) for row in page}
    model = outline_of(version)
    job = jobs().of(id_of(found, version.extension))
    return extension_page(
        "evaluating/set",
        version,
        found=found,
        total=counts_of(version.extension).get(found.id, 0),
        query=query,
        rows=page,
        parsed={number: case.expression for number, case in cases.items()},
        unknown={number: check_names([case], model) for number, case in cases.items()},
        colours=_colours(cases.values()),
        intents=[*model.intents, *model.built_in_intents, NOTHING],
        runs=runs_of(found),
        choices=choices_of(version.extension),
        is_running=job is not None and not job.finished.is_set(),
        title_of=title_of,
        state=state_of(found),
        do=do,
        is_gone=is_gone,
        errors=error.problems if error else (),
        entered=request.form,
        removed=request.args.get("removed", ""),
    )


def _colours(cases: Iterable[Case]) -> dict[str, int]:
    names = dict.fromkeys(name for case in cases for name in case.slots)
    return {name: index % 8 for index, name in enumerate(names)}
