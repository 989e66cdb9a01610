"""``flask clova model``: the interaction model as files beside the code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from ...errors import ModelError
from ..diagnostics.model import check_interaction_model
from ..model.diff import ADDED, CHANGED, REMOVED, diff_models
from ..model.files import load_model, save_model
from ..model.objects import CustomIntent, CustomSlotType, InteractionModel
from ..scaffold.model import start_model
from ..scaffold.stubs import handler_stubs
from .apps import find_runtime
from .evaluate import evaluate_model
from .findings import exit_on_errors, show_findings

model = AppGroup("model", help="The interaction model: what users can say.")
model.add_command(evaluate_model)

_name = click.option("--name", help="The extension, when the app has several.")
_folder = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="The model's folder. Default: CLOVA_INTERACTION_MODEL, or interaction_model beside the app.",
)

_COLORS = {ADDED: "green", REMOVED: "red", CHANGED: "yellow"}
_SHOWN = 3


@model.command("show")
@_name
@_folder
def show(name: str | None, folder: Path | None) -> None:
    """Show the model: intents, slots, some expressions, slot types."""
    shown = _own_model(name) if folder is None else _load(folder)
    names = ", ".join(shown.invocation_names) or "no invocation name"
    click.secho(f"{names} ({shown.extension_id or 'no extension id'}, {shown.language})", bold=True)
    for title, words in (
        ("built-in intents", shown.built_in_intents),
        ("built-in slot types", shown.built_in_slot_types),
    ):
        click.echo(f"  {title}: {', '.join(words) or 'none'}")
    for intent in shown.intents.values():
        for line in _intent_lines(intent):
            click.echo(line)
    for slot_type in shown.slot_types.values():
        click.echo(_slot_type_line(slot_type))


@model.command("check")
@_name
@_folder
def check(name: str | None, folder: Path | None) -> None:
    """Check the model by itself and against the handlers; exit 1 when there are errors."""
    runtime = find_runtime(name)
    findings = check_interaction_model(runtime, folder)
    show_findings(runtime.name, findings)
    exit_on_errors(findings)


@model.command("new")
@_name
@_folder
def new(name: str | None, folder: Path | None) -> None:
    """Start a model from the handlers: their intents, with slots guessed from their parameters."""
    runtime = find_runtime(name)
    folder = folder or runtime.model_folder
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        other = (
            f"Choose another, --folder models/{runtime.name},"
            if runtime.option
            else "Choose another --folder,"
        )
        raise click.ClickException(f"{folder} already exists. {other} or remove it.")
    ids, language = runtime.settings.extension_ids, runtime.settings.default_lang
    started = start_model(
        runtime.registry.custom,
        extension_id=ids[0] if ids else "",
        language=language,
        regions=runtime.regions,
    )
    try:
        save_model(started, folder)
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    intents = "1 intent" if len(started.intents) == 1 else f"{len(started.intents)} intents"
    click.echo(f"Started a model of {intents} in {folder}.")
    if folder.resolve() != runtime.model_folder.resolve():
        click.echo(
            f"Tell the extension {runtime.name!r} where it is: Clova(…, interaction_model={str(folder)!r})."
        )
    click.echo("Next: expressions in intents/, words in slot_types/, invocation names in model.toml; then")
    click.echo(f"flask clova model check{runtime.option} tells what is missing.")


@model.command("stubs")
@_name
@_folder
def stubs(name: str | None, folder: Path | None) -> None:
    """Print handlers for the intents that have none, ready to paste."""
    runtime = find_runtime(name)
    text = handler_stubs(_load(folder or runtime.model_folder, runtime.option), runtime.registry.custom)
    if text:
        click.echo(text, nl=False)
    else:
        click.echo("Every intent of the model has a handler.", err=True)


@model.command("diff", with_appcontext=False)
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
def diff(first: Path, second: Path) -> None:
    """Show the changes from the model in folder A to the model in folder B."""
    changes = diff_models(_load(first), _load(second))
    for change in changes:
        click.secho(str(change), fg=_COLORS[change.mark])
    if not changes:
        click.echo("The models are the same.")


def _own_model(name: str | None) -> InteractionModel:
    runtime = find_runtime(name)
    return _load(runtime.model_folder, runtime.option)


def _load(folder: Path, option: str = "") -> InteractionModel:
    try:
        return load_model(folder, option=option)
    except ModelError as error:
        raise click.ClickException(str(error)) from None


def _intent_lines(intent: CustomIntent) -> Iterator[str]:
    yield f"  intent {intent.name}: {len(intent.expressions)} expressions"
    width = max((len(slot.name) for slot in intent.slots), default=0)
    yield from (f"    {slot.name:<{width}}  {slot.type}" for slot in intent.slots)
    yield from (f"    “{expression.plain}”" for expression in intent.expressions[:_SHOWN])
    if len(intent.expressions) > _SHOWN:
        yield f"    … and {len(intent.expressions) - _SHOWN} more"


def _slot_type_line(slot_type: CustomSlotType) -> str:
    synonyms = sum(len(entry.synonyms) for entry in slot_type.entries)
    words = ", ".join(entry.value for entry in slot_type.entries[:10])
    more = ", …" if len(slot_type.entries) > 10 else ""
    count = len(slot_type.entries)
    return f"  slot type {slot_type.name}: {count} entries, {synonyms} synonyms: {words}{more}"
