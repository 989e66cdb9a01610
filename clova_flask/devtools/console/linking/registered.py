"""What account linking needs of an extension's fields."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ....platforms import PLATFORMS
from ...simulator.linking_steps import Authentication, Registration
from ..fields.checks import is_own_machine
from ..fields.rows import Field
from ..fields.shared import BODY
from ..fields.tables import form_of
from ..records import Version

NEEDED = ("account_linking", "authorization_url", "client_id", "token_url", "client_secret")
"""The fields without which nothing can be tried."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that has to be filled in first.

    :ivar step: the name of the step that it is in.
    """

    field: Field
    step: str


def missing_fields(version: Version) -> list[Missing]:
    """List what has to be filled in before an account can be linked."""
    steps = form_of(version.extension.kind, version.extension.platform)
    fields = [Missing(field, step.name) for step in steps for field in step.fields if field.name in NEEDED]
    return [one for one in fields if not version.values.get(one.field.name)]


def step_of(version: Version, name: str) -> str:
    """Return the name of the step with a field."""
    steps = form_of(version.extension.kind, version.extension.platform)
    return next(step.name for step in steps if any(field.name == name for field in step.fields))


def is_here(url: str) -> bool:
    """Tell whether an address is on this machine, where there is no https, and no need for it."""
    try:
        return is_own_machine(urlsplit(url).hostname or "")
    except ValueError:
        return False


def registration_of(version: Version, redirect_url: str = "") -> Registration:
    """Return what the platform would know of the extension's OAuth server.

    :param redirect_url: where the browser comes back to; without one, the platform's own.
    """
    values = version.values
    is_body = values.get("client_authentication") == BODY
    return Registration(
        authorization_url=values.get("authorization_url") or "",
        token_url=values.get("token_url") or "",
        refresh_url=values.get("refresh_url") or "",
        redirect_url=redirect_url or PLATFORMS[version.extension.platform].redirect_url,
        client_id=values.get("client_id") or "",
        client_secret=values.get("client_secret") or "",
        scopes=tuple(values.get("scopes") or ()),
        authentication=Authentication.BODY if is_body else Authentication.BASIC,
    )
