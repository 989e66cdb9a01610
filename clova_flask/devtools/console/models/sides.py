"""The two models that are kept in step, each as its parts, of which only those that differ are read.

To read both models of 200 intents × 200 expressions takes 0.7 s, and to compare their bytes 20 ms (2026-11).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from ....errors import ModelError
from ....texts.templated import Templated
from ...model.config import CONFIG_NAME
from ...model.files import (
    INTENTS,
    SLOT_TYPES,
    load_model,
    read_config,
    read_intent,
    read_slot_type,
    stamp_of,
    tables_of,
)
from ...model.objects import CustomIntent, CustomSlotType, InteractionModel
from ...model.three_way import CONFIG, NAMES, config_digest, names_digest, part_digest
from ...model.three_way import INTENT as INTENT_KEY
from ...model.three_way import SLOT_TYPE as SLOT_TYPE_KEY
from ..kept import kept
from ..records import Version
from .records import CONFIG as CONFIG_PART
from .records import INTENT, ModelPart, digest_of
from .store import config_of, intent_of, parts_of, slot_type_of

Part = CustomIntent | CustomSlotType


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two.

    :ivar config: what is in no exchange file; None where there is no model at all.
    :ivar files: the digests of the files of its parts, by their keys.
    :ivar read: reads a part.
    """

    config: InteractionModel | None
    files: dict[str, str]
    read: Callable[[str], Part]

    def digest(self, key: str) -> str:
        """Return the digest of what a part has, without its comments and line ends."""
        return kept().get("digests", (key, self.files[key]), lambda: part_digest(self.read(key)))

    def with_parts(self, keys: Collection[str]) -> InteractionModel:
        """Return the model with some of its parts alone."""
        parts = {key: self.read(key) for key in keys if key in self.files}
        intents = {part.name: part for part in parts.values() if isinstance(part, CustomIntent)}
        slot_types = {part.name: part for part in parts.values() if isinstance(part, CustomSlotType)}
        return replace(self.config or InteractionModel(), intents=intents, slot_types=slot_types)


def digests_of(first: Side, second: Side) -> tuple[dict[str, str], dict[str, str]]:
    """Return the digests of both; of parts with the same bytes those of the bytes, which are not read."""
    same = {key for key, digest in first.files.items() if second.files.get(key) == digest}
    return _digests(first, same), _digests(second, same)


def _digests(side: Side, same: set[str]) -> dict[str, str]:
    if side.config is None:
        return {}
    parts = {key: digest if key in same else side.digest(key) for key, digest in side.files.items()}
    return {NAMES: names_digest(side.config), CONFIG: config_digest(side.config), **parts}


def stored_side(version: Version) -> Side:
    """Return the model that is edited in the console."""
    rows = {f"{row.part}/{row.name}": row for row in parts_of(version) if row.part != CONFIG_PART}
    files = {key: row.digest for key, row in rows.items()}
    return Side(config_of(version), files, lambda key: _part_in(rows[key]))


def _part_in(row: ModelPart) -> Part:
    return intent_of(row) if row.part == INTENT else slot_type_of(row)


def folder_side(folder: Path) -> Side:
    """Return the model in a folder.

    :raises ModelError: it cannot be read.
    """
    if not folder.exists():
        return Side(None, {}, lambda key: CustomIntent(key))
    if not (folder / CONFIG_NAME).is_file():
        load_model(folder)  # which tells what is wrong with the folder
    config = read_config(_bytes(folder / CONFIG_NAME), folder / CONFIG_NAME)
    try:
        paths, stamp = _paths(folder, config.extension_id), stamp_of(folder)
    except OSError as error:
        raise ModelError(
            Templated("Cannot be read: %(reason)s.", reason=Templated(str(error.strerror))), folder
        ) from None
    files = kept().get("digests", ("folder", *stamp), lambda: _file_digests(paths))
    return Side(config, files, lambda key: _part_at(key, paths[key]))


def _file_digests(paths: dict[str, Path]) -> dict[str, str]:
    return {key: digest_of(_bytes(path)) for key, path in paths.items()}


def _paths(folder: Path, extension_id: str) -> dict[str, Path]:
    tables = tables_of(folder, extension_id)
    keys = {INTENTS: INTENT_KEY, SLOT_TYPES: SLOT_TYPE_KEY}
    paths = {f"{keys[kind]}{name}": path for kind, name, path in tables if kind in keys}
    if len(paths) < len(tables):
        load_model(folder)  # which tells of files that are of one name, or beside their place
    return paths


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            Templated("Cannot be read: %(reason)s.", reason=Templated(str(error.strerror))), path
        ) from None


def _part_at(key: str, path: Path) -> Part:
    kind, _, name = key.partition("/")
    data = _bytes(path)
    return read_intent(data, name, path) if f"{kind}/" == INTENT_KEY else read_slot_type(data, name, path)
