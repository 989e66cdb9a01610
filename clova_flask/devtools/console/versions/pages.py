"""The pages of an extension's versions: two of them compared, and how the store would show one."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ..extensions import asked_version, find_version
from ..fields.tables import form_of
from ..numbers import whole
from ..page import extension_page
from ..records import Extension, Version
from .comparing import differing_fields, model_changes
from .store_page import keywords, label_of, notices

MAX_CHANGES = 500
"""Differences of models that are listed."""

blueprint = Blueprint("versions", __name__, url_prefix="/extensions/<int:key>")


@blueprint.get("/versions")
def compare(key: int) -> ResponseReturnValue:
    """Compare two versions: those of the address, or the test version with the one before it that counts."""
    second = find_version(key, request.args.get("second", type=whole))
    number = request.args.get("first", type=whole)
    first = find_version(key, number) if number is not None else _before(second)
    changes = model_changes(first, second)
    return extension_page(
        "versions/compare",
        second.extension.test_version,
        first=first,
        second=second,
        differences=differing_fields(first, second),
        changes=changes[:MAX_CHANGES],
        left_out=max(0, len(changes) - MAX_CHANGES),
    )


def _before(version: Version) -> Version:
    """Return what a version is compared with where nothing is said: users' version, or the one before it."""
    extension: Extension = version.extension
    earlier = [one for one in extension.versions if one.number < version.number]
    service = extension.service_version
    if service in earlier:
        return service
    return earlier[-1] if earlier else version


@blueprint.get("/store-page")
def store(key: int) -> ResponseReturnValue:
    """Show a version as the store would."""
    version = asked_version(key)
    extension = version.extension
    return extension_page(
        "versions/store",
        version,
        notices=notices(version),
        keywords=keywords(version.values),
        category=label_of(version, "category"),
        step_of={
            field.name: step.name
            for step in form_of(extension.kind, extension.platform)
            for field in step.fields
        },
    )
