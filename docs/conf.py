"""Sphinx configuration: ``python -m sphinx -W docs docs/_build``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from clova_flask import __version__

project = "clova-flask"
author = "The clova-flask authors"
release = __version__
extensions = ["sphinx.ext.autodoc", "home_reference"]
exclude_patterns = ["_build"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
nitpicky = False
html_theme = "alabaster"
html_theme_options = {"page_width": "1100px"}
