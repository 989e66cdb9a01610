"""What is not installed, and would make more understood."""

from __future__ import annotations

from ...texts.templated import Templated
from .languages.base import analyser, language


def missing_analyser(code: str) -> Templated | None:
    """Say what to install for a language, ``ko`` or ``ja``; None where nothing is missing."""
    spoken = language(code)
    if analyser(spoken) is not None:
        return None
    return Templated(
        "The morphological analyser of this language is not installed; with it more is understood. "
        "Install the extra: pip install 'clova-flask[%(extra)s]'",
        extra=spoken.extra,
    )
