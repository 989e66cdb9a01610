"""Details of an appliance that cannot be sent, or are missing: each costs itself, not the appliance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import nearest
from ..findings import Finding, Place
from .appliance_types import APPLIANCE_TYPES
from .appliances import Appliance
from .attributes import describe_appliance
from .interfaces import REGIONS
from .kinds import Kind, Problem, describe_platforms
from .limits import own_limits
from .places import find_location
from .requirements import unknown_location

_OPTIONAL = frozenset(
    {
        "friendlyDescription",
        "isIr",
        "isReachable",
        "manufacturerName",
        "modelName",
        "version",
    }
)
"""Fields that an appliance does without when they are not valid."""


def fit_location(wire: dict[str, Any]) -> list[Problem]:
    """Write the location as the guides' code for it, or leave it out."""
    given = wire["location"]
    location = find_location(given)
    if location is not None:
        wire["location"] = location
        return []
    del wire["location"]
    if given == "":
        return [("home.unknown-location", "The location is empty. Leave it out, or pass None.")]
    return [("home.unknown-location", unknown_location(given))]


def fit_actions(appliance: Appliance, kind: Kind, wire: dict[str, Any]) -> list[Problem]:
    """Leave out actions that the types do not allow.

    :param wire: the appliance as it will be sent, whose lists this changes.
    """
    problems = []
    given = {
        "actions": wire.get("actions", ()),
        "actionsNeededUserConfirmation": list(appliance.confirm or ()),
    }
    for key, actions in given.items():
        odd = [action for action in actions if not (isinstance(action, str) and action in kind.allowed)]
        problems += [_not_allowed(action, appliance, kind) for action in odd]
        if odd and key in wire:
            wire[key] = [action for action in actions if action not in odd]
    return problems


def _not_allowed(action: Any, appliance: Appliance, kind: Kind) -> Problem:
    types = "/".join(appliance.types)
    if isinstance(action, str):
        tables = [APPLIANCE_TYPES[name] for name in appliance.types if name in APPLIANCE_TYPES]
        regions = [region for region in REGIONS if any(action in table.allowed([region]) for table in tables)]
        if regions:
            text = f"{types} has {action} only on {describe_platforms(regions)}'s platform."
            return "home.other-platform-action", text
    hint = nearest(action, sorted(kind.allowed), or_list=True)
    return "home.action-not-allowed", f"{types} does not allow {action!r}.{hint}"


def fit_limits(appliance: Appliance, wire: dict[str, Any]) -> list[Problem]:
    """Write the appliance's own limits of what it can do, in place of those of its class."""
    limits, problems = own_limits(appliance.limits)
    details = wire.get("additionalApplianceDetails", {})
    sent = {detail["action"]: detail for detail in details.get("actionDetails", ())}
    sent |= {name: own.detail(name) for name, own in limits.items() if own and name in wire["actions"]}
    if sent and "actionDetails" not in appliance.details:
        wire["additionalApplianceDetails"] = {**details, "actionDetails": list(sent.values())}
    return [("home.invalid-limits", text) for text in problems]


def leave_out_invalid(wire: dict[str, Any], messages: Any) -> list[Problem]:
    """Leave out the fields that are not valid, where an appliance does without them.

    :param messages: what marshmallow found.
    """
    if not _OPTIONAL.issuperset(messages):
        return []
    return [
        ("home.odd-detail", f"{name} is left out: it is {wire.pop(name)!r}. {' '.join(texts)}")
        for name, texts in messages.items()
    ]


_NO_MANUFACTURER = (
    "It has no manufacturer_name, which the app shows beside its name. Write class Lamp(Appliance, "
    'manufacturer_name="…"), or pass manufacturer_name= to each.'
)


def advise(appliances: Iterable[Any], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Tell what the platform's review asks for and discovery does without, once for each class.

    :param findings: what is wrong with the appliances; those that are left out need no advice.
    """
    left_out = {finding.where for finding in findings if finding.is_error}
    told: set[type] = set()
    for appliance in appliances:
        if not isinstance(appliance, Appliance) or type(appliance) in told:
            continue
        where = Place(describe_appliance(appliance))
        if where not in left_out and _has_no_manufacturer(appliance):
            told.add(type(appliance))
            yield Finding("home.no-manufacturer", _NO_MANUFACTURER, where)


def _has_no_manufacturer(appliance: Appliance) -> bool:
    try:
        return not appliance.manufacturer_name
    except Exception:  # noqa: BLE001 - a property may raise anything; discovery tells of it
        return False
