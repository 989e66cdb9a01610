"""The package's templates, as Jinja loads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.loaders import split_template_path


class PackageTemplates(BaseLoader):
    """Reads the templates beside this module through its importer: from a folder, a zip or a frozen app."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Read a template."""
        file = files(__name__).joinpath(*split_template_path(template))
        try:
            return file.read_text(encoding="utf-8"), str(file), None
        except OSError:
            raise TemplateNotFound(template) from None

    def list_templates(self) -> list[str]:
        """List the names of all templates."""
        return sorted(_names(files(__name__), ""))


def _names(folder: Traversable, path: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _names(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".html"):
            yield path + entry.name
