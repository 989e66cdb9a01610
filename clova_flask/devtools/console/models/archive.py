"""A whole model as a zip in the layout of the project's folder, and back."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TypeVar

from ....errors import ModelError
from ....texts.templated import Templated
from ...model.config import CONFIG_NAME
from ...model.files import INTENTS, SLOT_TYPES, load_model
from ...model.objects import CustomIntent, CustomSlotType, InteractionModel

MAX_FILES = 2000
"""Files of an archive; a model of 200 intents and 200 slot types has a fifth of them."""
MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of an archive's files together: 2,000 expressions of each of 200 intents are half of it."""
MAX_LINES = 1_000_000
"""Lines of an archive's files together, which cost more to read than their bytes."""

Item = TypeVar("Item", CustomIntent, CustomSlotType)

_CHUNK = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Write the files of a model as a zip.

    :param files: what is in them, by their paths in the model's folder.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(path, content)
    return packed.getvalue()


def unpack(data: bytes) -> InteractionModel:
    """Read a model from a zip, whose files may be in one folder at its top.

    Nothing is written beyond a folder that is removed again; what has no place in a model is left out.

    :raises ModelError: with every problem, each with the file's path in the archive and its line.
    """
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _write_files(archive, folder)
        # What is broken inside an archive is told by whichever part of the library meets it.
        except _BROKEN as error:
            raise ModelError(
                Templated("The file is not a zip that can be read: %(error)s", error=error)
            ) from None
        try:
            model = load_model(folder)
        except ModelError as error:
            raise _inside(error, folder) from None
        return replace(
            model,
            folder=None,
            intents={name: _moved(item, folder) for name, item in model.intents.items()},
            slot_types={name: _moved(item, folder) for name, item in model.slot_types.items()},
        )


def _moved(item: Item, folder: Path) -> Item:
    """Give a part the path that it has in the archive."""
    return replace(item, path=item.path.relative_to(folder)) if item.path else item


def _inside(error: ModelError, folder: Path) -> ModelError:
    """Write paths as they are in the archive."""

    def moved(one: ModelError) -> ModelError:
        path = one.path
        if path is not None and path.is_relative_to(folder):
            path = path.relative_to(folder)
        return ModelError(one.text, path if path != Path() else None, one.line)

    first, *others = (moved(one) for one in error.problems)
    return ModelError(first.text, first.path, first.line, others=others)


def _write_files(archive: zipfile.ZipFile, folder: Path) -> None:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_FILES:
        raise ModelError(
            Templated(
                "The zip has %(count)s files; a model has at most %(max_files)s.",
                count=len(infos),
                max_files=MAX_FILES,
            )
        )
    for name in (INTENTS, SLOT_TYPES):
        (folder / name).mkdir()
    bounds = _Bounds()
    written: set[PurePosixPath] = set()
    for info, path in _placed(infos):
        if path in written:
            raise ModelError(Templated("The zip has this file twice. Remove one of the two."), Path(path))
        written.add(path)
        with archive.open(info) as packed, (folder / path).open("wb") as file:
            while chunk := packed.read(_CHUNK):
                bounds.count(chunk)
                file.write(chunk)


def _placed(infos: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Return each file of a model with its path, without the folder that holds them all."""
    paths = {info: _path(info) for info in infos}
    configs = [path for path in paths.values() if path.name == CONFIG_NAME]
    top = min(configs, key=lambda path: len(path.parts)).parent if configs else PurePosixPath()
    for info, path in paths.items():
        if path.is_relative_to(top) and _is_of_model(path.relative_to(top)):
            yield info, path.relative_to(top)


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    path = PurePosixPath(info.filename)
    if path.is_absolute() or ".." in path.parts:
        raise ModelError(
            Templated("The zip has a file outside of its folder: %(filename)s.", filename=repr(info.filename))
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # The library unpacks the others without a bound, before anything of it can be counted.
        raise ModelError(Templated("The file is packed by another method than Deflate."), Path(path))
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ModelError(Templated("The zip has a link in the place of a file."), Path(path))
    return path


def _is_of_model(path: PurePosixPath) -> bool:
    """Tell whether a file has a place in a model's folder, or lies beside its place, which is told."""
    if len(path.parts) == 2:
        return path.parts[0] in (INTENTS, SLOT_TYPES) and path.suffix.lower() == ".tsv"
    return path.name == CONFIG_NAME or (len(path.parts) == 1 and path.suffix.lower() == ".tsv")


class _Bounds:
    """Counts what is unpacked, whatever the archive says of its sizes."""

    def __init__(self) -> None:
        self._size = self._lines = 0

    def count(self, chunk: bytes) -> None:
        """Count a part of a file.

        :raises ModelError: it is too much.
        """
        self._size += len(chunk)
        self._lines += chunk.count(b"\n") + chunk.count(b"\r")
        if self._size > MAX_UNPACKED:
            raise ModelError(
                Templated(
                    "The files of the zip have more than %(max_unpacked)s MB together.",
                    max_unpacked=MAX_UNPACKED >> 20,
                )
            )
        if self._lines > MAX_LINES:
            raise ModelError(
                Templated(
                    "The files of the zip have more than %(max_lines)s lines together.", max_lines=MAX_LINES
                )
            )
