"""The types of appliance: what each can do, which modes it has, and where it can stand.

From the guides' tables of appliance types and their actions, operation modes, endpoints and locations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Regional(NamedTuple):
    """A set of names that the platforms do not quite share.

    :ivar kr: the names on NAVER's platform.
    :ivar jp: the names on LINE's platform.
    """

    kr: frozenset[str]
    jp: frozenset[str]

    def allowed(self, regions: Iterable[str]) -> frozenset[str]:
        """Return the names of any of these regions, ``KR`` and ``JP``."""
        sets = {"KR": self.kr, "JP": self.jp}
        return frozenset().union(*(sets[region] for region in regions))


def _type(*, both: str = "", kr: str = "", jp: str = "") -> Regional:
    shared = both.split()
    return Regional(frozenset([*shared, *kr.split()]), frozenset([*shared, *jp.split()]))


APPLIANCE_TYPES: Mapping[str, Regional] = {
    "AIRCONDITIONER": _type(
        both=(
            "DecrementFanSpeed DecrementTargetTemperature GetCurrentTemperature GetDeviceState "
            "GetTargetTemperature HealthCheck IncrementFanSpeed IncrementTargetTemperature SetFanSpeed "
            "SetMode SetTargetTemperature TurnOff TurnOn"
        ),
        kr="ChangeFanSpeed ChangeMode ChangePower StartOscillation StopOscillation",
        jp="ReleaseMode",
    ),
    "AIRPURIFIER": _type(
        both=(
            "DecrementFanSpeed GetAirQuality GetDeviceState GetHumidity HealthCheck IncrementFanSpeed "
            "ReleaseMode SetFanSpeed SetMode TurnOff TurnOn"
        ),
        kr="ChangeFanSpeed ChangeMode ChangePower GetCurrentTemperature GetFineDust GetUltraFineDust",
    ),
    "AIRSENSOR": _type(
        both="GetAirQuality GetCurrentTemperature GetFineDust GetHumidity GetUltraFineDust HealthCheck",
        kr="GetDeviceState",
    ),
    "BIDET": _type(both="Close GetDeviceState GetExpendableState HealthCheck Open TurnOff TurnOn"),
    "BODYWEIGHTSCALE": _type(
        both="GetDeviceState HealthCheck",
        kr="GetBMI GetBatteryInfo GetBodyFat GetHealthScore GetMuscle GetWeight",
    ),
    "BUILDING_ELECTRIC_METER": _type(kr="GetConsumption"),
    "BUILDING_ELEVATOR_CALLER": _type(kr="CallElevator"),
    "BUILDING_GAS_METER": _type(kr="GetConsumption"),
    "BUILDING_HEATING_METER": _type(kr="GetConsumption"),
    "BUILDING_HOTWATER_METER": _type(kr="GetConsumption"),
    "BUILDING_NOTICE_MONITOR": _type(kr="GetNotice"),
    "BUILDING_PACKAGE": _type(kr="GetPackage"),
    "BUILDING_PARKING_MONITOR": _type(kr="GetVehicleLocation"),
    "BUILDING_UTILITY_BILL_MONITOR": _type(kr="GetCurrentBill"),
    "BUILDING_WATER_METER": _type(kr="GetConsumption"),
    "CLOTHESCAREMACHINE": _type(
        both="GetRemainingTime HealthCheck TurnOff TurnOn",
        kr="GetDeviceState GetPhase",
    ),
    "CLOTHESDRYER": _type(both="GetDeviceState HealthCheck TurnOff TurnOn", kr="GetPhase GetRemainingTime"),
    "CLOTHESWASHER": _type(both="GetDeviceState GetPhase GetRemainingTime HealthCheck TurnOff TurnOn"),
    "DEHUMIDIFIER": _type(
        both="GetCurrentTemperature GetDeviceState GetHumidity HealthCheck SetFanSpeed TurnOff TurnOn",
    ),
    "DISHWASHER": _type(both="GetPhase GetRemainingTime HealthCheck TurnOff TurnOn", kr="GetDeviceState"),
    "ELECTRICKETTLE": _type(both="GetCurrentTemperature HealthCheck TurnOff TurnOn", kr="GetDeviceState"),
    "ELECTRICTOOTHBRUSH": _type(both="GetDeviceState HealthCheck"),
    "FAN": _type(
        both="DecrementFanSpeed HealthCheck IncrementFanSpeed SetFanSpeed SetMode TurnOff TurnOn",
        kr="GetDeviceState StartOscillation StopOscillation",
        jp="ReleaseMode",
    ),
    "HEATER": _type(
        both=(
            "DecrementTargetTemperature GetCurrentTemperature GetDeviceState GetTargetTemperature "
            "HealthCheck IncrementTargetTemperature SetTargetTemperature TurnOff TurnOn"
        ),
    ),
    "HOMECAM": _type(
        kr=("GetDetectionCount HealthCheck ReleaseMode SetMode StartRecording StopRecording TurnOff TurnOn"),
    ),
    "HUMIDIFIER": _type(
        both="GetCurrentTemperature GetDeviceState GetHumidity HealthCheck SetFanSpeed TurnOff TurnOn",
        kr="ReleaseMode SetMode",
    ),
    "KIMCHIREFRIGERATOR": _type(kr="GetDeviceState HealthCheck"),
    "LIGHT": _type(
        both=(
            "DecrementBrightness HealthCheck IncrementBrightness SetBrightness SetColor "
            "SetColorTemperature SetMode TurnOff TurnOn"
        ),
        kr="DecrementVolume GetDeviceState IncrementVolume ReleaseMode",
    ),
    "MASSAGECHAIR": _type(
        both="DecrementIntensityLevel HealthCheck IncrementIntensityLevel TurnOff TurnOn",
        kr="GetDeviceState",
    ),
    "MICROWAVE": _type(both="GetRemainingTime HealthCheck TurnOff TurnOn", kr="GetDeviceState"),
    "MOTIONSENSOR": _type(
        both="GetDeviceState HealthCheck",
        kr="GetDetectedTime GetPowerState ReleaseMode SetMode TurnOff TurnOn",
    ),
    "OPENCLOSESENSOR": _type(both="GetCloseTime GetDeviceState GetOpenState GetOpenTime HealthCheck"),
    "OVEN": _type(both="GetDeviceState HealthCheck", kr="GetRemainingTime Preheat"),
    "POWERSTRIP": _type(
        both="GetConsumption GetEstimateBill GetProgressiveTaxBracket HealthCheck TurnOff TurnOn",
        kr="GetDeviceState",
    ),
    "PURIFIER": _type(
        both="GetDeviceState GetExpendableState HealthCheck ReleaseMode SetMode SetTargetTemperature",
        kr="GetConsumption",
        jp="GetTargetTemperature",
    ),
    "RANGE": _type(both="GetDeviceState HealthCheck"),
    "RANGEHOOD": _type(both="GetDeviceState HealthCheck TurnOff TurnOn"),
    "REFRIGERATOR": _type(
        both="GetDeviceState HealthCheck SetMode",
        kr="ReleaseMode SetTargetTemperature",
        jp="SetFreezerTargetTemperature SetFridgeTargetTemperature",
    ),
    "RICECOOKER": _type(
        both=(
            "GetCleaningCycle GetDeviceState GetExpendableState GetKeepWarmTime GetPhase "
            "GetRemainingTime HealthCheck ReleaseMode SetMode Stop TurnOff TurnOn"
        ),
    ),
    "ROBOTVACUUM": _type(both="Charge GetBatteryInfo GetDeviceState HealthCheck TurnOff TurnOn"),
    "SETTOPBOX": _type(
        both=(
            "ChangeInputSource DecrementChannel DecrementVolume HealthCheck IncrementChannel "
            "IncrementVolume Mute SetChannel SetChannelByName TurnOff TurnOn Unmute"
        ),
        kr="ChangePower GetDeviceState",
        jp="SetInputSourceByName StartRecording StopRecording",
    ),
    "SLEEPINGMONITOR": _type(
        both=(
            "GetAsleepDuration GetAwakeDuration GetDeviceState GetSleepScore GetSleepStartTime "
            "HealthCheck TurnOff TurnOn"
        ),
    ),
    "SMARTBED": _type(both="HealthCheck Lower Raise Stop", kr="GetDeviceState"),
    "SMARTCHAIR": _type(
        both="GetCurrentSittingState GetRightPostureRatio GetUsageTime HealthCheck",
        kr="GetDeviceState",
    ),
    "SMARTCURTAIN": _type(both="Close GetDeviceState HealthCheck Open Stop", jp="GetOpenState"),
    "SMARTHUB": _type(
        both="GetCurrentTemperature GetDeviceState GetHumidity GetTargetTemperature HealthCheck SetMode",
    ),
    "SMARTLOCK": _type(both="GetDeviceState GetLockState SetLockState", kr="HealthCheck"),
    "SMARTMETER": _type(
        both="GetConsumption GetCurrentBill GetDeviceState GetEstimateBill HealthCheck",
        kr="GetProgressiveTaxBracket",
    ),
    "SMARTPLUG": _type(both="GetConsumption GetDeviceState GetEstimateBill HealthCheck TurnOff TurnOn"),
    "SMARTTV": _type(
        both=(
            "ChangeInputSource DecrementChannel DecrementVolume HealthCheck IncrementChannel "
            "IncrementVolume Mute SetChannel SetChannelByName TurnOff TurnOn Unmute"
        ),
        kr="ChangePower GetDeviceState",
        jp="SetInputSourceByName StartRecording StopRecording",
    ),
    "SMARTVALVE": _type(both="GetLockState SetLockState", kr="GetDeviceState"),
    "SMOKESENSOR": _type(both="GetDeviceState HealthCheck"),
    "SWITCH": _type(both="HealthCheck TurnOff TurnOn", kr="GetDeviceState"),
    "THERMOSTAT": _type(
        both=(
            "DecrementTargetTemperature GetCurrentTemperature GetTargetTemperature HealthCheck "
            "IncrementTargetTemperature SetMode SetTargetTemperature TurnOff TurnOn"
        ),
        kr="GetConsumption GetDeviceState GetEstimateConsumption",
    ),
    "VENTILATOR": _type(
        both="GetDeviceState HealthCheck TurnOff TurnOn",
        kr=(
            "GetAirQuality GetCurrentTemperature GetHumidity GetTargetTemperature ReleaseMode "
            "SetFanSpeed SetMode"
        ),
    ),
    "WATERBOILER": _type(both="GetDeviceState HealthCheck SetMode TurnOff TurnOn", jp="ReleaseMode"),
    "WINECELLAR": _type(
        kr="GetDeviceState HealthCheck ReleaseMode SetMode SetTargetTemperature TurnOff TurnOn",
    ),
}
"""The actions that each type allows."""

_modes = _type

OPERATION_MODES: Mapping[str, Regional] = {
    "AIRCONDITIONER": _modes(
        both="auto cool dehumidify heat sleep",
        kr="fan powercool powersaving",
        jp="away blower indoor wakeup",
    ),
    "AIRPURIFIER": _modes(
        both="auto sleep",
        kr="autohumidify infant roomcare yellowsand",
        jp="dehumidify humidify removepollen",
    ),
    "FAN": _modes(both="auto baby sleep"),
    "HOMECAM": _modes(kr="privacy sensing"),
    "HUMIDIFIER": _modes(kr="light"),
    "LIGHT": _modes(both="concentration reading rest sleep vitality wakeup", kr="movie music"),
    "MOTIONSENSOR": _modes(kr="siren"),
    "PURIFIER": _modes(both="coldwater general hotwater smartchecking"),
    "REFRIGERATOR": _modes(both="filter freeze powersaving"),
    "RICECOOKER": _modes(both="general keepwarm powersaving reheating"),
    "SMARTHUB": _modes(both="away indoor sleep", kr="hotwater"),
    "THERMOSTAT": _modes(both="away indoor sleep", kr="hotwater"),
    "VENTILATOR": _modes(kr="auto dehumidify dry ventilating warmwind"),
    "WATERBOILER": _modes(both="hotwater reheating", jp="washing"),
}
"""The modes of ``SetMode``, ``ReleaseMode`` and ``ChangeMode`` that each type has."""

ENDPOINTS = frozenset({"coldwater", "freezer", "fridge", "hotwater"})
"""The parts of an appliance that have a temperature of their own."""

_LOCATIONS = (
    "ATTIC BALCONY BALCONY_IN_LIVING_ROOM BALCONY_IN_MAIN_ROOM BALCONY_KITCHEN BATH_ROOM "
    "BATH_ROOM_IN_LIVING_ROOM BATH_ROOM_IN_MAIN_ROOM BED_ROOM BIG_BATH_ROOM BIG_CHILD_ROOM BIG_ROOM "
    "BOILER_ROOM DINING_ROOM DRESS_ROOM ENTRANCE FAMILY_ROOM FATHER_ROOM FIFTH_ROOM FIRST_ROOM "
    "FOURTH_ROOM HALLWAY JAPANESE_STYLE_ROOM KITCHEN LIBRARY LIVING_ROOM MAIN_GATE MAIN_ROOM "
    "MOTHER_ROOM MY_ROOM PARENTS_ROOM PLAY_ROOM POWDER_ROOM ROOM SECOND_ROOM SMALL_BATH_ROOM "
    "SMALL_CHILD_ROOM SMALL_KITCHEN SMALL_LIVING_ROOM SMALL_ROOM STAIRS THIRD_ROOM UPSTAIRS_ROOM "
    "UTILITY_ROOM WAREHOUSE YARD"
)

LOCATIONS = frozenset(_LOCATIONS.split())
"""The places an appliance can be in."""
