"""The interfaces of Clova Home, one row each; everything that knows an interface knows it from here.

From the guides' control, discovery and query interfaces of both platforms. Where they differ, a row has the
fields of both, and requires only what both require.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from ..wire.rows import NO_FIELDS, Field, Rows, Shape, parse_rows
from .shared_objects import FORMS, OBJECTS

REGIONS = ("KR", "JP")
TIMESTAMP = "applianceResponseTimestamp"

_NONE: Rows = MappingProxyType({})
_STAMP = parse_rows({TIMESTAMP: "string"}, OBJECTS)


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface: an action, and what its messages hold.

    ``takes`` and ``gives`` are tuples of :class:`~clova_flask.wire.rows.Field`, which also find a field by
    its name: ``INTERFACES["SetMode"].takes.by_name["mode"]``.

    :ivar name: the action, ``SetBrightness``; the request is called ``SetBrightnessRequest``.
    :ivar reply: name of the reply, ``SetBrightnessConfirmation``.
    :ivar takes: the fields of the request's payload besides token and appliance.
    :ivar gives: the fields of the reply's payload besides the timestamp.
    :ivar regions: the platforms that have it.
    :ivar appliance: whether it is about one appliance.
    :ivar timestamp: whether the reply carries ``applianceResponseTimestamp``.
    """

    name: str
    reply: str
    takes: Shape = NO_FIELDS
    gives: Shape = NO_FIELDS
    regions: tuple[str, ...] = REGIONS
    appliance: bool = True
    timestamp: bool = False

    @property
    def request(self) -> str:
        """Name of the request."""
        return f"{self.name}Request"

    @property
    def reply_shape(self) -> Shape:
        """All fields of the reply's payload, with the timestamp where it has one."""
        return Shape([*self.gives, *_STAMP]) if self.timestamp else self.gives

    @property
    def is_query(self) -> bool:
        """Whether it asks for something and changes nothing."""
        return self.reply.endswith("Response")

    @property
    def value_field(self) -> Field | None:
        """The field that limits are about: the first of the request, when it is a plain value."""
        first = self.takes[0] if self.takes else None
        return first if first is not None and first.scalar is not None else None


def _row(
    reply: str,
    name: str,
    *,
    takes: Rows = _NONE,
    gives: Rows = _NONE,
    only: str | None = None,
    appliance: bool = True,
    timestamp: bool = False,
) -> Interface:
    return Interface(
        name,
        name + reply,
        parse_rows(takes, OBJECTS),
        parse_rows(gives, {**OBJECTS, **FORMS}),
        (only,) if only else REGIONS,
        appliance,
        timestamp,
    )


_control = partial(_row, "Confirmation")
_query = partial(_row, "Response", timestamp=True)


def _change(**fields: str) -> Rows:
    """Write the rows of what was changed, and of the same as it was before."""
    before = {f"previousState.{name}": row for name, row in fields.items()}
    return {**fields, "previousState": "object", **before}


INTERFACES: Mapping[str, Interface] = {
    row.name: row
    for row in (
        _control("ActionScene", takes={"scene": "Scene!"}, only="JP", appliance=False),
        _control("CallElevator", only="KR"),
        _control("ChangeFanSpeed", gives={"fanSpeed": "Speed 1|2|3"}, only="KR"),
        _control("ChangeInputSource", takes={"count": "Count"}),
        _control("ChangeMode", gives=_change(mode="Mode"), only="KR"),
        _control("ChangePower", only="KR"),
        _control("Charge"),
        _control("Close"),
        _control(
            "DecrementBrightness",
            takes={"deltaBrightness": "Brightness!"},
            gives=_change(brightness="Brightness"),
        ),
        _control(
            "DecrementChannel",
            takes={"deltaChannel": "TVChannel!"},
            gives=_change(channel="TVChannel", subChannel="TVChannel"),
        ),
        _control(
            "DecrementFanSpeed", takes={"deltaFanSpeed": "Speed!"}, gives=_change(fanSpeed="Speed 1|2|3")
        ),
        _control(
            "DecrementIntensityLevel",
            takes={"deltaIntensity|deltaTemperature": "IntensityLevel!"},
            gives=_change(intensityLevel="IntensityLevel"),
        ),
        _control(
            "DecrementTargetTemperature",
            takes={"deltaTemperature": "Temperature!"},
            gives=_change(targetTemperature="Temperature"),
        ),
        _control("DecrementVolume", takes={"deltaVolume": "Volume!"}, gives=_change(targetVolume="Volume")),
        _query(
            "DiscoverAppliances",
            gives={"customCommands[]": "CustomCommand!", "discoveredAppliances[]": "Appliance!"},
            appliance=False,
            timestamp=False,
        ),
        _query(
            "DiscoverScenes",
            gives={"discoveredScenes[]": "Scene!"},
            only="JP",
            appliance=False,
            timestamp=False,
        ),
        _query("GetAirQuality", gives={"airQuality": "AirQuality!"}),
        _query("GetAsleepDuration", takes={"period": "Period"}, gives={"asleepDuration": "string!"}),
        _query("GetAwakeDuration", takes={"period": "Period"}, gives={"awakeDuration": "string!"}),
        _query("GetBMI", gives={"bmi": "Index!"}, only="KR"),
        _query("GetBatteryInfo", gives={"batteryInfo": "Battery!"}),
        _query("GetBodyFat", gives={"bodyFatPercentage": "Percentage!"}, only="KR"),
        _query("GetCleaningCycle", gives={"remainingTime": "string!"}),
        _query("GetCloseTime", gives={"closeTimestamp": "string!"}),
        _query("GetConsumption", takes={"period": "Period"}, gives={"consumption[]": "Consumption!"}),
        _query("GetCurrentBill", takes={"period": "Period"}, gives={"currentBill": "Bill!"}),
        _query(
            "GetCurrentSittingState",
            takes={"period": "Period"},
            gives={"sittingState": "SittingState!", "recentlySittingPeriod": "Period"},
        ),
        _query("GetCurrentTemperature", gives={"currentTemperature": "Temperature!"}),
        _query("GetDetectedTime", gives={"detectedTime": "string|DetectedTime!"}, only="KR"),
        _query("GetDetectionCount", gives={"detectionCount": "DetectionCount!"}, only="KR"),
        _query("GetDeviceState", takes={"period": "Period"}, gives={"states[]": "Custom!"}),
        _query("GetEstimateBill", takes={"period": "Period"}, gives={"estimateBill": "Bill!"}),
        _query("GetEstimateConsumption", gives={"consumption[]": "Consumption!"}, only="KR"),
        _query("GetExpendableState", gives={"expendableInfo[]": "Expendable!"}),
        _query("GetFineDust", gives={"fineDust": "FineDust!"}),
        _query("GetHealthScore", gives={"healthScore": "Score!"}, only="KR"),
        _query("GetHumidity", gives={"humidity": "Humidity!"}),
        _query("GetKeepWarmTime", gives={"keepWarmTime": "string!"}),
        _query("GetLockState", gives={"lockState": "string! LOCKED|UNLOCKED"}),
        _query("GetMuscle", gives={"musclePercentage": "Percentage!"}, only="KR"),
        _query("GetNotice", gives={"notice[]": "string!"}, only="KR"),
        _query("GetOpenState", gives={"openState|OpenState": "string! CLOSED|OPENED"}),
        _query("GetOpenTime", gives={"openTimestamp": "string!"}),
        _query("GetPackage", gives={"package[]": "string!"}, only="KR"),
        _query("GetPhase", gives={"phase": "Phase!"}),
        _query("GetPowerState", gives={"powerState": "PowerState!"}, only="KR"),
        _query("GetProgressiveTaxBracket", gives={"progressiveTaxBracket": "ProgressiveTaxBracket!"}),
        _query("GetRemainingTime", gives={"remainingTime": "string!"}),
        _query(
            "GetRightPostureRatio", takes={"period": "Period!"}, gives={"rightPostureRatio": "Percentage!"}
        ),
        _query("GetSleepScore", takes={"period": "Period"}, gives={"sleepScore": "Score!"}),
        _query("GetSleepStartTime", takes={"period": "Period"}, gives={"startTimestampList[]": "string!"}),
        _query("GetTargetTemperature", gives={"targetTemperature": "Temperature!"}),
        _query("GetUltraFineDust", gives={"ultraFineDust": "UltraFineDust!"}),
        _query("GetUsageTime", takes={"period": "Period!"}, gives={"usageTime": "string!"}),
        _query(
            "GetVehicleLocation",
            gives={
                "vehicleLocationList[]": "object!",
                "vehicleLocationList[].name": "string!",
                "vehicleLocationList[].value": "string!",
            },
            only="KR",
        ),
        _query("GetWeight", gives={"weight": "Weight!"}, only="KR"),
        _query("HealthCheck", gives={"isReachable": "boolean!", "isTurnOn": "boolean!"}, timestamp=False),
        _control(
            "IncrementBrightness",
            takes={"deltaBrightness": "Brightness!"},
            gives=_change(brightness="Brightness"),
        ),
        _control(
            "IncrementChannel",
            takes={"deltaChannel": "TVChannel!"},
            gives=_change(channel="TVChannel", subChannel="TVChannel"),
        ),
        _control(
            "IncrementFanSpeed", takes={"deltaFanSpeed": "Speed!"}, gives=_change(fanSpeed="Speed 1|2|3")
        ),
        _control(
            "IncrementIntensityLevel",
            takes={"deltaIntensity|deltaTemperature": "IntensityLevel!"},
            gives=_change(intensityLevel="IntensityLevel"),
        ),
        _control(
            "IncrementTargetTemperature",
            takes={"deltaTemperature": "Temperature!"},
            gives=_change(targetTemperature="Temperature"),
        ),
        _control("IncrementVolume", takes={"deltaVolume": "Volume!"}, gives=_change(targetVolume="Volume")),
        _control("Lower"),
        _control("Mute"),
        _control("Open"),
        _control(
            "Preheat",
            takes={"targetTemperature": "Temperature"},
            gives={"targetTemperature": "Temperature"},
            only="KR",
        ),
        _control("Raise"),
        _control(
            "ReleaseMode",
            takes={"mode": "Mode!"},
            gives={"mode": "Mode", "previousState": "Mode|PreviousMode"},
        ),
        _control("SetBrightness", takes={"brightness": "Brightness!"}, gives={"brightness": "Brightness"}),
        _control(
            "SetChannelByName",
            takes={"channelName|channel": "TVChannelName!"},
            gives={"channelName": "TVChannelName"},
        ),
        _control(
            "SetChannel",
            takes={"channel": "TVChannel!", "subChannel": "TVChannel"},
            gives={"channel": "TVChannel", "subChannel": "TVChannel"},
        ),
        _control("SetColor", takes={"color": "Color!"}, gives={"color": "Color"}),
        _control(
            "SetColorTemperature",
            takes={"colorTemperature": "ColorTemperature!"},
            gives={"colorTemperature": "ColorTemperature"},
        ),
        _control("SetFanSpeed", takes={"fanSpeed": "Speed! 1|2|3"}, gives={"fanSpeed": "Speed 1|2|3"}),
        _control(
            "SetFreezerTargetTemperature",
            takes={"targetTemperature": "Temperature!"},
            gives={"targetTemperature": "Temperature"},
            only="JP",
        ),
        _control(
            "SetFridgeTargetTemperature",
            takes={"targetTemperature": "Temperature!"},
            gives={"targetTemperature": "Temperature"},
            only="JP",
        ),
        _control(
            "SetInputSourceByName",
            takes={"sourceName": "TVInputSourceName!"},
            gives={"sourceName": "TVInputSourceName"},
            only="JP",
        ),
        _control(
            "SetLockState",
            takes={"lockState": "string! LOCKED|UNLOCKED"},
            gives={"lockState": "string! LOCKED|UNLOCKED"},
        ),
        _control("SetMode", takes={"mode": "Mode!"}, gives={"mode": "Mode"}),
        _control(
            "SetTargetTemperature",
            takes={"targetTemperature": "Temperature!", "endpoint": "Endpoint"},
            gives={"targetTemperature": "Temperature", "endpoint": "Endpoint"},
        ),
        _control("StartOscillation", takes={"direction": "Direction"}, only="KR"),
        _control("StartRecording"),
        _control("StopOscillation", only="KR"),
        _control("StopRecording"),
        _control("Stop", gives={"phase": "Phase"}),
        _control("TurnOff"),
        _control("TurnOn", gives={"targetTemperature": "Temperature", "fanSpeed": "Speed", "mode": "Mode"}),
        _control("Unmute"),
    )
}
"""Every interface by the name of its action."""
