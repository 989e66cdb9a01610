"""``flask clova model evaluate``: how well a model understands a set of utterances."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click
from flask.cli import ScriptInfo, pass_script_info

from ...errors import ClovaError, place
from ...findings import Finding
from ..evaluation import Comparison, Evaluation, Outcome, compare, evaluate, read_cases
from ..evaluation.names import check_names
from ..evaluation.report import as_json, comparison_as_json, figures_as_json
from ..evaluation.wording import in_words, where
from ..model.files import load_model
from .advice import advise_on
from .apps import find_runtime
from .evaluation_tables import comparison_lines, evaluation_lines
from .findings import finding_as_json, styled
from .junit import JunitCase, junit_of_cases
from .progress import building


class Unusable(click.ClickException):
    """Nothing could be evaluated."""

    exit_code = 2


_DIR = click.Path(path_type=Path)


@click.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", help="The extension, when the app has several.")
@click.option(
    "--model", "folder", type=_DIR, help="The model's folder. Default: that of the app's extension."
)
@click.option("--against", type=_DIR, help="Compare with the model in this folder, another version of it.")
@click.option(
    "--min-accuracy",
    type=click.FloatRange(0, 1),
    help="Share of utterances that must be right, 0 to 1. Default: 1; with --against: that none is worse.",
)
@click.option("--json", "as_json_", is_flag=True, help="Print everything as JSON.")
@click.option(
    "--junit", type=click.File("w", encoding="utf-8"), help="Also write each utterance as JUnit XML."
)
@pass_script_info
def evaluate_model(
    info: ScriptInfo,
    file: Path,
    name: str | None,
    folder: Path | None,
    against: Path | None,
    min_accuracy: float | None,
    as_json_: bool,
    junit: TextIO | None,
) -> None:
    """Evaluate the model with the utterances of FILE, of which the intents and slots are known.

    FILE has two columns, by tabs or commas: the utterance, with its slots tagged as in the model's
    expressions, and the intent, "-" where none is to be understood. Exit 1 when too few are right, 2 when
    nothing can be evaluated.
    """
    try:
        cases = read_cases(file.read_bytes(), file)
        folder = folder or _folder_of_app(info, name)
        model = load_model(folder)
        advise_on(model.language)
        with building() as progress:
            evaluation = evaluate(cases, model, progress)
        with building() as progress:
            before = None if against is None else evaluate(cases, load_model(against), progress)
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}.") from None
    except ClovaError as error:
        raise Unusable(str(error)) from None
    comparison = None if before is None else compare(before, evaluation)
    findings = check_names(cases, model, file)
    if junit is not None:
        junit.write(
            junit_of_cases(file.name, [_junit_case(outcome, file) for outcome in evaluation.outcomes])
        )
    if as_json_:
        click.echo(_as_json(evaluation, findings, before, comparison))
    else:
        _show(evaluation, findings, (_shown(folder), _shown(file)))
        if comparison is not None:
            click.echo("\n".join(comparison_lines(comparison, _shown(against))))
    if _is_too_bad(evaluation, comparison, min_accuracy):
        raise click.exceptions.Exit(1)


def _folder_of_app(info: ScriptInfo, name: str | None) -> Path:
    try:
        with info.load_app().app_context():
            return find_runtime(name).model_folder
    except click.ClickException as error:
        raise Unusable(error.message) from None


def _shown(path: Path | None) -> str:
    return place(path).removesuffix(": ")


def _is_too_bad(evaluation: Evaluation, comparison: Comparison[Outcome] | None, least: float | None) -> bool:
    if least is None and comparison is not None:
        return bool(comparison.worse)
    return evaluation.accuracy < (1 if least is None else least)


def _show(evaluation: Evaluation, findings: Sequence[Finding], names: tuple[str, str]) -> None:
    for finding in findings:
        click.echo(styled(finding))
    click.echo("\n".join(evaluation_lines(evaluation, *names)))


def _junit_case(outcome: Outcome, file: Path) -> JunitCase:
    failure = (
        "" if outcome.is_right else f"{outcome.verdict}: {where(outcome, _shown(file))}{in_words(outcome)}"
    )
    return JunitCase(outcome.case.intent, outcome.case.utterance, failure)


def _as_json(
    evaluation: Evaluation,
    findings: Sequence[Finding],
    before: Evaluation | None,
    comparison: Comparison[Outcome] | None,
) -> str:
    written = {**as_json(evaluation), "findings": [finding_as_json(finding) for finding in findings]}
    if before is not None and comparison is not None:
        written["against"] = {**figures_as_json(before), **comparison_as_json(comparison)}
    return json.dumps(written, ensure_ascii=False, indent=2)
