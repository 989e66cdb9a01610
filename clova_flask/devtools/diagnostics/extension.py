"""The one entry point of all checks of an extension."""

from __future__ import annotations

from pathlib import Path

from ...findings import Finding
from ...runtime import Runtime
from .discovery import check_discovery
from .handlers import check_handlers
from .home import check_home
from .model import check_interaction_model, check_own_model
from .parameter_names import check_parameter_names
from .platform import check_platform
from .replay_memory import check_replay_memory
from .states import check_states


def check_extension(
    runtime: Runtime, *, token: str | None = None, model_folder: Path | None = None
) -> list[Finding]:
    """Check the settings, the development key, the handlers and the interaction model of an extension.

    :param token: a user's access token, with which discovery is checked too.
    :param model_folder: a model to be checked in the place of its own.
    """
    return [
        *runtime.risks(),
        *check_replay_memory(runtime.guard),
        *runtime.missing_handlers(),
        *check_handlers(runtime.registry, runtime.regions),
        *check_parameter_names(runtime),
        *check_states(runtime.registry),
        *check_platform(runtime.registry.custom, runtime.settings.platform),
        *check_home(runtime),
        *_check_model(runtime, model_folder),
        *check_discovery(runtime, token),
    ]


def _check_model(runtime: Runtime, folder: Path | None) -> list[Finding]:
    return check_own_model(runtime) if folder is None else check_interaction_model(runtime, folder)
