"""A whole model as a zip in the layout of the project's folder, and back."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TypeVar

from ....errors import ModelError
from ...model.files import load_model, save_model
from ...model.objects import CustomIntent, CustomSlotType, InteractionModel

MAX_FILES = 2000
"""Files of an archive; a model of 200 intents and 200 slot types has a fifth of them."""
MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of an archive's files together: 2,000 expressions of each of 200 intents are half of it."""

Item = TypeVar("Item", CustomIntent, CustomSlotType)

_CHUNK = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)


def pack(model: InteractionModel) -> bytes:
    """Write a model as a zip.

    :raises ModelError: a value cannot be in a file.
    """
    packed = io.BytesIO()
    with TemporaryDirectory() as name, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        folder = Path(name)
        save_model(model, folder)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    return packed.getvalue()


def unpack(data: bytes) -> InteractionModel:
    """Read a model from a zip, whose files may be in one folder at its top.

    Nothing is written beyond a folder that is removed again, and no more than :data:`MAX_UNPACKED` bytes,
    whatever the archive says of their sizes.

    :raises ModelError: with every problem, each with the file's path in the archive and its line.
    """
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _write_files(archive, folder)
        # What is broken inside an archive is told by whichever part of the library meets it.
        except _BROKEN as error:
            raise ModelError(f"The file is not a zip that can be read: {error}") from None
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
        raise ModelError(f"The zip has {len(infos)} files; a model has at most {MAX_FILES}.")
    room = MAX_UNPACKED
    for info, path in _placed(infos):
        target = folder / path
        if not target.resolve().is_relative_to(folder):
            raise ModelError(f"The zip has a file outside of its folder: {info.filename!r}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        room = _write(archive, info, target, room)


def _placed(infos: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Return each file of a model with its path, without the folder that holds them all."""
    config = next((PurePosixPath(i.filename) for i in infos if i.filename.endswith("model.toml")), None)
    top = config.parent if config is not None else PurePosixPath()
    for info in infos:
        path = PurePosixPath(info.filename)
        if path.is_absolute() or ".." in path.parts:
            raise ModelError(f"The zip has a file outside of its folder: {info.filename!r}.")
        if path.is_relative_to(top) and path.suffix.lower() in (".tsv", ".toml"):
            yield info, path.relative_to(top)


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, room: int) -> int:
    with archive.open(info) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            room -= len(chunk)
            if room < 0:
                raise ModelError(f"The files of the zip have more than {MAX_UNPACKED >> 20} MB together.")
            file.write(chunk)
    return room
