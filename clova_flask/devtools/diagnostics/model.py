"""The checks of an extension's interaction model, by itself and against the handlers."""

from __future__ import annotations

from pathlib import Path

from ...errors import ModelError
from ...findings import Finding
from ...runtime import Runtime
from ..model.checks import check_model
from ..model.config import config_place
from ..model.expression_counts import check_for_review
from ..model.files import load_model
from ..model.findings import as_findings
from ..model.objects import InteractionModel
from .model_handlers import check_against_handlers


def check_own_model(runtime: Runtime) -> list[Finding]:
    """Check the model that is configured; one that is merely beside the app may be another extension's."""
    if runtime.settings.interaction_model is not None:
        return check_interaction_model(runtime)
    registry = runtime.registry
    only_home = bool(registry.home.handlers()) and not (registry.custom.intents or registry.custom.fallbacks)
    if only_home or not runtime.model_folder.exists():
        return []
    return check_interaction_model(runtime, shared=True)


def check_interaction_model(
    runtime: Runtime, folder: Path | None = None, *, shared: bool = False
) -> list[Finding]:
    """Check an extension's interaction model, by itself and against the handlers.

    :param folder: where it is, when it is not where the settings say.
    :param shared: whether it may be the model of another extension, which is then not checked.
    """
    try:
        model = load_model(folder or runtime.model_folder, option=runtime.option)
    except ModelError as error:
        return as_findings(error)
    if not _is_of_another_extension(model, runtime):
        regions, custom = runtime.regions, runtime.registry.custom
        return [
            *check_model(model, regions=regions),
            *check_for_review(model),
            *check_against_handlers(model, custom, regions=regions, option=runtime.option),
        ]
    if shared:
        return []
    # Each of its intents would be reported to have no handler.
    ids = ", ".join(runtime.settings.extension_ids)
    message = f"This is the model of {model.extension_id}, not of {ids}. Set CLOVA_INTERACTION_MODEL."
    finding = Finding("model.of-another-extension", message, config_place(model, model.extension_id))
    return [*check_model(model, regions=runtime.regions), finding]


def _is_of_another_extension(model: InteractionModel, runtime: Runtime) -> bool:
    ids = runtime.settings.extension_ids
    return bool(model.extension_id and ids) and model.extension_id not in ids
