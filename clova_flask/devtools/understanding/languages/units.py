"""Units, as they are said in any language: a Japanese number may have an English unit.

From the guides' built-in slot types with a unit.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..text import fold


def _folded(rows: Mapping[str, str]) -> dict[str, str]:
    """Map every word, folded, to its unit."""
    return {fold(word): unit for unit, words in rows.items() for word in words.split()}


UNITS: dict[str, dict[str, str]] = {
    "AREA": _folded({
        "m²": "m2 m² ㎡ 제곱미터 평방미터 平方メートル 平米 squaremeters squaremetres",
        "km²": "km2 km² ㎢ 제곱킬로미터 平方キロメートル 平方キロ",
        "ha": "ha 헥타르 ヘクタール hectares",
        "a": "アール 아르",
        "坪": "坪 평",
    }),
    "INFORMATION": _folded({
        "bit": "ビット 비트 bits bit",
        "B": "バイト 바이트 bytes byte",
        "KB": "kb キロバイト 킬로바이트 kilobytes",
        "MB": "mb メガバイト 메가바이트 メガ 메가 megabytes",
        "GB": "gb ギガバイト 기가바이트 ギガ 기가 gigabytes",
        "TB": "tb テラバイト 테라바이트 テラ 테라 terabytes",
    }),
    "LENGTH": _folded({
        "mm": "mm ミリメートル ミリ 밀리미터 밀리 millimeters",
        "cm": "cm センチメートル センチ 센티미터 센티 센치 centimeters centimetres",
        "m": "m メートル 미터 meters metres meter metre",
        "km": "km キロメートル キロ 킬로미터 킬로 kilometers kilometres kilometer",
        "in": "インチ 인치 inches inch",
        "ft": "フィート 피트 feet foot",
        "mi": "マイル 마일 miles mile",
    }),
    "RATIO": _folded({"%": "% パーセント プロセント 퍼센트 프로 percent", "割": "割", "倍": "倍 배 times"}),
    "SPEED": _folded({
        "km/h": "km/h kmh キロ毎時 kilometersperhour",
        "m/s": "m/s メートル毎秒",
        "mph": "mph milesperhour",
    }),
    "VOLUME": _folded({
        "mL": "ml ミリリットル 밀리리터 cc シーシー 시시 milliliters",
        "dL": "dl デシリットル",
        "L": "l リットル リッター 리터 liters litres liter litre",
        "m³": "m3 立方メートル 세제곱미터",
        "cup": "カップ 컵",
    }),
    "WEIGHT": _folded({
        "mg": "mg ミリグラム 밀리그램 milligrams",
        "g": "g グラム 그램 그람 grams gram",
        "kg": "kg キログラム キロ 킬로그램 킬로그람 킬로 키로 kilograms kilos kilo",
        "t": "t トン 톤 tons",
        "lb": "ポンド 파운드 pounds pound",
        "oz": "オンス 온스 ounces",
    }),
    "TEMPERATURE": _folded({"°C": "°c 度 도 섭씨도 degrees degree", "°F": "°f"}),
}  # fmt: skip
"""For each ``CLOVA.<NAME>`` its units, by every word for them."""

CURRENCIES: dict[str, str] = _folded({
    "KRW": "원 ウォン won ₩ krw",
    "JPY": "円 えん 엔 엔화 yen ¥ jpy",
    "USD": "달러 불 ドル 米ドル dollars dollar bucks $ usd",
    "EUR": "유로 ユーロ euros euro € eur",
    "CNY": "위안 人民元 元 yuan cny",
    "GBP": "파운드 ポンド pounds £ gbp",
})  # fmt: skip
"""ISO 4217 codes by every word for the money."""

BELOW_ZERO = ("영하", "氷点下", "まいなす", "마이너스")
"""What says before a temperature that it is below zero."""

BEFORE = ("시속", "時速", "毎時", "섭씨", "摂氏", *BELOW_ZERO)
"""What belongs to a speed or a temperature though it stands before the number."""

SPEEDS = {"km": "km/h", "m": "m/s", "mi": "mph"}
"""Units of speed by the units of length that are said for them: 시속 100킬로."""
