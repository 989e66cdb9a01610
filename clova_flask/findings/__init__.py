"""Findings: what checks of settings, handlers, models, discovery and answers tell the developer.

A check returns findings; the command line, the endpoint's page, pytest and the console only show them.
"""

from __future__ import annotations

from .codes import CODES
from .finding import Finding, Place
from .rows import Code, Severity

__all__ = ["CODES", "Code", "Finding", "Place", "Severity"]
