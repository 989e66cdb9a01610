"""Sphinx configuration: ``python -m sphinx -W docs docs/_build``."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS / "_ext"))

from clova_flask import __version__

project = "clova-flask"
author = "The clova-flask authors"
project_copyright = author
release = __version__
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "command_reference",
    "findings_reference",
    "home_reference",
    "public_references",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "clova-flask"
add_module_names = False

# Without the empty lines before the mark that ends a quoted part of a program.
highlight_options = {"python": {"stripnl": True}}

# Every reference must resolve; a warning is an error in nox and CI.
nitpicky = True

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True

# What annotations name that has no entry of its own.
nitpick_ignore = [
    ("py:class", "Phrases"),  # nobody makes one; it is clova.phrases
    ("py:class", "HomeRegistry"),  # nobody makes HomeHandlers; they are clova.home
    ("py:class", "SettingArguments"),  # the page of settings lists them
    ("py:class", "Keeper"),  # nobody makes UserDataAccess; it is clova.user_data
    ("py:class", "Engine"),  # SQLAlchemy's
    ("py:class", "clova_flask.findings.finding.Finding"),  # the page of findings tells what they have
    ("py:class", "Texts"),  # a mapping, told where it is a parameter
    ("py:class", "clova_flask.custom.answers._Keep"),  # the default of state=
    # Parts of a message that code walks through and has no need to name.
    ("py:class", "clova_flask.custom.objects.System"),
    ("py:class", "clova_flask.custom.objects.SessionInfo"),
    ("py:class", "clova_flask.custom.objects.ContentLayer"),
]
nitpick_ignore_regex = [("py:class", r"clova_flask\.[a-z_.]+\.[CFKLNRT]")]  # types of their own

# The inventories are text and list the few names that these pages refer to: a build needs no network, and its
# result is always the same. When a reference to another project does not resolve, add its name to that file.
intersphinx_mapping = {
    name: (url, str(DOCS / "inventories" / f"{name}.txt"))
    for name, url in (
        ("click", "https://click.palletsprojects.com/en/stable"),
        ("flask", "https://flask.palletsprojects.com/en/stable"),
        ("marshmallow", "https://marshmallow.readthedocs.io/en/stable"),
        ("python", "https://docs.python.org/3"),
        ("requests", "https://requests.readthedocs.io/en/stable"),
        ("werkzeug", "https://werkzeug.palletsprojects.com/en/stable"),
    )
}
