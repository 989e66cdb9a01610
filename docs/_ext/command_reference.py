"""A directive that writes the reference of ``flask clova`` from the commands' own help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from clova_flask.devtools.cli.commands import clova


def _commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    """List the commands of a group and of the groups in it, with their full names."""
    for key, command in sorted(group.commands.items()):
        full_name = f"{name} {key}"
        if isinstance(command, click.Group):
            yield from _commands(command, full_name)
        else:
            yield full_name, command


def _section(name: str, command: click.Command) -> Iterator[str]:
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    usage = " ".join([name, *(["[OPTIONS]"] if options else []), *(_metavar(a, command) for a in arguments)])
    yield from (name, "-" * len(name), "", "::", "", f"   {usage}", "", command.help or "", "")
    if options:
        yield from (".. list-table::", "   :widths: 25 75", "")
    for option in options:
        yield f"   * - ``{_metavar(option, command)}``"
        yield f"     - {option.help or ''}{_default(option)}"
    yield ""


def _metavar(parameter: click.Parameter, command: click.Command) -> str:
    context = click.Context(command)
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(context)
    value = "" if getattr(parameter, "is_flag", False) else f" {parameter.make_metavar(context)}"
    return f"{parameter.opts[0]}{value}"


def _default(option: click.Option) -> str:
    environment = f" Also read from ``{option.envvar}``." if option.envvar else ""
    return f"{environment} Default: ``{option.default}``." if _has_default(option) else environment


def _has_default(option: click.Option) -> bool:
    return not option.is_flag and isinstance(option.default, (str, int))


class CommandReference(SphinxDirective):
    """``.. command-reference::``."""

    def run(self) -> list[nodes.Node]:
        """Write a section for each command."""
        commands = _commands(clova, "flask clova")
        lines = [line for name, command in commands for line in _section(name, command)]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("command-reference", CommandReference)
    return {"parallel_read_safe": True}
