"""Read and write a folder with an interaction model.

::

    interaction_model/
        model.toml                  extension id, language, invocation names, what is built in
        intents/OrderPizza.tsv      one file a custom intent
        slot_types/PIZZA_TYPE.tsv   one file a custom slot type

The ``.tsv`` files are the platforms' exchange format, which holds neither a name nor a kind: the name of the
file and its folder tell them, also as a console names its downloads (:mod:`.file_names`). A file that was
read and not changed is written byte for byte and keeps its name: each object keeps the bytes it came from,
which are written again while their content is still the same. What was changed is written anew: slots, a
blank line, expressions, one a line, with the line ends and the byte order mark that the file had.

From the guides' sections on the developer console's exchange files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from shutil import copymode
from typing import TypeVar

from ...errors import ModelError
from ...texts.templated import Templated
from .config import CONFIG_NAME, read_config, write_config
from .file_names import intent_file, intent_name, slot_type_file, slot_type_name
from .findings import raise_all
from .intents import read_intent, write_intent
from .objects import INTENTS, SLOT_TYPES, InteractionModel
from .slot_types import read_slot_type, write_slot_type

__all__ = [
    "INTENTS", "SLOT_TYPES", "load_model", "read_config", "read_intent", "read_slot_type", "save_model",
    "stamp_of", "tables_of", "write_config", "write_intent", "write_slot_type",
]  # fmt: skip

T = TypeVar("T")
Read = Callable[[bytes, str, Path], T]


def load_model(folder: str | PathLike[str], *, option: str = "") -> InteractionModel:
    """Read a folder with an interaction model.

    :param option: what names the extension on a command line, for the error where there is no model.
    :raises ModelError: with every problem of every file.
    """
    folder = Path(folder)
    try:
        _require_model(folder, option)
        return _Loader(folder).load()
    except OSError as error:
        raise ModelError(
            Templated("Cannot be read: %(reason)s.", reason=Templated(str(error.strerror))),
            Path(error.filename or folder),
        ) from None


def stamp_of(folder: str | PathLike[str]) -> tuple[str, ...]:
    """Return what is another when a file of a model is: names, sizes and times, without reading the files."""
    folder = Path(folder)
    tables = [path for kind in (INTENTS, SLOT_TYPES) for path in _tables(folder / kind)]
    return tuple(map(_stamp, (folder / CONFIG_NAME, *tables)))


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return str(path)
    return f"{path} {found.st_size} {found.st_mtime_ns}"


def save_model(model: InteractionModel, folder: str | PathLike[str]) -> None:
    """Write a model to a folder, which then holds this model and no other.

    Intents and slot types that the model does not have are removed from the folder, as an upload to the
    console replaces what was there. Nothing is written when the model has a value that its files cannot hold.

    :raises ModelError: the model has such a value, or a file cannot be written.
    """
    folder = Path(folder)
    files = dict(_files(model, folder))
    try:
        for name in (INTENTS, SLOT_TYPES):
            _require_inside(folder, name)
            (folder / name).mkdir(parents=True, exist_ok=True)
        _write(files, folder)
        for name in (INTENTS, SLOT_TYPES):
            for path in set(_tables(folder / name)) - set(files):
                path.unlink()
    except OSError as error:
        raise ModelError(
            Templated("Cannot be written: %(reason)s.", reason=Templated(str(error.strerror))),
            Path(error.filename or folder),
        ) from None


def _require_inside(folder: Path, name: str) -> None:
    """Refuse a folder of files that is a link to somewhere else, where nobody expects to find a model."""
    if not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise ModelError(
            Templated("This leads out of the model's folder. Put the files themselves here."), folder / name
        )


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _target(path: Path, folder: Path) -> Path:
    """Return the file that is written for a path: where a link leads, which stays a link.

    :raises ModelError: it leads out of the model's folder.
    """
    if not path.is_symlink():
        return path
    target = path.resolve()
    if not target.is_relative_to(folder.resolve()):
        raise ModelError(
            "This is a link that leads out of the model's folder, where nothing is written. Change the file "
            "that it leads to, or put the file itself here.",
            path,
        )
    return target


def _write(files: dict[Path, bytes], folder: Path) -> None:
    """Write what differs, all of it beside its place first: where one file cannot be written, none is."""
    drafts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            if not _holds(path, data):
                target = _target(path, folder)
                drafts[target] = _draft(target, data)
        for path, draft in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _draft(path: Path, data: bytes) -> Path:
    """Write the new content beside a file, to be moved over it, so that the file is always complete."""
    draft = path.with_name(f".draft-{hashlib.sha256(path.name.encode()).hexdigest()[:16]}")
    draft.unlink(missing_ok=True)  # left over, or a link that would be followed
    with draft.open("xb") as file:
        file.write(data)
    if path.is_file():
        copymode(path, draft)
    return draft


def _files(model: InteractionModel, folder: Path) -> Iterator[tuple[Path, bytes]]:
    yield _written(folder / CONFIG_NAME, write_config, model)
    for intent in model.intents.values():
        yield _written(folder / INTENTS / intent_file(intent, model.extension_id), write_intent, intent)
    for slot_type in model.slot_types.values():
        yield _written(folder / SLOT_TYPES / slot_type_file(slot_type), write_slot_type, slot_type)


def _written(path: Path, write: Callable[[T], bytes], item: T) -> tuple[Path, bytes]:
    try:
        return path, write(item)
    except ModelError as error:
        raise ModelError(error.text, path, error.line) from None


def tables_of(folder: Path, extension_id: str = "") -> list[tuple[str, str, Path]]:
    """List the exchange files of a model, each with its folder's name and the name of what it is of.

    Those that lie beside the two folders are among them, with ``.`` as the folder's name.
    """
    named: dict[str, Callable[[str], str]] = {
        ".": slot_type_name,
        INTENTS: partial(intent_name, extension_id=extension_id),
        SLOT_TYPES: slot_type_name,
    }
    return [(kind, name(path.name), path) for kind, name in named.items() for path in _tables(folder / kind)]


def _tables(folder: Path) -> list[Path]:
    """List the exchange files of a folder by name, without hidden ones, which are the system's own."""
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.suffix.lower() == ".tsv"]
    return sorted(path for path in files if not path.name.startswith("."))


def _require_model(folder: Path, option: str) -> None:
    remedy = Templated("Start a model from the handlers: flask clova model new%(option)s.", option=option)
    if not folder.exists():
        raise ModelError(Templated("There is no such folder. %(remedy)s", remedy=remedy), folder)
    if not folder.is_dir():
        raise ModelError(Templated("A model must be a folder, not a file."), folder)
    tables = [path for name in (".", INTENTS, SLOT_TYPES) for path in _tables(folder / name)]
    if not (tables or (folder / CONFIG_NAME).exists()):
        raise ModelError(Templated("There is no model in the folder. %(remedy)s", remedy=remedy), folder)


class _Loader:
    """Reads the files of a folder and collects their problems."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._errors: list[ModelError] = []

    def load(self) -> InteractionModel:
        config = self._config()
        named = partial(intent_name, extension_id=config.extension_id)
        intents = self._items(INTENTS, read_intent, named)
        slot_types = self._items(SLOT_TYPES, read_slot_type, slot_type_name)
        self._refuse_strays()
        raise_all(self._errors)
        return replace(config, intents=intents, slot_types=slot_types, folder=self._folder)

    def _config(self) -> InteractionModel:
        path = self._folder / CONFIG_NAME
        if not path.exists():
            text = Templated(
                'There is no %(config_name)s. Write one: language = "ko", invocation_names = ["…"].',
                config_name=CONFIG_NAME,
            )
            self._errors.append(ModelError(text, path))
            return InteractionModel()
        return self._read(path, lambda data: read_config(data, path)) or InteractionModel()

    def _items(self, kind: str, read: Read[T], named: Callable[[str], str]) -> dict[str, T]:
        items: dict[str, T] = {}
        files: dict[str, str] = {}
        for path in _tables(self._folder / kind):
            name = named(path.name)
            first = files.setdefault(name, path.name)
            if first != path.name:
                text = Templated(
                    "%(first)s is the file of %(name)s too. Keep the newer one of the two, and remove "
                    "the other.",
                    first=first,
                    name=name,
                )
                self._errors.append(ModelError(text, path))
                continue
            item = self._table(path, name, read)
            if item is not None:
                items[name] = item
        return items

    def _refuse_strays(self) -> None:
        for path in _tables(self._folder):
            text = Templated(
                "Move the file to %(intents)s/ or %(slot_types)s/; its folder tells what it is.",
                intents=INTENTS,
                slot_types=SLOT_TYPES,
            )
            self._errors.append(ModelError(text, path))

    def _table(self, path: Path, name: str, read: Read[T]) -> T | None:
        return self._read(path, lambda data: read(data, name, path))

    def _read(self, path: Path, read: Callable[[bytes], T]) -> T | None:
        try:
            return read(path.read_bytes())
        except OSError as error:
            self._errors.append(
                ModelError(
                    Templated("Cannot be read: %(reason)s.", reason=Templated(str(error.strerror))), path
                )
            )
        except ModelError as error:
            self._errors += error.problems
        return None
