"""Write the tables of settings into the README and the documentation, from where the package declares them.

Run ``python docs/_ext/settings_tables.py`` after a change; a test fails while a table is not up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from clova_flask.settings import SETTINGS

ROOT = Path(__file__).parents[2]


def _markdown() -> Iterator[str]:
    yield "| setting | default | |"
    yield "| --- | --- | --- |"
    for setting in SETTINGS.values():
        row = f"| ``{setting.key}`` | {setting.shown_default} | {setting.help} |"
        yield row.replace("``", "`").replace("|  |", "| |")


def _restructured_text() -> Iterator[str]:
    yield from (".. list-table::", "   :header-rows: 1", "   :widths: auto", "")
    yield from ("   * - Setting", "     - Argument", "     - Default", "     - Meaning")
    for setting in SETTINGS.values():
        yield f"   * - ``{setting.key}``"
        yield f"     - ``{setting.name}``"
        yield f"     - {setting.shown_default or '—'}"
        yield f"     - {setting.help}"


TABLES: dict[str, tuple[Callable[[], Iterator[str]], str, str]] = {
    "README.md": (_markdown, "<!-- settings -->\n", "\n<!-- end of settings -->"),
    "docs/reference/settings.rst": (_restructured_text, ".. settings\n\n", "\n\n.. end of settings"),
}
"""What writes the table of a file, and the marks that stand before and behind it."""


def updated(name: str) -> str:
    """Return the text of a file with its table as it has to be."""
    rows, start, end = TABLES[name]
    head, rest = (ROOT / name).read_text(encoding="utf-8").split(start)
    _, tail = rest.split(end)
    table = "\n".join(rows())
    return f"{head}{start}{table}{end}{tail}"


if __name__ == "__main__":
    for file in TABLES:
        (ROOT / file).write_text(updated(file), encoding="utf-8")
