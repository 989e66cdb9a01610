"""What is found, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass

from ...findings import CODES, Finding
from ...texts.templated import Templated, labelled
from .languages import current_language
from .texts import N_, _
from .told import told

_ADD_A_NAME = "model.no-invocation-name"
_FIXES = {
    _ADD_A_NAME: N_("Enter one in the form, in the field of the invocation names."),
    "model.too-many-invocation-names": N_("Remove some in the form, in the field of the invocation names."),
    "model.empty-invocation-name": N_("Remove it in the form, in the field of the invocation names."),
    "model.long-invocation-name": N_("Shorten it in the form, to what users like to say."),
    "model.reserved-name": N_("Rename it, or remove it and tick the built-in one of the name."),
    "model.foreign-intent": N_("Remove the intent, and tick our word among the built-in intents."),
    "model.no-expressions": N_("Add expressions on the page of the intent."),
    "model.unlisted-slot-type": N_("Tick the type among the built-in slot types."),
    "model.unknown-slot-type": N_("Choose another type for the slot, or add a slot type of this name."),
    "model.undeclared-slot": N_("Correct the tag, or make it a slot on the page of the intent."),
}
"""What to do on the pages, where the meaning of a code tells it of files."""


@dataclass(frozen=True, slots=True)
class ShownFinding(Finding):
    """A finding of the console's own, whose message is in the language of the page already."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a page tells it.

    :ivar title: what is wrong.
    :ivar fix: what to do, as its code tells it.
    :ivar detail: the message, which names the place and the values; empty where it is the title.
    :ivar is_english: whether the message is not in the language of the page.
    """

    title: str
    fix: str
    detail: str = ""
    is_english: bool = False


def placed(finding: Finding) -> str:
    """Return the message of a finding, after its place where it has one."""
    return labelled(str(finding.where), finding.message) if finding.where else finding.message


def told_of(finding: Finding) -> Told:
    """Tell a finding by its message where that is in the page's language, else by its code's meaning."""
    code = CODES[finding.code]
    fix = _(_FIXES.get(finding.code, code.fix))
    if finding.code == _ADD_A_NAME:  # its message tells of the file, too
        return Told(_(code.meaning), fix)
    if current_language() == "en" or isinstance(finding, ShownFinding):
        return Told(finding.message, fix)
    is_english = not isinstance(finding.message, Templated)
    return Told(_(code.meaning), fix, told(finding.message), is_english)
