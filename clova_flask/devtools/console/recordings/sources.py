"""Where recordings are: in folders of the attached app's project, or among the uploads."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from ...simulator.recorded import MAX_RECORDING, RecordingError
from ..attached.project import ProjectError, path_within, project_folder
from ..texts import _
from .records import find_uploaded, uploaded_names

UPLOADS = "uploads:"
"""The name of the uploads, as a folder; no folder of a project is called so."""
MAX_FOLDERS = 2000
"""Folders of a project that are looked into."""
MAX_FILES = 1000
"""Recordings of a folder that are listed."""

_NAME = re.compile(r"\d{4,}-[^/\\]+\.json")
"""What ``flask clova record`` calls its files."""
_OTHERS = frozenset({"node_modules", "__pycache__", "site-packages", "build", "dist"})
"""Folders in which nobody records, and which have many files."""


@dataclass(frozen=True, slots=True)
class Source:
    """Recordings of one place, in the order in which they were made.

    :ivar name: the folder's path within the project, or :data:`UPLOADS`.
    :ivar read: reads one by its name.
    """

    name: str
    files: tuple[str, ...]
    read: Callable[[str], bytes]


def folders() -> list[tuple[str, int]]:
    """List the folders of the project that have recordings, and how many."""
    project = project_folder()
    if project is None:
        return []
    found = []
    for folder, names in islice(_walk(project), MAX_FOLDERS):
        count = sum(1 for name in names if _NAME.fullmatch(name))
        if count:
            found.append((folder.relative_to(project).as_posix(), count))
    return sorted(found)


def _walk(project: Path) -> Iterator[tuple[Path, list[str]]]:
    for here, inner, names in os.walk(project):
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in _OTHERS)
        if "pyvenv.cfg" in names:
            inner.clear()
        else:
            yield Path(here), names


def source_of(extension_key: int, name: str) -> Source | None:
    """Return the recordings of a place; None where there are none."""
    if name == UPLOADS:
        uploaded = tuple(uploaded_names(extension_key))
        return Source(name, uploaded, partial(_read_uploaded, extension_key)) if uploaded else None
    project = project_folder()
    if project is None:
        return None
    try:
        # Of a folder as of a file in it: nothing outside of the project, and nothing hidden.
        folder = path_within(project, f"{name}/0000-x.json", ".json").parent
        with os.scandir(folder) as entries:
            files = sorted(one.name for one in entries if _NAME.fullmatch(one.name))[:MAX_FILES]
    except (ProjectError, OSError):
        return None
    return Source(name, tuple(files), partial(_read_file, project, name)) if files else None


def _read_uploaded(extension_key: int, name: str) -> bytes:
    found = find_uploaded(extension_key, name)
    if found is None:
        raise RecordingError(_("%(name)s is not there any more.", name=name))
    return found.content


def _read_file(project: Path, folder: str, name: str) -> bytes:
    try:
        path = path_within(project, f"{folder}/{name}", ".json")
        if not path.is_file():
            raise RecordingError(_("%(name)s is not a file.", name=name))
        with path.open("rb") as file:
            return file.read(MAX_RECORDING + 1)
    except ProjectError as error:
        raise RecordingError(str(error)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text = _("%(name)s cannot be read or written: %(reason)s.", name=name, reason=reason)
        raise RecordingError(text) from None
