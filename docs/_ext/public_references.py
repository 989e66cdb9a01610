"""Resolves references to a module of the package by the public name of what is in it.

The reference documents public names alone, ``clova_flask.Answer``; annotations name the module that defines a
class, ``clova_flask.custom.answers.Answer``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import FunctionType
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

PUBLIC_MODULES = (
    "clova_flask",
    "clova_flask.audio",
    "clova_flask.cards",
    "clova_flask.home",
    "clova_flask.linking",
    "clova_flask.playback",
    "clova_flask.testing",
)
"""The modules that users import from; what they list in ``__all__`` is the reference."""


@cache
def public_names() -> dict[str, str]:
    """Map where each public object is defined to its public name."""
    names = {}
    for module in PUBLIC_MODULES:
        public = import_module(module)
        for name in public.__all__:
            value = getattr(public, name)
            # Not isinstance: a current_… proxy raises when it is asked anything outside of a message.
            if issubclass(type(value), (type, FunctionType)):
                names[f"{value.__module__}.{value.__qualname__}"] = f"{module}.{name}"
    return names


_OTHERS = {"Flask": "flask.Flask", "AbstractContextManager": "contextlib.AbstractContextManager"}


@cache
def short_names() -> dict[str, str]:
    """Map each name without its module to the full public name: a docstring names what stands beside it."""
    full = sorted({f"{module}.{name}" for module in PUBLIC_MODULES for name in import_module(module).__all__})
    return {name.rpartition(".")[2]: name for name in full} | _OTHERS


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.reference | None:
    """Resolve a reference that Sphinx could not, or rename its target for intersphinx."""
    if node.get("refdomain") != "py":
        return None
    target = node["reftarget"]
    public = public_names().get(target) or short_names().get(target) or target
    node["reftarget"] = public
    domain: Any = env.domains.python_domain
    reference: nodes.reference | None = domain.resolve_xref(
        env, node["refdoc"], app.builder, "obj", public, node, contnode
    )
    return reference


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the resolver."""
    app.connect("missing-reference", resolve, priority=400)  # before intersphinx
    return {"parallel_read_safe": True}
