"""The appliance types of a Clova Home extension, and the models of each that are sold.

From the guide's page on registering appliances; the Korean labels are the console's.
"""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from ....home.appliance_types import APPLIANCE_TYPES
from ..fields.checks import problem_of
from ..fields.rows import Field, Kind
from ..texts import _

LABELS = {
    "AIRCONDITIONER": "냉난방기",
    "AIRPURIFIER": "공기청정기",
    "AIRSENSOR": "공기질 측정기",
    "BIDET": "비데",
    "BODYWEIGHTSCALE": "체중계",
    "BUILDING_ELECTRIC_METER": "전기 (아파트)",
    "BUILDING_ELEVATOR_CALLER": "엘리베이터 (아파트)",
    "BUILDING_GAS_METER": "가스 (아파트)",
    "BUILDING_HEATING_METER": "난방 (아파트)",
    "BUILDING_HOTWATER_METER": "온수 (아파트)",
    "BUILDING_NOTICE_MONITOR": "공지사항 (아파트)",
    "BUILDING_PACKAGE": "택배 (아파트)",
    "BUILDING_PARKING_MONITOR": "주차 (아파트)",
    "BUILDING_UTILITY_BILL_MONITOR": "관리비 (아파트)",
    "BUILDING_WATER_METER": "수도 (아파트)",
    "CLOTHESCAREMACHINE": "의류 관리기",
    "CLOTHESDRYER": "의류 건조기",
    "CLOTHESWASHER": "의류 세탁기",
    "DEHUMIDIFIER": "제습기",
    "DISHWASHER": "식기 세척기",
    "ELECTRICKETTLE": "전기 주전자",
    "ELECTRICTOOTHBRUSH": "전동 칫솔",
    "FAN": "선풍기",
    "HEATER": "히터",
    "HOMECAM": "홈캠",
    "HUMIDIFIER": "가습기",
    "KIMCHIREFRIGERATOR": "김치 냉장고",
    "LIGHT": "조명",
    "MASSAGECHAIR": "안마 의자",
    "MICROWAVE": "전자 레인지",
    "MOTIONSENSOR": "동작 감지 센서",
    "OPENCLOSESENSOR": "열림 감지 센서",
    "OVEN": "오븐",
    "POWERSTRIP": "멀티탭",
    "PURIFIER": "정수기",
    "RANGE": "레인지",
    "RANGEHOOD": "레인지 후드",
    "REFRIGERATOR": "냉장고",
    "RICECOOKER": "밥솥",
    "ROBOTVACUUM": "로봇 청소기",
    "SETTOPBOX": "셋톱 박스",
    "SLEEPINGMONITOR": "수면 센서",
    "SMARTBED": "침대",
    "SMARTCHAIR": "의자",
    "SMARTCURTAIN": "커튼",
    "SMARTHUB": "허브",
    "SMARTLOCK": "도어락",
    "SMARTMETER": "전기 계량기",
    "SMARTPLUG": "플러그",
    "SMARTTV": "TV",
    "SMARTVALVE": "밸브",
    "SMOKESENSOR": "연기 센서",
    "SWITCH": "스위치",
    "THERMOSTAT": "온도 조절",
    "VENTILATOR": "환풍기",
    "WATERBOILER": "온수기",
    "WINECELLAR": "와인 셀러",
}
"""What the console calls the types."""

_URL = Field("purchase_url", Kind.URL, "")


def chooser() -> list[tuple[str, str]]:
    """List the types that NAVER's platform has, and their labels, by label."""
    types = [name for name, regional in APPLIANCE_TYPES.items() if regional.kr]
    return sorted(((name, LABELS.get(name, name)) for name in types), key=lambda one: one[1])


def entered(row: Field, form: MultiDict[str, str], _stored: Any) -> tuple[list[dict[str, Any]], str]:
    """Read the types and their models.

    The page has an input ``type`` for each type, and inputs ``model-TYPE`` and ``url-TYPE`` for its models;
    ``add`` names a type to add, and the button ``remove`` one to remove.

    :return: the value, and what is wrong with it.
    """
    names = [name for name in dict.fromkeys([*form.getlist("type"), form.get("add", "")]) if name in LABELS]
    kept = [name for name in names if name != form.get("remove")]
    value: list[dict[str, Any]] = [{"type": name, "models": _models(form, name)} for name in kept]
    problems = (_problem(row, model) for one in value for model in one["models"])
    return value, next(filter(None, problems), "")


def _models(form: MultiDict[str, str], name: str) -> list[dict[str, str]]:
    given = zip(form.getlist(f"model-{name}"), form.getlist(f"url-{name}"), strict=False)
    models = ({"name": model.strip(), "url": url.strip()} for model, url in given)
    return [model for model in models if model["name"] or model["url"]]


def _problem(row: Field, model: dict[str, str]) -> str:
    if not model["name"]:
        return _("A model has an address and no name.")
    limit = row.max_length or 0
    if len(model["name"]) > limit:
        return _("%(name)s has more than %(most)s characters.", name=model["name"], most=limit)
    return problem_of(_URL, model["url"])
