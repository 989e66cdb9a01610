"""A directive that writes the codes of findings into the documentation, from where the package has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from clova_flask.findings import CODES


def _lines(subject: str) -> Iterator[str]:
    for code in CODES.values():
        if code.subject == subject:
            yield from (
                f"_`{code.name}` ({code.severity})",
                f"   {code.meaning}",
                "",
                f"   *Fix:* {code.fix}",
                "",
            )


class Findings(SphinxDirective):
    """``.. findings:: home`` lists the codes of a subject."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Write the list."""
        return self.parse_text_to_nodes("\n".join(_lines(self.arguments[0])))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("findings", Findings)
    return {"parallel_read_safe": True}
