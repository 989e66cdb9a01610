"""Korean particles and endings."""

from __future__ import annotations

import re

from ..base import folded

PARTICLES = folded("을 를 이 가 은 는 로 으로 에 도 만 의 와 과 랑 이랑 요 이요 까지 에서")

AFFIXES = "님 씨 들 용 씩 쯤 째 짜리 발 행 전 후 중 간 별 당 측 하 되 스럽 적"

OF_PLACES = ("에서", "으로", "에", "로", "를", "을", "의", "은", "는")

ANSWER_ENDINGS = re.compile(
    r"(?:이?요|이?에요|예요|입니다|으?로(?:요|할게요?|해줘요?|해주세요|부탁해요?)?|에요?|까지요?|쯤요?|만요?|please)?"
)
"""All that may stand behind an answer: 내일이요."""

_FILLERS = "(?:아|어|음|그|저|그게|참|앗|잠깐만?)*"
CORRECTIONS = re.compile(
    rf"(?:에서|까지|부터|으로|로|에|을|를|은|는|이|가|랑|하고|이?요)?{_FILLERS}"
    rf"(?P<word>아니라|아니고|아니다|아니야|아니요|아닌데|아니|아냐|말고|틀렸다|잘못말했다)(?:요|아니)?{_FILLERS}"
)
"""All that may stand between what was said first and what is meant: 두 판 아, 아니 세 판."""

_FORMS = str.maketrans("를가는와", "을이은과")


def one_form(behind: str) -> str:
    """Write a particle in one of its two forms, which only the word before it decides between."""
    bare = behind.removeprefix("으") if behind.startswith("으로") else behind
    return bare[:1].translate(_FORMS) + bare[1:]
