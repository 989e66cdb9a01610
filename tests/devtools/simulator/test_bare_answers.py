"""A dialog in words, through the public face: each bare answer fills the slot that was asked for."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from clova_flask import ask, ask_for, tell
from clova_flask.testing import CekClient

pytest.importorskip("rapidfuzz")

KOREAN = """[INTENT SLOT]
day\tCLOVA.DATETIME
at\tCLOVA.DATETIME
guests\tCLOVA.NUMBER

[INTENT EXPRESSION]
<day>내일</day> <at>저녁 일곱 시</at>에 <guests>네 명</guests> 예약해 줘
<day>금요일</day>
<at>여섯 시</at>
<at>일곱 시 반</at>이요
<guests>두 명</guests>이요
예약하고 싶어
"""
JAPANESE = """[INTENT SLOT]
day\tCLOVA.DATETIME
at\tCLOVA.DATETIME
guests\tCLOVA.NUMBER

[INTENT EXPRESSION]
<day>明日</day>の<at>七時</at>に<guests>四人</guests>予約して
<day>金曜日</day>
<at>六時</at>
<at>七時半</at>です
<guests>二人</guests>です
予約したい
"""
NOW = datetime(2026, 11, 26, 10, tzinfo=timezone(timedelta(hours=9)))
DIALOGS = {
    "naver": (
        KOREAN,
        'language = "ko"\ninvocation_names = ["아침식당"]\n',
        ["아침식당에서 예약하고 싶어", "6시 반", "토요일", "3명"],
    ),
    "line": (
        JAPANESE,
        'language = "ja"\ninvocation_names = ["朝ごはん食堂"]\n',
        ["朝ごはん食堂をひらいて", "予約したい", "6時半", "土曜日です", "三人"],
    ),
}


@pytest.mark.parametrize("platform", DIALOGS)
def test_a_table_is_booked_word_by_word(tmp_path, clova, connect, platform):
    intent, config, said = DIALOGS[platform]
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "com.example.table_intent_Book.tsv").write_bytes(
        intent.replace("\n", "\r\n").encode()
    )
    (tmp_path / "model.toml").write_text(
        f'{config}built_in_slot_types = ["CLOVA.DATETIME", "CLOVA.NUMBER"]\n', encoding="utf-8"
    )
    booked = []
    clova.launch(lambda: ask("어서 오세요."))

    @clova.intent("Book")
    def book(at: time | None, day: date | None, guests: int | None):
        for name, value in (("at", at), ("day", day), ("guests", guests)):
            if value is None:
                return ask_for(name, f"{name}?")
        booked.append((at, day, guests))
        return tell("예약했어요.")

    cek: CekClient = connect(CLOVA_PLATFORM=platform, CLOVA_INTERACTION_MODEL=str(tmp_path))
    for words in said:
        cek.say(words, now=NOW)
    assert booked == [(time(6, 30), date(2026, 11, 28), 3)]
