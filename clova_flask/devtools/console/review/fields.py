"""What a review would object to in what is entered, each at its field; nothing is sent for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from ....findings import Finding, Place
from ....platforms import PLATFORMS
from ...model.invocation_names import reserved_word
from ..fields.checks import remark_of
from ..fields.rows import Field, Kind, Size, Values
from ..fields.shared import LINE, NAVER
from ..fields.tables import HOME, fields_of
from ..found import ShownFinding
from ..images import MEDIA_TYPES, find_image
from ..records import Extension, Version, db
from ..texts import _
from . import icons

MIN_REVIEW_TEXT = 50
"""Characters below which a text for the reviewer cannot hold a summary and the intents with utterances."""
MAX_KEYWORDS = {LINE: 5}

_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.\w+|https?://|\d{2,4}[-) ]?\d{3,4}-\d{4}|\b1\d{3}-\d{4}\b")
_ACCOUNT = re.compile(r"계정|아이디|비밀번호|アカウント|パスワード|account|password|\bid\b", re.IGNORECASE)
_LAUNCHES = ("を起動", "を開", "をひら", "につな", "に繋")
"""How the phrases begin that launch a skill of LINE's."""
_LINKING = ("authorization_url", "token_url", "refresh_url", "settings_url", "linking_policy_url")
LOOKED_AT = {
    "description": "C7",
    "small_icon": "C8",
    "large_icon": "C8",
    "banner": "C8",
    "review_description": "C9",
    "examples": "C6",
}
"""Fields, and the rules that nothing can be found by while the field is empty."""
_COMPANY = ("head_office", "phone", "representative")


def review_fields(version: Version) -> list[Finding]:
    """Check what is entered of a version."""
    return [finding for check in _CHECKS for finding in check(version)]


def _fields(version: Version) -> dict[str, Field]:
    fields = fields_of(version.extension.kind, version.extension.platform)
    return {name: row for name, row in fields.items() if row.counts(version.values)}


def _missing(version: Version) -> Iterator[Finding]:
    values = version.values
    is_company = values.get("provider_kind") == "company"
    for name, row in _fields(version).items():
        needed = is_company and name in _COMPANY and not values.get(name)
        if (row.is_missing(values) and not row.needed_when) or needed:  # the other rule tells why
            yield _found("review.missing-field", name, _("Missing: %(field)s", field=_(row.label)))


def _addresses(version: Version) -> Iterator[Finding]:
    region = PLATFORMS[version.extension.platform].region
    for name, row in _fields(version).items():
        remark = remark_of(row, version.values.get(name), region) if row.kind is Kind.URL else ""
        if remark:
            yield _found(_code_of_address(name), name, _of_field(version, name, remark))


def _code_of_address(name: str) -> str:
    if name == "endpoint_url":
        return "review.endpoint-address"
    return "review.linking-address" if name in _LINKING else "review.page-address"


def links_accounts(version: Version) -> bool:
    """Tell whether an extension links accounts, as every home does."""
    return version.extension.kind == HOME or bool(version.values.get("account_linking"))


def _test_account(version: Version) -> Iterator[Finding]:
    values = version.values
    if links_accounts(version) and not _ACCOUNT.search(values.get("review_description") or ""):
        text = _("Accounts are linked. Name a test account, with its password.")
        yield _found("review.no-test-account", "review_description", text)


def _texts(version: Version) -> Iterator[Finding]:
    values, platform = version.values, version.extension.platform
    description, told = values.get("description"), values.get("review_description")
    if platform == NAVER and description and not _CONTACT.search(description):
        text = _("No e-mail address, phone number or page for customers is in it.")
        yield _found("review.no-contact", "description", _of_field(version, "description", text))
    if told and len(told) < MIN_REVIEW_TEXT:
        text = _(
            "It has %(count)s characters; a summary and each intent with utterances need more.",
            count=len(told),
        )
        named = _of_field(version, "review_description", text)
        yield _found("review.thin-text", "review_description", named)
    examples, name = values.get("examples") or [], values.get("invocation_name")
    if platform == LINE and examples and name and not _launches(examples[0], name):
        text = _("The first example must launch the skill: %(example)s", example=f"{name}を起動して")
        yield _found("review.first-example", "examples", text)
    yield from _keywords(version, MAX_KEYWORDS.get(platform))


def _launches(example: str, name: str) -> bool:
    return any(f"{name}{phrase}" in example.replace(" ", "") for phrase in _LAUNCHES)


def _keywords(version: Version, most: int | None) -> Iterator[Finding]:
    given = version.values.get("keywords") or ""
    count = len([word for word in re.split("[,、]", given) if word.strip()])
    if most is not None and count > most:
        text = _("There are %(count)s; at most %(most)s are allowed.", count=count, most=most)
        yield _found("review.too-many-keywords", "keywords", _of_field(version, "keywords", text))


def _compliance(version: Version) -> Iterator[Finding]:
    values, fields = version.values, _fields(version)
    if values.get("personal_data") and "policy_url" in fields and not values.get("policy_url"):
        text = _("Personal data is collected, so there must be a privacy policy.")
        yield _found("review.no-policy", "policy_url", text)
    if values.get("purchases"):
        text = _(
            "Purchases have to be agreed upon with the platform first. On LINE, orders need account linking."
        )
        yield _found("review.purchases", "purchases", text)


def _icons(version: Version) -> Iterator[Finding]:
    for name, row in _fields(version).items():
        image = find_image(version.values.get(name) or "") if row.kind is Kind.IMAGE else None
        if image is None:
            continue
        if Size(image.width, image.height) != row.size or image.media_type not in MEDIA_TYPES.values():
            text = _(
                "%(field)s: the icon must be a PNG or JPG of %(size)s pixels.",
                field=_(row.label),
                size=row.size,
            )
            yield _found("review.icon-size", name, text)
        elif version.extension.platform == NAVER and "icon" in name:
            if name == "large_icon" and icons.is_white(image):
                text = _("%(field)s: the ground is white. A review wants another colour.", field=_(row.label))
                yield _found("review.icon-white", name, text)
            if not icons.is_round(image):
                text = _("%(field)s: the corners are neither transparent nor white.", field=_(row.label))
                yield _found("review.icon-not-round", name, text)


def names_of(values: Values) -> dict[str, list[str]]:
    """Return the names of an extension by their fields."""
    names = {
        "name": [values.get("name")],
        "invocation_name": [values.get("invocation_name")],
        "invocation_names": values.get("invocation_names") or [],
        "sub_invocation_names": values.get("sub_invocation_names") or [],
    }
    return {field: [name for name in given if name] for field, given in names.items() if any(given)}


def _names(version: Version) -> Iterator[Finding]:
    region = PLATFORMS[version.extension.platform].region
    for field, names in names_of(version.values).items():
        row = _fields(version)[field]
        for name in names:
            remark = remark_of(row, name, region)
            if remark:
                is_reserved = reserved_word(name, region)
                code = "review.reserved-name" if is_reserved else "review.single-word-name"
                yield _found(code, field, _of_field(version, field, remark))
    yield from _taken(version)


def _taken(version: Version) -> Iterator[Finding]:
    others = db.session.scalars(select(Extension).where(Extension.id != version.extension_key))
    taken = {_folded(name) for name in _all_names(others)}
    for field, names in names_of(version.values).items():
        for name in names:
            if _folded(name) in taken:
                text = _("Another extension in this console is called %(name)s, too.", name=name)
                yield _found("review.name-taken", field, _of_field(version, field, text))


def _all_names(extensions: Iterable[Extension]) -> Iterator[str]:
    for extension in extensions:
        values = extension.test_version.values
        yield from (name for names in names_of(values).values() for name in names)


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def _of_field(version: Version, name: str, text: str) -> str:
    """Say what field a text is of: the same may be found at several."""
    return f"{_(_fields(version)[name].label)}: {text}"


def _found(code: str, field: str, text: str) -> Finding:
    return ShownFinding(code, text, Place(field))


_CHECKS: tuple[Callable[[Version], Iterator[Finding]], ...] = (
    _missing,
    _addresses,
    _names,
    _texts,
    _test_account,
    _compliance,
    _icons,
)
