"""Codes of what discovery leaves out."""

from __future__ import annotations

from .rows import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

DISCOVERY_CODES = (
    Code(
        "home.not-an-appliance",
        _ERROR,
        "A function under @clova.home.discover returns something else than appliances; it is left out.",
        "Return instances of clova_flask.home.Appliance or of your classes that derive from it.",
    ),
    Code(
        "home.no-init",
        _ERROR,
        "The class of an appliance has an __init__ that does not call Appliance.__init__, so the appliance "
        "has no id and is left out of discovery.",
        "Call super().__init__(id, …) first in __init__.",
    ),
    Code(
        "home.no-id",
        _ERROR,
        "An appliance has an empty id. CEK could not name it in a request, so it is left out of discovery.",
        "Pass an id that only this appliance of the user has.",
    ),
    Code(
        "home.duplicate-id",
        _ERROR,
        "Two appliances of a user have the same id. The second is left out of discovery.",
        "Pass an id that only one appliance of the user has.",
    ),
    Code(
        "home.no-type",
        _ERROR,
        "An appliance has no appliance type, so it is left out of discovery.",
        'Write class Lamp(Appliance, type="LIGHT"), or pass type= to the appliance.',
    ),
    Code(
        "home.unknown-type",
        _ERROR,
        "An appliance has a type that the guides do not define, so it is left out of discovery.",
        "Use one of clova_flask.home.APPLIANCE_TYPES.",
    ),
    Code(
        "home.other-platform",
        _ERROR,
        "An appliance has a type that only the other platform has, so it is left out of discovery.",
        "List the appliance on that platform only, or choose a type that this platform has.",
    ),
    Code(
        "home.unknown-location",
        _WARNING,
        "An appliance has a location that the guides do not define, so discovery lists it without.",
        "Use one of clova_flask.home.LOCATIONS or its Korean or Japanese name, or leave the location out.",
    ),
    Code(
        "home.action-not-allowed",
        _WARNING,
        "An appliance lists an action in actions= or confirm= that its types do not allow. Discovery lists "
        "the appliance without the action.",
        "Remove the action, or add the type that has it.",
    ),
    Code(
        "home.other-platform-action",
        _WARNING,
        "An appliance lists an action, or has a handler for one, that its types have only on the other "
        "platform. Discovery lists the appliance without the action.",
        "Nothing, where one app serves both platforms. Else remove the action, or choose another type.",
    ),
    Code(
        "home.no-manufacturer",
        _WARNING,
        "An appliance has no manufacturer_name. The app shows it beside the name, and the platform's review "
        "looks at it. Discovery lists the appliance without.",
        'Write class Lamp(Appliance, manufacturer_name="…"), or pass manufacturer_name= to each appliance.',
    ),
    Code(
        "home.invalid-limits",
        _WARNING,
        "Limits of an appliance do not fit the action that they are for. They are neither sent nor checked.",
        'Write limits={"SetTargetTemperature": (18, 26)}, or a list of the values that are allowed.',
    ),
    Code(
        "home.odd-detail",
        _WARNING,
        "A detail of an appliance has a value that cannot be sent. Discovery lists the appliance without it.",
        "Fix the value that the message names.",
    ),
    Code(
        "home.invalid-field",
        _ERROR,
        "A field of an appliance has a value that cannot be sent, so the appliance is left out of discovery.",
        "Fix the value that the message names.",
    ),
    Code(
        "home.invalid-command",
        _ERROR,
        "A custom command cannot be sent, so it is left out of discovery.",
        "Return instances of clova_flask.home.CustomCommand: a name, and pairs of appliance id and action.",
    ),
    Code(
        "home.invalid-scene",
        _ERROR,
        "A scene cannot be sent, so it is left out of the list of scenes.",
        "Return instances of clova_flask.home.Scene: an id and a name, both text.",
    ),
)
