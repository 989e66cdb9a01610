"""Findings in the terminal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from ...findings import Finding, Severity

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_WIDTH = max(map(len, Severity))


def show_findings(title: str, findings: Sequence[Finding]) -> None:
    """Print findings under a title with their number."""
    click.secho(f"{title}: {_summary(findings)}", bold=True)
    for finding in findings:
        click.echo(f"  {styled(finding)}")


def styled(finding: Finding) -> str:
    """Return a finding as a coloured line: its severity, place, message and code."""
    severity = click.style(f"{finding.severity:<{_WIDTH}}", fg=_COLORS[finding.severity])
    code = click.style(f"[{finding.code}]", dim=True)
    return f"{severity}  {finding} {code}"


def exit_on_errors(findings: Iterable[Finding]) -> None:
    """End the command with exit code 1 when one of the findings is an error."""
    if any(finding.is_error for finding in findings):
        raise click.exceptions.Exit(1)


def findings_as_json(found: Mapping[str, Sequence[Finding]]) -> str:
    """Write the findings of several extensions as JSON, for other programs.

    :param found: findings by the name of the extension.
    """
    written = {name: [finding_as_json(finding) for finding in findings] for name, findings in found.items()}
    return json.dumps(written, ensure_ascii=False, indent=2)


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON."""
    where = finding.where
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "name": where.name,
        "path": str(where.path) if where.path else None,
        "line": where.line,
    }


def _summary(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    parts = [_counted(counts[severity], severity) for severity in Severity if counts[severity]]
    return ", ".join(parts) or "no problems found"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
