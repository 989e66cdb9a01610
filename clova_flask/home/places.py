"""Places by their Korean and Japanese names, as locations of the guides."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from .appliance_types import LOCATIONS

_NAMES: Mapping[str, str] = {
    "ATTIC": "다락 다락방 屋根裏 屋根裏部屋",
    "BALCONY": "베란다 발코니 ベランダ バルコニー",
    "BALCONY_IN_LIVING_ROOM": "거실베란다 リビングのベランダ",
    "BALCONY_IN_MAIN_ROOM": "안방베란다",
    "BALCONY_KITCHEN": "주방베란다 부엌베란다",
    "BATH_ROOM": "욕실 화장실 浴室 お風呂 バスルーム",
    "BATH_ROOM_IN_LIVING_ROOM": "거실욕실 거실화장실",
    "BATH_ROOM_IN_MAIN_ROOM": "안방욕실 안방화장실",
    "BED_ROOM": "침실 寝室 ベッドルーム",
    "BIG_BATH_ROOM": "큰욕실",
    "BIG_CHILD_ROOM": "큰아이방",
    "BIG_ROOM": "큰방",
    "BOILER_ROOM": "보일러실 ボイラー室",
    "DINING_ROOM": "식당 다이닝룸 ダイニング 食堂",
    "DRESS_ROOM": "드레스룸 옷방 ドレスルーム",
    "ENTRANCE": "현관 玄関",
    "FAMILY_ROOM": "가족실 ファミリールーム",
    "FATHER_ROOM": "아빠방 아버지방 お父さんの部屋",
    "FIRST_ROOM": "첫번째방",
    "HALLWAY": "복도 廊下",
    "JAPANESE_STYLE_ROOM": "和室",
    "KITCHEN": "주방 부엌 キッチン 台所",
    "LIBRARY": "서재 書斎",
    "LIVING_ROOM": "거실 リビング リビングルーム 居間",
    "MAIN_GATE": "대문 門",
    "MAIN_ROOM": "안방 主寝室",
    "MOTHER_ROOM": "엄마방 어머니방 お母さんの部屋",
    "MY_ROOM": "내방 自分の部屋 私の部屋",
    "PARENTS_ROOM": "부모님방 両親の部屋",
    "PLAY_ROOM": "놀이방 プレイルーム",
    "POWDER_ROOM": "파우더룸 洗面所",
    "ROOM": "방 部屋",
    "SECOND_ROOM": "두번째방",
    "SMALL_BATH_ROOM": "작은욕실",
    "SMALL_CHILD_ROOM": "작은아이방",
    "SMALL_KITCHEN": "작은주방",
    "SMALL_LIVING_ROOM": "작은거실",
    "SMALL_ROOM": "작은방",
    "STAIRS": "계단 階段",
    "THIRD_ROOM": "세번째방",
    "UPSTAIRS_ROOM": "위층방 二階の部屋",
    "UTILITY_ROOM": "다용도실 ユーティリティ",
    "WAREHOUSE": "창고 倉庫 物置",
    "YARD": "마당 庭",
}

PLACES: Mapping[str, str] = {name: code for code, names in _NAMES.items() for name in names.split()}
"""The location that a name stands for; names are without spaces."""


def find_location(given: Any) -> str | None:
    """Return the location for one of the guides' codes or a place's name; None when it is neither."""
    if not isinstance(given, str):
        return None
    if given in LOCATIONS:
        return given
    return PLACES.get("".join(unicodedata.normalize("NFC", given).split()))
