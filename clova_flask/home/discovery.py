"""Discovery: a user's appliances, each checked by itself and written as JSON.

One malformed appliance makes the Clova app show none at all, so one with a problem is left out. Each is
written as it comes, so that not all are in memory as dicts beside the answer; and what those of a kind have
in common, more than half, is encoded once.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import NoneType
from typing import Any

from marshmallow import ValidationError

from ..errors import type_name
from ..findings import Finding, Place
from ..wire.compiler import CompiledSchema
from ..wire.json import encode, is_deep
from ..wire.json_values import MAX_DEPTH
from ..wire.numbers import plain_numbers
from ..wire.schema import describe
from .appliance_types import LOCATIONS
from .appliances import Appliance
from .attributes import describe_appliance, describe_error
from .details import fit_actions, fit_limits, fit_location, leave_out_invalid
from .interfaces import REGIONS
from .kinds import Kind, Problem
from .messages import APPLIANCE_SCHEMA, OWN_SCHEMA
from .registry import HomeRegistry

_MAX_DETAILS_DEPTH = MAX_DEPTH - 10  # they come back with each request, a few levels further in
_MAX_KINDS = 1000

Wire = dict[str, Any]


class Discoverer:
    """Writes appliances for discovery.

    :param registry: the functions that handle actions.
    :param regions: ``KR``, ``JP`` or both: whose tables count.
    """

    def __init__(self, registry: HomeRegistry, regions: Sequence[str] = REGIONS) -> None:
        self._registry = registry
        self._regions = tuple(regions)
        self._for_jp = "JP" in self._regions
        self._kinds: dict[Any, Kind] = {}

    def write(self, appliances: Iterable[Any]) -> tuple[list[bytes], list[Finding]]:
        """Write a user's appliances.

        :return: the items of a JSON list, in parts, and what is wrong with the appliances that are left out.
        """
        parts: list[bytes] = []
        findings: list[Finding] = []
        for appliance, wire, rest in self._checked(appliances, findings):
            try:
                item = encode(wire)
            except UnicodeEncodeError:
                findings += _not_encodable(appliance, wire)
                continue
            # The rest closes the object that is open here.
            parts += [b",", item[:-1], rest] if parts else [item[:-1], rest]
        return parts, findings

    def actions(self, appliance: Appliance) -> list[str]:
        """List what an appliance can do, of what its types allow."""
        return self._kind(appliance).actions

    def _checked(
        self, appliances: Iterable[Any], findings: list[Finding]
    ) -> Iterator[tuple[Appliance, Wire, bytes]]:
        """Write the appliances that have no problem; the problems of the others go into findings.

        :return: the appliance, what is its own as a dict, and the rest of it, encoded.
        """
        ids: set[str] = set()
        told: set[Kind] = set()
        for appliance in appliances:
            wire, rest, problems = self._check(appliance, told)
            if wire is not None:
                if problems:
                    where = _where(appliance)
                    findings += [Finding(code, text, where) for code, text in problems]
                appliance_id = wire["applianceId"]
                if appliance_id not in ids:
                    ids.add(appliance_id)
                    yield appliance, wire, rest
                    continue
                problems = [("home.duplicate-id", f"Another appliance has the id {appliance_id!r}.")]
            where = _where(appliance)
            findings += [Finding(code, text, where) for code, text in problems]

    def _check(self, appliance: Any, told: set[Kind]) -> tuple[Wire | None, bytes, Sequence[Problem]]:
        """Write an appliance, None where it is left out, and what is wrong with it or with its details."""
        if not isinstance(appliance, Appliance):
            text = (
                f"home.discover must return appliances, not {type_name(appliance)}. Make an Appliance of it."
            )
            return None, b"", [("home.not-an-appliance", text)]
        problems: list[Problem] = []
        try:
            kind = self._kind(appliance)
            if kind.problems:
                return None, b"", kind.problems
            appliance_id = _id_of(appliance)
            if not appliance_id:
                return None, b"", [("home.no-id", "The appliance has no id.")]
            wire = self._wire(appliance, appliance_id, kind)
            rest, schema = kind.written, OWN_SCHEMA
            if not rest or appliance.actions is not None or appliance.limits or appliance.details:
                rest, schema = b"}", APPLIANCE_SCHEMA
                wire |= _lists(appliance, kind)
            if kind not in told:
                told.add(kind)
                problems += kind.warnings
            _fit(appliance, kind, wire, problems)
            _check_fields(schema, wire, problems)
        except ValidationError as error:
            texts = describe(error.messages)
            return None, b"", [*problems, *(("home.invalid-field", text) for text in texts)]
        except Exception as error:  # noqa: BLE001 - a property may raise anything, and costs its appliance only
            return None, b"", [*problems, *_why(appliance, error)]
        return wire, rest, problems

    def _kind(self, appliance: Appliance) -> Kind:
        key = (type(appliance), appliance.types, bool(appliance.is_ir))
        try:
            return self._kinds[key]
        except KeyError:
            if len(self._kinds) >= _MAX_KINDS:
                self._kinds.clear()  # classes that are made as they go
            kind = self._kinds[key] = Kind(appliance, self._registry, self._regions)
            return kind

    def _wire(self, appliance: Appliance, appliance_id: Any, kind: Kind) -> Wire:
        """Write what is an appliance's own."""
        name = appliance.friendly_name or kind.default_name
        wire: Wire = {
            "applianceId": appliance_id,
            "modelName": appliance.model_name or kind.default_name,
            "version": appliance.version,
            "friendlyName": name,
            "friendlyDescription": appliance.friendly_description or name,
            "isIr": appliance.is_ir,
            "tags": _texts(appliance.tags) if appliance.tags else [],
        }
        if appliance.manufacturer_name is not None:
            wire["manufacturerName"] = appliance.manufacturer_name
        if appliance.location is not None:
            wire["location"] = appliance.location
        if self._for_jp:
            wire["isReachable"] = appliance.is_reachable
            wire["actionsNeededUserConfirmation"] = _texts(appliance.confirm)
        return wire


def join_reply(header: Mapping[str, Any], appliances: Iterable[bytes], commands: list[Wire]) -> bytes:
    """Write the reply to discovery around the parts of its list of appliances."""
    opening = b'{"header":' + encode(header) + b',"payload":{"discoveredAppliances":['
    closing = b'],"customCommands":' + encode(commands) + b"}}"
    return b"".join([opening, *appliances, closing])


def _not_encodable(appliance: Appliance, wire: Wire) -> list[Finding]:
    """Find the texts that UTF-8 cannot carry, which is the one thing left to find."""
    broken = [name for name, value in wire.items() if not _is_encodable(value)]
    text = "{}: Not valid text, it holds a lone surrogate."
    name = describe_appliance(appliance)  # its id may be what is broken
    where = Place(name.encode(errors="backslashreplace").decode())
    return [Finding("home.invalid-field", text.format(name), where) for name in broken]


def _is_encodable(value: Any) -> bool:
    try:
        encode(value)
    except UnicodeEncodeError:
        return False
    return True


def _texts(given: Any) -> list[Any]:
    if isinstance(given, str):
        raise TypeError("a str instead of a list")
    return list(given)


def _lists(appliance: Appliance, kind: Kind) -> Wire:
    """Write what an appliance shares with others of its kind, unless it says otherwise."""
    lists = kind.shared
    if appliance.actions is not None:
        lists = {**lists, "actions": _texts(appliance.actions)}
    if appliance.details or appliance.actions is not None:
        details = _details(appliance, kind)
        lists = {name: value for name, value in lists.items() if name != "additionalApplianceDetails"}
        lists |= {"additionalApplianceDetails": details} if details else {}
    return lists


def _details(appliance: Appliance, kind: Kind) -> Wire:
    """Write what comes back with each request: the limits of what it can do, and the user's own details.

    :raises TypeError: JSON cannot hold the details.
    """
    details = kind.details
    if appliance.actions is not None:
        sent = [detail for detail in kind.action_details if detail["action"] in appliance.actions]
        details = {"actionDetails": sent} if sent else {}
    if not appliance.details:
        return details
    if not isinstance(appliance.details, Mapping):
        raise TypeError(f"additionalApplianceDetails must be a dict, not {type_name(appliance.details)}")
    try:
        own = plain_numbers(appliance.details)
        if is_deep(encode(own), _MAX_DETAILS_DEPTH):
            raise ValueError(f"it must not nest deeper than {_MAX_DETAILS_DEPTH} levels")
    except (TypeError, ValueError, RecursionError) as error:
        raise TypeError(f"additionalApplianceDetails: {error}") from None
    return {**details, **own}


def _id_of(appliance: Appliance) -> Any:
    """Return an appliance's id; of a subclass of str the plain text, whatever its class makes of ``==``."""
    given = appliance.id
    return str.__str__(given) if isinstance(given, str) else given


def _fit(appliance: Appliance, kind: Kind, wire: Wire, problems: list[Problem]) -> None:
    """Leave out, or write as the guides do, the details that the tables do not have."""
    location = wire.get("location", "ROOM")
    if not (isinstance(location, str) and location in LOCATIONS):
        problems += fit_location(wire)
    if appliance.actions or appliance.confirm:
        problems += fit_actions(appliance, kind, wire)
    if appliance.limits:
        problems += fit_limits(appliance, wire)


def _check_fields(schema: CompiledSchema, wire: Wire, problems: list[Problem]) -> None:
    try:
        schema.check(wire)
    except ValidationError as error:
        left_out = leave_out_invalid(wire, error.messages)
        if not left_out:
            raise
        problems += left_out
        schema.check(wire)


_LISTS = ("types", "tags", "actions", "confirm")
_READ = (*(Appliance.__init__.__kwdefaults__ or ()), "types", "id")


def _why(appliance: Appliance, error: Exception) -> list[Problem]:
    """Find out why an appliance cannot be written: an attribute that fails, or a list that is not one."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in _READ:
        try:
            values[name] = getattr(appliance, name)
        except Exception as failure:  # noqa: BLE001 - a property may raise anything
            if name != "types" or "type" in values:  # they are made of it
                problems.append(_unread(appliance, name, failure))
    problems += [
        ("home.invalid-field", f"{name} must be a list of str, not {reprlib.repr(values[name])}.")
        for name in _LISTS
        if name in values and not _is_list_of_str(values[name])
    ]
    return problems or [("home.invalid-field", f"{describe_error(error)}.")]


def _unread(appliance: Appliance, name: str, error: Exception) -> Problem:
    cls = type(appliance)
    if name == "id" and not hasattr(cls, "id"):
        return "home.no-init", f"{cls.__name__}.__init__ must call super().__init__(id, …), or set self.id."
    return "home.invalid-field", f"{name} cannot be read: {describe_error(error)}."


def _where(appliance: Any) -> Place:
    is_one = isinstance(appliance, Appliance)
    return Place(describe_appliance(appliance) if is_one else f"a {type_name(appliance)}")


def _is_list_of_str(value: Any) -> bool:
    is_list = isinstance(value, (list, tuple, set, frozenset, NoneType))
    return is_list and all(isinstance(item, str) for item in value or ())
