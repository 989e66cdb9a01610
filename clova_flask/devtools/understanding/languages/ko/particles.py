"""Korean particles and endings."""

from __future__ import annotations

import re

from ..base import folded

PARTICLES = folded("을 를 이 가 은 는 로 으로 에 도 만 의 와 과 랑 이랑 요 이요 까지 에서")

OF_PLACES = ("에서", "으로", "에", "로", "를", "을", "의", "은", "는")

ANSWER_ENDINGS = re.compile(
    r"(?:이?요|이?에요|예요|입니다|으?로(?:요|할게요?|해줘요?|해주세요|부탁해요?)?|에요?|까지요?|쯤요?|만요?|please)?"
)
"""All that may stand behind an answer: 내일이요."""

_FORMS = str.maketrans("를가는와", "을이은과")


def one_form(behind: str) -> str:
    """Write a particle in one of its two forms, which only the word before it decides between."""
    bare = behind.removeprefix("으") if behind.startswith("으로") else behind
    return bare[:1].translate(_FORMS) + bare[1:]
