"""The checklist of a review: each rule with what a program finds, and the tick of a human."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ....findings import Finding
from ..extensions import note
from ..lifecycle import REVIEWER
from ..records import Version, db
from .rules import Rule, rules_of


@dataclass(frozen=True, slots=True)
class Point:
    """A rule, as it stands for a version.

    :ivar findings: what a program objects to.
    :ivar is_ticked: whether the reviewer has ticked it.
    :ivar is_untried: whether a program could check it, and has not.
    """

    rule: Rule
    findings: tuple[Finding, ...]
    is_ticked: bool
    is_untried: bool

    @property
    def is_open(self) -> bool:
        """Whether an error was found, nothing was tried, or a human has still to look."""
        has_errors = any(finding.is_error for finding in self.findings)
        return has_errors or self.is_untried or (self.rule.by_human and not self.is_ticked)


def checklist(version: Version, findings: Iterable[Finding]) -> list[Point]:
    """Make the checklist of a version.

    :param findings: what is found in it.
    """
    extension, found = version.extension, list(findings)
    return [_point(rule, version, found) for rule in rules_of(extension.kind, extension.platform)]


def _point(rule: Rule, version: Version, findings: Iterable[Finding]) -> Point:
    mine = tuple(one for one in findings if one.code in rule.codes or _is_unchecked(one, rule))
    return Point(
        rule,
        mine,
        is_ticked=rule.id in version.ticked,
        is_untried=rule.needs_endpoint and version.tried is None,
    )


def _is_unchecked(finding: Finding, rule: Rule) -> bool:
    return finding.code == "review.not-checked" and finding.where.name == rule.id


def tick(version: Version, ids: Iterable[str]) -> None:
    """Keep which rules the reviewer has ticked.

    :raises sqlalchemy.orm.exc.StaleDataError: somebody else has changed the version in the same moment.
    """
    wanted = set(ids)
    extension = version.extension
    known = [rule.id for rule in rules_of(extension.kind, extension.platform) if rule.by_human]
    ticked = [one for one in known if one in wanted]
    if ticked != version.ticked:
        version.ticked = ticked
        note(version, "tick", f"{len(ticked)}/{len(known)}", actor=REVIEWER)
        db.session.commit()
