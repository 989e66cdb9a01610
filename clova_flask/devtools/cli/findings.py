"""Findings in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

import click

from ..diagnostics.extension import Finding


def show_findings(title: str, findings: Iterable[Finding]) -> int:
    """Print findings under a title and count the faults."""
    findings = list(findings)
    click.secho(f"{title}: {'' if findings else 'nothing to mend'}", bold=True)
    for finding in findings:
        mark = click.style("fault", fg="red") if finding.fault else click.style("note ", fg="yellow")
        click.echo(f"  {mark}  {finding.text}")
    return sum(finding.fault for finding in findings)
