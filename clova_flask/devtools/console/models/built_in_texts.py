"""What the built-in intents and slot types are for, with examples, as their choosers tell it."""

from __future__ import annotations

from typing import NamedTuple

from ..texts import N_


class Described(NamedTuple):
    """What something that is built in is for.

    :ivar text: the description, in English.
    :ivar korean: examples, empty where NAVER does not have it.
    :ivar japanese: examples, empty where LINE does not have it.
    """

    text: str
    korean: str = ""
    japanese: str = ""

    def examples(self, region: str) -> str:
        """Return the examples in the language of a platform's users."""
        return self.korean if region == "KR" else self.japanese


ALWAYS_ON = {
    "KR": ("Clova.CancelIntent", "Clova.GuideIntent", "Clova.YesIntent", "Clova.NoIntent"),
    "JP": ("Clova.GuideIntent",),
}
"""Built-in intents that a platform gives each extension, whatever is chosen."""

INTENTS = {
    "Clova.GuideIntent": Described(N_("The user asks for help."), "도움말, 어떻게 써", "ヘルプ、使い方は"),
    "Clova.CancelIntent": Described(N_("The user cancels what is going on."), "취소해 줘", "キャンセルして"),
    "Clova.YesIntent": Described(N_("The user agrees."), "응, 좋아", "はい、お願い"),
    "Clova.NoIntent": Described(N_("The user refuses."), "아니, 싫어", "いいえ、違う"),
    "Clova.FallbackIntent": Described(
        N_("Nothing else was understood. Without it, Clova.GuideIntent gets that.")
    ),
    "Clova.NextIntent": Described(N_("Audio: the next one."), "다음 곡", "次の曲"),
    "Clova.PreviousIntent": Described(N_("Audio: the one before."), "이전 곡", "前の曲"),
    "Clova.PauseIntent": Described(N_("Audio: pause."), "잠깐 멈춰 줘", "一時停止して"),
    "Clova.ResumeIntent": Described(N_("Audio: go on."), "이어서 들려줘", "再開して"),
    "Clova.StopIntent": Described(N_("Audio: stop."), "그만 들을래"),
    "Clova.RequestAlternativesIntent": Described(N_("Audio: something else."), "다른 거 들려줘"),
}

SLOT_TYPES = {
    "CLOVA.DATETIME": Described(
        N_("A date, a time, both, or a period."), "오늘 저녁 7시, 다음 주", "今日の夜7時、来週"
    ),
    "CLOVA.DATETIME_RECENT": Described(N_("A date or a time that is over."), "", "昨日、先週の金曜日"),
    "CLOVA.DURATION": Described(N_("How long something lasts."), "5일, 두 시간 반", "5日間、2時間半"),
    "CLOVA.RELATIVETIME": Described(
        N_("A time relative to now, in words."), "지금, 조금 뒤, 나중에", "今、後で、もうすぐ"
    ),
    "CLOVA.ORDER": Described(N_("A place in an order."), "첫 번째, 마지막", "一番目、最後"),
    "CLOVA.OFFICIALDATE": Described(N_("A holiday by its name."), "설날, 크리스마스", "元日、クリスマス"),
    "CLOVA.NUMBER": Described(
        N_("A number; with its unit where the tag encloses it."), "둘, 세 판", "2、2枚"
    ),
    "CLOVA.WHOLE_NUMBER": Described(N_("A whole number."), "", "3、百"),
    "CLOVA.GENERIC_NUMBER": Described(N_("A number with a counter."), "", "2枚、三人"),
    "CLOVA.MONEY": Described(N_("An amount of money with its currency."), "", "1000円、5ドル"),
    "CLOVA.AREA": Described(N_("An area with its unit."), "", "30平方メートル"),
    "CLOVA.INFORMATION": Described(N_("An amount of data with its unit."), "", "5ギガバイト"),
    "CLOVA.LENGTH": Described(N_("A length with its unit."), "", "3メートル"),
    "CLOVA.RATIO": Described(N_("A ratio."), "", "30パーセント、半分"),
    "CLOVA.SPEED": Described(N_("A speed with its unit."), "", "時速60キロメートル"),
    "CLOVA.VOLUME": Described(N_("A volume with its unit."), "", "500ミリリットル"),
    "CLOVA.WEIGHT": Described(N_("A weight with its unit."), "", "2キログラム"),
    "CLOVA.TEMPERATURE": Described(N_("A temperature with its unit."), "", "25度"),
    "CLOVA.UNIT": Described(N_("A unit or a counter, without the number."), "판, 잔", "枚、杯"),
    "CLOVA.UNIT_GENERAL": Described(N_("A counter, without the number."), "", "個、枚"),
    "CLOVA.UNIT_CURRENCY": Described(N_("A currency, without the amount."), "", "円、ドル"),
    "CLOVA.UNIT_AREA": Described(N_("A unit of area, without the number."), "", "平方メートル"),
    "CLOVA.UNIT_INFORMATION": Described(N_("A unit of data, without the number."), "", "ギガバイト"),
    "CLOVA.UNIT_LENGTH": Described(N_("A unit of length, without the number."), "", "メートル"),
    "CLOVA.UNIT_RATIO": Described(N_("A unit of ratio, without the number."), "", "パーセント"),
    "CLOVA.UNIT_SPEED": Described(N_("A unit of speed, without the number."), "", "キロメートル毎時"),
    "CLOVA.UNIT_VOLUME": Described(N_("A unit of volume, without the number."), "", "ミリリットル"),
    "CLOVA.UNIT_WEIGHT": Described(N_("A unit of weight, without the number."), "", "キログラム"),
    "CLOVA.UNIT_TEMPERATURE": Described(N_("A unit of temperature, without the number."), "", "度"),
    "CLOVA.CURRENCY": Described(N_("A currency, without the amount."), "원, 달러"),
    "CLOVA.JP_ADDRESS_KEN": Described(N_("A prefecture of Japan."), "", "東京都、大阪府"),
    "CLOVA.JP_ADDRESS_SHI": Described(N_("A city of Japan."), "", "横浜市、札幌市"),
    "CLOVA.JP_ADDRESS_KU": Described(N_("A ward of a city of Japan."), "", "渋谷区、中央区"),
    "CLOVA.WORLD_COUNTRY": Described(N_("A country."), "일본, 프랑스", "日本、フランス"),
    "CLOVA.WORLD_CITY": Described(N_("A city of the world."), "서울, 런던", "東京、ロンドン"),
}
