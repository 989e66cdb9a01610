"""Builds kept on disk, in a hidden folder in the model's own: one a model, named by all it depends on.

A file is never trusted: what is not a build of this model is made again. Where nothing can be written,
nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from ..model.objects import InteractionModel
from .build import Build, intents_of
from .fitting import fits
from .languages.base import Language, language
from .stored import Arrays, decode, encode

FOLDER = ".clova-build"
"""In the folder of a model; what begins with a dot is no part of the model."""

_NAMES = "names"
_DRAFT, _BUILD = ".draft-*", "*.npz"
_DRAFT_SECONDS = 3600
"""After which a draft is what a process left that was killed."""


def kept_build(model: InteractionModel, make: Callable[[], Build]) -> Build:
    """Return the build that is kept of a model; where there is none, make one and keep it.

    :param model: the model; one without a folder is built anew.
    """
    if model.folder is None:
        return make()
    path = model.folder / FOLDER / f"{digest_of(model)}.npz"
    found = _read(path, model)
    if found is None:
        found = make()
        _keep(found, path)
    return found


def digest_of(model: InteractionModel) -> str:
    """Return what is another where anything is that a build depends on."""
    content = [
        _tools(language(model.language)),
        model.language,
        model.built_in_intents,
        model.built_in_slot_types,
        [
            [
                one.name,
                [(slot.name, slot.type) for slot in one.slots],
                [said.text for said in one.expressions],
            ]
            for one in model.intents.values()
        ],
        [
            [one.name, [(entry.value, entry.synonyms) for entry in one.entries]]
            for one in model.slot_types.values()
        ],
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


@lru_cache
def _tools(spoken: Language) -> tuple[str, ...]:
    """Name what builds are made with: this package, and the language's analyser."""
    return (_own(), *(f"{name} {_version(name)}" for name in ("clova-flask", *spoken.analyser_packages)))


def _own() -> str:
    """Return a digest of this package's files, which change between versions where it is worked on.

    The languages' rivals are among them.
    """
    here = Path(__file__).parent
    paths = sorted(path for path in here.rglob("*") if path.suffix in (".py", ".tsv"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _read(path: Path, model: InteractionModel) -> Build | None:
    """Read a build; None where there is none, or something else."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        found: Build = decode(Build, json.loads(arrays.pop(_NAMES).tobytes()), arrays)
        return found if fits(found, intents_of(model)) else None
    except Exception:  # noqa: BLE001  # whatever is in the file, it is none of the user's making
        return None


def _keep(build: Build, path: Path) -> None:
    folder = path.parent
    try:
        if folder.is_symlink():
            return  # nobody expects builds wherever it leads
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        _write(build, path)
        for old in folder.glob(_BUILD):
            if old != path:
                old.unlink(missing_ok=True)
        for draft in folder.glob(_DRAFT):
            if draft.stat().st_mtime < time.time() - _DRAFT_SECONDS:
                draft.unlink(missing_ok=True)
    except OSError:
        return


def _write(build: Build, path: Path) -> None:
    """Write a build beside its place first: who reads it meanwhile finds a whole one or none."""
    arrays: Arrays = {}
    names = json.dumps(encode(build, arrays), ensure_ascii=False).encode()
    arrays[_NAMES] = np.frombuffer(names, np.uint8)
    draft = path.with_name(f".draft-{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]  # to mypy a name may be allow_pickle's
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
