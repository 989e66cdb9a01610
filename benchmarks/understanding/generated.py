"""A large model, made up: what building and understanding cost does not depend on what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice, product

from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    Expression,
    IntentSlot,
    InteractionModel,
    Part,
    SlotEntry,
)

INTENTS, EXPRESSIONS, ENTRIES = 50, 200, 200
SMALL_EXPRESSIONS = 10
LARGE_INTENTS, LARGE_EXPRESSIONS = 200, 200
"""Of the model that the console must stay usable with."""
FULL_EXPRESSIONS = 2000
"""Of each of 50 intents, no two of which have the same words around their slots."""
ENTRY_TYPES, TYPE_ENTRIES = 10, 2000
"""Slot types of the model that has many entries."""

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
_MORE_ENDINGS = (
    *_ENDINGS, " 줘요", " 줄 수 있어", " 주라", " 주실래요", " 달라고", " 줬으면 해", " 주면 좋겠어",
    " 줄 거지", " 주면 고마울 텐데", " 주시면 좋겠습니다", " 주기 바라", " 달라니까", " 줄 수 있을까",
    " 주면 돼", " 주십시오",
)  # fmt: skip
_MANNERS = (
    "", "꼭 ", "좀 ", "빨리 ", "바로 ", "먼저 ", "다시 ", "조용히 ", "한 번만 ", "제발 ",
)  # fmt: skip
_SYLLABLES = "가나다라마바사아자차카타파하거너더러머버"


def small_model() -> InteractionModel:
    """Make a model of 10 intents with 10 expressions each."""
    return _model([_intent(thing, _ACTIONS[0], SMALL_EXPRESSIONS) for thing in _FEW_THINGS])


def large_model() -> InteractionModel:
    """Make a model of 200 intents with 200 expressions each."""
    return _model([_intent(*pair, LARGE_EXPRESSIONS) for pair in product(_THINGS, _ACTIONS)])


def full_model(expressions: int) -> InteractionModel:
    """Make a model of 50 intents with up to 2,000 expressions each."""
    return _model([_full_intent(*pair, expressions) for pair in product(_FEW_THINGS, _FEW_ACTIONS)])


def entries_model() -> InteractionModel:
    """Make a model of ten intents, each with a slot type of 2,000 entries of its own."""
    names = [f"{one}{two}{three}{four}" for one, two, three, four in product(_SYLLABLES[:14], repeat=4)]
    entries = [map(SlotEntry, names[n::ENTRY_TYPES][:TYPE_ENTRIES]) for n in range(ENTRY_TYPES)]
    types = {f"KIND_{n}": CustomSlotType(f"KIND_{n}", tuple(own)) for n, own in enumerate(entries)}
    intents = {
        f"{thing}찾아": CustomIntent(
            f"{thing}찾아",
            (IntentSlot("kind", name),),
            tuple(_said(entry.value, thing) for entry in kind.entries[:10]),
        )
        for thing, (name, kind) in zip(_FEW_THINGS, types.items(), strict=True)
    }
    return InteractionModel(invocation_names=("만물상",), intents=intents, slot_types=types)


def entry_utterances() -> list[str]:
    """Say entries of that model, every second one misspelt by a letter."""
    names = ["".join(four) for four in product(_SYLLABLES[:14], repeat=4)][:2000:10]
    return [
        f"{name[:2]}{'머' if n % 2 else name[2]}{name[3]} {thing} 어디 있는지 좀 알려 줄래"
        for n, (name, thing) in enumerate(zip(names, cycle(_FEW_THINGS), strict=False))
    ]


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


def _full_intent(thing: str, action: str, count: int) -> CustomIntent:
    wordings = product(_MORE_ENDINGS, _OPENINGS, _MANNERS)
    expressions = (
        _expression(opening, name, thing, amount, f"{manner}{action}{ending}")
        for name, amount, (ending, opening, manner) in zip(
            cycle(_names()), cycle(_AMOUNTS), islice(wordings, count), strict=False
        )
    )
    return replace(_intent(thing, action, 0), expressions=tuple(expressions))


def _said(name: str, thing: str) -> Expression:
    return Expression(f"<kind>{name}</kind> {thing} 찾아 줘", (Part(name, "kind"), Part(f" {thing} 찾아 줘")))


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
