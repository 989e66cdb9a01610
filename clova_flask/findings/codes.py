"""The table of codes."""

from __future__ import annotations

from .answer_codes import ANSWER_CODES
from .app_codes import APP_CODES
from .discovery_codes import DISCOVERY_CODES
from .evaluation_codes import EVALUATION_CODES
from .extension_codes import EXTENSION_CODES
from .linking_codes import LINKING_CODES
from .model_codes import MODEL_CODES
from .review_codes import REVIEW_CODES
from .rows import Code

CODES: dict[str, Code] = {
    code.name: code
    for code in (
        *EXTENSION_CODES,
        *APP_CODES,
        *LINKING_CODES,
        *DISCOVERY_CODES,
        *MODEL_CODES,
        *EVALUATION_CODES,
        *ANSWER_CODES,
        *REVIEW_CODES,
    )
}
"""Every code of a finding, by its name."""
