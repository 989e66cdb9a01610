"""The checklist of a review: each rule with what a program finds, and the tick of a human."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ....findings import Finding
from ..extensions import note
from ..lifecycle import REVIEWER
from ..records import Version
from .fields import LOOKED_AT, links_accounts
from .rules import Rule, rules_of


@dataclass(frozen=True, slots=True)
class Point:
    """A rule, as it stands for a version.

    :ivar findings: what a program objects to.
    :ivar is_ticked: whether the reviewer has ticked it.
    :ivar is_untried: whether a program could check it, and has not.
    :ivar applies: whether it is one for an extension such as this.
    """

    rule: Rule
    findings: tuple[Finding, ...]
    is_ticked: bool
    is_untried: bool
    applies: bool = True

    @property
    def is_open(self) -> bool:
        """Whether an error was found, nothing was tried, or a human has still to look."""
        return self.applies and (self.has_errors or self.is_untried or self.lacks_tick)

    @property
    def has_errors(self) -> bool:
        """Whether a program has found an error."""
        return any(finding.is_error for finding in self.findings)

    @property
    def lacks_tick(self) -> bool:
        """Whether a human has still to look."""
        return self.applies and self.rule.by_human and not self.is_ticked


def checklist(version: Version, findings: Iterable[Finding]) -> list[Point]:
    """Make the checklist of a version.

    :param findings: what is found in it.
    """
    extension, found = version.extension, list(findings)
    return [_point(rule, version, found) for rule in rules_of(extension.kind, extension.platform)]


def _point(rule: Rule, version: Version, findings: Iterable[Finding]) -> Point:
    mine = tuple(one for one in findings if one.code in rule.codes or _is_unchecked(one, rule))
    applies = _applies(rule, version)
    return Point(
        rule,
        mine,
        is_ticked=rule.id in version.ticked,
        is_untried=applies and rule.needs_endpoint and version.tried is None,
        applies=applies,
    )


def _applies(rule: Rule, version: Version) -> bool:
    """Tell whether a rule is one for a version: what was found by it is told in any case."""
    was_found = any(code in rule.codes for code, *_rest in version.tried or ())
    return not rule.only_linking or links_accounts(version) or was_found


def _is_unchecked(finding: Finding, rule: Rule) -> bool:
    """Tell whether nothing could be found by a rule: what it looks at is missing, or not to be had."""
    name = finding.where.name
    if finding.code == "review.missing-field":
        return LOOKED_AT.get(name) == rule.id
    return finding.code == "review.not-checked" and name == rule.id


def tick(version: Version, ids: Iterable[str]) -> None:
    """Note which rules the reviewer has ticked; committed by the caller."""
    wanted = set(ids)
    extension = version.extension
    rules = rules_of(extension.kind, extension.platform)
    known = [rule.id for rule in rules if rule.by_human and _applies(rule, version)]
    ticked = [one for one in known if one in wanted]
    if ticked != version.ticked:
        version.ticked = ticked
        note(version, "tick", f"{len(ticked)}/{len(known)}", actor=REVIEWER)
