"""What is found, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass

from ...findings import CODES, Finding
from ...texts.templated import Templated, labelled
from .languages import current_language
from .texts import _
from .told import told


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
    if current_language() == "en" or isinstance(finding, ShownFinding):
        return Told(finding.message, _(code.fix))
    is_english = not isinstance(finding.message, Templated)
    return Told(_(code.meaning), _(code.fix), told(finding.message), is_english)
