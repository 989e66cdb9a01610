"""Read the YAML of transcripts: scalars as in JSON, no key twice, and the line of each turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import ClovaError
from ...texts.templated import Templated

_SCALARS = (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(?:0|[1-9]\d*)", list("-0123456789")),
    ("float", r"-?(?:0|[1-9]\d*)\.\d+", list("-0123456789")),
)
"""What is not text: the type, its pattern, and the characters it may begin with."""


class TranscriptError(ClovaError):
    """A file is not a valid transcript; the text tells where and why."""


class Places:
    """Where in a file something is."""

    def __init__(self, path: Path, root: Any) -> None:
        self._path = path
        self._root = root

    def line(self, *steps: Any) -> int:
        """Return the line, from 1, of what keys and indexes lead to, as far as they do."""
        node, line = self._root, 1
        for step in steps:
            found = _inside(node, step)
            if found is None:
                break
            line, node = _line(found[0]), found[1]
        return line

    def __call__(self, *steps: Any) -> str:
        """Return file and line of what keys and indexes lead to."""
        return f"{self._path}:{self.line(*steps)}"


def _inside(node: Any, step: Any) -> tuple[Any, Any] | None:
    """Return what names a part of a node, and the part."""
    if node.id == "sequence" and isinstance(step, int):
        return (node.value[step], node.value[step]) if step < len(node.value) else None
    pairs = node.value if node.id == "mapping" else []
    return next(((key, value) for key, value in pairs if key.value == str(step)), None)


def read_yaml(path: Path, text: str | None = None) -> tuple[Any, Places]:
    """Read a transcript.

    :param text: what the file is to have; None reads it.
    :return: its data, and where each part of it is.
    :raises TranscriptError: it cannot be read, or is not YAML.
    """
    yaml = _import_yaml()
    try:
        loader = _loader(yaml)(path.read_text(encoding="utf-8") if text is None else text)
        root = loader.get_single_node()
        _require_unique_keys(path, root)
        data = loader.construct_document(root) if root else None
    except (OSError, UnicodeDecodeError) as error:
        raise TranscriptError(
            Templated("%(path)s cannot be read: %(error)s", path=path, error=error)
        ) from None
    # Among them what PyYAML raises for a tag whose value does not fit, such as !!timestamp.
    except (ValueError, AttributeError, RecursionError) as error:
        raise TranscriptError(
            Templated("%(path)s: This is not a valid transcript: %(error)s", path=path, error=error)
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise TranscriptError(
            Templated(
                "%(where)s: This is not YAML: %(problem)s",
                where=where,
                problem=getattr(error, "problem", error),
            )
        ) from None
    return data, Places(path, root)


def _import_yaml() -> Any:
    try:
        import yaml
    except ImportError:
        raise TranscriptError(
            Templated("Transcripts are YAML. To read them: pip install 'clova-flask[local]'")
        ) from None
    return yaml


def _loader(yaml: Any) -> Any:
    """Make a loader that reads scalars as JSON does, and anything else as text: ``18:30:00``, ``no``."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        yaml_implicit_resolvers: dict[str, Any] = {}

    for tag, pattern, first in _SCALARS:
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})\\Z"), first)
    return Loader


def _require_unique_keys(path: Path, root: Any) -> None:
    """Refuse a mapping with a key twice, of which YAML drops one."""
    for node, hint in (
        (root, ""),
        *((turn, Templated(" Begin another turn with '-'.")) for turn in _turns(root)),
    ):
        seen: set[str] = set()
        for key in _keys(node):
            if key.value in seen:
                raise TranscriptError(
                    Templated(
                        "%(path)s:%(line)s: %(key)s must not occur twice here.%(hint)s",
                        path=path,
                        line=_line(key),
                        key=repr(key.value),
                        hint=hint,
                    )
                )
            seen.add(key.value)


def _keys(node: Any) -> list[Any]:
    pairs = node.value if node is not None and node.id == "mapping" else []
    return [key for key, _ in pairs if isinstance(key.value, str)]


def _turns(root: Any) -> Iterator[Any]:
    for key, value in root.value if root is not None and root.id == "mapping" else []:
        if getattr(key, "value", None) == "turns" and value.id == "sequence":
            yield from value.value
            return


def _line(node: Any) -> int:
    line: int = node.start_mark.line + 1
    return line
