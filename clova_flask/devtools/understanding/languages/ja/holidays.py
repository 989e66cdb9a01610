"""Japanese holidays, and the days that are as well known."""

from __future__ import annotations

from datetime import date

from ...text import fold
from ..holidays import Holiday, fixed, on_weekday, with_words

_MONDAY, _SUNDAY = 0, 6


def _equinox(month: int, day: float) -> Holiday:
    """Return an equinox, by the formula for 1980 to 2099 of Japan's Hydrographic Department."""

    def reckon(year: int) -> date | None:
        passed = year - 1980
        return date(year, month, int(day + 0.242194 * passed) - passed // 4) if 0 <= passed < 120 else None

    return Holiday(reckon)


_HOLIDAYS = with_words(
    ("元日 元旦", fixed(1, 1)),
    ("三が日 三ヶ日 正月三が日", Holiday(lambda year: date(year, 1, 1), after=2)),
    ("成人の日", on_weekday(1, 2, _MONDAY)),
    ("建国記念の日 建国記念日", fixed(2, 11)),
    ("バレンタインデー バレンタイン", fixed(2, 14)),
    ("天皇誕生日", fixed(2, 23)),
    ("ひな祭り 雛祭り", fixed(3, 3)),
    ("ホワイトデー", fixed(3, 14)),
    ("春分の日", _equinox(3, 20.8431)),
    ("エイプリルフール", fixed(4, 1)),
    ("昭和の日", fixed(4, 29)),
    ("憲法記念日", fixed(5, 3)),
    ("みどりの日", fixed(5, 4)),
    ("こどもの日 子供の日 子どもの日", fixed(5, 5)),
    ("母の日", on_weekday(5, 2, _SUNDAY)),
    ("父の日", on_weekday(6, 3, _SUNDAY)),
    ("七夕", fixed(7, 7)),
    ("海の日", on_weekday(7, 3, _MONDAY)),
    ("山の日", fixed(8, 11)),
    ("敬老の日", on_weekday(9, 3, _MONDAY)),
    ("秋分の日", _equinox(9, 23.2488)),
    ("スポーツの日 体育の日", on_weekday(10, 2, _MONDAY)),
    ("ハロウィン ハロウィーン", fixed(10, 31)),
    ("文化の日", fixed(11, 3)),
    ("勤労感謝の日", fixed(11, 23)),
    ("クリスマスイブ クリスマスイヴ", fixed(12, 24)),
    ("クリスマス", fixed(12, 25)),
    ("大晦日 大みそか おおみそか", fixed(12, 31)),
)
HOLIDAYS = {fold(word): holiday for word, holiday in _HOLIDAYS.items()}
"""By every word for them, folded."""
