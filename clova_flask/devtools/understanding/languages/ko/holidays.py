"""Korean holidays, and the days between them that are one.

The lunar ones are tables, checked with the packages ``holidays`` and ``korean_lunar_calendar`` (2026-11).
"""

from __future__ import annotations

from ..holidays import Holiday, fixed, listed, with_words

_FIRST_YEAR = 2024
_NEW_YEAR = listed(
    _FIRST_YEAR, "02-10 01-29 02-17 02-07 01-27 02-13 02-03 01-23 02-11 01-31 02-19 02-08 01-28 02-15"
)
_FULL_MOON = listed(
    _FIRST_YEAR, "02-24 02-12 03-03 02-21 02-10 02-27 02-17 02-06 02-25 02-14 03-05 02-22 02-11 03-01"
)
_BUDDHA = listed(
    _FIRST_YEAR, "05-15 05-05 05-24 05-13 05-02 05-20 05-09 05-28 05-16 05-06 05-25 05-15 05-03 05-22"
)
_DANO = listed(
    _FIRST_YEAR, "06-10 05-31 06-19 06-09 05-28 06-16 06-05 06-24 06-12 06-01 06-20 06-10 05-30 06-18"
)
_HARVEST = listed(
    _FIRST_YEAR, "09-17 10-06 09-25 09-15 10-03 09-22 09-12 10-01 09-19 09-08 09-27 09-16 10-04 09-24"
)

HOLIDAYS = with_words(
    ("설날 구정 음력설", Holiday(_NEW_YEAR)),
    ("설연휴 설날연휴 구정연휴", Holiday(_NEW_YEAR, before=1, after=1)),  # three days by law
    ("추석 한가위 추석날", Holiday(_HARVEST)),
    ("추석연휴 한가위연휴", Holiday(_HARVEST, before=1, after=1)),
    ("정월대보름 대보름", Holiday(_FULL_MOON)),
    ("부처님오신날 석가탄신일 초파일", Holiday(_BUDDHA)),
    ("단오 단옷날", Holiday(_DANO)),
    ("신정 양력설 새해첫날 새해첫째날", fixed(1, 1)),
    ("밸런타인데이 발렌타인데이", fixed(2, 14)),
    ("삼일절", fixed(3, 1)),
    ("화이트데이", fixed(3, 14)),
    ("만우절", fixed(4, 1)),
    ("식목일", fixed(4, 5)),
    ("근로자의날 노동절", fixed(5, 1)),
    ("어린이날", fixed(5, 5)),
    ("어버이날", fixed(5, 8)),
    ("스승의날", fixed(5, 15)),
    ("현충일", fixed(6, 6)),
    ("제헌절", fixed(7, 17)),
    ("광복절", fixed(8, 15)),
    ("국군의날", fixed(10, 1)),
    ("개천절", fixed(10, 3)),
    ("한글날", fixed(10, 9)),
    ("할로윈데이 할로윈 핼러윈데이 핼러윈", fixed(10, 31)),
    ("빼빼로데이", fixed(11, 11)),
    ("크리스마스이브 성탄전야", fixed(12, 24)),
    ("크리스마스날 크리스마스 성탄절", fixed(12, 25)),
)
"""By every word for them, spaces left out."""
