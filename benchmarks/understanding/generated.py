"""A large model, made up: what building and understanding cost does not depend on what it says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    Expression,
    IntentSlot,
    InteractionModel,
    Part,
    SlotEntry,
)

INTENTS, EXPRESSIONS, ENTRIES = 50, 100, 200
LARGE_INTENTS, LARGE_EXPRESSIONS = 200, 200
"""Of the model that the console must stay usable with."""

_THINGS = (
    "책", "영화", "기차표", "공연", "운동화", "꽃다발", "김치", "화장품", "우산", "노트북",
    "자전거", "시계", "안경", "가방", "모자", "연필", "의자", "커피", "라면", "수건",
)  # fmt: skip
_ACTIONS = ("찾아", "예약해", "취소해", "배달해", "바꿔", "골라", "포장해", "맡아", "보여", "정리해")
_FEW_THINGS, _FEW_ACTIONS = _THINGS[:10], _ACTIONS[:5]
_OPENINGS = (
    "", "혹시 ", "저기 ", "지금 ", "그럼 ", "있잖아 ", "미안한데 ", "가능하면 ", "그러면 ", "오늘은 ",
)  # fmt: skip
_AMOUNTS = ("두 개", "세 개", "열 개", "5개")
_ENDINGS = (" 줘", " 줄래", " 주세요", " 주시겠어요", " 줬으면 좋겠어")
_SYLLABLES = "가나다라마바사아자차카타파하거너더러머버"


def generated_model() -> InteractionModel:
    """Make a model of 50 intents with 100 expressions each."""
    return _model([_intent(*pair, EXPRESSIONS) for pair in product(_FEW_THINGS, _FEW_ACTIONS)])


def large_model() -> InteractionModel:
    """Make a model of 200 intents with 200 expressions each."""
    return _model([_intent(*pair, LARGE_EXPRESSIONS) for pair in product(_THINGS, _ACTIONS)])


def _model(intents: list[CustomIntent]) -> InteractionModel:
    kind = CustomSlotType("KIND", tuple(SlotEntry(name, (f"{name} 것",)) for name in _names()))
    return InteractionModel(
        extension_id="com.example.generated",
        invocation_names=("만물상",),
        built_in_intents=("Clova.CancelIntent", "Clova.GuideIntent", "Clova.YesIntent", "Clova.NoIntent"),
        built_in_slot_types=("CLOVA.NUMBER", "CLOVA.DATETIME"),
        intents={intent.name: intent for intent in intents},
        slot_types={kind.name: kind},
    )


def generated_utterances() -> list[str]:
    """Say something to each intent, in words that are not in the model."""
    days = ("모레 오후 네 시", "내일 아침 아홉 시", "다음 주 화요일")
    wanted = product(_FEW_THINGS, _FEW_ACTIONS, days)
    return [
        f"{name} {thing} 여섯 개 {day}까지 {action} 주면 고맙겠는데"
        for name, (thing, action, day) in zip(_names(), wanted, strict=False)
    ]


def tagged_utterances() -> Iterator[tuple[str, str]]:
    """Say 10,000 things to the large model in other words, each with its tags and its intent."""
    days = ("모레 오후 네 시", "내일 아침 아홉 시", "다음 주 화요일", "토요일 저녁", "오늘 밤")
    for name, (thing, action) in product(islice(_names(), 10), product(_THINGS, _ACTIONS)):
        for day in days:
            slots = f"<kind>{name}</kind> {thing} <amount>여섯 개</amount> <when>{day}</when>"
            yield f"{slots}까지 {action} 주면 고맙겠는데", f"{thing}{action}"


def _names() -> Iterator[str]:
    pairs = product(_SYLLABLES, _SYLLABLES)
    return islice((first + second + "표" for first, second in pairs), ENTRIES)


def _intent(thing: str, action: str, count: int) -> CustomIntent:
    slots = (
        IntentSlot("kind", "KIND"),
        IntentSlot("amount", "CLOVA.NUMBER"),
        IntentSlot("when", "CLOVA.DATETIME"),
    )
    wordings = product(_OPENINGS, _AMOUNTS, _ENDINGS)
    expressions = (
        _expression(opening, name, thing, amount, action + ending)
        for name, (opening, amount, ending) in zip(_names(), wordings, strict=False)
    )
    return CustomIntent(f"{thing}{action}", slots, tuple(islice(expressions, count)))


def _expression(opening: str, name: str, thing: str, amount: str, ending: str) -> Expression:
    pieces = (
        Part(opening),
        Part(name, "kind"),
        Part(f" {thing} "),
        Part(amount, "amount"),
        Part(" "),
        Part("내일 오후 세 시", "when"),
        Part(f"까지 {ending}"),
    )
    parts = tuple(piece for piece in pieces if piece.text)
    text = "".join(f"<{part.slot}>{part.text}</{part.slot}>" if part.slot else part.text for part in parts)
    return Expression(text, parts)
