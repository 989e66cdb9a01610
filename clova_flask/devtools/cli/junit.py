"""Findings and evaluated utterances as JUnit XML, which CI systems show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as Xml

from ...findings import Finding


def junit_xml(found: Mapping[str, Sequence[Finding]]) -> str:
    """Write findings: a suite for each extension, a failure for each error, a skipped case for each warning.

    :param found: findings by the name of the extension.
    """
    root = Xml.Element("testsuites")
    for name, findings in found.items():
        errors = sum(finding.is_error for finding in findings)
        counts = {"tests": len(findings) or 1, "failures": errors, "skipped": len(findings) - errors}
        suite = Xml.SubElement(root, "testsuite", name=_text(name))
        for key, count in counts.items():
            suite.set(key, str(count))
        for finding in findings:
            _add(suite, name, finding)
        if not findings:
            Xml.SubElement(suite, "testcase", classname=_text(name), name="no problems found")
    return _written(root)


class JunitCase(NamedTuple):
    """One case of a suite.

    :ivar group: what the case is shown under.
    :ivar failure: why it failed; empty where it passed.
    """

    group: str
    name: str
    failure: str = ""


def junit_of_cases(suite: str, cases: Sequence[JunitCase]) -> str:
    """Write a suite of cases.

    :param suite: its name.
    """
    root = Xml.Element("testsuites")
    failures = sum(bool(case.failure) for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failures), "skipped": "0"}
    element = Xml.SubElement(root, "testsuite", {"name": _text(suite), **counts})
    for case in cases:
        one = Xml.SubElement(element, "testcase", classname=_text(case.group), name=_text(case.name))
        if case.failure:
            Xml.SubElement(one, "failure", message=_text(case.failure))
    return _written(root)


def _written(root: Xml.Element) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _add(suite: Xml.Element, name: str, finding: Finding) -> None:
    case = Xml.SubElement(suite, "testcase", classname=_text(name), name=finding.code)
    kind = "failure" if finding.is_error else "skipped"
    Xml.SubElement(case, kind, message=_text(str(finding)))


def _text(text: str) -> str:
    """Leave out what XML cannot hold, which an endpoint may have answered."""
    return "".join(char for char in text if char.isprintable() or char in "\t\n")
