"""What the store says of an extension by itself, from what is filled in.

From the guides' pictures of store pages: beside what the developer writes, it tells whether an account is
needed, whether there are purchases, and what concerns minors and personal data.
"""

from __future__ import annotations

from ..fields.rows import Field, Values
from ..fields.tables import HOME, fields_of
from ..records import Version
from ..texts import N_, _

_NOTICES = (
    ("account_linking", N_("An account has to be linked."), N_("No account is needed.")),
    ("purchases", N_("There are purchases in it."), N_("There are no purchases in it.")),
    ("minors", N_("Minors may use it."), N_("It is not for minors.")),
    ("personal_data", N_("Personal data is collected."), N_("No personal data is collected.")),
)
"""Fields, and what the store says where they are yes or no."""


def notices(version: Version) -> list[str]:
    """Return what the store says by itself; nothing of what is not answered yet."""
    values: Values = {**version.values}
    if version.extension.kind == HOME:
        values = {**values, "account_linking": True}
    return [
        _(yes if values[name] else no) for name, yes, no in _NOTICES if isinstance(values.get(name), bool)
    ]


def keywords(values: Values) -> list[str]:
    """Return the keywords, one by one."""
    listed = (values.get("keywords") or "").replace("、", ",").split(",")
    return [word.strip() for word in listed if word.strip()]


def label_of(version: Version, name: str) -> str:
    """Return the label of the choice in a field; empty where nothing is chosen."""
    row: Field | None = fields_of(version.extension.kind, version.extension.platform).get(name)
    value = version.values.get(name)
    return _(dict(row.choices).get(value, value)) if row is not None and value else ""
