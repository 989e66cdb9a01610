"""Where in the editor that is put right which a finding tells of by the name of a file."""

from __future__ import annotations

import re
from collections.abc import Collection

from ....findings import CODES, Finding

INTENT, SLOT_TYPE, BUILT_IN, NAMES = "intents", "slot_types", "built-in", "names"
"""The folders of a model, which the editor's addresses have too; what is built in; and the form's names."""

_FILE = re.compile(r"\b(intents|slot_types)/([\w.]+?)\.tsv")


def place_of(finding: Finding, names: Collection[str]) -> tuple[str, str]:
    """Return the kind of place, and the name there.

    :param names: of the intents and slot types that there are. The name of another is empty: it is added.
    :return: two empty texts where no place is told.
    """
    if finding.code.endswith(("-invocation-name", "-invocation-names")):
        return NAMES, ""
    text = f"{finding.where.path or ''} {CODES[finding.code].fix} {finding.message}"
    if file := _FILE.search(text):
        folder, name = file.groups()
        return folder, name if name in names else ""
    if "built_in_intents" in text or "built_in_slot_types" in text:
        return BUILT_IN, ""
    return "", ""
