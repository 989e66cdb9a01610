"""The words of the pages, in the languages of the homes."""

from __future__ import annotations

from typing import Any

LANGUAGES = ("ko", "ja")
"""Those of the homes."""
BROWSERS_LANGUAGES = (*LANGUAGES, "en")
"""Those of the sign-in page, on which nobody's home is known."""

_WORDS = {
    # Appliances
    "AIRCONDITIONER": ("에어컨", "エアコン"),
    "AIRPURIFIER": ("공기청정기", "空気清浄機"),
    "CLOTHESWASHER": ("세탁기", "洗濯機"),
    "LIGHT": ("조명", "照明"),
    "ROBOTVACUUM": ("로봇청소기", "ロボット掃除機"),
    "SMARTCURTAIN": ("커튼", "カーテン"),
    "SMARTLOCK": ("도어록", "スマートロック"),
    "SMARTPLUG": ("플러그", "スマートプラグ"),
    "SMARTTV": ("텔레비전", "テレビ"),
    # Places
    "BATH_ROOM": ("욕실", "バスルーム"),
    "BED_ROOM": ("침실", "寝室"),
    "ENTRANCE": ("현관", "玄関"),
    "HALLWAY": ("복도", "廊下"),
    "LIBRARY": ("서재", "書斎"),
    "LIVING_ROOM": ("거실", "リビング"),
    "MAIN_ROOM": ("안방", "主寝室"),
    # Conditions
    "on": ("켜짐", "オン"),
    "off": ("꺼짐", "オフ"),
    "opened": ("열림", "開"),
    "closed": ("닫힘", "閉"),
    "locked": ("잠김", "施錠"),
    "unlocked": ("잠금 해제", "解錠"),
    "offline": ("오프라인", "オフライン"),
    "fault": ("고장", "故障"),
    # Readings
    "battery": ("배터리", "バッテリー"),
    "brightness": ("밝기", "明るさ"),
    "channel": ("채널", "チャンネル"),
    "color": ("색상", "色"),
    "current_temperature": ("현재 온도", "室温"),
    "fan_speed": ("풍량", "風量"),
    "fine_dust": ("미세먼지", "PM10"),
    "humidity": ("습도", "湿度"),
    "is_charging": ("충전", "充電"),
    "is_muted": ("음소거", "消音"),
    "mode": ("모드", "モード"),
    "phase": ("단계", "工程"),
    "remaining_minutes": ("남은 시간", "残り時間"),
    "target_temperature": ("희망 온도", "設定温度"),
    "ultra_fine_dust": ("초미세먼지", "PM2.5"),
    "volume": ("음량", "音量"),
    "watts": ("소비 전력", "消費電力"),
    # Their values
    "None": ("–", "–"),
    "True": ("예", "はい"),
    "False": ("아니요", "いいえ"),
    "auto": ("자동", "自動"),
    "cool": ("냉방", "冷房"),
    "dehumidify": ("제습", "除湿"),
    "heat": ("난방", "暖房"),
    "reading": ("독서", "読書"),
    "rest": ("휴식", "くつろぎ"),
    "rinsing": ("헹굼", "すすぎ"),
    "sleep": ("취침", "おやすみ"),
    # Units that are words
    "min": ("분", "分"),
    # Headings
    "home": ("{}의 집", "{}の家"),
    # Accounts
    "account": ("내 계정", "アカウント"),
    "sign_out": ("로그아웃", "ログアウト"),
    "linked": ("{}에 연결됨 ({})", "{}と連携中 ({})"),
    "not_linked": (
        "연결되지 않았습니다. Clova 앱에서 연결해 주세요.",
        "連携していません。Clovaアプリで連携してください。",
    ),
    "unlink": ("연결 해제", "連携を解除"),
}

_SIGN_IN = {
    "sign_in": ("로그인", "ログイン", "Sign in"),
    "name": ("아이디", "ユーザーID", "User ID"),
    "password": ("비밀번호", "パスワード", "Password"),
    "wrong": (
        "아이디나 비밀번호가 맞지 않습니다.",
        "ユーザーIDかパスワードが正しくありません。",
        "The user ID or the password is wrong.",
    ),
}

READINGS = {
    "mode": "",
    "target_temperature": " °C",
    "current_temperature": " °C",
    "brightness": "%",
    "color": "",
    "fan_speed": "",
    "fine_dust": " µg/m³",
    "ultra_fine_dust": " µg/m³",
    "humidity": "%",
    "battery": "%",
    "is_charging": "",
    "watts": " W",
    "channel": "",
    "volume": "",
    "is_muted": "",
    "phase": "",
    "remaining_minutes": "min",
}
"""The readings that the page shows, in this order, with their units."""


def word(key: str, lang: str) -> str:
    """Return the word for a key in a language; the key itself when there is none."""
    words = _SIGN_IN.get(key) or _WORDS.get(key)
    return key if words is None else words[BROWSERS_LANGUAGES.index(lang)]


def home_of(name: str, lang: str) -> str:
    """Return the title of a user's home."""
    return word("home", lang).format(name)


def reading(name: str, value: Any, lang: str) -> str:
    """Write the value of a reading with its unit."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}{word(READINGS[name], lang)}"
    return word(str(value), lang)
