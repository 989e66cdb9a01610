"""Finding, making and deleting extensions; each change notes who did it."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from sqlalchemy import select

from .fields.rows import Field, Kind
from .fields.tables import fields_of
from .lifecycle import DEVELOPER, IN_REVIEW, PREPARING
from .numbers import whole
from .records import Act, Extension, Version, db, now
from .texts import _


def all_extensions() -> list[Extension]:
    """List the extensions, the newest change first."""
    found = db.session.scalars(select(Extension)).all()
    return sorted(found, key=lambda extension: extension.test_version.changed_at, reverse=True)


def find_extension(key: int) -> Extension:
    """Return an extension, or answer 404."""
    extension: Extension | None = db.session.get(Extension, key)
    if extension is None:
        abort(404, _("There is no such extension; it may have been deleted."))
    return extension


def find_version(key: int, number: int | None) -> Version:
    """Return a version of an extension by its number, or the test version; or answer 404."""
    extension = find_extension(key)
    if number is None:
        return extension.test_version
    found = next((version for version in extension.versions if version.number == number), None)
    if found is None:
        abort(404, _("There is no such version."))
    return found


def asked_version(key: int) -> Version:
    """Return the version that the address asks for, or the test version; or answer 404."""
    return find_version(key, request.args.get("version", type=whole))


def is_taken(extension_id: str) -> bool:
    """Tell whether an extension has this id, in whatever case."""
    same = Extension.folded_id == extension_id.lower()
    return db.session.scalar(select(Extension.id).where(same)) is not None


def add_extension(kind: str, platform: str, values: dict[str, Any]) -> Extension:
    """Add an extension with a first version.

    :param values: of its fields, the id among them.
    :raises sqlalchemy.exc.IntegrityError: another has the id.
    """
    defaults = {row.name: row.default for row in fields_of(kind, platform).values() if _has_default(row)}
    extension_id = values["extension_id"]
    extension = Extension(
        kind=kind, platform=platform, extension_id=extension_id, folded_id=extension_id.lower()
    )
    extension.versions.append(Version(number=1, values={**defaults, **values}, changed_at=now()))
    db.session.add(extension)
    note(extension.versions[0], "register", extension=extension)
    db.session.commit()
    return extension


def _has_default(row: Field) -> bool:
    return row.default is not None and row.kind is not Kind.SHOWN


def change(version: Version, values: dict[str, Any], detail: str) -> None:
    """Store values of fields.

    :param detail: what was changed, for the history.
    :raises sqlalchemy.orm.exc.StaleDataError: somebody else has changed the version meanwhile.
    """
    changed = {name: value for name, value in values.items() if version.values.get(name) != value}
    if not changed:
        return
    version.values = {**version.values, **changed}
    version.tried = None
    version.changed_at = now()
    note(version, "change", detail)
    db.session.commit()


def remove(extension: Extension) -> None:
    """Delete an extension with its versions; the history stays."""
    note(extension.test_version, "delete")
    db.session.delete(extension)
    db.session.commit()


def note(
    version: Version,
    action: str,
    detail: str = "",
    *,
    actor: str = DEVELOPER,
    extension: Extension | None = None,
) -> None:
    """Note who did what."""
    of = extension or version.extension
    db.session.add(
        Act(extension_id=of.extension_id, version=version.number, actor=actor, action=action, detail=detail)
    )


def in_review() -> list[Version]:
    """List the versions that wait for the reviewer or their deployment, the longest wait first."""
    query = select(Version).where(Version.state.in_((IN_REVIEW, PREPARING))).order_by(Version.changed_at)
    return list(db.session.scalars(query))


def history(extension: Extension) -> list[Act]:
    """List what was done with an extension, the newest first."""
    query = select(Act).where(Act.extension_id == extension.extension_id).order_by(Act.id.desc())
    return list(db.session.scalars(query))
