"""The shared objects of Clova Home messages, one row a field.

From the guides' section on shared objects; what only one platform has is there for both.
"""

from __future__ import annotations

from ..wire.rows import Rows

QUALITY = "good|normal|bad|verybad"

OBJECTS: dict[str, Rows] = {
    "Action": {"applianceId": "string!", "action": "string!"},
    "AirQuality": {"index": f"string! {QUALITY}"},
    "Battery": {"value": "number!"},
    "Bill": {"currency": "string!", "value": "number!"},
    "Brightness": {"value": "number!"},
    "Color": {"hue": "number!", "saturation": "number!", "brightness": "number"},
    "ColorTemperature": {"value": "number!"},
    "Consumption": {"name": "string!", "unit": "string!", "value": "number!"},
    "Count": {"value": "number!"},
    "Custom": {"name": "string!", "value": "number|string!", "unit": "string celsius|percentage"},
    "CustomCommand": {"name": "string!", "actions[]": "Action!"},
    "DetectionCount": {"value": "string!"},
    "Direction": {"value": "string! horizontal|vertical"},
    "Endpoint": {"value": "string! coldwater|freezer|fridge|hotwater"},
    "Expendable": {"name": "string!", "remainingTime": "string", "usage": "Custom"},
    "FineDust": {"value": "number", "index": f"string! {QUALITY}"},
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
        "sceneId": "string!",
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
    "UltraFineDust": {"value": "number", "index": f"string! {QUALITY}"},
    "Volume": {"value": "number!"},
    "Weight": {"value": "number"},
}
"""Shared objects by name, without ``InfoObject``."""

APPLIANCE: Rows = {
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
"""``ApplianceInfoObject`` as discovery answers it."""

WRAPPED = {name for name, rows in OBJECTS.items() if set(rows) == {"value"}}
"""Objects that hold a value and nothing else: handlers see the value itself."""
