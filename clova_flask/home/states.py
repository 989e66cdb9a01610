"""What a device answers to ``GetDeviceState``: what its other queries answer, in words.

The user hears names and values, so neither may be a word of the protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..wire.iso8601 import parse_datetime
from .errors import HomeError
from .interfaces import INTERFACES

_LANGUAGES = ("ko", "ja", "en")

_NAMES: Mapping[str, tuple[str, str, str]] = {
    "power": ("전원", "電源", "power"),
    "GetAirQuality": ("공기 질", "空気の質", "air quality"),
    "GetAsleepDuration": ("수면 시간", "睡眠時間", "time asleep"),
    "GetAwakeDuration": ("깨어 있던 시간", "起きていた時間", "time awake"),
    "GetBMI": ("체질량지수", "BMI", "body mass index"),
    "GetBatteryInfo": ("배터리", "バッテリー", "battery"),
    "GetBodyFat": ("체지방률", "体脂肪率", "body fat"),
    "GetCleaningCycle": ("청소까지 남은 시간", "お手入れまでの残り時間", "time until cleaning"),
    "GetCloseTime": ("닫힌 시각", "閉まった時刻", "closed at"),
    "GetConsumption": ("사용량", "使用量", "consumption"),
    "GetCurrentBill": ("현재 요금", "現在の料金", "current bill"),
    "GetCurrentSittingState": ("착석", "着席", "sitting"),
    "GetCurrentTemperature": ("현재 온도", "現在の温度", "current temperature"),
    "GetDetectedTime": ("감지 시각", "検知した時刻", "detected at"),
    "GetDetectionCount": ("감지 횟수", "検知した回数", "times detected"),
    "GetEstimateBill": ("예상 요금", "予想料金", "estimated bill"),
    "GetEstimateConsumption": ("예상 사용량", "予想使用量", "estimated consumption"),
    "GetExpendableState": ("소모품", "消耗品", "expendables"),
    "GetFineDust": ("미세먼지", "PM10", "fine dust"),
    "GetHealthScore": ("건강 점수", "健康スコア", "health score"),
    "GetHumidity": ("습도", "湿度", "humidity"),
    "GetKeepWarmTime": ("보온 시간", "保温時間", "time kept warm"),
    "GetLockState": ("잠금 상태", "鍵", "lock"),
    "GetMuscle": ("근육량", "筋肉量", "muscle"),
    "GetNotice": ("공지", "お知らせ", "notices"),
    "GetOpenState": ("열림 상태", "開閉の状態", "opening"),
    "GetOpenTime": ("열린 시각", "開いた時刻", "opened at"),
    "GetPackage": ("택배", "荷物", "parcels"),
    "GetPhase": ("진행 단계", "段階", "phase"),
    "GetPowerState": ("전원 상태", "電源の状態", "power state"),
    "GetProgressiveTaxBracket": ("누진 단계", "料金の段階", "tax bracket"),
    "GetRemainingTime": ("남은 시간", "残り時間", "time remaining"),
    "GetRightPostureRatio": ("바른 자세 비율", "正しい姿勢の割合", "share of right posture"),
    "GetSleepScore": ("수면 점수", "睡眠スコア", "sleep score"),
    "GetSleepStartTime": ("잠든 시각", "寝た時刻", "fell asleep at"),
    "GetTargetTemperature": ("설정 온도", "設定温度", "target temperature"),
    "GetUltraFineDust": ("초미세먼지", "PM2.5", "ultrafine dust"),
    "GetUsageTime": ("사용 시간", "使用時間", "time used"),
    "GetVehicleLocation": ("차량 위치", "車の位置", "vehicles"),
    "GetWeight": ("체중", "体重", "weight"),
}
"""By query, in the order of the languages."""

_WORDS: Mapping[str, tuple[str, str, str]] = {
    "on": ("켜짐", "オン", "on"),
    "off": ("꺼짐", "オフ", "off"),
    "LOCKED": ("잠김", "施錠中", "locked"),
    "UNLOCKED": ("잠금 해제됨", "解錠中", "unlocked"),
    "OPENED": ("열림", "開いている", "open"),
    "CLOSED": ("닫힘", "閉まっている", "closed"),
    "good": ("좋음", "良い", "good"),
    "normal": ("보통", "普通", "normal"),
    "bad": ("나쁨", "悪い", "bad"),
    "verybad": ("매우 나쁨", "非常に悪い", "very bad"),
    "true": ("예", "はい", "yes"),
    "false": ("아니요", "いいえ", "no"),
}
"""By the word that the guides have for a value."""

_UNITS = {
    "ko": ("일", "시간", "분", "초"),
    "ja": ("日", "時間", "分", "秒"),
    "en": (" d", " h", " min", " s"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


_SYMBOLS = {
    "Temperature": "celsius",
    "Humidity": "percentage",
    "Battery": "percentage",
    "Percentage": "percentage",
}
"""The unit of a state by the kind of the object that holds it."""

_QUERIES = {
    name: interface
    for name, interface in INTERFACES.items()
    if interface.is_query
    and interface.appliance
    and name not in ("GetDeviceState", "HealthCheck")
    and not any(field.required for field in interface.takes)
}
"""The queries that make up a device's state: those that need nothing to be asked."""


def list_states(is_on: object, query: Callable[[str], Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """List the states of a device; what it cannot tell now is left out.

    :param is_on: whether it is on; None when it is neither.
    :param query: answers a query, ``GetHumidity``.
    :param lang: ``ko``, ``ja`` or ``en``.
    """
    states: list[dict[str, Any]] = []
    if is_on is not None:
        states.append(_state("power", "on" if is_on else "off", lang))
    for name in _QUERIES:
        states += _states_of(name, query, lang)
    return states


def _states_of(name: str, query: Callable[[str], Mapping[str, Any]], lang: str) -> Iterator[dict[str, Any]]:
    try:
        payload = query(name)
    except HomeError:
        return
    gives = INTERFACES[name].gives
    payload = gives.renamed(payload)
    for field in gives:
        value = payload.get(field.name)
        if isinstance(value, Mapping):
            value = value.get("value", value.get("index"))
        if isinstance(value, (int, float, str)):
            yield _state(name, value, lang, _SYMBOLS.get(field.kind))


def _state(query: str, value: Any, lang: str, unit: str | None = None) -> dict[str, Any]:
    state = {"name": _NAMES[query][_LANGUAGES.index(lang)], "value": _as_said(value, lang)}
    return state if unit is None else {**state, "unit": unit}


def _as_said(value: Any, lang: str) -> Any:
    """Write a word of the guides, a duration or a point in time in words; other text is that already."""
    if isinstance(value, bool):
        value = str(value).lower()
    if not isinstance(value, str):
        return value
    if value in _WORDS:
        return _WORDS[value][_LANGUAGES.index(lang)]
    return _duration(value, lang) or _point(value, lang) or value


def _duration(text: str, lang: str) -> str:
    from ..injection.durations import parse_duration  # few states are durations

    try:
        minutes, seconds = divmod(int(parse_duration(text).timedelta.total_seconds()), 60)
    except (ValueError, OverflowError):
        return ""
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    counts = zip((days, hours, minutes, seconds), _UNITS[lang], strict=True)
    parts = [f"{count}{unit}" for count, unit in counts if count]
    return ("" if lang == "ja" else " ").join(parts) or f"0{_UNITS[lang][-1]}"


def _point(text: str, lang: str) -> str:
    """Write a point in time as its clock showed it, without the year: what is asked for is recent."""
    point = parse_datetime(text)
    if point is None:
        return ""
    if lang == "en":
        return f"{point.day} {_MONTHS[point.month - 1]}, {point:%H:%M}"
    if lang == "ja":
        return f"{point.month}月{point.day}日{point.hour}時{point.minute}分"
    return f"{point.month}월 {point.day}일 {point.hour}시 {point.minute}분"
