"""The shared objects of Clova Home messages, one row a field.

From the guides' section on shared objects; what only one platform has is there for both.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..wire.rows import Rows, Shape, parse_objects

_QUALITY = "good|normal|bad|verybad"

_APPLIANCE: Rows = {
    "applianceId": "string!",
    "applianceTypes[]": "string!",
    "actions[]": "string",
    "friendlyName": "string",
    "friendlyDescription": "string",
    "isIr": "boolean",
    "isReachable": "boolean",
    "manufacturerName": "string",
    "modelName": "string",
    "version": "string",
    "location": "string",
    "tags[]": "string",
    "actionsNeededUserConfirmation[]": "string",
    "additionalApplianceDetails": "object",
}
"""As discovery answers it."""

_ROWS: dict[str, Rows] = {
    "Action": {"applianceId": "string!", "action": "string!"},
    "Appliance": _APPLIANCE,
    "AirQuality": {"index": f"string! {_QUALITY}"},
    "Battery": {"value": "number!"},
    "Bill": {"currency": "string!", "value": "number!"},
    "Brightness": {"value": "number!"},
    "Color": {"hue": "number!", "saturation": "number!", "brightness": "number"},
    "ColorTemperature": {"value": "number!"},
    "Consumption": {"name": "string!", "unit": "string!", "value": "number!"},
    "Count": {"value": "number!"},
    # The guide says celsius and percentage of unit, and that there will be more.
    "Custom": {"name": "string!", "value": "number|string!", "unit": "string"},
    "CustomCommand": {"name": "string!", "actions[]": "Action!"},
    "DetectionCount": {"value": "string!"},
    "Direction": {"value": "string! horizontal|vertical"},
    "Endpoint": {"value": "string!"},
    "Expendable": {
        "name": "string!",
        "remainingTime": "string",
        "usage": "object",
        "usage.name": "string",  # required by the table, and in none of the examples
        "usage.value": "number|string!",
        "usage.unit": "string",
    },
    "FineDust": {"value": "number", "index": f"string! {_QUALITY}"},
    "Humidity": {"value": "number!"},
    "Index": {"value": "number"},
    "IntensityLevel": {"value": "number"},
    "Mode": {"value": "string!"},
    "Percentage": {"value": "number!"},
    "Period": {"start": "string!", "end": "string!"},
    "Phase": {"value": "string!"},
    "PowerState": {"value": "string!"},
    "ProgressiveTaxBracket": {"value": "number!"},
    "Scene": {
        "sceneId|applianceId": "string!",
        "sceneName": "string!",
        "needsUserConfirmation": "boolean",
        "additionalSceneDetails": "object",
    },
    "Score": {"value": "number!"},
    "SittingState": {"value": "boolean!"},
    "Speed": {"value": "number!"},
    "TVChannel": {"value": "number!"},
    "TVChannelName": {"value": "string!"},
    "TVInputSourceName": {"value": "string!"},
    "Temperature": {"value": "number!"},
    # The Japanese table calls the index a number and lists these words for it.
    "UltraFineDust": {"value": "number", "index": f"string|number! {_QUALITY}"},
    "Volume": {"value": "number!"},
    "Weight": {"value": "number"},
}

OBJECTS: Mapping[str, Shape] = parse_objects(_ROWS)
"""The shape of every shared object by name, ``Temperature`` for ``TemperatureInfoObject``."""

_FORM_ROWS: dict[str, Rows] = {"DetectedTime": {"value": "string!"}, "PreviousMode": {"mode": "Mode!"}}

FORMS: Mapping[str, Shape] = parse_objects(_FORM_ROWS, OBJECTS)
"""Objects that only the examples of the guides have, where their tables have something else."""

APPLIANCE = OBJECTS["Appliance"]
"""``ApplianceInfoObject``."""
