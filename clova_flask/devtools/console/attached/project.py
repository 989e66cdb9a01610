"""The files of the attached app's project: which may be read and written, and how."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path, PurePosixPath

from ....errors import ClovaError
from ..texts import _
from .process import attached_app

MAX_PATH = 200
"""Characters of a path within the project."""


class ProjectError(ClovaError):
    """A path is not one that the console reads or writes."""


class FileIsThere(ProjectError):
    """The file is there already."""


def project_folder() -> Path | None:
    """Return the folder that the app was started in; None where no app is beside."""
    attached = attached_app()
    return attached.project if attached else None


def tests_folder(extension_id: str) -> str:
    """Return where the tests of an extension are, within the project: beside its model, or at the top."""
    attached = attached_app()
    if attached is None:
        return "tests"
    for one in attached.described():
        beside = Path(one.model_folder).parent / "tests"
        if one.extension_id == extension_id and beside.is_dir() and _is_within(attached.project, beside):
            return beside.resolve().relative_to(attached.project.resolve()).as_posix()
    return "tests"


def path_within(project: Path, name: str, end: str) -> Path:
    """Return the path of a file of the project.

    :param name: its path within the project, with ``/``.
    :param end: what its name ends with.
    :raises ProjectError: it is outside of the project, hidden, or of another kind; the text tells which.
    """
    parts = PurePosixPath(name.strip().replace("\\", "/"))
    if len(name) > MAX_PATH or any(not character.isprintable() for character in name):
        raise ProjectError(_("The path has at most %(count)s printable characters.", count=MAX_PATH))
    if not parts.name.endswith(end) or parts.name == end:
        raise ProjectError(_("The name of the file must end with %(end)s.", end=end))
    if parts.is_absolute() or any(part.startswith(".") for part in parts.parts):
        raise ProjectError(_("Write a path within the project: no .. and nothing hidden."))
    path = project.joinpath(*parts.parts)
    if not _is_within(project, path):
        raise ProjectError(_("A link leads out of the project."))
    return path


def digest_of(path: Path) -> str:
    """Return a digest of what is in a file; empty where there is none.

    :raises ProjectError: it cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _failed(path, error) from None


def write_file(path: Path, text: str, *, seen: str) -> None:
    """Write a file whole, or not at all.

    :param seen: the digest of the file that it replaces; empty for a new file.
    :raises FileIsThere: another file is there.
    :raises ProjectError: it cannot be written.
    """
    if digest_of(path) != seen:
        raise FileIsThere(_("%(name)s is there already.", name=path.name))
    try:
        data = text.encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        if seen:
            beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            beside.write_bytes(data)
            beside.replace(path)
        else:
            with path.open("xb") as file:
                file.write(data)
    except FileExistsError:  # made in this moment
        raise FileIsThere(_("%(name)s is there already.", name=path.name)) from None
    except UnicodeEncodeError:
        raise ProjectError(_("The text has half of a character, which no file can have.")) from None
    except OSError as error:
        raise _failed(path, error) from None


def _failed(path: Path, error: OSError) -> ProjectError:
    reason = error.strerror or type(error).__name__
    return ProjectError(_("%(name)s cannot be read or written: %(reason)s.", name=path.name, reason=reason))


def _is_within(project: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(project.resolve())
    except (OSError, RuntimeError):  # a link to itself
        return False
